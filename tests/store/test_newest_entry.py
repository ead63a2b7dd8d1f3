"""The newest time in a data folder: of the records written last and of the last look, damaged ones left out."""

from datetime import datetime, timedelta
from errno import EIO
from pathlib import Path

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.store.disk import FolderItem, SystemDisk
from nurse_app.store.heartbeat_file import HeartbeatFile
from nurse_app.store.newest_entry import newest_wall
from nurse_app.visit.ports import StreamKind
from tests.cli.kit import files_in
from tests.store.kit import START, entry, own, system_disk, visit_file


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def filled(root: Path) -> None:
    records = own(root)
    for kind, name, minute in (
        (StreamKind.VISIT, "v-1", 5),
        (StreamKind.PATIENT, "p-1", 9),
        (StreamKind.STATION, "s", 2),
    ):
        records.create(kind, name).append([entry("one"), entry("two", minute)], after=0)
    records.close()


def test_an_empty_folder_and_one_that_is_not_there_have_none(tmp_path: Path) -> None:
    assert newest_wall(system_disk(), tmp_path) is None
    assert newest_wall(system_disk(), tmp_path / "missing") is None


def test_the_newest_entry_of_any_kind_counts_and_nothing_is_changed(tmp_path: Path) -> None:
    filled(tmp_path)
    before = files_in(tmp_path)

    assert newest_wall(system_disk(), tmp_path) == at(9)
    assert files_in(tmp_path) == before


def test_the_last_look_at_the_clocks_counts_too(tmp_path: Path) -> None:
    filled(tmp_path)
    HeartbeatFile(tmp_path, system_disk()).keep(Reading(at(60), timedelta(hours=6), "boot"))

    assert newest_wall(system_disk(), tmp_path) == at(60)


def test_a_record_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    filled(tmp_path)
    file = visit_file(tmp_path, "v-1")
    file.unlink()
    file.mkdir()

    assert newest_wall(system_disk(), tmp_path) == at(9)


def test_a_time_that_is_none_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    monkeypatch.setattr("nurse_app.store.newest_entry.document_of", lambda _body: {"wall": "yesterday"})

    assert newest_wall(system_disk(), tmp_path) is None


def test_a_folder_that_cannot_be_listed_has_none(tmp_path: Path) -> None:
    class Broken(SystemDisk):
        def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
            raise OSError(EIO, "fault")

    assert newest_wall(Broken(windows=False, pause=lambda _: None), tmp_path) is None


def test_only_the_records_written_last_are_read(tmp_path: Path) -> None:
    records = own(tmp_path)
    for number in range(6):
        records.create(StreamKind.PATIENT, f"p-{number}").append([entry("x", number)], after=0)
    records.close()
    read: list[str] = []

    class Counting(SystemDisk):
        def read(self, path: Path, limit: int) -> bytes:
            if path.suffix == ".jsonl":
                read.append(path.stem)
            return super().read(path, limit)

    assert newest_wall(Counting(windows=False, pause=lambda _: None), tmp_path) == at(5)
    assert read == ["p-3", "p-4", "p-5"]
