"""What needs attention now: conditions worked out from the record and the clock, each with a stable name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.bag import BagAge, bag_age
from nurse_app.domain.facts import BagMove
from nurse_app.domain.moment import ZERO, Moment
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import (
    baseline,
    first_line_missing,
    last_first_line,
    last_first_line_place,
    pressure_falls,
    pressure_is_low,
    repeat_in,
)
from nurse_app.domain.restarts import open_question
from nurse_app.domain.rules.vital_signs import changed, out_of_limits
from nurse_app.domain.run import paused_for, running_time
from nurse_app.domain.schedule import due_points
from nurse_app.domain.state import VisitState


@dataclass(frozen=True, slots=True)
class AlarmCondition:
    """One condition that is present. ``name`` picks its words; ``id`` is the same for one occurrence for ever."""

    id: str
    name: str
    priority: Priority
    since: Moment


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """A condition that is ``here``, or that will be at its ``since`` when nothing is done."""

    condition: AlarmCondition
    here: bool = True


PRIORITIES: tuple[Priority, ...] = ("high", "medium", "low")


def alarms(state: VisitState, now: Moment) -> tuple[AlarmCondition, ...]:
    """All conditions present at ``now``, the most urgent first."""
    here = (foreseen.condition for foreseen in _foreseen(state, now) if foreseen.here)
    return tuple(sorted(here, key=lambda item: (PRIORITIES.index(item.priority), item.since.latest)))


def next_alarm_at(state: VisitState, now: Moment) -> Moment | None:
    """When the next condition comes if nothing is done; None when none is foreseen. Nobody has to look before."""
    foreseen = (each.condition.since for each in _foreseen(state, now) if not each.here)
    # What is over at the latest and not at the least is waited for without a moment of its own.
    coming = (since for since in foreseen if since.latest >= now.latest)
    return min(coming, key=lambda since: since.latest, default=None)


def _foreseen(state: VisitState, now: Moment) -> Iterator[_Foreseen]:
    if not state.is_open:
        return
    yield from _vital_signs(state, now)
    yield from _infusion(state, now)
    yield from _bag(state, now)
    yield from _reaction(state, now)
    yield from _clock(state)
    if open_question(state.restarts, now) is not None:
        last = state.restarts[-1]
        yield _Foreseen(AlarmCondition(f"time-unsure/{last.entry}", "time-unsure", "medium", last.at))
    seen = watch(state, now)
    if state.phase == "observe" and seen.not_before is not None and not _is_handed_over(state):
        name, end = "observation-over", seen.not_before
        # A watch that was shortened by order is over before its end.
        since = now if seen.ready and end.latest > now.latest else end
        yield _Foreseen(AlarmCondition(_occurrence(state, name, end), name, "medium", since), here=seen.ready)


def _occurrence(state: VisitState, name: str, since: Moment) -> str:
    """An id that one occurrence keeps and no other has: when it began, in whole seconds of the visit."""
    return f"{name}/{(since.latest - state.started_at.latest) // timedelta(seconds=1)}"


def _vital_signs(state: VisitState, now: Moment) -> Iterator[_Foreseen]:
    if _is_handed_over(state):
        return
    yield from _vital_signs_due(state, now)
    last = state.vitals[-1] if state.vitals else None
    if last is None or not state.is_since_start(last) or state.phase == "discharge":
        return
    worst = [finding.severity for finding in out_of_limits(state.protocol, last.vitals)]
    is_low = pressure_is_low(state, last.vitals)
    if is_low or "hold" in worst or changed(state.protocol, baseline(state), last.vitals):
        yield _Foreseen(AlarmCondition(f"vital-signs-alarming/{last.entry}", "vital-signs-alarming", "high", last.at))
    elif worst or pressure_falls(state, last.vitals):
        yield _Foreseen(AlarmCondition(f"vital-signs-watch/{last.entry}", "vital-signs-watch", "low", last.at))


def _vital_signs_due(state: VisitState, now: Moment) -> Iterator[_Foreseen]:
    """An acknowledgement covers its own point: the next one that nobody answers is another alarm."""
    name = "vital-signs-due"
    points = [AlarmCondition(_occurrence(state, name, due), name, "low", due) for due in due_points(state, now)]
    passed = [point for point in points if point.since.latest <= now.latest]
    if passed:
        yield _Foreseen(next((point for point in passed if point.id not in state.acknowledged), passed[-1]))
    yield from (_Foreseen(point, here=False) for point in points[len(passed) :])


def _is_handed_over(state: VisitState) -> bool:
    """After a reaction that ended in a transfer or a death nobody here takes vital signs or watches any more."""
    last = state.last_reaction
    return last is not None and last.outcome in ("transferred", "died")


def _infusion(state: VisitState, now: Moment) -> Iterator[_Foreseen]:
    run = state.run
    if state.phase == "infuse" and run.status == "running":
        left = minutes(state.protocol.infusion.planned_minutes) - running_time(run, now).most
        name = "infusion-time-over"
        yield _Foreseen(AlarmCondition(name, name, "medium", now.plus(left)), here=left <= ZERO)
    if run.status == "paused" and run.paused_at is not None and state.phase == "infuse":
        limit = minutes(state.protocol.infusion.baseline_repeat_minutes)
        name = "paused-long"
        condition = AlarmCondition(f"{name}/{len(run.segments)}", name, "medium", run.paused_at.plus(limit))
        yield _Foreseen(condition, here=paused_for(run, now) > limit)


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


def _bag(state: VisitState, now: Moment) -> Iterator[_Foreseen]:
    age = current_bag_age(state, now)
    if age is not None and state.bag.used_up_at is None:
        left = age.use_before - now.latest
        since = now.plus(left if age.usable else min(left, ZERO))
        yield _Foreseen(AlarmCondition("bag-too-old", "bag-too-old", "medium", since), here=not age.usable)


def _reaction(state: VisitState, now: Moment) -> Iterator[_Foreseen]:
    reaction = state.reaction
    if reaction is None:
        return
    if first_line_missing(state, reaction):
        name, since = "first-line-missing", reaction.treatments[0].at
        yield _Foreseen(AlarmCondition(_occurrence(state, name, since), name, "high", since))
    given = last_first_line(state, reaction)
    if given is not None:
        due = given.plus(minutes(state.protocol.reaction.epinephrine.repeat_minutes))
        condition = AlarmCondition(f"repeat-due/{last_first_line_place(state, reaction)}", "repeat-due", "high", due)
        yield _Foreseen(condition, here=repeat_in(state, reaction, now) == ZERO)


def _clock(state: VisitState) -> Iterator[_Foreseen]:
    tolerance = timedelta(seconds=float(state.protocol.preparation.future_tolerance_s))
    for number, (at, by) in enumerate(state.clock_steps):
        if abs(by) > tolerance and f"clock-step/{number}" not in state.acknowledged:
            yield _Foreseen(AlarmCondition(f"clock-step/{number}", "clock-step", "medium", at))
