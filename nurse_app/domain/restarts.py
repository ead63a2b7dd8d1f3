"""Restarts of the machine within a visit: how long each may have lasted, and what a look at another clock narrows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from nurse_app.domain.clock_events import ClockConfirmed, ConfirmedGap, VisitReopened
from nurse_app.domain.events import EntryMarkedInError, Event
from nurse_app.domain.moment import (
    Moment,
    Reading,
    Span,
    first_moment,
    passed_between,
    runs_behind,
)
from nurse_app.domain.record import Recorded

# Wider, and the nurse is asked what another clock shows (reliability notes, 2.2 rule 5).
ASKED_ABOVE = timedelta(minutes=1)
# Another clock shows whole minutes, typing takes one more, and no two clocks on a ward agree to the second. A step of
# this size is also the first that raises an alarm (2.2 rule 6).
CLOCK_TOLERANCE = timedelta(minutes=2)
# Where the wall clock runs behind nobody knows how long the machine was off; a time of day names an instant within one.
LONGEST_UNKNOWN = timedelta(hours=24)

Gaps = Mapping[int, Span]
NOTHING_CONFIRMED: Gaps = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Restart:
    """One restart. ``entry`` is the first after it, ``gap`` the time that passed from the entry before to it.

    ``open_ended``: the wall clock runs behind, so that nobody knows the most. ``confirmed``: a nurse has read another
    clock, and ``gap`` is what is left.
    """

    entry: int
    at: Moment
    gap: Span
    open_ended: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ClockRange:
    """What the time may be; ``latest`` None when nobody knows."""

    earliest: datetime
    latest: datetime | None


def confirmed_gaps(record: Sequence[Recorded[Event]]) -> Gaps:
    """The length of each restart as nurses have confirmed it, by its entry; the newest word counts."""
    wrong = {item.event.entry for item in record if isinstance(item.event, EntryMarkedInError)}
    said = (item.event for item in record if isinstance(item.event, ClockConfirmed) and item.number not in wrong)
    return {gap.entry: Span(gap.least, gap.most) for event in said for gap in event.gaps}


def noted_at(last: Moment, last_reading: Reading, item: Recorded[Event], gaps: Gaps) -> tuple[Moment, Restart | None]:
    """The moment of an entry, given the last known one, and the restart of the machine in between, if there was one."""
    reading, event = item.entry.reading, item.event
    if reading.boot_id == last_reading.boot_id:
        return last.after(passed_between(last_reading, reading)), None
    seen = event.last_seen if isinstance(event, VisitReopened) else None
    if seen is None or seen.boot_id != last_reading.boot_id:
        seen = last_reading
    gap = passed_between(last_reading, seen) + passed_between(seen, reading)
    open_ended = runs_behind(seen, reading)
    said = gaps.get(item.number)
    if said is not None:
        gap = _within(gap, said, open_ended=open_ended)
    at = last.after(gap)
    return at, Restart(item.number, at, gap, open_ended, confirmed=said is not None)


def _within(gap: Span, said: Span, *, open_ended: bool) -> Span:
    """A confirmation can only narrow what the clocks have proven."""
    top = gap.least + LONGEST_UNKNOWN if open_ended else gap.most
    least = min(max(said.least, gap.least), top)
    return Span(least, min(max(said.most, least), top))


def moments(record: Sequence[Recorded[Event]]) -> Iterator[tuple[Recorded[Event], Moment]]:
    """Each entry of a visit with the true time at which it was noted."""
    gaps, reading = confirmed_gaps(record), record[0].entry.reading
    at = first_moment(reading)
    for item in record:
        at, _restart = noted_at(at, reading, item, gaps)
        reading = item.entry.reading
        yield item, at


def open_question(restarts: Sequence[Restart], now: Moment) -> ClockRange | None:
    """What the time may be, when it is worth asking a nurse; None when it is known well enough."""
    unsure = [restart for restart in restarts if not restart.confirmed]
    open_ended = any(restart.open_ended for restart in unsure)
    if not unsure or not (open_ended or now.latest - now.earliest > ASKED_ABOVE):
        return None
    return ClockRange(now.earliest, None if open_ended else now.latest)


def narrow(restarts: Sequence[Restart], now: Moment, ward_clock: datetime) -> tuple[ConfirmedGap, ...] | None:
    """How long each restart lasted when another clock shows this at ``now``; None when that cannot be."""
    unsure = [restart for restart in restarts if not restart.confirmed]
    widths = [_width(restart) for restart in unsure]
    top = now.latest + sum(
        (width - (restart.gap.most - restart.gap.least) for restart, width in zip(unsure, widths, strict=True)),
        start=timedelta(0),
    )
    if not now.earliest - CLOCK_TOLERANCE <= ward_clock <= top + CLOCK_TOLERANCE:
        return None
    earliest = min(max(ward_clock, now.earliest), top)
    latest = max(min(ward_clock + CLOCK_TOLERANCE, top), earliest)
    # How much of what is not known the others may take is not known either.
    gaps: list[ConfirmedGap] = []
    for restart, width in zip(unsure, widths, strict=True):
        others = top - now.earliest - width
        least = restart.gap.least + max((earliest - now.earliest) - others, timedelta(0))
        most = restart.gap.least + width - max((top - latest) - others, timedelta(0))
        gaps.append(ConfirmedGap(restart.entry, least, most))
    return tuple(gaps)


def _width(restart: Restart) -> timedelta:
    return LONGEST_UNKNOWN if restart.open_ended else restart.gap.most - restart.gap.least
