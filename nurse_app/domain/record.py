"""The envelope every stored event travels in, whichever stream it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from nurse_app.domain.moment import Reading

# The author of entries that the program makes by itself.
PROGRAM = "program"
EventT_co = TypeVar("EventT_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[EventT_co]):
    """One event on its way into the record: who made it, and what the clocks said when it was noted.

    ``happened_at`` is set only when a person says that it happened earlier; ``sign_later`` when the program was locked.
    """

    event: EventT_co
    by: str
    reading: Reading
    happened_at: datetime | None = None
    sign_later: bool = False


@dataclass(frozen=True, slots=True)
class Recorded(Generic[EventT_co]):
    """An entry that is on the disk. ``number`` counts from 1 without a gap within its stream."""

    number: int
    event_id: str
    entry: Entry[EventT_co]

    @property
    def event(self) -> EventT_co:
        return self.entry.event
