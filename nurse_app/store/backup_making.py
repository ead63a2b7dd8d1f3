"""Makes a backup while the program goes on: every record as far as its last whole entry, read back before it counts."""

import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from nurse_app.store.backup_archive import BackupArchive, SealedFile, is_backup, new_archive
from nurse_app.store.backup_check import BackupContents, check_contents
from nurse_app.store.backup_form import (
    MOST_FILE_BYTES,
    MOST_MEMBERS,
    MOST_RATIO,
    SMALL_FILE_BYTES,
    BadArchiveError,
    member_named,
)
from nurse_app.store.backup_manifest import (
    LOOSE_FILES,
    MANIFEST,
    Condition,
    FileEntry,
    left_out,
    manifest_lines,
    may_hold,
    stream_at,
)
from nurse_app.store.backup_messages import (
    cannot_write,
    no_records,
    not_ours,
    not_verified,
    shrank,
    too_large,
)
from nurse_app.store.data_folder import DataFolderError, require_folder
from nurse_app.store.disk import Disk
from nurse_app.store.journal_check import check_file, pieces
from nurse_app.store.layout import list_streams, place_of
from nurse_app.store.messages import folder_problem
from nurse_app.visit.ports import StreamKind


@dataclass(frozen=True, slots=True)
class Making:
    """When a backup is made, by which version of the program, and the name of the unfinished file beside the place."""

    at: datetime
    program: str
    unfinished: str


def make_backup(disk: Disk, root: Path, place: Path, making: Making) -> BackupContents:
    """Copy a data folder into the file ``place``, which may be an older backup; what was then read back from it.

    Raises DataFolderError, BackupError (NotVerifiedError): then what was at ``place`` before is still there.
    """
    require_folder(disk, root)
    paths = _paths(disk, root)
    if not any(stream_at(path) for path in paths):
        raise no_records(root)
    if len(paths) > MOST_MEMBERS:
        raise too_large(root)
    unfinished = place.with_name(making.unfinished)
    try:
        _insist_on_own(disk, place)
        try:
            made = _write(disk, root, unfinished, paths, making)
            contents = _read_back(disk, unfinished, made, place)
            disk.replace(unfinished, place)
        except BaseException:
            with suppress(OSError):
                disk.remove(unfinished)
            raise
        disk.sync_folder(place.parent)
    except OSError as error:
        raise cannot_write(place, error) from error
    return contents


def _insist_on_own(disk: Disk, place: Path) -> None:
    with suppress(FileNotFoundError):
        if not is_backup(disk, place):
            raise not_ours(place)


def _paths(disk: Disk, root: Path) -> list[str]:
    """Every file that goes along, in the order in which they are copied.

    Checkpoints come first: a record may then have more entries than they know of, but never fewer.
    """
    try:
        loose = {item.name for item in disk.list_folder(root) if item.size is not None}
        streams = [(kind, file.stream_id) for kind in StreamKind for file in list_streams(disk, root, kind)]
    except OSError as error:
        raise DataFolderError(folder_problem(root, error)) from error
    records = {place_of(root, *stream).path.relative_to(root).as_posix() for stream in streams}
    return sorted(path for path in records | (loose & set(LOOSE_FILES)) if may_hold(path))


def _write(disk: Disk, root: Path, place: Path, paths: list[str], making: Making) -> list[FileEntry]:
    """Write the whole archive and make it durable; what was copied."""
    file = SealedFile(disk, place)
    try:
        with new_archive(file) as archive:
            entries = [entry for path in paths if (entry := _copy(disk, root, path, archive)) is not None]
            with archive.open(member_named(MANIFEST, stored=False), "w") as member:
                for line in manifest_lines(making.at, making.program, entries):
                    member.write(line)
        file.seal()
    finally:
        file.close()
    return entries


def _copy(disk: Disk, root: Path, path: str, archive: ZipFile) -> FileEntry | None:
    """Copy one file; None when nothing of it was ever acknowledged."""
    try:
        descriptor = disk.open_read(root / path)
    except FileNotFoundError:
        return None  # a settings file is replaced, and on some disks that takes a moment
    except OSError:
        return left_out(path)
    try:
        return _copy_open(disk, descriptor, path, archive)
    finally:
        disk.close(descriptor)


def _copy_open(disk: Disk, descriptor: int, path: str, archive: ZipFile) -> FileEntry | None:
    try:
        wanted = _wanted(disk, descriptor, path)
        size, is_sound = wanted.bytes, wanted.condition is Condition.SOUND and stream_at(path) is not None
        # What is not known to be a record may be all zeros, which packed look like a file made to flood a disk.
        stored = not is_sound or _packs_too_well(disk, descriptor, size)
    except OSError:
        return left_out(path)
    if size > MOST_FILE_BYTES:
        return left_out(path)
    if not size:
        return None
    digest, copied = sha256(), 0
    with archive.open(member_named(path, stored=stored), "w") as member:
        for piece in pieces(disk, descriptor, size):
            digest.update(piece)
            copied += len(piece)
            member.write(piece)
    if copied != size:
        raise shrank(path)
    return replace(wanted, sha256=digest.hexdigest())


def _wanted(disk: Disk, descriptor: int, path: str) -> FileEntry:
    """The line of a file, still without its digest: a sound record to its last whole entry, all else as it is."""
    stream = stream_at(path)
    if stream is None:
        size = disk.state(descriptor).size
        # A file that is being added to ends with its last whole line; settings are replaced in one step.
        size = _whole_lines(disk, descriptor, size) if path.endswith(".jsonl") else size
        return FileEntry(path, size, "", 0, "", Condition.SOUND)
    found = check_file(disk, descriptor, stream)
    if found.damage is None:
        return FileEntry(path, found.size, "", found.entries, found.head, Condition.SOUND)
    return FileEntry(path, found.total, "", found.entries, found.head, Condition.DAMAGED)


def _whole_lines(disk: Disk, descriptor: int, size: int) -> int:
    whole = place = 0
    for piece in pieces(disk, descriptor, size):
        whole = place + piece.rfind(b"\n") + 1 if b"\n" in piece else whole
        place += len(piece)
    return whole


def _packs_too_well(disk: Disk, descriptor: int, size: int) -> bool:
    if size <= SMALL_FILE_BYTES:
        return False
    packer = zlib.compressobj()
    packed = sum(len(packer.compress(piece)) for piece in pieces(disk, descriptor, size)) + len(packer.flush())
    return size > MOST_RATIO // 2 * packed


def _read_back(disk: Disk, place: Path, made: list[FileEntry], wanted: Path) -> BackupContents:
    try:
        with BackupArchive(disk, place) as archive:
            if list(archive.entries()) != made:
                raise not_verified(wanted)
            return check_contents(archive)
    except BadArchiveError as error:
        raise not_verified(wanted) from error
