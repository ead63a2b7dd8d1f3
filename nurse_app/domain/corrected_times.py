"""When entries happened: as noted, as said at once, or as corrected later; and which corrections are possible.

Times of signs, acts, treatments, vital signs and of the onset may be corrected. Starts, pauses, stops and the beginning
of the observation may not: gates that open with time rest on them, and an earlier one would open a gate early.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from nurse_app.domain import events as e
from nurse_app.domain.moment import Moment
from nurse_app.domain.record import Recorded
from nurse_app.domain.restarts import moments
from nurse_app.domain.state import VisitState

Record = Sequence[Recorded[e.Event]]
Times = Mapping[int, Moment]
NOTHING_CORRECTED: Times = MappingProxyType({})

TIMEABLE: tuple[type, ...] = (
    e.ReactionOpened,
    e.SignNoted,
    e.ActionDone,
    e.TreatmentGiven,
    e.VitalSignsRecorded,
)


@dataclass(frozen=True, slots=True)
class EntryTimes:
    """When an entry was noted, and when it happened. ``corrected``: somebody said so afterwards."""

    entered: Moment
    happened: Moment
    corrected: bool


def within(said: datetime, now: Moment) -> Moment:
    """The moment of a time that a person said at ``now``; never later than that."""
    at = min(said.astimezone(UTC), now.latest)
    return Moment(min(at, now.earliest), at)


def corrected_times(record: Record) -> Times:
    """The time of each entry that was corrected, by its number; the newest word counts."""
    if not any(isinstance(item.event, e.EntryTimeCorrected) for item in record):
        return NOTHING_CORRECTED
    return {
        item.event.entry: within(item.event.at, noted)
        for item, noted in moments(record)
        if isinstance(item.event, e.EntryTimeCorrected)
    }


def entry_times(record: Record) -> Iterator[tuple[Recorded[e.Event], EntryTimes]]:
    """Each entry with its times."""
    corrected = corrected_times(record)
    for item, entered in moments(record):
        at = corrected.get(item.number)
        said = item.entry.happened_at
        happened = at or (entered if said is None else within(said, entered))
        yield item, EntryTimes(entered, happened, at is not None)


def possible_times(state: VisitState, event: e.Event, number: int, now: Moment) -> tuple[datetime, datetime]:
    """The earliest and the latest time that an entry may be given.

    A set of vital signs stays on its side of the start: the baseline that the dose was started with, and the alarm line
    made from it, are not changed afterwards. A reaction does not begin after its own end.
    """
    first, last, started = state.started_at.latest, now.latest, state.run.started_at
    if isinstance(event, e.VitalSignsRecorded) and started is not None:
        if number > state.run.started_entry:
            return started.latest, last
        return first, started.latest
    if isinstance(event, e.ReactionOpened):
        return first, min((last, *_closings(state, number)))
    return first, last


def _closings(state: VisitState, number: int) -> Iterator[datetime]:
    """When the reaction that this entry opened was closed; nothing while it is open."""
    for reaction in state.reactions:
        if reaction.entry == number and reaction.closed_at is not None:
            yield reaction.closed_at.latest
