"""The data folder itself: fit for use, and owned by one program, as long as that program runs."""

import importlib
import os
from contextlib import suppress
from dataclasses import dataclass
from errno import EACCES, EAGAIN, EDEADLK, EINVAL, ENOTSUP, EPERM, EROFS
from itertools import takewhile
from pathlib import Path
from typing import Protocol, cast

from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.store.disk import Disk, write_all
from nurse_app.store.messages import folder_problem, in_use, no_locks
from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json
from nurse_app.visit.ports import InUseError

LOCK_FILE = ".lock"
HELD_BY_ANOTHER = (EACCES, EAGAIN, EDEADLK)
# A folder above ours that is closed to us, or on a disk that is only read: then its names do not change either.
_NEVER_SYNCED = (EACCES, EPERM, EROFS, EINVAL, ENOTSUP)
_NOTE_LIMIT_BYTES = 1 << 12
# Windows locks bytes, and nobody else can read a locked byte: one far behind the note about the owner is taken.
_LOCKED_BYTE = 1 << 20


class DataFolderError(Exception):
    """The data folder cannot be used. Text is for people and says what to do."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The program that holds a folder, as others are told: process number, computer, and since when."""

    process: int
    computer: str
    since: str


class Locking(Protocol):
    """Takes a lock on an open file that ends when the file is closed. Raises OSError when somebody else has it."""

    def __call__(self, descriptor: int, /) -> None: ...


class _Fcntl(Protocol):
    LOCK_EX: int
    LOCK_NB: int

    def flock(self, descriptor: int, operation: int, /) -> None: ...


class _Msvcrt(Protocol):
    LK_NBLCK: int

    def locking(self, descriptor: int, mode: int, byte_count: int, /) -> None: ...


def lock_on_posix(descriptor: int) -> None:
    """Take the lock with flock."""
    fcntl = cast("_Fcntl", importlib.import_module("fcntl"))
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_on_windows(descriptor: int) -> None:
    """Take the lock on one byte of the file."""
    msvcrt = cast("_Msvcrt", importlib.import_module("msvcrt"))
    os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    os.lseek(descriptor, 0, os.SEEK_SET)


def require_folder(disk: Disk, root: Path) -> None:
    """Raises DataFolderError unless ``root`` is a folder that can be read."""
    try:
        disk.state(root)
        disk.list_folder(root)
    except OSError as error:
        raise DataFolderError(folder_problem(root, error)) from error


def make_folders_above(disk: Disk, root: Path) -> None:
    """Make the folders above a data folder as far as they are missing, each of them durable. Raises OSError."""
    missing = list(takewhile(lambda folder: _is_missing(disk, folder), root.parents))
    for folder in reversed(missing):
        disk.make_folder(folder)
        disk.sync_folder(folder.parent)


def _is_missing(disk: Disk, folder: Path) -> bool:
    try:
        disk.state(folder)
    except FileNotFoundError:
        return True
    return False


def own_folder(disk: Disk, root: Path, owner: Owner, locking: Locking) -> int:
    """Make the folder if need be and become its owner until the given descriptor is closed.

    Raises InUseError, DataFolderError.
    """
    try:
        _make_durable(disk, root)
    except OSError as error:
        raise DataFolderError(folder_problem(root.parent, error)) from error
    path = root / LOCK_FILE
    try:
        descriptor = disk.open_lock(path)
    except OSError as error:
        raise DataFolderError(folder_problem(root, error)) from error
    try:
        locking(descriptor)
    except OSError as error:
        disk.close(descriptor)
        if error.errno in HELD_BY_ANOTHER:
            raise InUseError(in_use(root, _holder(disk, path))) from error
        raise DataFolderError(no_locks(root)) from error
    # The note only serves a message: a full disk must not keep the records from being read.
    with suppress(OSError):
        disk.cut(descriptor, 0)
        write_all(disk, descriptor, compact_json(plain(owner)).encode())
    return descriptor


def _make_durable(disk: Disk, root: Path) -> None:
    made = disk.make_folder(root)
    try:
        # Also when it is there already: the program that made it may have been killed before it could do this.
        disk.sync_folder(root.parent)
    except OSError as error:
        if made or error.errno not in _NEVER_SYNCED:
            raise


def _holder(disk: Disk, path: Path) -> str:
    another = "another window of this program"
    try:
        owner = build(Owner, parse_json(disk.read(path, _NOTE_LIMIT_BYTES).decode()))
    except (OSError, UnicodeDecodeError, MalformedJsonError, MisfitError):
        return another
    return f"{another} (process {owner.process} on {owner.computer}, since {owner.since})"
