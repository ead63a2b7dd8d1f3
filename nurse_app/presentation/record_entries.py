"""Looking things up in a visit's record: the last entry of a kind that still counts, and its time."""

from collections.abc import Iterable

from nurse_app.domain.corrected_times import entry_times
from nurse_app.domain.events import BagDiscarded, EntryMarkedInError, Event
from nurse_app.domain.record import Recorded
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock

Record = tuple[Recorded[Event], ...]


def still_valid(record: Record) -> Record:
    """The record without entries that were marked in error."""
    wrong = {item.event.entry for item in record if isinstance(item.event, EntryMarkedInError)}
    return tuple(item for item in record if item.number not in wrong)


def of_this_bag(record: Record) -> Record:
    """What counts since the last bag was discarded."""
    valid = still_valid(record)
    begins = [place for place, item in enumerate(valid, start=1) if isinstance(item.event, BagDiscarded)]
    return valid[begins[-1] :] if begins else valid


def last_of(entries: Iterable[Recorded[Event]], *kinds: type) -> Recorded[Event] | None:
    """The last entry of one of these kinds."""
    found = [item for item in entries if isinstance(item.event, kinds)]
    return found[-1] if found else None


def entry_clock(context: VisitContext, item: Recorded[Event]) -> str:
    """When an entry's act happened: what was said, else the true time at which it was entered."""
    times = next(times for each, times in entry_times(context.record) if each.number == item.number)
    return moment_clock(times.happened, context.zone)
