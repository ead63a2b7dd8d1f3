"""Brings a data folder back from a backup: all of it is checked first, and it appears in one step or not at all."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipInfo

from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_check import BackupContents, check_contents
from nurse_app.store.backup_form import BadArchiveError
from nurse_app.store.backup_messages import cannot_read, cannot_write, not_empty, refused
from nurse_app.store.disk import Disk, write_all


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and when the backup was made."""

    contents: BackupContents
    made_at: datetime


def restore_folder(disk: Disk, file: Path, root: Path, unfinished: str) -> Restored:
    """Make the data folder ``root``, which is missing or empty, from a backup.

    Written under the name ``unfinished`` beside it. Raises BackupError; then nothing is at ``root`` that was not there.
    """
    archive = open_backup(disk, file)
    with archive:
        _insist_on_room(disk, root)
        contents = checked(archive, file)
        try:
            _write(disk, archive, root.with_name(unfinished), root)
        except BadArchiveError as error:
            raise refused(file, str(error)) from error
        except OSError as error:
            raise cannot_write(root, error) from error
        return Restored(contents, archive.head.made_at)


def open_backup(disk: Disk, file: Path) -> BackupArchive:
    """Open a backup whose form is right. Raises BackupError."""
    try:
        return BackupArchive(disk, file)
    except BadArchiveError as error:
        raise refused(file, str(error)) from error
    except OSError as error:
        raise cannot_read(file, error) from error


def checked(archive: BackupArchive, file: Path) -> BackupContents:
    """What a backup holds, after everything in it was compared with its manifest. Raises BackupError."""
    try:
        return check_contents(archive)
    except BadArchiveError as error:
        raise refused(file, str(error)) from error
    except OSError as error:
        raise cannot_read(file, error) from error


def write_member(disk: Disk, archive: BackupArchive, member: ZipInfo, place: Path) -> str:
    """Write a member into a new file and make it durable; the digest of what was written. Raises OSError."""
    digest = sha256()
    descriptor = disk.create(place)
    try:
        for piece in archive.content(member):
            digest.update(piece)
            write_all(disk, descriptor, piece)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    return digest.hexdigest()


def _insist_on_room(disk: Disk, root: Path) -> None:
    try:
        if disk.list_folder(root):
            raise not_empty(root)
    except OSError as error:
        raise cannot_write(root, error) from error


def _write(disk: Disk, archive: BackupArchive, unfinished: Path, root: Path) -> None:
    disk.make_folder(unfinished)
    try:
        _fill(disk, archive, unfinished)
        disk.move_folder(unfinished, root)
    except BaseException:
        with suppress(OSError):
            _remove_tree(disk, unfinished)
        raise
    disk.sync_folder(root.parent)


def _fill(disk: Disk, archive: BackupArchive, folder: Path) -> None:
    wanted = {entry.path: entry.sha256 for entry in archive.entries()}
    folders = {folder}
    for member in archive.members():
        place = folder / member.filename
        for above in reversed(place.relative_to(folder).parents):
            if folder / above not in folders:
                disk.make_folder(folder / above)
                folders.add(folder / above)
        # Checked before; but whoever can write the backup could have changed it since.
        if write_member(disk, archive, member, place) != wanted[member.filename]:
            raise BadArchiveError("it was changed while it was being read")
    for made in folders:
        disk.sync_folder(made)


def _remove_tree(disk: Disk, folder: Path) -> None:
    for item in disk.list_folder(folder):
        if item.size is None:
            _remove_tree(disk, folder / item.name)
        else:
            disk.remove(folder / item.name)
    disk.remove_folder(folder)
