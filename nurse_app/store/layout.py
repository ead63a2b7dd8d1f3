"""Where each stream's file lies in the data folder. File names hold ids only, never a name or a record number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nurse_app.store.disk import Disk, FolderItem
from nurse_app.store.journal_storage import JournalPlace
from nurse_app.visit.ports import StreamKind

_ID = re.compile(r"[0-9a-z-]{1,64}")
_SUFFIX = ".jsonl"
_FOLDERS = {StreamKind.VISIT: "visits", StreamKind.PATIENT: "patients", StreamKind.STATION: "station"}
# A ward's ten years are some 30,000 visits: spread over folders by the end of the id, which is its most random part.
_SPREAD = frozenset({StreamKind.VISIT, StreamKind.PATIENT})


@dataclass(frozen=True, slots=True)
class StreamFile:
    """A stream that has entries, its file's size in bytes, and when that was last written to (the disk's own ns).

    The size is 0 for what has its name and is no file.
    """

    stream_id: str
    size: int
    changed_ns: int = field(default=0, compare=False)


def stream_name(kind: StreamKind, stream_id: str) -> str:
    """What a stream is called in its own file and in checkpoints, such as “visit 3f2a”."""
    return f"{kind.value} {stream_id}"


def stream_of(name: str) -> tuple[StreamKind, str] | None:
    """The stream that is called so; None for what cannot be one."""
    kind, _, stream_id = name.partition(" ")
    if kind not in StreamKind.__members__.values() or _ID.fullmatch(stream_id) is None:
        return None
    return StreamKind(kind), stream_id


def place_of(root: Path, kind: StreamKind, stream_id: str) -> JournalPlace:
    """The place of a stream. Raises ValueError for an id that cannot be a file name."""
    if _ID.fullmatch(stream_id) is None:
        raise ValueError("a stream’s id has only digits, small letters and hyphens")
    folders = [root, root / _FOLDERS[kind]]
    if kind in _SPREAD:
        folders.append(folders[-1] / stream_id[-2:])
    return JournalPlace(stream_name(kind, stream_id), folders[-1] / f"{stream_id}{_SUFFIX}", tuple(folders))


def holds_no_stream(disk: Disk, root: Path) -> bool:
    """Whether no stream was ever begun in a data folder. Raises OSError."""
    return not {item.name for item in disk.list_folder(root)} & set(_FOLDERS.values())


def list_parts(disk: Disk, root: Path, kind: StreamKind) -> Mapping[str, int]:
    """The parts that a kind is spread over, and when each last got or lost a file. Raises OSError."""
    if kind not in _SPREAD:
        return {"": 0}
    return {part.name: part.changed_ns for part in disk.list_folder(root / _FOLDERS[kind]) if part.size is None}


def list_part(disk: Disk, root: Path, kind: StreamKind, part: str) -> tuple[StreamFile, ...]:
    """The streams of one part that have entries. Raises OSError."""
    return tuple(_streams(disk.list_folder(root / _FOLDERS[kind] / part), part))


def list_streams(disk: Disk, root: Path, kind: StreamKind) -> tuple[StreamFile, ...]:
    """All streams of a kind that have entries, by id. Raises OSError."""
    parts = list_parts(disk, root, kind)
    return tuple(sorted((file for part in parts for file in list_part(disk, root, kind, part)), key=_by_id))


def _streams(items: tuple[FolderItem, ...], part: str) -> Iterator[StreamFile]:
    for item in items:
        stream_id = item.name.removesuffix(_SUFFIX)
        fits = item.name.endswith(_SUFFIX) and _ID.fullmatch(stream_id) is not None and stream_id.endswith(part)
        # A file without a byte is the rest of a first entry that was never acknowledged.
        if fits and item.size != 0:
            yield StreamFile(stream_id, item.size or 0, item.changed_ns)


def _by_id(file: StreamFile) -> str:
    return file.stream_id
