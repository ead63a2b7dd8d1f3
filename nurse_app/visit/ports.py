"""What the visit service needs from outside, described by the side that needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry, Recorded

EventT = TypeVar("EventT")


class Clock(Protocol):
    """Reads the machine's clocks."""

    def read(self) -> Reading: ...


class Identifiers(Protocol):
    """Makes names that nothing else has."""

    def new_id(self) -> str: ...


class StreamKind(StrEnum):
    """The kinds of event stream; each stream is one file."""

    VISIT = "visit"
    PATIENT = "patient"
    STATION = "station"


class NotSavedError(Exception):
    """An entry could not be made durable. The log is read-only until it is opened again. Text is for people."""


class UnreadableRecordError(Exception):
    """A record cannot be used as it is: damaged in the middle, or made by a newer version. Text is for people."""


class InUseError(Exception):
    """Another copy of the program owns the data folder. Text says where."""


@dataclass(frozen=True, slots=True)
class TailKeptAside:
    """A torn end found when a record was opened: never acknowledged, kept in a file beside the record."""

    byte_count: int
    sha256: str
    file_name: str


class EventLog(Protocol[EventT]):
    """One stream of events, append-only."""

    @property
    def stream_id(self) -> str: ...

    @property
    def tail_kept_aside(self) -> TailKeptAside | None: ...

    @property
    def takes_entries(self) -> bool:
        """Whether an append may be tried; otherwise the record has to be opened again first."""
        ...

    def recorded(self) -> tuple[Recorded[EventT], ...]:
        """Everything in the stream, in order."""
        ...

    def append(self, entries: Sequence[Entry[EventT]], after: int) -> tuple[Recorded[EventT], ...]:
        """Make all entries durable, or none. ``after`` is the number of the last entry the caller knows.

        Raises NotSavedError; afterwards the log refuses every append until it is opened again.
        """
        ...

    def close(self) -> None: ...


class Records(Protocol):
    """The data folder: all streams of all kinds. One owner for the program's life."""

    def stream_ids(self, kind: StreamKind) -> tuple[str, ...]: ...

    def create(self, kind: StreamKind, stream_id: str) -> EventLog[object]:
        """Begin a stream; its file appears with the first append. Raises NotSavedError when it exists."""
        ...

    def open(self, kind: StreamKind, stream_id: str) -> EventLog[object]:
        """Open a stream. Raises UnreadableRecordError (damage, newer version), FileNotFoundError."""
        ...

    def read_sound_prefix(self, kind: StreamKind, stream_id: str) -> tuple[Recorded[object], ...]:
        """The entries before the first that cannot be used. Raises UnreadableRecordError, FileNotFoundError."""
        ...


class RecordIndexed(Protocol):
    """What the index knows of one record."""

    @property
    def summary(self) -> Mapping[str, str | int | bool | None]: ...

    @property
    def problem(self) -> str | None:
        """Why the record cannot be read, in words; None when it can."""
        ...


class Index(Protocol):
    """Short facts of every record, made again from the records whenever they are missing or stale."""

    def at_hand(self, kind: StreamKind) -> Mapping[str, RecordIndexed]:
        """Of patients and of visits in progress, and of what cannot be read: what is known without waiting."""
        ...

    def entries(self, kind: StreamKind) -> Mapping[str, RecordIndexed]:
        """Of every record of a kind; takes long when the index was lost."""
        ...

    def losses(self) -> tuple[str, ...]:
        """A sentence for each record found so far to have fewer entries than were seen in it before."""
        ...


class Lists(Index, Protocol):
    """The index as the window uses it: never waiting, catching up behind everything else."""

    def known(self, kind: StreamKind) -> Mapping[str, RecordIndexed]:
        """Of all records of a kind, as far as they have been read; ``left`` says how many have not."""
        ...

    def problems(self) -> tuple[str, ...]:
        """A sentence for each record found so far that cannot be read."""
        ...

    @property
    def left(self) -> int:
        """How many records have to be read before everything is known."""
        ...

    def catch_up(self) -> bool:
        """Do a small piece of what is left; False when nothing is left."""
        ...


class PinHasher(Protocol):
    """Turns a PIN into a salted hash and checks one, in constant time."""

    def hashed(self, pin: str) -> str: ...

    def matches(self, pin: str, stored: str) -> bool: ...
