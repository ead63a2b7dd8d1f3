"""The lines of a record's file: made, chained, and checked again as the very text that was written.

One line is one entry: ``crc32 sha256 json``, with the digest of the line before inside the JSON. The first line
continues from the stream's own name, so that one record's file cannot stand in for another's. Entries saved together
say so (``batch``: position and size): a batch that the end of the file cuts short was never acknowledged.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from nurse_app.store.strict_json import compact_json, parse_json

LINE_LIMIT_BYTES = 4 << 20
_LINE = re.compile(rb"([0-9a-f]{8}) ([0-9a-f]{64}) (\{.*\})")
_BATCH_SIZE = re.compile(r"([1-9][0-9]{0,8})\],")
_RESERVED = ("prev", "batch")


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries ready to be written in one piece. ``head`` is the digest of the last one."""

    bodies: tuple[str, ...]
    head: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a journal stops being sound: entry number and byte, and how many entries after it can still be read."""

    number: int
    byte: int
    readable_after: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What a journal's bytes hold: the sound entries from the beginning, and what is wrong with the rest, if anything.

    ``size`` counts the bytes of the sound entries; ``tail`` is a torn end that was never acknowledged.
    """

    bodies: tuple[str, ...]
    head: str
    size: int
    tail: bytes = b""
    damage: Damage | None = None


class Chain:
    """How far a journal's lines follow one another: ``count`` lines, ``whole`` of them in batches that are complete.

    ``last`` is the digest of the last line, ``head`` that of the last complete batch.
    """

    def __init__(self, stream: str) -> None:
        self.last = self.head = first_digest(stream)
        self.count = self.whole = 0
        self._batch_size = 0

    def take(self, body: str, digest: str) -> bool:
        """Whether a line that is sound by itself is the next one; it counts only if so."""
        position = self.count - self.whole + 1
        said = _batch_size(body, f'{{"number":{self.count + 1},"prev":"{self.last}","batch":[{position},')
        if said is None or (position > 1 and said != self._batch_size):
            return False
        self.count += 1
        self.last, self._batch_size = digest, said
        if position == said:
            self.whole, self.head = self.count, digest
        return True


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    body: str | None
    digest: str


def first_digest(stream: str) -> str:
    """What the first line of a stream continues from."""
    return sha256(stream.encode()).hexdigest()


def encode_batch(documents: Sequence[Mapping[str, object]], *, after: int, head: str) -> Batch:
    """Turn documents numbered from ``after`` + 1 into lines. Raises ValueError for what could not be read back."""
    bodies: list[str] = []
    lines: list[bytes] = []
    for position, document in enumerate(documents, start=1):
        place = {"number": after + position, "prev": head, "batch": [position, len(documents)]}
        body = _body(place, document)
        content = body.encode()
        head = sha256(content).hexdigest()
        checked = b"%b %b" % (head.encode(), content)
        lines.append(b"%08x %b\n" % (zlib.crc32(checked), checked))
        bodies.append(body)
    if any(len(line) > LINE_LIMIT_BYTES for line in lines):
        raise ValueError("an entry is too long")
    return Batch(tuple(bodies), head, b"".join(lines))


def document_of(body: str) -> dict[str, object]:
    """The document that a checked line holds, new at each call."""
    found: dict[str, object] = json.loads(body)
    for key in _RESERVED:
        del found[key]
    return found


def scan(content: bytes, stream: str) -> Scan:
    """Read a journal from its bytes. Never raises for what it finds there."""
    bodies: list[str] = []
    size = 0
    chain = Chain(stream)
    lines = tuple(_lines(content))
    for index, line in enumerate(lines):
        if line.body is None or not chain.take(line.body, line.digest):
            readable_after = sum(later.body is not None for later in lines[index + 1 :])
            damage = Damage(chain.count + 1, line.start, readable_after)
            return Scan(tuple(bodies), chain.last, line.start, damage=damage)
        bodies.append(line.body)
        if chain.whole == chain.count:
            size = line.end
    return Scan(tuple(bodies[: chain.whole]), chain.head, size, tail=content[size:])


def _body(place: Mapping[str, object], document: Mapping[str, object]) -> str:
    body = compact_json({**place, **document})
    if parse_json(body) != {**document, **place}:
        raise ValueError("a document would not be the same when read back")
    return body


def _lines(content: bytes) -> Iterator[_Line]:
    start = 0
    while (newline := content.find(b"\n", start)) >= 0:
        digest, body = checked_line(content[start:newline])
        yield _Line(start, newline + 1, body, digest)
        start = newline + 1


def checked_line(line: bytes) -> tuple[str, str | None]:
    """The digest and the JSON of a line without its newline; "" and None for a line that is not sound by itself."""
    found = _LINE.fullmatch(line) if len(line) < LINE_LIMIT_BYTES else None
    if found is None:
        return "", None
    # Compared as text: two spellings of one number would let a changed letter pass.
    digest = sha256(found[3]).hexdigest()
    if found[1] != b"%08x" % zlib.crc32(line[9:]) or found[2] != digest.encode():
        return "", None
    try:
        body = found[3].decode()
        # Said in no other words than ours: a key given twice, a NaN, a space would not come back the same.
        if compact_json(json.loads(body)) == body:
            return digest, body
    except (ValueError, RecursionError):
        pass
    return "", None


def _batch_size(body: str, wanted: str) -> int | None:
    said = _BATCH_SIZE.match(body, len(wanted)) if body.startswith(wanted) else None
    return None if said is None else int(said[1])
