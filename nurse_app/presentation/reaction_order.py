"""The order in which the acts of a reaction come: what every reaction begins with, the list of the level, its paths."""

from nurse_app.domain.alarms import alarms
from nurse_app.domain.moment import ZERO
from nurse_app.domain.reaction import (
    first_line_missing,
    is_allergic,
    is_systemic,
    last_first_line,
    looked_in_time,
    open_paths,
    repeat_in,
)
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.presentation.context import VisitContext

VITAL_SIGNS, STOP_FOR_GOOD, GRADE_OF_SITE, LOOK_AGAIN = "vital-signs", "stop-for-good", "site-grade", "look-again"
# What the program does by itself the moment the reaction is opened or graded.
_DONE_BY_THE_PROGRAM = frozenset({"infusion-paused", "infusion-stopped"})
# Nothing runs: there is no pump to stop and no line with drug in it.
_ABOUT_THE_LINE = frozenset({"pump-stopped", "new-line"})
_REPEAT_ALARM = "repeat-due"
_READY = "epinephrine-ready"


def drug_was_in_line(state: VisitState, reaction: ReactionState) -> bool:
    """Did the infusion run or stand when this reaction came, so that there is a pump to stop?"""
    if state.run.status == "stopped":
        return reaction.returns_to in ("infuse", "flush")
    return state.run.status in ("running", "paused")


def first_acts(state: VisitState, reaction: ReactionState) -> tuple[str, ...]:
    """What every reaction begins with, as far as there is something to stop and to change."""
    acts = state.protocol.reaction.first_acts
    in_line = drug_was_in_line(state, reaction)
    return tuple(act for act in acts if in_line or act not in _ABOUT_THE_LINE)


def order(state: VisitState, reaction: ReactionState) -> tuple[str, ...]:
    """Every act of this reaction, the next one first. The level's own list rules when an act is in two of them."""
    paths = [act for path in open_paths(state, reaction) for act in path.acts if _is_wanted(state, act)]
    level = _of_level(state, reaction)
    if paths:
        # A path says itself how it goes on; waiting for a mild symptom to settle is no part of it.
        level = [act for act in level if act != LOOK_AGAIN]
    acts = _joined(state, reaction, level, paths)
    before = [act for act in first_acts(state, reaction) if act not in acts]
    return tuple(dict.fromkeys((*before, *acts)))


def first_line_is_asked(state: VisitState, reaction: ReactionState) -> bool:
    """Does this level ask for the first-line drug, rather than keep it at hand?"""
    return state.protocol.reaction.first_line in state.protocol.reaction.actions[reaction.level]


def _of_level(state: VisitState, reaction: ReactionState) -> list[str]:
    """The level's list; the first-line drug also where it may come to that, and where it was given already."""
    acts = [act for act in state.protocol.reaction.actions[reaction.level] if act not in _DONE_BY_THE_PROGRAM]
    at_hand = is_systemic(reaction.level) or last_first_line(state, reaction) is not None
    if at_hand and not first_line_is_asked(state, reaction):
        place = acts.index(_READY) + 1 if _READY in acts else len(acts)
        acts.insert(place, state.protocol.reaction.first_line)
    return acts


def _joined(state: VisitState, reaction: ReactionState, level: list[str], paths: list[str]) -> list[str]:
    """A path comes first while the reaction is mild, before the drugs when it is allergic, last in an emergency."""
    if not is_allergic(reaction.level):
        return [*paths, *level]
    if is_systemic(reaction.level):
        return [*level, *paths]
    drugs = [place for place, act in enumerate(level) if act in state.protocol.reaction.treatments]
    place = drugs[0] if drugs else len(level)
    return [*level[:place], *paths, *level[place:]]


def _is_wanted(state: VisitState, act: str) -> bool:
    return act != STOP_FOR_GOOD or state.run.status in ("running", "paused")


def done_ids(reaction: ReactionState) -> frozenset[str]:
    """The acts and treatments that somebody has recorded."""
    done = {act for act, _at in reaction.actions} | {given.name for given in reaction.treatments}
    return frozenset(done | {GRADE_OF_SITE} if reaction.extravasation is not None else done)


def waiting(context: VisitContext, reaction: ReactionState) -> tuple[str, ...]:
    """The acts that are not done; the first-line drug stays, because it may be repeated."""
    done, again = done_ids(reaction), {context.state.protocol.reaction.first_line}
    if looked_in_time(context.state, reaction, context.now) and not looked_again(context.state, reaction):
        again.add(LOOK_AGAIN)
    return tuple(
        act
        for act in order(context.state, reaction)
        if (act not in done or act in again) and (act != VITAL_SIGNS or vitals_wait(context, reaction))
    )


def looked_again(state: VisitState, reaction: ReactionState) -> bool:
    """Has somebody looked at a mild symptom again when it was time to? An earlier look does not count."""
    return any(act == LOOK_AGAIN and looked_in_time(state, reaction, at) for act, at in reaction.actions)


def vitals_wait(context: VisitContext, reaction: ReactionState) -> bool:
    """Not taken since the reaction began, or due again."""
    state = context.state
    taken = [each for each in state.vitals if each.at.latest > reaction.opened_at.latest]
    due = vital_signs_due(state, context.now)
    return not taken or (due is not None and due.latest <= context.now.latest)


def current(context: VisitContext, reaction: ReactionState) -> str | None:
    """The act that is next; the first-line drug when it is missing or to be given again."""
    state, first_line = context.state, context.state.protocol.reaction.first_line
    acts = waiting(context, reaction)
    if first_line in acts and (first_line_missing(state, reaction) or repeat_is_due(context, reaction)):
        return first_line
    is_next = first_line_is_asked(state, reaction) and last_first_line(state, reaction) is None
    return next((act for act in acts if act != first_line or is_next), None)


def repeat_is_due(context: VisitContext, reaction: ReactionState) -> bool:
    """May the first-line drug be given again, and has nobody said that it is seen?"""
    if repeat_in(context.state, reaction, context.now) != ZERO:
        return False
    due = [condition.id for condition in alarms(context.state, context.now) if condition.name == _REPEAT_ALARM]
    return not context.state.acknowledged.issuperset(due)
