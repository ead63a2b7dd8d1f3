"""Grading a reaction by CTCAE: one term, its grades in words, and the grade that the record speaks for."""

from dataclasses import dataclass

from nurse_app.domain.after_reaction_protocol import CtcaeTerm
from nurse_app.domain.ctcae_grading import suggest
from nurse_app.domain.events import Outcome
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import gravest, gravest_number
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _
from nurse_app.presentation.after_words import grade_words, suggestion_reasons
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.view_parts import ActionView, StepHead


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """One grade of a term; ``label`` begins with the figure."""

    grade: int
    label: str


@dataclass(frozen=True, slots=True)
class TermChoice:
    """One term with its grades; ``why`` says which of them is suggested."""

    term: str
    title: str
    grades: tuple[GradeChoice, ...]
    why: str


@dataclass(frozen=True, slots=True)
class CtcaeView:
    """``chosen`` is the suggested term, or the one recorded; ``recorded`` says what is in the record already.

    ``reaction`` is which one of the visit is graded, counted from 1.
    """

    head: StepHead
    version: str
    note: str
    terms: tuple[TermChoice, ...]
    chosen: str
    chosen_grade: int
    recorded: str
    reaction: int


def grade_action() -> ActionView:
    """The way to the grade once the reaction is over."""
    return ActionView("ctcae_grade", _("CTCAE grade…"), OpenSheet(SheetKind.CTCAE_GRADE), "G")


def present_ctcae(context: VisitContext) -> CtcaeView:
    """The grading of the visit’s gravest reaction. IndexError for a visit without one."""
    state, reaction = context.state, gravest(context.state)
    after, known = state.protocol.after_reaction, reaction.ctcae
    terms = after.terms if after is not None else ()
    found = suggest(state, reaction)
    time = moment_clock(reaction.opened_at, context.zone)
    return CtcaeView(
        head=StepHead(
            _("CTCAE grade"), _("Of the reaction that began {time}. It can be changed later.").format(time=time)
        ),
        version=after.ctcae_version if after is not None else "",
        note=state.protocol.text("ctcae.note.one-term") if terms else "",
        terms=tuple(_term(context, reaction, term) for term in terms),
        chosen=known.term if known is not None else found.term if found is not None else "",
        chosen_grade=known.grade if known is not None else 0,
        recorded=_recorded(state.protocol, reaction),
        reaction=gravest_number(state),
    )


def _recorded(protocol: InfusionProtocol, reaction: ReactionState) -> str:
    known = reaction.ctcae
    if known is None:
        return ""
    return _("In the record: {grade}").format(grade=grade_words(protocol, known.term, known.grade, known.version))


def _term(context: VisitContext, reaction: ReactionState, term: CtcaeTerm) -> TermChoice:
    protocol = context.state.protocol
    choices = (
        GradeChoice(grade, _("{grade}: {words}").format(grade=grade, words=protocol.text(f"ctcae.{term.id}.{grade}")))
        for grade in term.grades
    )
    title = protocol.text(f"ctcae.{term.id}.title")
    return TermChoice(term.id, title, tuple(choices), _suggestion_words(context, reaction, None, term.id))


def suggestion_words(context: VisitContext, outcome: Outcome | None, term: str) -> str:
    """The grade of the last reaction that the record speaks for, and why; ``outcome`` is one about to be recorded."""
    return _suggestion_words(context, context.state.reactions[-1], outcome, term)


def _suggestion_words(context: VisitContext, reaction: ReactionState, outcome: Outcome | None, term: str) -> str:
    found = suggest(context.state, reaction, term, outcome)
    if found is None:
        return ""
    reasons = suggestion_reasons(context.state.protocol, found)
    words = _("Suggested: grade {grade}. Why: {reasons}.") if reasons else _("Suggested: grade {grade}.")
    return words.format(grade=found.grade, reasons=reasons)
