"""Events into state: evolve applies one, fold applies a whole record. Neither refuses anything a rule might."""

from collections.abc import Sequence
from dataclasses import replace

from nurse_app.domain import events as e
from nurse_app.domain.corrected_times import corrected_times, within
from nurse_app.domain.evolution import after_reaction, alarming, checks, preparing, reacting, rounds, running
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.marked_in_error import flag_of_what_stands, marked_in_error, without_pressure_sign
from nurse_app.domain.moment import Moment, first_moment
from nurse_app.domain.record import Recorded
from nurse_app.domain.restarts import NOTHING_CONFIRMED, Gaps, confirmed_gaps, noted_at
from nurse_app.domain.state import VisitState

APPLIERS: Appliers = {
    **checks.APPLIERS,
    **preparing.APPLIERS,
    **running.APPLIERS,
    **reacting.APPLIERS,
    **alarming.APPLIERS,
    **rounds.APPLIERS,
    **after_reaction.APPLIERS,
}


class BrokenRecordError(ValueError):
    """A record that cannot be a visit: it does not begin with its start, or a number is missing."""


def begin(recorded: Recorded[e.Event], gaps: Gaps = NOTHING_CONFIRMED) -> VisitState:
    """The state after a visit's first event. Raises BrokenRecordError when that is not its start.

    ``gaps`` is what was confirmed later of the restarts to come.
    """
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
        confirmed_gaps=gaps,
    )


def evolve(state: VisitState, recorded: Recorded[e.Event], corrected: Moment | None = None) -> VisitState:
    """The state after one more event. Raises BrokenRecordError on a gap in the numbers.

    ``corrected`` is when it really happened, as somebody said later.
    """
    if recorded.number != state.number + 1:
        message = f"entry {state.number + 1} is missing"
        raise BrokenRecordError(message)
    state = _noted(state, recorded)
    stamp = Stamp(recorded.number, corrected or _happened(recorded, state.last_moment), recorded.entry.by)
    return APPLIERS[type(recorded.event)](state, recorded.event, stamp)


def _noted(state: VisitState, item: Recorded[e.Event]) -> VisitState:
    """Time went on to the entry; what it says is not applied yet."""
    now, restart = noted_at(state.last_moment, state.last_reading, item, state.confirmed_gaps)
    restarts = state.restarts if restart is None else (*state.restarts, restart)
    return replace(state, last_reading=item.entry.reading, last_moment=now, number=item.number, restarts=restarts)


def _happened(recorded: Recorded[e.Event], now: Moment) -> Moment:
    said = recorded.entry.happened_at
    return now if said is None else within(said, now)


def fold(record: Sequence[Recorded[e.Event]]) -> VisitState:
    """The state after a whole record; entries that were marked in error are passed over.

    A time that a nurse confirmed counts for everything since the restart it is about: what was noted in between also
    gets a better time. An entry whose time was corrected counts from its own.
    """
    wrong = marked_in_error(record)
    changed = without_pressure_sign(record, wrong)
    times = corrected_times(record)
    state = begin(record[0], confirmed_gaps(record))
    for item in record[1:]:
        counts = changed.get(item.number, item)
        state = _noted(state, item) if item.number in wrong else evolve(state, counts, times.get(item.number))
    return flag_of_what_stands(state) if wrong else state
