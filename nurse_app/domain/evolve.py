"""Events into state: evolve applies one, fold applies a whole record. Neither refuses anything a rule might."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from nurse_app.domain import events as e
from nurse_app.domain.evolution import checks, preparing, reacting, running
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.moment import Moment, first_moment
from nurse_app.domain.record import Recorded
from nurse_app.domain.state import VisitState

APPLIERS: Appliers = {**checks.APPLIERS, **preparing.APPLIERS, **running.APPLIERS, **reacting.APPLIERS}


class BrokenRecordError(ValueError):
    """A record that cannot be a visit: it does not begin with its start, or a number is missing."""


def begin(recorded: Recorded[e.Event]) -> VisitState:
    """The state after a visit's first event. Raises BrokenRecordError when that is not its start."""
    started = recorded.event
    if not isinstance(started, e.VisitStarted) or recorded.number != 1:
        message = "the record does not begin with the start of a visit"
        raise BrokenRecordError(message)
    at = first_moment(recorded.entry.reading)
    return VisitState(
        patient_id=started.patient_id,
        record_no=started.record_no,
        protocol=started.protocol,
        digest=started.digest,
        facts=started.facts,
        last_reading=recorded.entry.reading,
        last_moment=at,
        number=1,
        started_at=at,
    )


def evolve(state: VisitState, recorded: Recorded[e.Event]) -> VisitState:
    """The state after one more event. Raises BrokenRecordError on a gap in the numbers."""
    if recorded.number != state.number + 1:
        message = f"entry {state.number + 1} is missing"
        raise BrokenRecordError(message)
    now = state.moment(recorded.entry.reading)
    stamp = Stamp(recorded.number, _happened(recorded, now), recorded.entry.by)
    state = APPLIERS[type(recorded.event)](state, recorded.event, stamp)
    return replace(state, last_reading=recorded.entry.reading, last_moment=now, number=recorded.number)


def _happened(recorded: Recorded[e.Event], now: Moment) -> Moment:
    said = recorded.entry.happened_at
    if said is None:
        return now
    at = min(said.astimezone(UTC), now.latest)
    return Moment(min(at, now.earliest), at)


def fold(record: Sequence[Recorded[e.Event]]) -> VisitState:
    """The state after a whole record; entries that were marked in error are passed over."""
    wrong = {item.event.entry for item in record if isinstance(item.event, e.EntryMarkedInError)}
    state = begin(record[0])
    for item in record[1:]:
        state = _pass_over(state, item) if item.number in wrong else evolve(state, item)
    return state


def _pass_over(state: VisitState, item: Recorded[e.Event]) -> VisitState:
    now = state.moment(item.entry.reading)
    return replace(state, last_reading=item.entry.reading, last_moment=now, number=item.number)
