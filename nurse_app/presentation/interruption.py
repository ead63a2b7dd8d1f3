"""A nurse who was called away: at which step, whether it must be read again, and the card that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from nurse_app.domain.interruption_protocol import InterruptedStep
from nurse_app.domain.state import Phase, VisitState
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.home import OpenVisitFacts, present_cards
from nurse_app.presentation.intents import SheetKind
from nurse_app.presentation.patient_order import shown_name
from nurse_app.presentation.prepare_lines import lines_left, present_lines
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.steps import present_step
from nurse_app.presentation.view_parts import StepHead

_OF_SHEET: Mapping[SheetKind, InterruptedStep] = {
    SheetKind.PRODUCT: "product",
    SheetKind.DILUENT: "diluent",
    SheetKind.SECOND_CHECK: "second-check",
    SheetKind.START: "start",
    SheetKind.CHANGE_RATE: "change-rate",
    SheetKind.VITAL_SIGNS: "vital-signs",
    SheetKind.DECISION: "decision",
    SheetKind.FLUSH: "flush",
}
# In a reaction nothing may come between; a closed visit has no step.
_OF_PHASE: Mapping[Phase, InterruptedStep] = {
    "identify": "identify",
    "prechecks": "prechecks",
    "prepare": "prepare",
    "infuse": "infuse",
    "flush": "flush",
    "observe": "observe",
    "discharge": "discharge",
}
# Opening this one is beginning it: everything on it is to be read, and one Enter starts the drug.
_BEGUN_WHEN_OPENED = frozenset({SheetKind.START})
# Another person's check begins with the whole bag: it is a step of its own.
_PAGES_WITH_A_CLOCK = ("infuse", "observe")
_ENDS_MIXING = ("second-check",)


@dataclass(frozen=True, slots=True)
class Doing:
    """What is on a visit's screen: the sheet that is open, its title, and whether anything was entered in it."""

    sheet: SheetKind | None = None
    title: str = ""
    has_entries: bool = False


@dataclass(frozen=True, slots=True)
class LineAgain:
    """One line of Prepare, for reading: what was recorded and when, or that it is the next one."""

    id: str
    title: str
    note: str
    state: Literal["done", "current", "next"]


@dataclass(frozen=True, slots=True)
class InterruptedView:
    """The card. ``begins_again``: what was entered and not recorded is empty when the nurse goes on.

    ``clock`` is the time that the page beneath would show: how long the infusion or the observation still lasts.
    """

    head: StepHead
    clock: str
    read_again: str
    lines: tuple[LineAgain, ...]
    action: str
    begins_again: bool


def step_of(state: VisitState, doing: Doing) -> InterruptedStep | None:
    """The step that the nurse is at; None where nothing may come between her and the screen."""
    phase_step = _OF_PHASE.get(state.phase)
    if phase_step is None or doing.sheet is None:
        return phase_step
    return _OF_SHEET.get(doing.sheet, phase_step)


def is_interrupted(state: VisitState, doing: Doing, idle: timedelta) -> bool:
    """Has a critical step been begun, and nobody touched the program for as long as the protocol says?"""
    plan, step = state.protocol.interruption, step_of(state, doing)
    if plan is None or step is None or step not in plan.critical:
        return False
    return idle >= timedelta(seconds=float(plan.after_seconds)) and _is_begun(state, doing)


def _is_begun(state: VisitState, doing: Doing) -> bool:
    if doing.sheet is None:
        return state.phase == "prepare" and _is_mixing(state)
    if doing.sheet not in _OF_SHEET:
        return False
    return doing.has_entries or doing.sheet in _BEGUN_WHEN_OPENED


def _is_mixing(state: VisitState) -> bool:
    """A line is recorded, and the bag is not yet mixed, looked at and labelled."""
    left = lines_left(state)
    return left not in ((), _ENDS_MIXING) and len(left) < len(state.protocol.preparation.lines)


def present_interruption(context: VisitContext, doing: Doing) -> InterruptedView | None:
    """The card for the present step; None where there must not be one."""
    state = context.state
    step = step_of(state, doing)
    if step is None:
        return None
    begins_again = doing.sheet in _OF_SHEET or (doing.sheet is None and step == "prepare")
    title = doing.title or present_step(context).head.title
    who = _("You were at: {step}. Patient: {name}, {record_no}.")
    return InterruptedView(
        head=StepHead(
            _("Interrupted"),
            who.format(step=title.rstrip("."), name=shown_name(context.patient_name), record_no=state.record_no),
        ),
        clock=_clock(context),
        read_again=optional_text(state.protocol, f"interrupted.{step}"),
        lines=_lines(context) if doing.sheet is None and step == "prepare" else (),
        action=_("Start this step again") if begins_again else _("Go on with this step"),
        begins_again=begins_again,
    )


def _clock(context: VisitContext) -> str:
    if context.state.phase not in _PAGES_WITH_A_CLOCK:
        return ""
    facts = OpenVisitFacts(context.visit_id, context.state, context.now, "")
    (card,) = present_cards((facts,), context.zone)
    return card.value


def _lines(context: VisitContext) -> tuple[LineAgain, ...]:
    """Every line from the first; the hand goes on at the first one that is not recorded."""
    notes = {"done": "", "current": _("Next line"), "next": ""}
    judged = assess_today(context.state, context.now)
    return tuple(
        LineAgain(
            line.id,
            line.title,
            _("Recorded: {what}").format(what=line.done_text) if line.state == "done" else notes[line.state],
            line.state,
        )
        for line in present_lines(context, judged, waits=False)
    )
