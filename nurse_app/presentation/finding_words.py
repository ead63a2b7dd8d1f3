"""Findings in the protocol's words, with every figure written the way a nurse reads it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.finding import SEVERITIES, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import day, number
from nurse_app.presentation.view_parts import FindingView

# UCUM as laboratories send it, and as people read it; longer forms first.
_UNIT_WORDS = (
    ("10*", "× 10*"),
    ("*12", "¹²"),
    ("*9", "⁹"),
    ("*6", "⁶"),
    ("*3", "³"),
    ("[IU]", "IU"),
    ("[iU]", "IU"),
)
# Figures that are ids, with the family of texts that names them.
_NAMES_OF = {"test": "test", "tests": "test", "sign": "vital", "names": "vital", "route": "route"}
_AS_ENTERED = ("medicine", "name", "brand", "programme")
_MICRO = ("umol", "ukat", "uL", "uIU", "uU", "ug")


def unit_words(unit: str) -> str:
    """A UCUM unit in print: 10*9/L is × 10⁹/L, umol/L is micromol/L, {index} is nothing."""
    if unit.startswith("{") or unit == "1":
        return ""
    for form, words in _UNIT_WORDS:
        unit = unit.replace(form, words)
    for form in _MICRO:
        unit = unit.replace(form, f"micro{form[1:]}")
    return unit


def day_words(text: str) -> str:
    """An ISO date or date-time as 22-Nov-2026; any other text as it is."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return day(datetime.fromisoformat(text).date())
    except ValueError:
        return text


def lab_test_words(protocol: InfusionProtocol, test: str) -> str:
    return protocol.texts.get(f"test.{test}", test)


def figure_words(protocol: InfusionProtocol, name: str, text: str) -> str:
    """One figure of a finding, by its name, as people read it."""
    if name in _AS_ENTERED:
        return text
    if name in _NAMES_OF:
        family = _NAMES_OF[name]
        return ", ".join(protocol.texts.get(f"{family}.{each}", each) for each in text.split(", "))
    if name == "unit":
        return unit_words(text)
    return expiry_words(text) if name == "expiry" else _value_words(protocol, text)


def _value_words(protocol: InfusionProtocol, text: str) -> str:
    named = protocol.texts.get(f"look.{text}") or protocol.texts.get(f"diluent.{text}")
    return named or _number_words(text) or day_words(text)


def _number_words(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ""
    return number(value) if value.is_finite() else ""


def expiry_words(expiry: str) -> str:
    """The end of a vial's life: a day as 31-Aug-2027, a month as Aug-2027."""
    if len(expiry) == len("2027-08"):
        first = day_words(f"{expiry}-01")
        return first[3:] if first != f"{expiry}-01" else expiry
    return day_words(expiry)


def figures_in_words(protocol: InfusionProtocol, finding: Finding) -> dict[str, str]:
    """All figures of a finding, by name, as people read them."""
    return {name: figure_words(protocol, name, text) for name, text in finding.figures.items()}


def finding_sentence(protocol: InfusionProtocol, finding: Finding) -> str:
    """What the rule found, in the protocol's sentence for it."""
    figures = figures_in_words(protocol, finding)
    refused = protocol.texts.get(f"product.refused.{finding.figures.get('route', '')}")
    if finding.rule == "product-route" and refused is not None:
        return refused
    return protocol.text(f"finding.{finding.rule}.{finding.variant}", **figures)


def finding_title(protocol: InfusionProtocol, finding: Finding) -> str:
    return protocol.text(f"rule.{finding.rule}")


def decided_words(figures: Mapping[str, str]) -> str:
    """Who decided to go on in spite of a finding, and when; empty when nobody did."""
    if "decided_by" not in figures:
        return ""
    text = _("Decided: proceed. {name}, {day}.")
    return text.format(name=figures["decided_by"], day=day_words(figures["decided_at"]))


def finding_view(protocol: InfusionProtocol, finding: Finding) -> FindingView:
    """A finding as a page shows it; once decided, the decision stands in the place of the request for it."""
    sentence = decided_words(finding.figures) or finding_sentence(protocol, finding)
    return FindingView(finding.rule, finding.severity, finding_title(protocol, finding), sentence)


def declined_view(protocol: InfusionProtocol, finding: Finding, decision: PrescriberDecision) -> FindingView:
    """A hold about which a prescriber said no."""
    text = _("Decided: do not give. {name}, {day}.")
    sentence = text.format(name=decision.by, day=day_words(decision.at.isoformat()))
    return FindingView(finding.rule, finding.severity, finding_title(protocol, finding), sentence)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Stop before hold before caution before information; otherwise in the order they came."""
    return tuple(sorted(findings, key=lambda finding: -SEVERITIES.index(finding.severity)))
