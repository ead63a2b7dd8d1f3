"""Reads a backup to its end and compares everything in it with what its manifest says."""

from collections.abc import Iterator
from dataclasses import dataclass

from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_form import MOST_MEMBERS, BadArchiveError
from nurse_app.store.backup_manifest import Condition, FileCheck, FileEntry, left_out


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup was found to hold: files, entries of records, and the files that are not sound in it."""

    files: int
    entries: int
    troubled: tuple[FileEntry, ...]


def check_contents(archive: BackupArchive) -> BackupContents:
    """Compare every file's size, digest and chain with the manifest. Raises BadArchiveError, OSError."""
    files = entries = size = lines = 0
    troubled: list[FileEntry] = []
    # Before any content is unpacked: no more may come out than the manifest, which is small, says.
    if sum(member.file_size for member in archive.members()) != archive.head.bytes:
        raise BadArchiveError("it holds more or less than its list of files says")
    if archive.head.files > MOST_MEMBERS:
        raise BadArchiveError("its list of files is longer than a ward’s can be")
    for said, found in _pairs(archive):
        if said != found or lines == archive.head.files:
            raise BadArchiveError(f"{said.path} in it is not what its list of files says")
        lines += 1
        files += found.condition is not Condition.LEFT_OUT
        entries += found.entries
        size += found.bytes
        if found.condition is not Condition.SOUND:
            troubled.append(found)
    if (lines, size) != (archive.head.files, archive.head.bytes):
        raise BadArchiveError("its list of files is not complete")
    return BackupContents(files, entries, tuple(troubled))


def _pairs(archive: BackupArchive) -> Iterator[tuple[FileEntry, FileEntry]]:
    """Each line of the manifest with the same line made from the member itself."""
    members, before = iter(archive.members()), ""
    for said in archive.entries():
        if said.path <= before:
            raise BadArchiveError("its list of files names one twice")
        before = said.path
        if said.condition is Condition.LEFT_OUT:
            yield said, left_out(said.path)
            continue
        member = next(members, None)
        if member is None or member.filename != said.path:
            raise BadArchiveError("its files and its list of files differ")
        check = FileCheck(said.path)
        for piece in archive.content(member):
            check.feed(piece)
        yield said, check.entry()
    if next(members, None) is not None:
        raise BadArchiveError("its files and its list of files differ")
