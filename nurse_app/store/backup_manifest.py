"""What a backup says about itself: which files it holds, and of each its size, its digest and how far it reaches."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.store.journal_check import JournalCheck
from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json

T = TypeVar("T")
MANIFEST = "manifest.jsonl"
MANIFEST_VERSION = 1
# Digests, a path and a few numbers are some 350 bytes; a longer line is none of ours.
LINE_LIMIT_BYTES = 1 << 10
# Files beside the records that go along as they are. The index is made again, the lock belongs to a running program.
LOOSE_FILES = ("checkpoints.jsonl", "settings.json")

_RECORD = re.compile(r"(?:(visit|patient)s/([0-9a-z-]{1,2})|(station))/([0-9a-z-]{1,64})\.jsonl")
# Windows opens a device under these names, whatever the folder and the ending.
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


class Condition(StrEnum):
    """How a file was found. ``LEFT_OUT``: the machine did not hand it out, and the backup lacks it."""

    SOUND = "sound"
    DAMAGED = "damaged"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: its path in the data folder, its size in bytes, and for a record its sound entries and their end."""

    path: str
    bytes: int
    sha256: str
    entries: int
    head: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class ManifestHead:
    """The first line. ``made_at`` by the wall clock, ``program`` the version that made it, ``bytes`` of all files."""

    version: int
    made_at: datetime
    program: str
    files: int
    bytes: int


class BadManifestError(ValueError):
    """Lines that are no manifest, or one of another version."""


def stream_at(path: str) -> str | None:
    """The stream whose record lies at a path of the data folder; None when no record can lie there."""
    found = _RECORD.fullmatch(path)
    if found is None:
        return None
    kind, part, station, stream_id = found.groups()
    if _DEVICE.fullmatch(stream_id) or (part is not None and stream_id[-2:] != part):
        return None
    return f"{kind or station} {stream_id}"


def may_hold(path: str) -> bool:
    """Whether a backup may have a file of this name: exactly those that a data folder has."""
    return path in LOOSE_FILES or stream_at(path) is not None


def left_out(path: str) -> FileEntry:
    """The line of a file that could not be read."""
    return FileEntry(path, 0, "", 0, "", Condition.LEFT_OUT)


class FileCheck:
    """Makes the line of a file from its bytes as they pass by."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._bytes = 0
        self._digest = sha256()
        stream = stream_at(path)
        self._journal = None if stream is None else JournalCheck(stream)

    def feed(self, content: bytes) -> None:
        """Take the next bytes."""
        self._bytes += len(content)
        self._digest.update(content)
        if self._journal is not None:
            self._journal.feed(content)

    def entry(self) -> FileEntry:
        """The line, after everything was fed."""
        digest = self._digest.hexdigest()
        if self._journal is None:
            return FileEntry(self._path, self._bytes, digest, 0, "", Condition.SOUND)
        found = self._journal.result()
        # A torn tail is never copied, so here it is damage as well.
        sound = found.damage is None and found.size == found.total
        condition = Condition.SOUND if sound else Condition.DAMAGED
        return FileEntry(self._path, self._bytes, digest, found.entries, found.head, condition)


def manifest_lines(made_at: datetime, program: str, entries: Iterable[FileEntry]) -> Iterator[bytes]:
    """The manifest, line by line."""
    kept = tuple(entries)
    head = ManifestHead(MANIFEST_VERSION, made_at, program, len(kept), sum(entry.bytes for entry in kept))
    yield _line(head)
    yield from map(_line, kept)


def read_head(line: bytes) -> ManifestHead:
    """The first line of a manifest. Raises BadManifestError."""
    head = _read(ManifestHead, line)
    if head.version != MANIFEST_VERSION:
        raise BadManifestError("another version")
    return head


def read_entry(line: bytes) -> FileEntry:
    """Any other line of a manifest. Raises BadManifestError."""
    entry = _read(FileEntry, line)
    if not may_hold(entry.path):
        raise BadManifestError("a name that no file of a data folder has")
    return entry


def _line(value: object) -> bytes:
    return f"{compact_json(plain(value))}\n".encode()


def _read(kind: type[T], line: bytes) -> T:
    try:
        found = build(kind, parse_json(line.decode()))
    except (UnicodeDecodeError, MalformedJsonError, MisfitError) as error:
        raise BadManifestError(str(error)) from error
    # Only the very text that is written counts: what reads the same might hide something.
    if line != _line(found):
        raise BadManifestError("written otherwise than this program writes it")
    return found
