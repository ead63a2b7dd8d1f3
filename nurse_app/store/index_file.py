"""The two files of the index: what home needs at once, and the rest, whose lines wait unread until they are asked for.

A file is ``sha256 of what follows``, a line about the whole, and one line a stream: kind, id, bytes of its file, facts.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from nurse_app.store.disk import Disk, write_whole
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.strict_json import compact_json, parse_json
from nurse_app.visit.ports import StreamKind

Fact = str | int | bool | None
_LIMIT_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the lists know of a stream; ``problem`` says why it cannot be read, if so, and is never kept in a file."""

    mark: StreamMark
    summary: Mapping[str, Fact]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file, not looked into yet: bytes of the stream's file, and its facts as text."""

    size: int
    text: str


Key = tuple[StreamKind, str]


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """What a file holds. ``parts``: when each part of the folder had last got or lost a file, by kind and part."""

    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rows: Mapping[Key, Row] = field(default_factory=dict)


def row_of(entry: IndexEntry) -> Row:
    """The line of an entry."""
    mark = entry.mark
    return Row(mark.size, compact_json([mark.last_number, mark.head_digest, dict(entry.summary)]))


def entry_of(row: Row) -> IndexEntry | None:
    """The entry of a line; None for one that does not have the form, which is made again from the record."""
    try:
        # Without the strict reader, which is slow: the digest over the whole file vouches for what we wrote.
        found = json.loads(row.text)
    except ValueError:
        return None
    match found:
        case [int(number), str(head), dict(summary)]:
            return IndexEntry(StreamMark(number, head, row.size), summary)
        case _:
            return None


def read_index(disk: Disk, path: Path, version: int) -> StoredIndex | None:
    """What the file holds; None when it is missing, broken or of another version: the records will say it again."""
    try:
        digest, _, body = disk.read(path, _LIMIT_BYTES).partition(b"\n")
        if digest != sha256(body).hexdigest().encode():
            return None
        head, *lines = body.decode().splitlines()
        about = parse_json(head)
        rows = dict(_stored(line) for line in lines)
    except (OSError, ValueError):
        return None
    match about:
        case {"version": found, "parts": dict(parts)} if found == version:
            return StoredIndex({kind: times for kind, times in parts.items() if isinstance(times, dict)}, rows)
        case _:
            return None


def write_index(
    disk: Disk, path: Path, version: int, parts: Mapping[str, Mapping[str, int]], rows: Iterable[tuple[Key, Row]]
) -> None:
    """Replace the file in one step. Raises OSError."""
    head = compact_json({"version": version, "parts": parts})
    lines = (f"{kind.value}\t{stream_id}\t{row.size}\t{row.text}\n" for (kind, stream_id), row in rows)
    body = "".join((head, "\n", *lines)).encode()
    write_whole(disk, path, b"%b\n%b" % (sha256(body).hexdigest().encode(), body))


def _stored(line: str) -> tuple[Key, Row]:
    kind, stream_id, size, text = line.split("\t", 3)
    return (StreamKind(kind), stream_id), Row(int(size), text)
