"""When vital signs are due, worked out from the record and the clock."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import pressure_falls
from nurse_app.domain.state import VisitState


def vital_signs_due(state: VisitState, now: Moment) -> Moment | None:
    """When the next set is due, in the past when it is late; None when the schedule asks for none."""
    due = _by_phase(state, now)
    recheck = recheck_due(state)
    if recheck is None:
        return due
    return recheck if due is None or recheck.latest < due.latest else due


def due_points(state: VisitState, now: Moment) -> tuple[Moment, ...]:
    """Every point that nothing has answered, in their order: those that have passed, and the next one."""
    first, recheck = _by_phase(state, now), recheck_due(state)
    points = [] if recheck is None else [recheck]
    if first is not None:
        points += _points_from(state, first, now)
    return tuple(sorted(set(points), key=lambda point: point.latest))


def _points_from(state: VisitState, first: Moment, now: Moment) -> Iterator[Moment]:
    rounds = state.protocol.vital_sign_schedule
    every = {"reaction": rounds.reaction_every_minutes, "infuse": rounds.infusion_every_minutes}.get(state.phase)
    began = state.observation.started_at
    if every is not None:
        passed = max(now.latest - first.latest, timedelta(0)) // minutes(every)
        yield from (first.plus(minutes(every) * number) for number in range(passed + 2))
    elif state.phase == "observe" and began is not None:
        points = (began.plus(minutes(point)) for point in rounds.observation_at_minutes)
        yield from (point for point in points if point.latest >= first.latest)
    else:
        yield first


def _by_phase(state: VisitState, now: Moment) -> Moment | None:
    rounds = state.protocol.vital_sign_schedule
    started, taken, early = state.run.started_at, _last_taken(state), minutes(rounds.early_minutes)
    match state.phase:
        case "reaction":
            opened = state.reactions[-1].opened_at
            return next_of_series(opened, minutes(rounds.reaction_every_minutes), early, taken)
        case "infuse" if started is not None:
            return next_of_series(started, minutes(rounds.infusion_every_minutes), early, taken)
        case "flush" if state.run.bag_empty_at is not None:
            return once(state.run.bag_empty_at, early, taken)
        case "observe" if state.observation.started_at is not None:
            return next_of_points(state.observation.started_at, rounds.observation_at_minutes, early, taken)
        case _:
            return None


def _last_taken(state: VisitState) -> Moment | None:
    return state.vitals[-1].at if state.vitals else None


def once(due: Moment, early: timedelta, done: Moment | None) -> Moment | None:
    """The one point, unless it was answered; what was done a little early answers it."""
    return None if done is not None and done.latest >= due.latest - early else due


def next_of_series(start: Moment, every: timedelta, early: timedelta, done: Moment | None) -> Moment:
    """The first point of an endless series that nothing answers; what was done a little early answers its point."""
    if done is None or done.latest <= start.latest:
        return start.plus(every)
    answered = (done.latest - start.latest + min(early, every / 2)) // every
    return start.plus(every * (answered + 1))


def next_of_points(start: Moment, points: Iterable[Decimal], early: timedelta, done: Moment | None) -> Moment | None:
    """The first of these points (minutes after ``start``) that nothing answers; None when all are answered."""
    dues = (start.plus(minutes(point)) for point in points)
    return next((due for due in dues if once(due, early, done) is not None), None)


def recheck_due(state: VisitState) -> Moment | None:
    """A fallen pressure is to be taken again soon; a set without a pressure is no recheck."""
    if state.phase not in ("infuse", "flush", "observe"):
        return None
    last = next((taken for taken in reversed(state.vitals) if taken.vitals.systolic is not None), None)
    if last is None or not state.is_since_start(last) or not pressure_falls(state, last.vitals):
        return None
    return last.at.plus(minutes(state.protocol.vital_sign_schedule.recheck_minutes))
