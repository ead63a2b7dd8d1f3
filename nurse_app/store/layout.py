"""Where each stream's file lies in the data folder. File names hold ids only, never a name or a record number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    """A stream that has entries, and its file's size in bytes; 0 for what has its name and is no file."""

    stream_id: str
    size: int


def place_of(root: Path, kind: StreamKind, stream_id: str) -> JournalPlace:
    """The place of a stream. Raises ValueError for an id that cannot be a file name."""
    if _ID.fullmatch(stream_id) is None:
        raise ValueError("a stream’s id has only digits, small letters and hyphens")
    folders = [root, root / _FOLDERS[kind]]
    if kind in _SPREAD:
        folders.append(folders[-1] / stream_id[-2:])
    return JournalPlace(f"{kind.value} {stream_id}", folders[-1] / f"{stream_id}{_SUFFIX}", tuple(folders))


def list_streams(disk: Disk, root: Path, kind: StreamKind) -> tuple[StreamFile, ...]:
    """All streams of a kind that have entries, by id. Raises OSError."""
    folder = root / _FOLDERS[kind]
    if kind not in _SPREAD:
        return tuple(sorted(_streams(disk.list_folder(folder), ""), key=_by_id))
    parts = [part.name for part in disk.list_folder(folder) if part.size is None]
    found = [file for part in parts for file in _streams(disk.list_folder(folder / part), part)]
    return tuple(sorted(found, key=_by_id))


def _streams(items: tuple[FolderItem, ...], part: str) -> Iterator[StreamFile]:
    for item in items:
        stream_id = item.name.removesuffix(_SUFFIX)
        fits = item.name.endswith(_SUFFIX) and _ID.fullmatch(stream_id) is not None and stream_id.endswith(part)
        # A file without a byte is the rest of a first entry that was never acknowledged.
        if fits and item.size != 0:
            yield StreamFile(stream_id, item.size or 0)


def _by_id(file: StreamFile) -> str:
    return file.stream_id
