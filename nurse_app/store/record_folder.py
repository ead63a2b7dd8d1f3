"""The data folder as the visit service sees it: all streams of all kinds, with one owner for the program's life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nurse_app.domain.record import Recorded
from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import DataFolderError, Locking, Owner, own_folder, require_folder
from nurse_app.store.disk import Disk
from nurse_app.store.event_log import TinyDbEventLog, decode_entry
from nurse_app.store.journal_lines import document_of
from nurse_app.store.journal_opening import OpenedJournal, new_journal, open_for_reading, open_journal, read_journal
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.layout import StreamFile, list_part, list_parts, place_of
from nurse_app.store.messages import ALREADY_THERE, READ_ONLY, folder_problem, not_saved
from nurse_app.visit.ports import Identifiers, NotSavedError, StreamKind, UnreadableRecordError

Listener = Callable[[StreamKind, str], None]


@dataclass(frozen=True, slots=True)
class StoreTools:
    """What the store works with, given once by the composition root."""

    disk: Disk
    codecs: Mapping[StreamKind, EventCodec]
    identifiers: Identifiers


@dataclass(frozen=True, slots=True)
class StreamContent:
    """A stream as read: its entries and how far it reaches."""

    recorded: tuple[Recorded[object], ...]
    mark: StreamMark


class RecordFolder:
    """All records of a data folder. Made by ``own_records`` or ``look_at_records``."""

    def __init__(self, root: Path, tools: StoreTools, lock: int | None) -> None:
        self._root = root
        self._disk = tools.disk
        self._tools = tools
        self._lock = lock
        self._logs: dict[tuple[StreamKind, str], TinyDbEventLog] = {}
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Have ``listener`` called with the stream after every open and every append."""
        self._listeners.append(listener)

    def parts(self, kind: StreamKind) -> Mapping[str, int]:
        """The parts that a kind is spread over, and when each last got or lost a file. Raises DataFolderError."""
        try:
            return list_parts(self._disk, self._root, kind)
        except OSError as error:
            raise DataFolderError(folder_problem(self._root, error)) from error

    def files(self, kind: StreamKind, part: str) -> tuple[StreamFile, ...]:
        """The streams of one part that have entries. Raises DataFolderError."""
        try:
            return list_part(self._disk, self._root, kind, part)
        except OSError as error:
            raise DataFolderError(folder_problem(self._root, error)) from error

    def size(self, kind: StreamKind, stream_id: str) -> int:
        """The bytes of a stream's file; 0 when there is none that can be looked at."""
        try:
            return self._disk.state(place_of(self._root, kind, stream_id).path).size
        except OSError:
            return 0

    def stream_ids(self, kind: StreamKind) -> tuple[str, ...]:
        """The ids of all streams that have entries, in order. Raises DataFolderError."""
        return tuple(sorted(file.stream_id for part in self.parts(kind) for file in self.files(kind, part)))

    def create(self, kind: StreamKind, stream_id: str) -> TinyDbEventLog:
        """Begin a stream; its file appears with the first append. Raises NotSavedError when it exists."""
        if self._lock is None:
            raise NotSavedError(READ_ONLY)
        if self._usable(kind, stream_id) is not None:
            raise NotSavedError(ALREADY_THERE)
        place = place_of(self._root, kind, stream_id)
        try:
            size = self._disk.state(place.path).size
        except FileNotFoundError:
            return self._keep(kind, stream_id, new_journal(self._disk, place))
        except OSError as error:
            raise NotSavedError(not_saved(error)) from error
        if size:
            raise NotSavedError(ALREADY_THERE)
        return self._keep(kind, stream_id, open_journal(self._disk, place))

    def open(self, kind: StreamKind, stream_id: str) -> TinyDbEventLog:
        """Open a stream; one that refuses entries is read anew. Raises UnreadableRecordError, FileNotFoundError."""
        place = place_of(self._root, kind, stream_id)
        if self._lock is None:
            return self._log(kind, stream_id, open_for_reading(self._disk, place))
        known = self._usable(kind, stream_id)
        return self._keep(kind, stream_id, open_journal(self._disk, place)) if known is None else known

    def mark(self, kind: StreamKind, stream_id: str) -> StreamMark | None:
        """How far an open stream reaches; None for one that is not open."""
        log = self._logs.get((kind, stream_id))
        return None if log is None else log.mark

    def content(self, kind: StreamKind, stream_id: str) -> StreamContent:
        """Read a stream without opening it for entries. Raises UnreadableRecordError, FileNotFoundError."""
        log = self._logs.get((kind, stream_id))
        if log is None:
            place = place_of(self._root, kind, stream_id)
            log = self._log(kind, stream_id, open_for_reading(self._disk, place))
        return StreamContent(log.recorded(), log.mark)

    def read_sound_prefix(self, kind: StreamKind, stream_id: str) -> tuple[Recorded[object], ...]:
        """The entries before the first that cannot be used, to show a damaged record. Raises FileNotFoundError."""
        found = read_journal(self._disk, place_of(self._root, kind, stream_id))
        prefix: list[Recorded[object]] = []
        for body in found.bodies:
            try:
                prefix.append(decode_entry(self._tools.codecs[kind], document_of(body), stream_id))
            except UnreadableRecordError:
                break
        return tuple(prefix)

    def close(self) -> None:
        """Close every stream and let go of the folder."""
        for log in self._logs.values():
            log.close()
        self._logs.clear()
        lock, self._lock = self._lock, None
        if lock is not None:
            self._disk.close(lock)

    def _usable(self, kind: StreamKind, stream_id: str) -> TinyDbEventLog | None:
        log = self._logs.get((kind, stream_id))
        if log is None or log.takes_entries:
            return log
        del self._logs[kind, stream_id]
        log.close()
        return None

    def _keep(self, kind: StreamKind, stream_id: str, journal: OpenedJournal) -> TinyDbEventLog:
        try:
            log = self._log(kind, stream_id, journal)
        except UnreadableRecordError:
            journal.storage.close()
            raise
        self._logs[kind, stream_id] = log
        self._tell(kind, stream_id)
        return log

    def _log(self, kind: StreamKind, stream_id: str, journal: OpenedJournal) -> TinyDbEventLog:
        return TinyDbEventLog(
            stream_id,
            journal,
            codec=self._tools.codecs[kind],
            identifiers=self._tools.identifiers,
            changed=partial(self._tell, kind, stream_id),
        )

    def _tell(self, kind: StreamKind, stream_id: str) -> None:
        for listener in self._listeners:
            listener(kind, stream_id)


def own_records(root: Path, tools: StoreTools, owner: Owner, locking: Locking) -> RecordFolder:
    """Open the data folder as its one owner, making it if need be. Raises InUseError, DataFolderError."""
    return RecordFolder(root, tools, own_folder(tools.disk, root, owner, locking))


def look_at_records(root: Path, tools: StoreTools) -> RecordFolder:
    """Open the data folder for reading only, whoever owns it; nothing is written. Raises DataFolderError."""
    require_folder(tools.disk, root)
    return RecordFolder(root, tools, None)
