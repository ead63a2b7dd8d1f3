"""One visit at work: its record and its state; decide, append, evolve, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nurse_app.domain import commands as c
from nurse_app.domain.decide import decide, decide_correction, decide_start
from nurse_app.domain.deciding.outcome import Context, Rejected
from nurse_app.domain.deciding.times import decide_time
from nurse_app.domain.events import ClockConfirmed, EntryMarkedInError, EntryTimeCorrected, Event
from nurse_app.domain.evolve import evolve, fold
from nurse_app.domain.moment import Moment, Reading
from nurse_app.domain.reaction_commands import CorrectTime
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.state import VisitState
from nurse_app.visit.ports import EventLog

# What changes the meaning of earlier entries.
_FOLDED_ANEW = (EntryMarkedInError, EntryTimeCorrected, ClockConfirmed)


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes an entry; ``sign_later`` when the program was locked and nobody had signed in."""

    by: str
    sign_later: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """The entries that are now on the disk; empty when the command changed nothing."""

    entries: tuple[Recorded[Event], ...]


class OpenVisit:
    """A visit whose record is open. Not for two threads: one writer calls ``handle``, others read ``state``."""

    def __init__(self, log: EventLog[Event], record: Sequence[Recorded[Event]]) -> None:
        self._log = log
        self._record = tuple(record)
        self._state = fold(self._record)

    @classmethod
    def start(cls, log: EventLog[Event], command: c.StartVisit, author: Author, reading: Reading) -> "OpenVisit":
        """Begin a visit. Raises NotSavedError."""
        entries = _entries(decide_start(command), author, reading, None)
        return cls(log, log.append(entries, after=0))

    @property
    def visit_id(self) -> str:
        return self._log.stream_id

    @property
    def takes_entries(self) -> bool:
        """Whether an entry may be tried; not after a failure, until the record was opened again."""
        return self._log.takes_entries

    @property
    def tail_bytes(self) -> int:
        """How many bytes of a torn end were kept aside when the record was opened."""
        tail = self._log.tail_kept_aside
        return tail.byte_count if tail else 0

    @property
    def state(self) -> VisitState:
        return self._state

    @property
    def record(self) -> tuple[Recorded[Event], ...]:
        return self._record

    def now(self, reading: Reading) -> Moment:
        return self._state.moment(reading)

    def handle(
        self, command: c.Command, author: Author, reading: Reading, happened_at: datetime | None = None
    ) -> Accepted | Rejected:
        """Decide, make durable, then change the state. A refusal may leave an entry too. Raises NotSavedError."""
        context = Context(self._state, self._state.moment(reading), author.by)
        if isinstance(command, c.CorrectEntry):
            verdict = decide_correction(command, self._record)
        elif isinstance(command, CorrectTime):
            verdict = decide_time(command, self._record, context)
        else:
            verdict = decide(command, context)
        events = verdict.events if isinstance(verdict, Rejected) else verdict
        recorded = self._append(_entries(events, author, reading, happened_at)) if events else ()
        return verdict if isinstance(verdict, Rejected) else Accepted(recorded)

    def _append(self, entries: tuple[Entry[Event], ...]) -> tuple[Recorded[Event], ...]:
        recorded = self._log.append(entries, after=self._state.number)
        self._record = (*self._record, *recorded)
        if any(isinstance(item.event, _FOLDED_ANEW) for item in recorded):
            self._state = fold(self._record)
            return recorded
        for item in recorded:
            self._state = evolve(self._state, item)
        return recorded


def _entries(
    events: tuple[Event, ...], author: Author, reading: Reading, happened_at: datetime | None
) -> tuple[Entry[Event], ...]:
    return tuple(Entry(event, author.by, reading, happened_at, author.sign_later) for event in events)
