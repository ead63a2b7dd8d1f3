"""Checks on what falls due: each rule has its figures and its source, and fits what the pre-checks make of it."""

from collections.abc import Mapping

from nurse_app.domain.due_protocol import DueKind, DueRule
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import known, rising, unique

# What a kind must say beside what all say; the others must not be there.
_FIGURES: Mapping[DueKind, frozenset[str]] = {
    "results": frozenset({"monitoring"}),
    "evaluation": frozenset({"first_months", "every_months"}),
    "watch": frozenset({"months"}),
    "follow-up": frozenset({"months"}),
}
_ALL_FIGURES = ("monitoring", "first_months", "every_months", "months")
# The part of the protocol that a kind takes its own figures from.
_RESTS_ON: Mapping[DueKind, str] = {
    "antibody-repeat": "labs.antibodies",
    "risk-mri": "labs.pml_risk",
    "risk-talk": "labs.pml_risk",
    "authorisation": "programme",
    "crohns-benefit": "crohns",
    "crohns-steroids": "crohns",
}


def check_due(protocol: InfusionProtocol) -> None:
    """Every rule is complete, and everything that is monitored falls due exactly once."""
    if protocol.due is None:
        return
    rules = protocol.due.rules
    unique("due.rules", (rule.name for rule in rules))
    asked = [rule.monitoring for rule in rules if rule.monitoring is not None]
    unique("due.rules", asked)
    names = {item.name for item in protocol.labs.monitoring}
    known("due.rules", asked, names, "an item of labs.monitoring")
    known("labs.monitoring", (item.name for item in protocol.labs.monitoring), asked, "in due.rules")
    for rule in rules:
        others = {other.name for other in rules} - {rule.name}
        known(f"due.rules.{rule.name}.instead_of", rule.instead_of, others, "another rule of due.rules")
        _check_rule(protocol, rule)


def _check_rule(protocol: InfusionProtocol, rule: DueRule) -> None:
    place = f"due.rules.{rule.name}"
    needed = _FIGURES.get(rule.kind, frozenset())
    for figure in _ALL_FIGURES:
        is_there = getattr(rule, figure) not in (None, ())
        if is_there is not (figure in needed):
            raise MisfitError(place, f"kind {rule.kind} {'needs' if figure in needed else 'has no'} {figure}")
    if place not in protocol.basis:
        raise MisfitError(place, "has no source; name it in basis")
    groups = {group.rule for group in protocol.medicines.groups}
    known(f"{place}.unreliable_with", filter(None, (rule.unreliable_with,)), groups, "a rule on medicines")
    rising(place, *(("first_months", month) for month in rule.first_months))
    _check_part(protocol, rule, place)
    _check_bearing(protocol, rule, place)


def _check_part(protocol: InfusionProtocol, rule: DueRule, place: str) -> None:
    parts = {
        "labs.antibodies": protocol.labs.antibodies,
        "labs.pml_risk": protocol.labs.pml_risk,
        "programme": protocol.programme,
        "crohns": protocol.crohns,
    }
    part = _RESTS_ON.get(rule.kind)
    if part is not None and parts[part] is None:
        raise MisfitError(place, f"kind {rule.kind} rests on {part}, which is not there")


def _check_bearing(protocol: InfusionProtocol, rule: DueRule, place: str) -> None:
    """As the pre-checks have it; and what they hold, a nurse alone cannot put off."""
    item = next((item for item in protocol.labs.monitoring if item.name == rule.monitoring), None)
    if item is not None and rule.bears != ("caution" if item.rule else "none"):
        raise MisfitError(f"{place}.bears", f"“{rule.bears}” is not what labs.monitoring.{item.name} makes of it")
    if rule.bears_before_first != ("hold" if item is not None and item.baseline else None):
        raise MisfitError(f"{place}.bears_before_first", "must be “hold” for a baseline test, and is for nothing else")
    if rule.bears == "stop" and rule.bears_unknown != "hold":
        raise MisfitError(f"{place}.bears_unknown", "must be “hold”: what is not known is no reason to stop for good")
    if rule.bears == "stop" and rule.put_off != "nobody":
        raise MisfitError(f"{place}.put_off", "must be “nobody”: it stops the dose")
    if rule.bears == "hold" and rule.put_off == "nurse":
        raise MisfitError(f"{place}.put_off", "cannot be “nurse”: it holds the dose")
