"""What the sheets of a reaction show: a treatment with its dose, and how the reaction ended."""

from dataclasses import dataclass, replace

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.ctcae_grading import suggested_term
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Rejected
from nurse_app.domain.events import Outcome
from nurse_app.domain.reaction import is_allergic, levels_above, open_paths, was_first_line_given
from nurse_app.domain.reaction_commands import RaiseLevel
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.ctcae_sheet import suggestion_words
from nurse_app.presentation.formats import number
from nurse_app.presentation.reaction_checklist import acts_not_done
from nurse_app.presentation.reaction_order import STOP_FOR_GOOD
from nurse_app.presentation.reaction_outcome import outcome_words
from nurse_app.presentation.reaction_words import level_word
from nurse_app.presentation.standing_order import give_first_line
from nurse_app.presentation.view_parts import ActionView, StepHead

OUTCOMES: tuple[Outcome, ...] = ("resolved", "improving", "transferred", "died")


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """One way a reaction ends, what comes after it, and what speaks for a grade then.

    ``is_unmarked``: it does not fit what is marked, and the sheet says so first.
    """

    outcome: Outcome
    label: str
    then: str
    grade_why: str
    is_unmarked: bool = False


@dataclass(frozen=True, slots=True)
class CloseReactionView:
    """``grades`` are those of the CTCAE term that the signs speak for; none where they speak for no term.

    ``unmarked`` says that nothing marked will stop the next dose, ``raises`` is the way out by one touch; they are
    shown at once where ``is_unmarked``, else with an outcome that does not fit.
    """

    head: StepHead
    notices: tuple[NoticeView, ...]
    choices: tuple[OutcomeChoice, ...]
    term: str
    grade_title: str
    grades: tuple[int, ...]
    unmarked: NoticeView
    raises: tuple[ActionView, ...]
    is_unmarked: bool


@dataclass(frozen=True, slots=True)
class TreatmentChoice:
    """One treatment of the standing order with what is usually entered for it."""

    name: str
    label: str
    dose: str
    route: str


@dataclass(frozen=True, slots=True)
class TreatmentSheetView:
    head: StepHead
    choices: tuple[TreatmentChoice, ...]
    chosen: str


def present_close_reaction_sheet(context: VisitContext) -> CloseReactionView:
    """The four ends of a reaction, each with what the visit does next."""
    reaction = context.state.reactions[-1]
    missing = acts_not_done(context, reaction)
    notices: tuple[NoticeView, ...] = ()
    if missing:
        title = _("Not recorded: {acts}").format(acts=", ".join(missing))
        notices = (NoticeView("missing", "caution", title, _("Record what was done before you close.")),)
    choices = tuple(_outcome(context, each) for each in OUTCOMES)
    head = StepHead(_("Close the reaction"), _("How did it end? The outcome is part of the record."))
    after = context.state.protocol.after_reaction
    term = suggested_term(after, reaction) if after is not None else None
    plain = CloseReactionView(
        head, notices, choices, "", "", (), _unmarked(reaction), _raises(reaction), _is_unmarked(context, None)
    )
    if after is None or term is None:
        return plain
    graded = tuple(replace(each, grade_why=suggestion_words(context, each.outcome, term.id)) for each in choices)
    title = _("CTCAE {version}: {term}. The grade may stay open and be recorded later.").format(
        version=after.ctcae_version, term=context.state.protocol.text(f"ctcae.{term.id}.title")
    )
    return replace(plain, choices=graded, term=term.id, grade_title=title, grades=term.grades)


def _outcome(context: VisitContext, outcome: Outcome) -> OutcomeChoice:
    words, then = outcome_words(outcome), _then(context, outcome)
    return OutcomeChoice(outcome, words, then, "", is_unmarked=_is_unmarked(context, outcome))


def _is_unmarked(context: VisitContext, outcome: Outcome | None) -> bool:
    """Was it grave by what was done or how it ends, while nothing on the patient's record will stop the next dose?"""
    state, reaction = context.state, context.state.reactions[-1]
    # Before the start no level leads to a flag: it cannot have been the drug.
    if state.run.started_at is None or state.hypersensitivity != "no" or is_allergic(reaction.level):
        return False
    return was_first_line_given(state, reaction) or outcome in ("transferred", "died")


def _unmarked(reaction: ReactionState) -> NoticeView:
    title = _("Only a mild sign is marked") if reaction.signs else _("No sign is marked")
    return NoticeView("unmarked", "stop", title, _("Nothing will stop the next dose. Touch what it was:"))


def _raises(reaction: ReactionState) -> tuple[ActionView, ...]:
    """The way out, offered for the levels that leave a flag and are told apart at once."""
    words = {"anaphylaxis": _("Treat as anaphylaxis"), "allergic": level_word("allergic")}
    levels = (level for level in reversed(levels_above(reaction.level)) if level in words)
    return tuple(ActionView(f"unmarked.{level}", words[level], RaiseLevel(level), None, "danger") for level in levels)


def _then(context: VisitContext, outcome: Outcome) -> str:
    """What the visit does after this outcome."""
    if outcome in ("transferred", "died"):
        return _("Then finish the visit; this is the reason.")
    state = context.state
    verdict = decide(c.CloseReaction(outcome), Context(state, context.now, context.user_id))
    events = () if isinstance(verdict, Rejected) else verdict
    if any(isinstance(event, e.ObservationStarted) for event in events):
        n = number(state.protocol.observation.minutes)
        return _("Then the observation begins anew: {n} min from now.").format(n=n)
    if state.reactions[-1].returns_to == "infuse" and _never_today(state):
        return _("Then back to the infusion, still paused. No restart today: stop it for good.")
    back = {
        "infuse": _("Then back to the infusion, still paused. The prescriber decides whether it goes on."),
        "flush": _("Then back to the flush."),
    }
    return back.get(state.reactions[-1].returns_to, _("Then back to the step before."))


def _never_today(state: VisitState) -> bool:
    """A path asks that the infusion is stopped for good, and it is only paused yet."""
    asked = any(STOP_FOR_GOOD in path.acts for path in open_paths(state, state.reactions[-1]))
    return asked and state.run.status == "paused"


def present_treatment_sheet(context: VisitContext, chosen: str = "") -> TreatmentSheetView:
    """Treatments to record with dose and route; ``chosen`` is picked already."""
    protocol = context.state.protocol
    first_line = give_first_line(context.state)
    choices = tuple(
        TreatmentChoice(
            name,
            protocol.text(f"treatment.{name}"),
            (first_line.dose or "") if name == first_line.name else "",
            (first_line.route or "") if name == first_line.name else "",
        )
        for name in protocol.reaction.treatments
    )
    return TreatmentSheetView(
        StepHead(_("Treatment with dose"), _("Given just now. Dose and route may be left out and noted later.")),
        choices,
        chosen,
    )
