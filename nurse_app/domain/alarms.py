"""What needs attention now: conditions worked out from the record and the clock, each with a stable name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from nurse_app.domain.bag import BagAge, bag_age
from nurse_app.domain.facts import BagMove
from nurse_app.domain.moment import ZERO, Moment
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import (
    baseline,
    first_line_missing,
    last_first_line,
    pressure_falls,
    pressure_is_low,
    repeat_in,
)
from nurse_app.domain.restarts import open_question
from nurse_app.domain.rules.vital_signs import changed, out_of_limits
from nurse_app.domain.run import paused_for, running_time
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import VisitState

Priority = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class AlarmCondition:
    """One condition that is present. ``name`` picks its words; ``id`` is the same for one occurrence for ever."""

    id: str
    name: str
    priority: Priority
    since: Moment


def alarms(state: VisitState, now: Moment) -> tuple[AlarmCondition, ...]:
    """All conditions present at ``now``, the most urgent first."""
    if not state.is_open:
        return ()
    order = ("high", "medium", "low")
    return tuple(sorted(_conditions(state, now), key=lambda item: (order.index(item.priority), item.since.latest)))


def _conditions(state: VisitState, now: Moment) -> Iterator[AlarmCondition]:
    yield from _vital_signs(state, now)
    yield from _infusion(state, now)
    yield from _bag(state, now)
    yield from _reaction(state, now)
    yield from _clock(state)
    if open_question(state.restarts, now) is not None:
        last = state.restarts[-1]
        yield AlarmCondition(f"time-unsure/{last.entry}", "time-unsure", "medium", last.at)
    seen = watch(state, now)
    if state.phase == "observe" and seen.ready and seen.not_before is not None:
        name, end = "observation-over", seen.not_before
        # A watch that was shortened by order is over before its end.
        since = end if end.latest <= now.latest else now
        yield AlarmCondition(_occurrence(state, name, end), name, "medium", since)


def _occurrence(state: VisitState, name: str, since: Moment) -> str:
    """An id that one occurrence keeps and no other has: when it began, in whole seconds of the visit."""
    return f"{name}/{(since.latest - state.started_at.latest) // timedelta(seconds=1)}"


def _vital_signs(state: VisitState, now: Moment) -> Iterator[AlarmCondition]:
    if _is_handed_over(state):
        return
    due = vital_signs_due(state, now)
    if due is not None and due.latest <= now.latest:
        yield AlarmCondition(_occurrence(state, "vital-signs-due", due), "vital-signs-due", "low", due)
    last = state.vitals[-1] if state.vitals else None
    if last is None or not state.is_since_start(last) or state.phase == "discharge":
        return
    worst = [finding.severity for finding in out_of_limits(state.protocol, last.vitals)]
    is_low = pressure_is_low(state, last.vitals)
    if is_low or "hold" in worst or changed(state.protocol, baseline(state), last.vitals):
        yield AlarmCondition(f"vital-signs-alarming/{last.entry}", "vital-signs-alarming", "high", last.at)
    elif worst or pressure_falls(state, last.vitals):
        yield AlarmCondition(f"vital-signs-watch/{last.entry}", "vital-signs-watch", "low", last.at)


def _is_handed_over(state: VisitState) -> bool:
    """After a reaction that ended in a transfer or a death nobody here takes vital signs any more."""
    last = state.last_reaction
    return last is not None and last.outcome in ("transferred", "died")


def _infusion(state: VisitState, now: Moment) -> Iterator[AlarmCondition]:
    run = state.run
    if state.phase == "infuse" and run.status == "running":
        left = minutes(state.protocol.infusion.planned_minutes) - running_time(run, now).most
        if left <= ZERO:
            yield AlarmCondition("infusion-time-over", "infusion-time-over", "medium", now.plus(left))
    if run.status == "paused" and run.paused_at is not None and state.phase == "infuse":
        limit = minutes(state.protocol.infusion.baseline_repeat_minutes)
        if paused_for(run, now) > limit:
            name = "paused-long"
            yield AlarmCondition(f"{name}/{len(run.segments)}", name, "medium", run.paused_at.plus(limit))


def runs_a_clock(state: VisitState) -> bool:
    """Does something run that may raise an alarm, so that the machine must not sleep? A mixed bag grows old, too."""
    bag_ages = state.bag.diluted_at is not None and state.bag.used_up_at is None
    return state.phase in ("infuse", "flush", "observe", "reaction") or (state.is_open and bag_ages)


def current_bag_age(state: VisitState, now: Moment) -> BagAge | None:
    """The bag's age; it stops counting when the bag is used up. None before mixing has ended."""
    bag = state.bag
    if bag.diluted_at is None:
        return None
    moves = [BagMove(move.at.latest, move.place) for move in bag.moves]
    until = bag.used_up_at or now
    return bag_age(state.protocol.preparation, bag.diluted_at.latest, moves, until.latest)


def _bag(state: VisitState, now: Moment) -> Iterator[AlarmCondition]:
    age = current_bag_age(state, now)
    if age is not None and not age.usable and state.bag.used_up_at is None:
        since = now.plus(min(age.use_before - now.latest, ZERO))
        yield AlarmCondition("bag-too-old", "bag-too-old", "medium", since)


def _reaction(state: VisitState, now: Moment) -> Iterator[AlarmCondition]:
    reaction = state.reaction
    if reaction is None:
        return
    if first_line_missing(state, reaction):
        name, since = "first-line-missing", reaction.treatments[0].at
        yield AlarmCondition(_occurrence(state, name, since), name, "high", since)
    given = last_first_line(state, reaction)
    if given is not None and repeat_in(state, reaction, now) == ZERO:
        due = given.plus(minutes(state.protocol.reaction.epinephrine.repeat_minutes))
        yield AlarmCondition(f"repeat-due/{len(reaction.treatments)}", "repeat-due", "high", due)


def _clock(state: VisitState) -> Iterator[AlarmCondition]:
    tolerance = timedelta(seconds=float(state.protocol.preparation.future_tolerance_s))
    for number, (at, by) in enumerate(state.clock_steps):
        if abs(by) > tolerance and f"clock-step/{number}" not in state.acknowledged:
            yield AlarmCondition(f"clock-step/{number}", "clock-step", "medium", at)
