"""What the standing order asks for at this level, in order, and what has been done with its time."""

from dataclasses import dataclass
from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain.alarms import alarms
from nurse_app.domain.moment import ZERO, Moment
from nurse_app.domain.reaction import first_line_missing, last_first_line, repeat_in
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import clock_with_seconds
from nurse_app.presentation.intents import Intent, OpenSheet, SheetKind
from nurse_app.presentation.standing_order import dose_detail, dose_in_words, dose_title, give_first_line, repeat_words
from nurse_app.presentation.view_parts import ActionView

# What the program does by itself the moment the reaction is opened or graded.
_DONE_BY_THE_PROGRAM = frozenset({"infusion-paused", "infusion-stopped"})
_VITAL_SIGNS = "vital-signs"
_REPEAT_ALARM = "repeat-due"
NEXT_KEY, FIRST_LINE_KEY = "A", "E"


@dataclass(frozen=True, slots=True)
class ActRow:
    """One thing to do: the current one is the next, the open ones may be done in any order."""

    id: str
    title: str
    note: str
    state: Literal["current", "open"]
    action: ActionView
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One thing that was done, and when."""

    id: str
    title: str
    time: str


def acts_to_do(context: VisitContext, reaction: ReactionState) -> tuple[ActRow, ...]:
    """The lines that are not done, in the protocol's order; at most one of them is the current one."""
    waiting = _waiting(context, reaction)
    current = _current(context, reaction, waiting)
    return tuple(_row(context, reaction, act, is_current=act == current) for act in waiting)


def acts_not_done(context: VisitContext, reaction: ReactionState) -> tuple[str, ...]:
    """The titles of lines that nobody has recorded yet; a repeat that is merely offered is none of them."""
    done = _done_ids(reaction)
    protocol = context.state.protocol
    first_line = protocol.reaction.first_line
    left = [act for act in _waiting(context, reaction) if act not in done and act != _VITAL_SIGNS]
    return tuple(
        protocol.text(f"treatment.{act}") if act == first_line else protocol.text(f"action.{act}.title") for act in left
    )


def acts_done(context: VisitContext, reaction: ReactionState) -> tuple[DoneAct, ...]:
    """Everything done in this reaction with its time, the oldest first."""
    state, protocol = context.state, context.state.protocol
    done: list[tuple[Moment, str, str]] = []
    halted = _halted(state, reaction)
    if halted is not None:
        act, at = halted
        done.append((at, act, protocol.text(f"action.{act}.title")))
    for number, (act, at) in enumerate(reaction.actions):
        done.append((at, f"{act}.{number}", protocol.text(f"action.{act}.title")))
    for given in reaction.treatments:
        parts = (protocol.text(f"treatment.{given.name}"), given.dose or "", given.route or "")
        done.append((given.at, f"{given.name}.{given.entry}", " ".join(part for part in parts if part)))
    done.sort(key=lambda item: item[0].latest)
    return tuple(DoneAct(act, title, clock_with_seconds(at.latest, context.zone)) for at, act, title in done)


def _halted(state: VisitState, reaction: ReactionState) -> tuple[str, Moment] | None:
    """That this reaction interrupted the infusion, and how."""
    run = state.run
    if run.status == "stopped" and run.ended_at is not None and run.ended_at.latest >= reaction.opened_at.latest:
        return "infusion-stopped", run.ended_at
    return ("infusion-paused", run.paused_at) if run.status == "paused" and run.paused_at is not None else None


def _done_ids(reaction: ReactionState) -> frozenset[str]:
    return frozenset(act for act, _at in reaction.actions) | {given.name for given in reaction.treatments}


def _waiting(context: VisitContext, reaction: ReactionState) -> list[str]:
    """The acts of this level that are not done; the first-line drug stays, because it may be repeated."""
    state = context.state
    done = _done_ids(reaction)
    repeatable = {state.protocol.reaction.first_line}
    return [
        act
        for act in state.protocol.reaction.actions[reaction.level]
        if act not in _DONE_BY_THE_PROGRAM
        and (act not in done or act in repeatable)
        and (act != _VITAL_SIGNS or _vitals_wait(context, reaction))
    ]


def _vitals_wait(context: VisitContext, reaction: ReactionState) -> bool:
    """Not taken since the reaction began, or due again."""
    state = context.state
    taken = [each for each in state.vitals if each.at.latest > reaction.opened_at.latest]
    due = vital_signs_due(state, context.now)
    return not taken or (due is not None and due.latest <= context.now.latest)


def _current(context: VisitContext, reaction: ReactionState, waiting: list[str]) -> str | None:
    state, first_line = context.state, context.state.protocol.reaction.first_line
    if first_line in waiting and (first_line_missing(state, reaction) or repeat_is_due(context, reaction)):
        return first_line
    given = last_first_line(state, reaction) is not None
    return next((act for act in waiting if act != first_line or not given), None)


def repeat_is_due(context: VisitContext, reaction: ReactionState) -> bool:
    """May the first-line drug be given again, and has nobody said that it is seen?"""
    if repeat_in(context.state, reaction, context.now) != ZERO:
        return False
    due = [condition.id for condition in alarms(context.state, context.now) if condition.name == _REPEAT_ALARM]
    return not context.state.acknowledged.issuperset(due)


def _row(context: VisitContext, reaction: ReactionState, act: str, *, is_current: bool) -> ActRow:
    protocol = context.state.protocol
    state: Literal["current", "open"] = "current" if is_current else "open"
    if act == protocol.reaction.first_line:
        return _first_line_row(context, reaction, state)
    key = NEXT_KEY if is_current else None
    label, intent = _way(context, act)
    action = ActionView(f"act.{act}", label, intent, key, "primary" if is_current else "secondary")
    note = protocol.text(f"action.{act}.detail")
    return ActRow(act, protocol.text(f"action.{act}.title"), note, state, action, emphasis=is_current)


def _way(context: VisitContext, act: str) -> tuple[str, Intent]:
    """What pressing the line's button says and does."""
    if act == _VITAL_SIGNS:
        return _("Record…"), OpenSheet(SheetKind.VITAL_SIGNS)
    if act in context.state.protocol.reaction.treatments:
        return _("Given now"), c.GiveTreatment(act)
    return _("Done now"), c.DoAction(act)


def _first_line_row(context: VisitContext, reaction: ReactionState, row: Literal["current", "open"]) -> ActRow:
    state = context.state
    again = last_first_line(state, reaction) is not None
    title = dose_in_words(state) if again and row == "open" else dose_title(state)
    note = repeat_words(state) if again else dose_detail(state)
    label = _("Given again") if again else _("Given now")
    role: Literal["primary", "secondary"] = "primary" if row == "current" else "secondary"
    action = ActionView(
        f"act.{state.protocol.reaction.first_line}", label, give_first_line(state), FIRST_LINE_KEY, role
    )
    return ActRow(state.protocol.reaction.first_line, title, note, row, action, emphasis=row == "current" or not again)
