"""One record becomes a line of the index; whatever is wrong with one never keeps the others from the lists."""

from collections.abc import Callable, Mapping
from typing import Protocol

from nurse_app.domain.record import Recorded
from nurse_app.store.index_file import Fact, IndexEntry, Key
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.layout import StreamFile
from nurse_app.store.messages import no_summary
from nurse_app.store.record_folder import StreamContent
from nurse_app.visit.ports import StreamKind, UnreadableRecordError

Summarise = Callable[[StreamKind, tuple[Recorded[object], ...]], Mapping[str, Fact]]
OnDefect = Callable[[Exception], None]


class IndexSource(Protocol):
    """The records that an index is about."""

    def parts(self, kind: StreamKind) -> Mapping[str, int]: ...

    def files(self, kind: StreamKind, part: str) -> tuple[StreamFile, ...]: ...

    def size(self, kind: StreamKind, stream_id: str) -> int: ...

    def content(self, kind: StreamKind, stream_id: str) -> StreamContent: ...


class RecordSummaries:
    """Reads a record and summarises it. ``on_defect`` is told of a summary that could not be made."""

    def __init__(self, source: IndexSource, summarise: Summarise) -> None:
        self._source = source
        self._summarise = summarise
        self.on_defect: OnDefect = lambda _error: None

    def read(self, key: Key) -> tuple[IndexEntry | None, int | None]:
        """What the lists are to know of a record, None when it has no entries; and how many there are, if known."""
        kind, name = key
        try:
            content = self._source.content(kind, name)
        except FileNotFoundError:
            return None, 0
        except UnreadableRecordError as error:
            return _unreadable(str(error)), None
        count = len(content.recorded)
        return (self._entry(key, content) if count else None), count

    def _entry(self, key: Key, content: StreamContent) -> IndexEntry:
        kind, name = key
        try:
            return IndexEntry(content.mark, self._summarise(kind, content.recorded))
        except MemoryError:
            # No fault of this record: it is read again at the next look.
            raise
        except Exception as error:  # noqa: BLE001
            self.on_defect(error)
            return _unreadable(no_summary(f"{kind.value} {name}"))


def _unreadable(problem: str) -> IndexEntry:
    return IndexEntry(StreamMark(0, "", 0), {}, problem)
