"""The file of a backup: a zip that any tool opens, in one exact form, closed by the digest of every byte before it.

Members are in the order of their names, nothing lies between them, and the manifest comes last. The digest at the very
end tells a copy that was cut or changed on its way before anything else of it is read; against a file that somebody
made up, with a right digest, there are the exact form and the limits below.
"""

import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BufferedReader, RawIOBase
from pathlib import Path
from types import TracebackType
from typing import IO, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from nurse_app.store.backup_form import (
    MOST_RATIO,
    OPEN_SEAL,
    SEAL,
    BadArchiveError,
    insist_on_form,
    list_of_members,
    seal_of,
)
from nurse_app.store.backup_manifest import (
    LINE_LIMIT_BYTES,
    BadManifestError,
    FileEntry,
    ManifestHead,
    read_entry,
    read_head,
)
from nurse_app.store.disk import Disk, write_all
from nurse_app.store.journal_check import PIECE_BYTES


class SealedFile:
    """A new file that is written from front to back. What ZipFile leaves open at its end is filled by ``seal``."""

    def __init__(self, disk: Disk, path: Path) -> None:
        """Raises OSError, FileExistsError."""
        self._disk = disk
        self._descriptor = disk.create(path)
        self._digest = sha256()
        self._held = bytearray()

    def write(self, content: bytes) -> int:
        """Take bytes; they reach the disk in large pieces. Raises OSError."""
        self._held += content
        if len(self._held) > PIECE_BYTES:
            self._put(bytes(self._held[: -len(OPEN_SEAL)]))
            del self._held[: -len(OPEN_SEAL)]
        return len(content)

    def flush(self) -> None:
        """Nothing is promised before ``seal``."""

    def seal(self) -> None:
        """Put the digest of everything before it into its place, and make the file durable. Raises OSError."""
        self._put(bytes(self._held[: -len(OPEN_SEAL)]))
        write_all(self._disk, self._descriptor, self._digest.hexdigest().encode())
        self._disk.sync(self._descriptor)

    def close(self) -> None:
        self._disk.close(self._descriptor)

    def _put(self, content: bytes) -> None:
        self._digest.update(content)
        write_all(self._disk, self._descriptor, content)


def new_archive(file: SealedFile) -> ZipFile:
    """A zip to be filled with ``member_named`` members in order, then closed, then sealed."""
    archive = ZipFile(cast("IO[bytes]", file), "w", ZIP_DEFLATED)
    archive.comment = SEAL + OPEN_SEAL
    return archive


def is_backup(disk: Disk, path: Path) -> bool:
    """Whether a file ends as a backup does. Raises OSError."""
    descriptor = disk.open_read(path)
    try:
        return seal_of(disk, descriptor, disk.state(descriptor).size) is not None
    finally:
        disk.close(descriptor)


class _Reading(RawIOBase):
    """An open file of a Disk as Python's own readers want it."""

    def __init__(self, disk: Disk, descriptor: int, size: int) -> None:
        super().__init__()
        self._disk = disk
        self._descriptor = descriptor
        self._size = size
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._place = offset + (0, self._place, self._size)[whence]
        return self._place

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        found = self._disk.read_at(self._descriptor, self._place, len(buffer))
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)


class BackupArchive:
    """An open backup whose form was found right. Its contents are checked by whoever reads them."""

    def __init__(self, disk: Disk, path: Path) -> None:
        """Raises OSError, BadArchiveError."""
        self._disk = disk
        self._descriptor = disk.open_read(path)
        try:
            self._open()
        except BaseException:
            disk.close(self._descriptor)
            raise

    def __enter__(self) -> "BackupArchive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._disk.close(self._descriptor)

    def members(self) -> tuple[ZipInfo, ...]:
        """Everything but the manifest, in order."""
        return self._members

    def content(self, member: ZipInfo) -> Iterator[bytes]:
        """A member, piece by piece. Raises BadArchiveError, OSError."""
        try:
            with self._zip.open(member) as content:
                while piece := content.read(PIECE_BYTES):
                    yield piece
        except (BadZipFile, zlib.error, EOFError) as error:
            raise BadArchiveError("its contents are damaged") from error

    def entries(self) -> Iterator[FileEntry]:
        """The lines of the manifest. Raises BadArchiveError, OSError."""
        lines = self._manifest_lines()
        next(lines, None)
        try:
            yield from map(read_entry, lines)
        except BadManifestError as error:
            raise BadArchiveError("its list of files is damaged") from error

    def _open(self) -> None:
        size = self._disk.state(self._descriptor).size
        seal = seal_of(self._disk, self._descriptor, size)
        if seal is None:
            raise BadArchiveError("it is not a backup of this program, or its end is missing")
        if seal != self._digest(size - len(OPEN_SEAL)):
            raise BadArchiveError("it was changed or damaged after it was made")
        start, count = list_of_members(self._disk, self._descriptor, size)
        try:
            reader = BufferedReader(_Reading(self._disk, self._descriptor, size), PIECE_BYTES)
            self._zip = ZipFile(cast("IO[bytes]", reader))
            found = self._zip.infolist()
        except (BadZipFile, NotImplementedError, OverflowError, ValueError, struct.error) as error:
            raise BadArchiveError("its list of members is damaged") from error
        if len(found) != count or sum(member.file_size for member in found) > MOST_RATIO * size:
            raise BadArchiveError("its list of members does not fit its size")
        insist_on_form(self._disk, self._descriptor, found, start)
        *members, self._manifest = found
        self._members = tuple(members)
        try:
            self.head: ManifestHead = read_head(next(self._manifest_lines(), b""))
        except BadManifestError as error:
            raise BadArchiveError("its list of files is damaged, or of another version of this program") from error

    def _digest(self, size: int) -> bytes:
        digest, place = sha256(), 0
        while place < size and (piece := self._disk.read_at(self._descriptor, place, min(PIECE_BYTES, size - place))):
            digest.update(piece)
            place += len(piece)
        return digest.hexdigest().encode()

    def _manifest_lines(self) -> Iterator[bytes]:
        rest = b""
        for piece in self.content(self._manifest):
            *lines, rest = (rest + piece).split(b"\n")
            if len(rest) > LINE_LIMIT_BYTES:
                break
            yield from (line + b"\n" for line in lines)
        if rest:
            raise BadArchiveError("its list of files is damaged")
