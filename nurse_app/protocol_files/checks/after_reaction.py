"""Checks on what follows a reaction: terms and grades of CTCAE, hours in order, signs that there are."""

from nurse_app.domain.after_reaction_protocol import AfterReaction, CtcaeTerm
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import in_order, known, unique
from nurse_app.protocol_files.checks.reaction import LEVELS

_PLACE = "after_reaction"
_GRADES = range(1, 6)


def check_after_reaction(protocol: InfusionProtocol) -> None:
    """Every term has grades of CTCAE in their order; one level leads to one term; hours rise."""
    after = protocol.after_reaction
    if after is None:
        return
    unique(f"{_PLACE}.terms", (term.id for term in after.terms))
    unique(f"{_PLACE}.delayed_signs", after.delayed_signs)
    unique(f"{_PLACE}.terms", (level for term in after.terms for level in term.levels))
    for term in after.terms:
        _check_term(protocol, term)
    known(f"{_PLACE}.loinc", after.loinc, {*protocol.vital_signs, "weight_kg"}, "a vital sign")
    _check_hours(after)


def _check_hours(after: AfterReaction) -> None:
    calls = ("call_from_hours", after.call_from_hours), ("call_until_hours", after.call_until_hours)
    samples = ("tryptase_from_hours", after.tryptase_from_hours), ("tryptase_until_hours", after.tryptase_until_hours)
    watch = ("biphasic_hours_resolved", after.biphasic_hours_resolved), ("biphasic_hours", after.biphasic_hours)
    for steps in (calls, samples, watch):
        in_order(_PLACE, *steps)


def _check_term(protocol: InfusionProtocol, term: CtcaeTerm) -> None:
    place = f"{_PLACE}.terms.{term.id}"
    signs = {sign.id for sign in protocol.reaction.signs}
    known(f"{place}.levels", term.levels, LEVELS, "a level")
    known(f"{place}.only_signs", term.only_signs, signs, "a sign")
    for step in term.steps:
        known(f"{place}.steps.signs", step.signs, signs, "a sign")
        if step.grade not in _GRADES:
            raise MisfitError(f"{place}.steps", f"{step.grade} is not a grade of CTCAE, 1 to 5")
    if not term.grades or list(term.grades) != sorted(set(term.grades)):
        raise MisfitError(f"{place}.steps", "must be grades that rise")
