"""Brings one damaged or missing record back from a backup; a damaged file is kept aside, a sound one never touched."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_form import BadArchiveError
from nurse_app.store.backup_manifest import Condition, FileEntry, stream_at
from nurse_app.store.backup_messages import (
    cannot_write,
    record_has_more,
    record_is_another,
    record_is_sound,
    record_not_sound_there,
    record_not_there,
    record_restored,
    refused,
)
from nurse_app.store.disk import Disk, new_file_beside, write_all
from nurse_app.store.journal_check import check_file, pieces
from nurse_app.store.restoring import checked, open_backup, write_member


def restore_record(disk: Disk, file: Path, root: Path, stream_id: str) -> str:
    """Bring back the record of a visit, patient or station; one sentence about it. The caller owns the data folder.

    Raises BackupError; then the record lies there as it did.
    """
    with open_backup(disk, file) as archive:
        checked(archive, file)
        said = _record(archive, file, stream_id)
        place = root / said.path
        try:
            return _bring_back(disk, archive, said, place)
        except BadArchiveError as error:
            raise refused(file, str(error)) from error
        except OSError as error:
            raise cannot_write(place, error) from error


def _record(archive: BackupArchive, file: Path, stream_id: str) -> FileEntry:
    found = [entry for entry in archive.entries() if Path(entry.path).stem == stream_id and stream_at(entry.path)]
    if not found:
        raise record_not_there(file, stream_id)
    if found[0].condition is not Condition.SOUND:
        raise record_not_sound_there(file, found[0].path)
    return found[0]


def _bring_back(disk: Disk, archive: BackupArchive, said: FileEntry, place: Path) -> str:
    sound_bytes = _sound_bytes(disk, said, place)
    fresh = place.with_name(f"{place.name}.new")
    member = next(member for member in archive.members() if member.filename == said.path)
    for folder in (place.parent.parent, place.parent):
        disk.make_folder(folder)
    disk.remove(fresh)
    try:
        _insist_on_content(write_member(disk, archive, member, fresh), said)
        _insist_on_beginning(disk, fresh, place, said.path, sound_bytes or 0)
        aside = "" if sound_bytes is None else _keep_aside(disk, place)
        disk.replace(fresh, place)
    except BaseException:
        with suppress(OSError):
            disk.remove(fresh)
        raise
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        disk.sync_folder(folder)
    return record_restored(said.path, said.entries, aside)


def _sound_bytes(disk: Disk, said: FileEntry, place: Path) -> int | None:
    """How far the damaged record here is sound, in bytes; None when there is no record."""
    stream = stream_at(said.path)
    assert stream is not None
    try:
        descriptor = disk.open_read(place)
    except FileNotFoundError:
        return None
    try:
        found = check_file(disk, descriptor, stream)
    finally:
        disk.close(descriptor)
    if found.damage is None and found.entries:
        raise record_is_sound(said.path)
    if found.entries > said.entries:
        raise record_has_more(said.path, found.entries, said.entries)
    return found.size


def _insist_on_content(digest: str, said: FileEntry) -> None:
    if digest != said.sha256:
        raise BadArchiveError("it was changed while it was being read")


def _insist_on_beginning(disk: Disk, fresh: Path, place: Path, path: str, size: int) -> None:
    """The record in the backup must go on from what is still sound here, or it is another one."""
    if size and _digest(disk, fresh, size) != _digest(disk, place, size):
        raise record_is_another(path)


def _digest(disk: Disk, path: Path, size: int) -> bytes:
    descriptor = disk.open_read(path)
    try:
        digest = sha256()
        for piece in pieces(disk, descriptor, size):
            digest.update(piece)
        return digest.digest()
    finally:
        disk.close(descriptor)


def _keep_aside(disk: Disk, place: Path) -> str:
    """A copy of the damaged file, durable before the file itself is replaced; its name."""
    aside, descriptor = new_file_beside(disk, place, "damaged")
    try:
        source = disk.open_read(place)
        try:
            for piece in pieces(disk, source, disk.state(source).size):
                write_all(disk, descriptor, piece)
        finally:
            disk.close(source)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    return aside.name
