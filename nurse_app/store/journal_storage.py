"""TinyDB on an append-only file: what is inserted is on the disk before the call returns, in constant time.

Uses the places where TinyDB may be extended: a storage, a table class and a database class. Reading is TinyDB's own.
The storage takes whatever TinyDB can do to its tables, each time as one more line; a record takes entries only.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb.database import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from nurse_app.store.disk import Disk, FileState, write_all
from nurse_app.store.journal_changes import CHANGES, changes_between, tables_after
from nurse_app.store.journal_lines import Batch, Scan, document_of, encode_batch
from nurse_app.store.messages import CANNOT_BE_KEPT, CHANGED_OUTSIDE, CLOSED, REOPEN_FIRST, not_saved
from nurse_app.visit.ports import NotSavedError

EVENTS_TABLE = "events"


class AppendOnlyError(TypeError):
    """Something tried to change what is recorded."""


@dataclass(frozen=True, slots=True)
class JournalPlace:
    """Where a stream lives: its file, and the folders down to the file, outermost first, that hold its name.

    ``entries_only``: it is a record, in which nothing can be changed; otherwise TinyDB may also change its tables.
    """

    stream: str
    path: Path
    folders: tuple[Path, ...]
    entries_only: bool = True


@dataclass(frozen=True, slots=True)
class StreamMark:
    """How far a stream reaches: its last entry's number and digest, and the bytes of its file."""

    last_number: int
    head_digest: str
    size: int


class JournalStorage(Storage):
    """One stream's file. ``descriptor`` is None until the first entry makes it; ``refusal`` says why not to write."""

    def __init__(
        self, disk: Disk, place: JournalPlace, scan: Scan, *, descriptor: int | None, refusal: str | None = None
    ) -> None:
        self._disk = disk
        self._place = place
        self._bodies = list(scan.bodies)
        self._head = scan.head
        self._size = scan.size
        self._descriptor = descriptor
        self._file = None if descriptor is None else disk.state(descriptor)
        self._refusal = refusal

    @property
    def stream(self) -> str:
        return self._place.stream

    @property
    def mark(self) -> StreamMark:
        return StreamMark(len(self._bodies), self._head, self._size)

    @property
    def takes_entries(self) -> bool:
        return self._refusal is None

    def insist_on_taking_entries(self) -> None:
        """Raises NotSavedError with the reason when an append would be refused."""
        if self._refusal is not None:
            raise NotSavedError(self._refusal)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Everything acknowledged, as TinyDB wants it; new objects at each call, so nobody can change the record."""
        if not self._bodies:
            return None
        documents = [document_of(body) for body in self._bodies]
        if self._place.entries_only:
            return {EVENTS_TABLE: {str(number): document for number, document in enumerate(documents, start=1)}}
        for document in documents:
            del document["number"]
        return dict(tables_after(documents))

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make durable what differs from what is there. Raises NotSavedError, AppendOnlyError for a record."""
        if self._place.entries_only:
            raise AppendOnlyError("a record is only ever added to")
        self.insist_on_taking_entries()
        try:
            changes = changes_between(self.read() or {}, data)
        except (ValueError, TypeError, RecursionError):
            self._refusal = REOPEN_FIRST
            raise NotSavedError(CANNOT_BE_KEPT) from None
        if changes:
            self.append([{CHANGES: changes}])

    def append(self, documents: Sequence[Mapping[str, object]]) -> list[int]:
        """Make all documents durable, or none. Raises NotSavedError; afterwards every append is refused."""
        self.insist_on_taking_entries()
        # Lifted on the last line only, so that whatever breaks in between leaves the record read-only.
        self._refusal = REOPEN_FIRST
        try:
            batch = encode_batch(documents, after=len(self._bodies), head=self._head)
        except (ValueError, TypeError, RecursionError):
            raise NotSavedError(CANNOT_BE_KEPT) from None
        self._refuse_foreign_changes()
        first = len(self._bodies) + 1
        try:
            self._make_durable(batch)
            self._bodies.extend(batch.bodies)
        except BaseException as error:
            self._cut_back()
            if isinstance(error, OSError | MemoryError):
                raise NotSavedError(not_saved(error)) from error
            raise
        self._head = batch.head
        self._size += len(batch.content)
        self._refusal = None
        return list(range(first, first + len(batch.bodies)))

    def close(self) -> None:
        """Let go of the file; the record stays readable."""
        self._refusal = CLOSED
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            self._disk.close(descriptor)

    def _refuse_foreign_changes(self) -> None:
        if self._file is None:
            return
        try:
            found = self._disk.state(self._place.path)
        except FileNotFoundError:
            raise NotSavedError(CHANGED_OUTSIDE) from None
        except OSError as error:
            raise NotSavedError(not_saved(error)) from error
        if found != FileState(self._file.identity, self._size):
            raise NotSavedError(CHANGED_OUTSIDE)

    def _make_durable(self, batch: Batch) -> None:
        if self._descriptor is not None:
            write_all(self._disk, self._descriptor, batch.content)
            self._disk.sync(self._descriptor)
            return
        for folder in self._place.folders:
            self._disk.make_folder(folder)
        self._descriptor = self._disk.create(self._place.path)
        self._file = self._disk.state(self._descriptor)
        write_all(self._disk, self._descriptor, batch.content)
        self._disk.sync(self._descriptor)
        # A new name is durable only when its folder is, and a new folder only when the one above it is.
        for folder in reversed(self._place.folders):
            self._disk.sync_folder(folder)

    def _cut_back(self) -> None:
        # A failed sync is never repeated: the machine may have forgotten the data and would say yes to the second.
        if self._descriptor is not None:
            with suppress(OSError, MemoryError):
                self._disk.cut(self._descriptor, self._size)


class JournalTable(Table):
    """The one table of a journal: inserts append; everything else that writes is refused by the storage."""

    def __init__(self, storage: Storage, name: str) -> None:
        # No query cache: it would hand out the same live documents twice.
        super().__init__(storage, name, cache_size=0)
        if not isinstance(storage, JournalStorage) or name != EVENTS_TABLE:
            raise AppendOnlyError("a journal has one table, of events")
        self._journal = storage

    def insert(self, document: Mapping[str, object]) -> int:
        return self._journal.append([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, object]]) -> list[int]:
        return self._journal.append(list(documents))


class JournalDatabase(TinyDB):
    """TinyDB over one stream."""

    table_class: type[Table] = JournalTable
    default_table_name = EVENTS_TABLE

    def __init__(self, storage: JournalStorage) -> None:
        super().__init__(storage=lambda: storage)
