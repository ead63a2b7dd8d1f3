"""The folder of automatic backups inside a data folder: one file a day, named by its date; old ones go in good time."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_check import BackupContents
from nurse_app.store.backup_days import backup_days, backup_of
from nurse_app.store.backup_form import BadArchiveError
from nurse_app.store.backup_making import Making, make_backup
from nurse_app.store.backup_manifest import FileEntry
from nurse_app.store.backup_messages import cannot_write, too_little_room
from nurse_app.store.backup_retention import no_longer_kept
from nurse_app.store.data_folder import HELD_BY_ANOTHER, LOCK_FILE, Locking, require_folder
from nurse_app.store.disk import Disk
from nurse_app.store.layout import list_streams
from nurse_app.visit.ports import StreamKind

UNFINISHED_ENDING = ".new"
# Entries come first: so much stays free beside the backup, which is enough for years of them.
ROOM_FOR_ENTRIES_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class DailyBackup:
    """Today’s backup as it was made just now; ``lost`` are the files of which the one before it had more."""

    file: Path
    contents: BackupContents
    lost: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not self.contents.troubled and not self.lost


def make_daily_backup(disk: Disk, root: Path, making: Making, locking: Locking) -> DailyBackup | None:
    """Make today’s backup and remove those no longer kept; None when it is there, or another program is at it.

    As long as a record is damaged or missing nothing is removed: an older backup may be the last to have it.
    Raises DataFolderError, BackupError.
    """
    require_folder(disk, root)
    file = backup_of(root, making.at.date())
    try:
        if disk.make_folder(file.parent):
            disk.sync_folder(root)
        lock = _lock(disk, file.parent, locking)
        if lock is None:
            return None
        try:
            return _make(disk, root, file, making)
        finally:
            disk.close(lock)
    except OSError as error:
        raise cannot_write(file, error) from error


def _make(disk: Disk, root: Path, file: Path, making: Making) -> DailyBackup | None:
    today, days = making.at.date(), backup_days(disk, root)
    if today in days:
        return None
    for item in disk.list_folder(file.parent):
        if item.name.endswith(UNFINISHED_ENDING):  # left by a program that was ended in the middle
            disk.remove(file.parent / item.name)
    # Records shrink to a quarter; half is on the safe side.
    records = sum(stream.size for kind in StreamKind for stream in list_streams(disk, root, kind))
    if disk.free_bytes(file.parent) < records // 2 + ROOM_FOR_ENTRIES_BYTES:
        raise too_little_room(file.parent)
    contents = make_backup(disk, root, file, making)
    made = DailyBackup(file, contents, _lost(disk, root, file, [day for day in days if day < today]))
    if made.is_sound:
        for day in no_longer_kept((*days, today), today):
            with suppress(OSError):  # held by some other program: it goes tomorrow
                disk.remove(backup_of(root, day))
    return made


def _lost(disk: Disk, root: Path, file: Path, earlier: list[date]) -> tuple[str, ...]:
    if not earlier:
        return ()
    with suppress(BadArchiveError, OSError):
        now = {entry.path: entry.entries for entry in _entries(disk, file)}
        before = _entries(disk, backup_of(root, earlier[-1]))
        return tuple(entry.path for entry in before if entry.entries > now.get(entry.path, 0))
    return ()


def _entries(disk: Disk, file: Path) -> Iterator[FileEntry]:
    with BackupArchive(disk, file) as archive:
        yield from archive.entries()


def _lock(disk: Disk, folder: Path, locking: Locking) -> int | None:
    descriptor = disk.open_lock(folder / LOCK_FILE)
    try:
        locking(descriptor)
    except OSError as error:
        disk.close(descriptor)
        if error.errno in HELD_BY_ANOTHER:
            return None
        raise
    return descriptor
