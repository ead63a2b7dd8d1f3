"""The few file operations that the store is built from, so that a test can break each of them."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from errno import EFBIG
from pathlib import Path
from typing import Protocol

_BINARY: int = getattr(os, "O_BINARY", 0)
_PRIVATE: int = getattr(os, "O_CLOEXEC", 0)
_CHUNK_BYTES = 1 << 20
# A scanner, an indexer or a backup holds the target for a moment: access denied, sharing violation, lock violation.
_HELD_BY_ANOTHER = (5, 32, 33)
_WAITS_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4)


@dataclass(frozen=True, slots=True)
class FileState:
    """Which file it is (device and number) and how many bytes it has."""

    identity: tuple[int, int]
    size: int


class Disk(Protocol):
    """File operations; each raises OSError when the machine refuses."""

    def read(self, path: Path, limit: int) -> bytes:
        """The whole file. Raises OSError (EFBIG) when it has more than ``limit`` bytes."""
        ...

    def open_read(self, path: Path) -> int:
        """Open an existing file for reading only."""
        ...

    def read_at(self, descriptor: int, place: int, size: int) -> bytes:
        """At most ``size`` bytes from byte ``place`` on; fewer, or none, at the end of the file."""
        ...

    def open_append(self, path: Path) -> int:
        """Open an existing file so that every write goes to its end."""
        ...

    def open_lock(self, path: Path) -> int:
        """Open a file for reading and writing, new when it is not there."""
        ...

    def create(self, path: Path) -> int:
        """Begin a new file, for this user only. Raises FileExistsError."""
        ...

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        """Write some of it and say how many bytes."""
        ...

    def sync(self, descriptor: int) -> None:
        """Return when the file is durable. Must not be repeated on a descriptor that failed."""
        ...

    def cut(self, descriptor: int, size: int) -> None:
        """Shorten the file to ``size`` bytes."""
        ...

    def state(self, file: int | Path) -> FileState: ...

    def close(self, descriptor: int) -> None: ...

    def make_folder(self, path: Path) -> bool:
        """Make a folder, for this user only, and say so; False when something of that name is there."""
        ...

    def sync_folder(self, path: Path) -> None:
        """Return when the names in the folder are durable."""
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Put ``source`` in the place of ``target`` in one step."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file; nothing happens when it is not there."""
        ...

    def free_bytes(self, path: Path) -> int:
        """How many bytes the disk that holds ``path`` can still take from this user."""
        ...

    def move_folder(self, source: Path, target: Path) -> None:
        """Give a folder the name ``target``, which nothing has yet or an empty folder."""
        ...

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        ...

    def list_folder(self, path: Path) -> tuple["FolderItem", ...]:
        """What is in a folder; nothing when the folder is not there."""
        ...


@dataclass(frozen=True, slots=True)
class FolderItem:
    """One name in a folder. ``size`` is in bytes, None for everything that is no regular file.

    ``changed_ns`` is when the file was last written to, or a folder last got or lost a name, in the disk's own ns.
    """

    name: str
    size: int | None
    changed_ns: int = 0


class SystemDisk:
    """The disk of this machine. ``pause`` waits for so many seconds; only Windows ever needs it."""

    def __init__(self, *, windows: bool, pause: Callable[[float], None]) -> None:
        self._windows = windows
        self._pause = pause

    def read(self, path: Path, limit: int) -> bytes:
        with path.open("rb") as file:
            content = file.read(limit + 1)
        if len(content) > limit:
            raise OSError(EFBIG, os.strerror(EFBIG), str(path))
        return content

    def open_read(self, path: Path) -> int:
        return os.open(path, os.O_RDONLY | _BINARY | _PRIVATE)

    def read_at(self, descriptor: int, place: int, size: int) -> bytes:
        os.lseek(descriptor, place, os.SEEK_SET)
        return os.read(descriptor, size)

    def open_append(self, path: Path) -> int:
        return os.open(path, os.O_RDWR | os.O_APPEND | _BINARY | _PRIVATE)

    def open_lock(self, path: Path) -> int:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | _BINARY | _PRIVATE, 0o600)
        except IsADirectoryError:
            # Somebody made a folder of that name: it can be locked as well, and must not keep the records closed.
            return os.open(path, os.O_RDONLY | _PRIVATE)

    def create(self, path: Path) -> int:
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | _BINARY | _PRIVATE, 0o600)

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        return os.write(descriptor, content)

    def sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        os.ftruncate(descriptor, size)

    def state(self, file: int | Path) -> FileState:
        found = os.stat(file)
        return FileState((found.st_dev, found.st_ino), found.st_size)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def make_folder(self, path: Path) -> bool:
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            return False
        return True

    def sync_folder(self, path: Path) -> None:
        if self._windows:  # a folder cannot be opened there, and NTFS keeps names in its own journal
            return
        descriptor = os.open(path, os.O_RDONLY | _PRIVATE)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        for seconds in _WAITS_SECONDS:
            try:
                source.replace(target)
            except OSError as error:
                if not self._windows or getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                    raise
                self._pause(seconds)
            else:
                return
        source.replace(target)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def free_bytes(self, path: Path) -> int:
        return shutil.disk_usage(path).free

    def move_folder(self, source: Path, target: Path) -> None:
        if self._windows:  # there a folder takes no other's name, not even an empty one's
            with suppress(FileNotFoundError):
                target.rmdir()
        source.rename(target)

    def remove_folder(self, path: Path) -> None:
        path.rmdir()

    def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
        try:
            with os.scandir(path) as items:
                return tuple(_folder_item(item) for item in items)
        except FileNotFoundError:
            return ()


def _folder_item(item: os.DirEntry[str]) -> FolderItem:
    found = item.stat(follow_symlinks=False)
    return FolderItem(item.name, found.st_size if item.is_file() else None, found.st_mtime_ns)


def write_whole(disk: Disk, path: Path, content: bytes) -> None:
    """Replace a small file in one step: afterwards it is the old one or the new one, never half. Raises OSError."""
    fresh = path.with_name(f"{path.name}.new")
    disk.remove(fresh)
    descriptor = disk.create(fresh)
    try:
        write_all(disk, descriptor, content)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    disk.replace(fresh, path)
    disk.sync_folder(path.parent)


def write_all(disk: Disk, descriptor: int, content: bytes) -> None:
    """Write every byte; a disk may take them in several pieces. Raises OSError."""
    left = memoryview(content)
    while left:
        left = left[disk.write(descriptor, left[:_CHUNK_BYTES]) :]


def new_file_beside(disk: Disk, path: Path, kind: str) -> tuple[Path, int]:
    """Begin ``<name>.<kind>.<n>`` beside a file, with the first number that is free. Raises OSError."""
    number = 1
    while True:
        aside = path.with_name(f"{path.name}.{kind}.{number}")
        try:
            return aside, disk.create(aside)
        except FileExistsError:
            number += 1
