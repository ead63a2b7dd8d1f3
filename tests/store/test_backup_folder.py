"""The automatic backups: one a day, old ones gone in good time, none gone while a record is in danger."""

import shutil
from datetime import date, datetime, timedelta
from errno import EACCES, EIO, ENOLCK
from pathlib import Path

import pytest

from nurse_app.store.backup_days import backup_days, backup_of
from nurse_app.store.backup_folder import ROOM_FOR_ENTRIES_BYTES, DailyBackup, make_daily_backup
from nurse_app.store.backup_making import Making
from nurse_app.store.backup_messages import BackupError
from nurse_app.store.backup_retention import no_longer_kept
from nurse_app.store.data_folder import DataFolderError, Locking, lock_on_posix
from nurse_app.store.disk import SystemDisk
from nurse_app.store.restoring import restore_folder
from nurse_app.visit.ports import StreamKind
from tests.store.backup_kit import MADE_AT, files_in, journal, lines_of, make_ward, put
from tests.store.kit import system_disk

TODAY = MADE_AT.date()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_ward(tmp_path / "records")


def daily(
    root: Path, at: datetime = MADE_AT, *, locking: Locking = lock_on_posix, disk: SystemDisk | None = None
) -> DailyBackup | None:
    return make_daily_backup(disk or system_disk(), root, Making(at, "0.1.0", ".today.new"), locking)


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "backups").iterdir())


def days_of_backups(root: Path, *back: int) -> list[date]:
    """Pretended earlier backups, so many days back."""
    days = [TODAY - timedelta(days=count) for count in back]
    (root / "backups").mkdir(exist_ok=True)
    for day in days:
        backup_of(root, day).write_bytes(b"an earlier one")
    return days


def test_there_is_one_backup_a_day_named_by_its_date_and_it_can_be_restored(root: Path, tmp_path: Path) -> None:
    records = files_in(root)

    made = daily(root)

    assert made is not None
    assert made.is_sound
    assert names(root) == [".lock", "2026-11-22.backup"]
    assert daily(root) is None
    assert daily(root, MADE_AT + timedelta(days=1)) is not None
    assert backup_days(system_disk(), root) == (TODAY, TODAY + timedelta(days=1))
    restore_folder(system_disk(), root / "backups" / "2026-11-23.backup", tmp_path / "back", "unfinished")
    assert files_in(tmp_path / "back") == records


def test_only_files_named_by_a_date_count_as_backups(root: Path) -> None:
    assert backup_days(system_disk(), root) == ()
    days_of_backups(root, 3)
    for name in ("2026-11-2.backup", "20261101.backup", "2026-02-30.backup", "2026-11-01.zip", "notes.backup", "x"):
        (root / "backups" / name).write_text("x")
    (root / "backups" / "2026-11-02.backup").write_text("")
    (root / "backups" / "2026-11-03.backup").mkdir()
    assert backup_days(system_disk(), root) == (TODAY - timedelta(days=3),)


def test_old_ones_go_after_the_new_one_is_there(root: Path) -> None:
    days = days_of_backups(root, *range(1, 60), -3)

    assert daily(root) is not None

    gone = set(no_longer_kept([*days, TODAY], TODAY))
    assert len(gone) > 40
    assert set(backup_days(system_disk(), root)) == {*days, TODAY} - gone


def test_a_backup_that_fails_removes_nothing_and_leaves_nothing(root: Path) -> None:
    days = days_of_backups(root, *range(1, 60))

    class Disk(SystemDisk):
        def write(self, descriptor: int, content: bytes | memoryview) -> int:
            raise OSError(EIO, "fault")

    with pytest.raises(BackupError, match=r"2026-11-22\.backup cannot be written"):
        daily(root, disk=Disk(windows=False, pause=lambda _: None))

    assert set(backup_days(system_disk(), root)) == set(days)
    assert not list((root / "backups").glob("*.new"))


def test_while_a_record_is_damaged_nothing_is_removed(root: Path) -> None:
    days = days_of_backups(root, *range(1, 60))
    put(root, StreamKind.VISIT, "a01", journal("visit a01", 5).replace(b"entry 3", b"entry X"))

    made = daily(root)

    assert made is not None
    assert not made.is_sound
    assert [each.path for each in made.contents.troubled] == ["visits/01/a01.jsonl"]
    assert set(backup_days(system_disk(), root)) == {*days, TODAY}


@pytest.mark.parametrize("what", ["missing", "shorter"])
def test_a_record_that_was_more_in_the_backup_before_is_told_and_nothing_is_removed(what: str, root: Path) -> None:
    visit = put(root, StreamKind.VISIT, "a01", journal("visit a01", 5))
    daily(root, MADE_AT - timedelta(days=1))
    days = days_of_backups(root, *range(2, 60))
    if what == "missing":
        visit.unlink()
    else:
        visit.write_bytes(journal("visit a01", 4))

    made = daily(root)

    assert made is not None
    assert made.lost == ("visits/01/a01.jsonl",)
    assert not made.is_sound
    assert set(backup_days(system_disk(), root)) == {*days, TODAY, TODAY - timedelta(days=1)}


def test_a_record_that_grew_is_no_loss(root: Path) -> None:
    visit = put(root, StreamKind.VISIT, "a01", journal("visit a01", 5))
    daily(root, MADE_AT - timedelta(days=1))
    visit.write_bytes(journal("visit a01", 6))

    made = daily(root)

    assert made is not None
    assert made.lost == ()
    assert lines_of(made.file)["visits/01/a01.jsonl"].entries == 6


def test_what_a_killed_program_left_is_removed(root: Path) -> None:
    days_of_backups(root, 1)
    (root / "backups" / ".yesterday.0123.new").write_text("half a backup")
    daily(root)
    assert names(root) == [".lock", "2026-11-21.backup", "2026-11-22.backup"]


def test_another_program_that_is_at_it_is_left_to_it(root: Path) -> None:
    def held(_descriptor: int) -> None:
        raise OSError(EACCES, "held")

    def none(_descriptor: int) -> None:
        raise OSError(ENOLCK, "no locks")

    assert daily(root, locking=held) is None
    assert names(root) == [".lock"]
    with pytest.raises(BackupError, match="cannot be written"):
        daily(root, locking=none)


def test_an_old_one_that_cannot_be_removed_does_not_matter(root: Path) -> None:
    days = days_of_backups(root, *range(1, 60))

    class Disk(SystemDisk):
        def remove(self, path: Path) -> None:
            raise OSError(EACCES, "held")

    assert daily(root, disk=Disk(windows=False, pause=lambda _: None)) is not None
    assert set(backup_days(system_disk(), root)) == {*days, TODAY}


def test_a_missing_folder_and_one_that_takes_nothing_are_said(tmp_path: Path, root: Path) -> None:
    class Disk(SystemDisk):
        def make_folder(self, path: Path) -> bool:
            raise OSError(EACCES, "no")

    with pytest.raises(DataFolderError, match="does not exist"):
        daily(tmp_path / "nothing")
    with pytest.raises(BackupError, match="may not be written"):
        daily(root, disk=Disk(windows=False, pause=lambda _: None))


def test_a_backup_leaves_room_for_entries(root: Path) -> None:
    records = sum(path.stat().st_size for path in root.rglob("*.jsonl"))

    class Disk(SystemDisk):
        def __init__(self, free: int) -> None:
            super().__init__(windows=False, pause=lambda _: None)
            self.free = free

        def free_bytes(self, path: Path) -> int:
            assert path == root / "backups"
            return self.free

    needed = records // 2 + ROOM_FOR_ENTRIES_BYTES
    with pytest.raises(BackupError, match="There is too little room for today’s backup"):
        daily(root, disk=Disk(needed - 1))
    assert names(root) == [".lock"]
    assert daily(root, disk=Disk(needed)) is not None


def test_the_room_on_a_disk_is_told(root: Path) -> None:
    assert 0 < system_disk().free_bytes(root) <= shutil.disk_usage(root).total
