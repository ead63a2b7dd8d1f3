"""What the tests of backups share: made-up wards, backups of them, and what may be seen afterwards."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_check import BackupContents
from nurse_app.store.backup_making import Making, make_backup
from nurse_app.store.backup_manifest import FileEntry
from nurse_app.store.disk import Disk
from nurse_app.store.journal_lines import encode_batch, first_digest
from nurse_app.store.layout import place_of
from nurse_app.visit.ports import StreamKind
from tests.store.kit import system_disk

MADE_AT = datetime(2026, 11, 22, 9, 41, tzinfo=UTC)
UNFINISHED = ".copy.new"


def document(number: int, stream_id: str, data: Mapping[str, object]) -> dict[str, object]:
    """An entry with an envelope as long as a real one."""
    event_id = sha256(f"{stream_id} {number}".encode()).hexdigest()[:32]
    return {
        "number": number,
        "event_id": event_id,
        "kind": "said",
        "schema": 1,
        "by": "0123456789abcdef0123456789abcdef",
        "wall": f"2026-11-22T09:{number % 60:02}:00+00:00",
        "uptime_s": f"{18000 + number}",
        "boot_id": "6f7ad8c2-34a1-4d1c-9d3c-6c5f6a9d2b10",
        "data": data,
    }


def journal(stream: str, entries: int, first: Mapping[str, object] | None = None) -> bytes:
    """A sound record; ``first`` is what its first entry holds, if that is special."""
    content, head = b"", first_digest(stream)
    for number in range(1, entries + 1):
        data = first if first is not None and number == 1 else {"text": f"entry {number} of {stream}"}
        made = encode_batch([document(number, stream, data)], after=number - 1, head=head)
        content, head = content + made.content, made.head
    return content


def put(root: Path, kind: StreamKind, stream_id: str, content: bytes) -> Path:
    """Write a record's file where it belongs."""
    path = place_of(root, kind, stream_id).path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def make_ward(
    root: Path, *, patients: int = 2, visits: int = 3, entries: int = 5, first: Mapping[str, object] | None = None
) -> Path:
    """A data folder with a station, patients and visits; ``first`` is what the first entry of a visit holds."""
    counts = ((StreamKind.PATIENT, patients, None), (StreamKind.VISIT, visits, first))
    for kind, count, special in counts:
        for number in range(1, count + 1):
            stream_id = sha256(f"{kind} {number}".encode()).hexdigest()[:32]
            put(root, kind, stream_id, journal(f"{kind.value} {stream_id}", entries, special))
    put(root, StreamKind.STATION, "station", journal("station station", 3))
    (root / "settings.json").write_text('{"theme":"dark"}\n', encoding="utf-8")
    return root


def back_up(root: Path, place: Path, disk: Disk | None = None) -> BackupContents:
    return make_backup(disk or system_disk(), root, place, Making(MADE_AT, "0.1.0", UNFINISHED))


def lines_of(file: Path) -> dict[str, FileEntry]:
    """The manifest of a backup, by path."""
    with BackupArchive(system_disk(), file) as archive:
        return {entry.path: entry for entry in archive.entries()}


def files_in(root: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
