"""A summary of every stream for the lists, kept in one small file that can always be made again from the records."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from nurse_app.domain.record import Recorded
from nurse_app.store.disk import Disk, write_whole
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.record_folder import StreamContent
from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json
from nurse_app.visit.ports import StreamKind, UnreadableRecordError

Fact = str | int | bool | None
Summarise = Callable[[StreamKind, tuple[Recorded[object], ...]], Mapping[str, Fact]]
_LIMIT_BYTES = 64 << 20


class IndexSource(Protocol):
    """The records that an index is about."""

    def sizes(self, kind: StreamKind) -> Mapping[str, int]: ...

    def content(self, kind: StreamKind, stream_id: str) -> StreamContent: ...


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the lists know of a stream; ``problem`` says why it cannot be read, if so, and is never kept in the file."""

    mark: StreamMark
    summary: Mapping[str, Fact]
    problem: str | None = None


class RecordIndex:
    """Summaries of all streams. A broken, old or missing file costs time, never a record.

    ``version`` is that of the summaries: a file made with another is made again.
    """

    def __init__(self, path: Path, disk: Disk, source: IndexSource, summarise: Summarise, *, version: int) -> None:
        self._path = path
        self._disk = disk
        self._source = source
        self._summarise = summarise
        self._version = version
        stored = self._load()
        self._entries: dict[StreamKind, dict[str, IndexEntry]] = {}
        self._stale: dict[StreamKind, set[str]] = {}
        for kind in StreamKind:
            known, sizes = stored.get(kind.value, {}), source.sizes(kind)
            # A record that has another size than the index remembers is read again; the record is right.
            self._entries[kind] = {name: known[name] for name, size in sizes.items() if _fits(known.get(name), size)}
            self._stale[kind] = sizes.keys() - self._entries[kind].keys()

    def note(self, kind: StreamKind, stream_id: str) -> None:
        """Remember that a stream has changed; it is summarised again when the lists ask."""
        self._stale[kind].add(stream_id)

    def entries(self, kind: StreamKind) -> Mapping[str, IndexEntry]:
        """What is known of every stream of a kind, by id."""
        while self._stale[kind]:
            # Taken out first: what is noted while the record is being read counts for the next look.
            stream_id = self._stale[kind].pop()
            try:
                self._read_again(kind, stream_id)
            except BaseException:
                self._stale[kind].add(stream_id)
                raise
        return dict(self._entries[kind])

    def save(self) -> bool:
        """Write the file if the disk takes it, and say so. Streams noted since the last look are left out."""
        streams = {
            kind.value: {
                name: _row(entry)
                for name, entry in self._entries[kind].items()
                if entry.problem is None and name not in self._stale[kind]
            }
            for kind in StreamKind
        }
        body = compact_json({"version": self._version, "streams": streams})
        try:
            write_whole(self._disk, self._path, f"{sha256(body.encode()).hexdigest()} {body}\n".encode())
        except OSError:
            return False
        return True

    def _read_again(self, kind: StreamKind, stream_id: str) -> None:
        known = self._entries[kind]
        known.pop(stream_id, None)
        try:
            content = self._source.content(kind, stream_id)
        except FileNotFoundError:
            return
        except UnreadableRecordError as error:
            known[stream_id] = IndexEntry(StreamMark(0, "", 0), {}, str(error))
            return
        if content.recorded:
            known[stream_id] = IndexEntry(content.mark, self._summarise(kind, content.recorded))

    def _load(self) -> Mapping[str, Mapping[str, IndexEntry]]:
        try:
            digest, _, body = self._disk.read(self._path, _LIMIT_BYTES).decode().rstrip("\n").partition(" ")
            stored = parse_json(body) if digest == sha256(body.encode()).hexdigest() else None
        except (OSError, UnicodeDecodeError, MalformedJsonError):
            return {}
        match stored:
            case {"version": self._version, "streams": dict(streams)}:
                return {kind: dict(_entries(rows)) for kind, rows in streams.items()}
            case _:
                return {}


def _row(entry: IndexEntry) -> list[object]:
    return [entry.mark.last_number, entry.mark.head_digest, entry.mark.size, dict(entry.summary)]


def _entries(rows: object) -> Iterator[tuple[str, IndexEntry]]:
    # By hand, as a ward has 30,000 of them after ten years. What does not fit is made again from its record.
    for name, row in rows.items() if isinstance(rows, dict) else ():
        match row:
            case [int(number), str(head), int(size), dict(summary)]:
                yield name, IndexEntry(StreamMark(number, head, size), summary)
            case _:
                continue


def _fits(entry: IndexEntry | None, size: int) -> bool:
    return entry is not None and entry.mark.size == size
