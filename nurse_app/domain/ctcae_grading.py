"""Which CTCAE term and grade what is on record speaks for; a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from nurse_app.domain.after_reaction_protocol import AfterReaction, CtcaeStep, CtcaeTerm, Ground
from nurse_app.domain.reaction import last_first_line
from nurse_app.domain.reaction_events import Outcome
from nurse_app.domain.state import ReactionState, VisitState

_NOT_BY_MOUTH = frozenset({"IM", "IV"})
_BY_VEIN = frozenset({"fluids"})


@dataclass(frozen=True, slots=True)
class GradeSuggestion:
    """A term and a grade with what speaks for it: grounds or signs; ``temperature_c`` when that is the reason."""

    term: str
    grade: int
    grounds: tuple[Ground, ...] = ()
    signs: tuple[str, ...] = ()
    temperature_c: Decimal | None = None


def suggested_term(after: AfterReaction, reaction: ReactionState) -> CtcaeTerm | None:
    """The term for these signs and this level; None while nothing speaks for any."""
    signs = set(reaction.sign_ids)
    for term in after.terms:
        if signs and signs <= set(term.only_signs):
            return term
    return next((term for term in after.terms if reaction.level in term.levels), None)


def suggest(
    state: VisitState, reaction: ReactionState, term_id: str = "", outcome: Outcome | None = None
) -> GradeSuggestion | None:
    """The grade of a term (of the suggested one for "") with its reasons; the lowest without any.

    ``outcome`` is one that is about to be recorded. None when the protocol has no such term.
    """
    after = state.protocol.after_reaction
    if after is None:
        return None
    term = after.term(term_id) if term_id else suggested_term(after, reaction)
    if term is None:
        return None
    present = frozenset(_grounds(state, reaction, outcome or reaction.outcome))
    hottest = _hottest(state, reaction)
    for step in reversed(term.steps):
        found = _speaks_for(term, step, present, reaction, hottest)
        if found is not None:
            return found
    return GradeSuggestion(term.id, term.steps[0].grade)


def _speaks_for(
    term: CtcaeTerm, step: CtcaeStep, present: frozenset[Ground], reaction: ReactionState, hottest: Decimal | None
) -> GradeSuggestion | None:
    grounds = tuple(ground for ground in step.grounds if ground in present)
    signs = tuple(sign for sign in step.signs if sign in reaction.sign_ids)
    is_hot = hottest is not None and (
        (step.above_c is not None and hottest > step.above_c) or (step.from_c is not None and hottest >= step.from_c)
    )
    if not grounds and not signs and not is_hot:
        return None
    return GradeSuggestion(term.id, step.grade, grounds, signs, hottest if is_hot else None)


def _grounds(state: VisitState, reaction: ReactionState, outcome: Outcome | None) -> Iterable[Ground]:
    # Opening a reaction in the infusion always interrupts it.
    if reaction.returns_to == "infuse":
        yield "interrupted"
    if reaction.treatments:
        yield "treated"
    if last_first_line(state, reaction) is not None or any(
        (each.route or "").upper() in _NOT_BY_MOUTH or each.name in _BY_VEIN for each in reaction.treatments
    ):
        yield "parenteral"
    first_line = sum(each.name == state.protocol.reaction.first_line for each in reaction.treatments)
    if first_line:
        yield "first-line"
    if first_line > 1:
        yield "first-line-again"
    if outcome is not None and outcome in ("transferred", "died"):
        yield outcome


def _hottest(state: VisitState, reaction: ReactionState) -> Decimal | None:
    """The highest temperature since the onset (degrees Celsius), until the reaction was over."""
    end = reaction.closed_at
    taken = (
        each.vitals.temperature_c
        for each in state.vitals
        if each.at.latest >= reaction.opened_at.latest and (end is None or each.at.latest <= end.latest)
    )
    return max((value for value in taken if value is not None), default=None)
