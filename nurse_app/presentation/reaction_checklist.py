"""What the standing order asks for at this level, in order: what comes before everything else, and the list."""

from dataclasses import dataclass
from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain.reaction import last_first_line, open_paths
from nurse_app.domain.reaction_commands import StopInReaction
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.intents import Intent, OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_done import newest_entries
from nurse_app.presentation.reaction_order import (
    GRADE_OF_SITE,
    STOP_FOR_GOOD,
    VITAL_SIGNS,
    current,
    done_ids,
    first_acts,
    first_line_is_asked,
    waiting,
)
from nurse_app.presentation.reaction_times import TimedEntry, both_times, time_sheet
from nurse_app.presentation.standing_order import dose_detail, dose_in_words, dose_title, give_first_line, repeat_words
from nurse_app.presentation.view_parts import ActionView

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
class FirstAct:
    """One part of what every reaction begins with; ``time`` says when it was done, empty while it is to do."""

    id: str
    title: str
    note: str
    time: str
    action: ActionView


def first_line_of_page(context: VisitContext, reaction: ReactionState) -> tuple[FirstAct, ...]:
    """Stop, change the line, call help: all of it until the last part is done, then nothing."""
    acts, done = first_acts(context.state, reaction), done_ids(reaction)
    if done.issuperset(acts):
        return ()
    entries, next_act = newest_entries(context), current(context, reaction)
    return tuple(_first(context, act, entries, is_current=act == next_act) for act in acts)


def _first(context: VisitContext, act: str, entries: dict[str, TimedEntry], *, is_current: bool) -> FirstAct:
    protocol = context.state.protocol
    title, note = protocol.text(f"action.{act}.title"), protocol.text(f"action.{act}.detail")
    if act in entries:
        item, times = entries[act]
        time = both_times(times, context.zone)
        return FirstAct(act, title, note, time, ActionView(f"act.{act}", title, time_sheet(item.number)))
    role: Literal["danger", "danger-outline"] = "danger" if is_current else "danger-outline"
    key = NEXT_KEY if is_current else None
    return FirstAct(act, title, note, "", ActionView(f"act.{act}", title, c.DoAction(act), key, role))


def acts_to_do(context: VisitContext, reaction: ReactionState) -> tuple[ActRow, ...]:
    """The lines that are not done, in order, without those at the top of the page; at most one is the current one."""
    next_act = current(context, reaction)
    above = first_acts(context.state, reaction)
    return tuple(
        act_row(context, reaction, act, is_current=act == next_act)
        for act in waiting(context, reaction)
        if act not in above
    )


def acts_not_done(context: VisitContext, reaction: ReactionState) -> tuple[str, ...]:
    """The titles of lines that nobody has recorded yet; a repeat that is merely offered is none of them."""
    done = done_ids(reaction)
    protocol = context.state.protocol
    first_line = protocol.reaction.first_line
    left = [act for act in waiting(context, reaction) if act not in done and act != VITAL_SIGNS]
    if not first_line_is_asked(context.state, reaction):
        left = [act for act in left if act != first_line]
    return tuple(
        protocol.text(f"treatment.{act}") if act == first_line else protocol.text(f"action.{act}.title") for act in left
    )


def act_row(context: VisitContext, reaction: ReactionState, act: str, *, is_current: bool) -> ActRow:
    """One act with its way of being recorded; the first-line drug with its dose, the next one with its key."""
    protocol = context.state.protocol
    state: Literal["current", "open"] = "current" if is_current else "open"
    if act == protocol.reaction.first_line:
        return _first_line_row(context, reaction, state)
    key = NEXT_KEY if is_current else None
    label, intent = _way(context, act)
    action = ActionView(f"act.{act}", label, intent, key, "primary" if is_current else "secondary")
    note = protocol.text(f"action.{act}.detail")
    emphasis = is_current or act == STOP_FOR_GOOD
    return ActRow(act, protocol.text(f"action.{act}.title"), note, state, action, emphasis=emphasis)


def _way(context: VisitContext, act: str) -> tuple[str, Intent]:
    """What pressing the line's button says and does."""
    if act == VITAL_SIGNS:
        return _("Record…"), OpenSheet(SheetKind.VITAL_SIGNS)
    if act == GRADE_OF_SITE:
        return _("Record…"), OpenSheet(SheetKind.EXTRAVASATION)
    if act == STOP_FOR_GOOD:
        return _("Stop for good"), StopInReaction(_reason_to_stop(context))
    if act in context.state.protocol.reaction.treatments:
        return _("Given now"), c.GiveTreatment(act)
    return _("Done now"), c.DoAction(act)


def _reason_to_stop(context: VisitContext) -> str:
    """What the path that asks for it gives as the reason, in the words of the record."""
    state = context.state
    paths = [path.id for path in open_paths(state, state.reactions[-1]) if STOP_FOR_GOOD in path.acts]
    reasons = [optional_text(state.protocol, f"path.{path}.stop-reason") for path in paths]
    return next((reason for reason in reasons if reason), _("signs seen in the reaction"))


def _first_line_row(context: VisitContext, reaction: ReactionState, row: Literal["current", "open"]) -> ActRow:
    state = context.state
    again = last_first_line(state, reaction) is not None
    asked = first_line_is_asked(state, reaction)
    title = dose_in_words(state) if again and row == "open" else dose_title(state)
    if not again and not asked:
        title = _("If it comes to that: {dose}").format(dose=dose_in_words(state))
    note = repeat_words(state) if again else dose_detail(state)
    label = _("Given again") if again else _("Given now")
    role: Literal["primary", "secondary"] = "primary" if row == "current" else "secondary"
    action = ActionView(
        f"act.{state.protocol.reaction.first_line}", label, give_first_line(state), FIRST_LINE_KEY, role
    )
    emphasis = row == "current" or (asked and not again)
    return ActRow(state.protocol.reaction.first_line, title, note, row, action, emphasis=emphasis)
