"""Makes checkpoints at the right times, always behind the entries: a failure here never fails an entry."""

from collections.abc import Callable, Iterable
from typing import Protocol

from nurse_app.store.checkpoint_file import CheckpointError, CheckpointFile
from nurse_app.store.checkpoints import CheckpointKey, Reached
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.layout import stream_name
from nurse_app.store.messages import no_checkpoint
from nurse_app.visit.ports import Clock, StreamKind

# A record that grows is vouched for each time it passes a multiple of this.
EVERY_ENTRIES = 50
Stream = tuple[StreamKind, str]


class MarkSource(Protocol):
    """The records that checkpoints are about."""

    def mark(self, kind: StreamKind, stream_id: str) -> StreamMark | None:
        """How far an open stream reaches; None for one that is not open."""
        ...


class CheckpointKeeper:
    """Watches the streams that are open. ``note`` is for whoever appends; the rest is for the writer thread.

    ``key`` gives the workstation's key and may raise CheckpointError; ``is_closed`` says that a visit has ended.
    """

    def __init__(
        self,
        file: CheckpointFile,
        source: MarkSource,
        clock: Clock,
        key: Callable[[], CheckpointKey],
        is_closed: Callable[[StreamKind, str], bool],
    ) -> None:
        self._file = file
        self._source = source
        self._clock = clock
        self._key = key
        self._is_closed = is_closed
        # How many entries each open stream had when it was opened, or at its last checkpoint since.
        self._known: dict[Stream, int] = {}
        self._vouched: set[Stream] = set()
        self._is_failing = False

    def begin(self) -> str:
        """As the program starts: the first checkpoint of an empty folder. A sentence when it cannot be made."""
        return self._try(lambda: self._file.begin(self._key(), self._clock.read().wall))

    def note(self, kind: StreamKind, stream_id: str) -> None:
        """A stream was opened or has grown. Costs nothing worth mentioning."""
        stream = (kind, stream_id)
        if stream not in self._known:
            self._known[stream] = self._entries(stream)
        self._vouched.discard(stream)

    @property
    def is_due(self) -> bool:
        """Whether ``make_due`` has something to do. After a failure nothing is until the program ends."""
        return not self._is_failing and any(map(self._stream_is_due, list(self._known)))

    def make_due(self) -> str:
        """Make the checkpoints that are due; a sentence for people when they cannot be made, once."""
        return self._make(stream for stream in list(self._known) if self._stream_is_due(stream))

    def make_all(self) -> str:
        """As the program ends: vouch for every stream that was open. A sentence when that is not possible."""
        return self._make(stream for stream in list(self._known) if stream not in self._vouched)

    def _stream_is_due(self, stream: Stream) -> bool:
        known, entries = self._known[stream], self._entries(stream)
        return entries > known and (entries // EVERY_ENTRIES > known // EVERY_ENTRIES or self._is_closed(*stream))

    def _entries(self, stream: Stream) -> int:
        mark = self._source.mark(*stream)
        return 0 if mark is None else mark.last_number

    def _make(self, streams: Iterable[Stream]) -> str:
        found = ((stream, self._source.mark(*stream)) for stream in streams)
        marks = [(stream, mark) for stream, mark in found if mark is not None and mark.last_number]
        if not marks:
            return ""
        now = self._clock.read().wall
        facts = [Reached(stream_name(*stream), mark.last_number, mark.head_digest, now) for stream, mark in marks]
        problem = self._try(lambda: self._file.add(facts, self._key(), now))
        if not self._is_failing:
            for stream, mark in marks:
                self._known[stream] = mark.last_number
                self._vouched.add(stream)
        return problem

    def _try(self, act: Callable[[], None]) -> str:
        was_failing, self._is_failing = self._is_failing, True
        try:
            act()
        except (OSError, CheckpointError, MemoryError) as error:
            return "" if was_failing else no_checkpoint(error)
        self._is_failing = False
        return ""
