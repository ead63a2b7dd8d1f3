"""When vital signs are due, worked out from the record and the clock."""

from datetime import timedelta

from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import pressure_falls
from nurse_app.domain.state import VisitState


def vital_signs_due(state: VisitState, now: Moment) -> Moment | None:
    """When the next set is due, in the past when it is late; None when the schedule asks for none."""
    due = _by_phase(state, now)
    recheck = _recheck_due(state)
    if recheck is None or state.phase not in ("infuse", "flush", "observe"):
        return due
    return recheck if due is None or recheck.latest < due.latest else due


def _by_phase(state: VisitState, now: Moment) -> Moment | None:
    rounds = state.protocol.vital_sign_schedule
    started = state.run.started_at
    match state.phase:
        case "reaction":
            reaction = state.reactions[-1]
            return _next_of_series(state, reaction.opened_at, minutes(rounds.reaction_every_minutes))
        case "infuse" if started is not None:
            return _next_of_series(state, started, minutes(rounds.infusion_every_minutes))
        case "flush" if state.run.bag_empty_at is not None:
            taken = _last_taken(state)
            early = minutes(rounds.early_minutes)
            at = state.run.bag_empty_at
            return None if taken is not None and taken.latest >= at.latest - early else at
        case "observe" if state.observation.started_at is not None:
            return _next_in_observation(state, state.observation.started_at)
        case _:
            return None


def _last_taken(state: VisitState) -> Moment | None:
    return state.vitals[-1].at if state.vitals else None


def _next_of_series(state: VisitState, start: Moment, every: timedelta) -> Moment:
    """The first point of an endless series that no set answers; a set a little early answers its point."""
    taken = _last_taken(state)
    if taken is None or taken.latest <= start.latest:
        return start.plus(every)
    early = min(minutes(state.protocol.vital_sign_schedule.early_minutes), every / 2)
    answered = (taken.latest - start.latest + early) // every
    return start.plus(every * (answered + 1))


def _next_in_observation(state: VisitState, start: Moment) -> Moment | None:
    rounds = state.protocol.vital_sign_schedule
    early = minutes(rounds.early_minutes)
    taken = _last_taken(state)
    for point in rounds.observation_at_minutes:
        due = start.plus(minutes(point))
        if taken is None or taken.latest < due.latest - early:
            return due
    return None


def _recheck_due(state: VisitState) -> Moment | None:
    """A fallen pressure is to be taken again soon; a set without a pressure is no recheck."""
    last = next((taken for taken in reversed(state.vitals) if taken.vitals.systolic is not None), None)
    if last is None or not state.is_since_start(last) or not pressure_falls(state, last.vitals):
        return None
    return last.at.plus(minutes(state.protocol.vital_sign_schedule.recheck_minutes))
