"""Opening a record's file: a torn end is kept aside and reported, damage is never cut away."""

from dataclasses import dataclass
from hashlib import sha256

from nurse_app.store.disk import Disk, new_file_beside, write_all
from nurse_app.store.journal_lines import Scan, first_digest, scan
from nurse_app.store.journal_storage import JournalPlace, JournalStorage
from nurse_app.store.messages import READ_ONLY, cannot_go_on, damaged, unreadable
from nurse_app.visit.ports import TailKeptAside, UnreadableRecordError

FILE_LIMIT_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class OpenedJournal:
    """A journal ready for use, and the torn end that was taken off it, if there was one."""

    storage: JournalStorage
    tail: TailKeptAside | None


def read_journal(disk: Disk, place: JournalPlace) -> Scan:
    """Look at a record's file without changing anything. Raises FileNotFoundError, UnreadableRecordError."""
    try:
        content = disk.read(place.path, FILE_LIMIT_BYTES)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableRecordError(unreadable(place.stream, error)) from error
    return scan(content, place.stream)


def new_journal(disk: Disk, place: JournalPlace) -> OpenedJournal:
    """A stream without entries; its file appears with the first one."""
    nothing = Scan((), first_digest(place.stream), 0)
    return OpenedJournal(JournalStorage(disk, place, nothing, descriptor=None), None)


def open_for_reading(disk: Disk, place: JournalPlace) -> OpenedJournal:
    """Open without taking, cutting or writing anything. Raises FileNotFoundError, UnreadableRecordError."""
    found = _sound(disk, place)
    return OpenedJournal(JournalStorage(disk, place, found, descriptor=None, refusal=READ_ONLY), None)


def open_journal(disk: Disk, place: JournalPlace) -> OpenedJournal:
    """Open for adding. Raises FileNotFoundError, UnreadableRecordError.

    When the disk takes nothing, the record is opened all the same, refuses entries and says why.
    """
    found = _sound(disk, place)
    try:
        descriptor = disk.open_append(place.path)
    except OSError as error:
        refusal = cannot_go_on(error)
        return OpenedJournal(JournalStorage(disk, place, found, descriptor=None, refusal=refusal), None)
    tail = None
    try:
        if found.tail:
            tail = _keep_aside(disk, place, found.tail)
            disk.cut(descriptor, found.size)
        # What was read may still be on its way: the program may have been killed between write and sync.
        disk.sync(descriptor)
        for folder in reversed(place.folders):
            disk.sync_folder(folder)
        storage = JournalStorage(disk, place, found, descriptor=descriptor)
    except OSError as error:
        disk.close(descriptor)
        storage = JournalStorage(disk, place, found, descriptor=None, refusal=cannot_go_on(error))
    return OpenedJournal(storage, tail)


def _sound(disk: Disk, place: JournalPlace) -> Scan:
    found = read_journal(disk, place)
    if found.damage is not None:
        raise UnreadableRecordError(damaged(place.stream, found.damage))
    return found


def _keep_aside(disk: Disk, place: JournalPlace, tail: bytes) -> TailKeptAside:
    aside, descriptor = new_file_beside(disk, place.path, "tail")
    try:
        write_all(disk, descriptor, tail)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    disk.sync_folder(place.path.parent)
    return TailKeptAside(len(tail), sha256(tail).hexdigest(), aside.name)
