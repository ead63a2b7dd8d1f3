"""One record brought back: only where it is damaged or missing, never with less than is still there."""

from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store import restoring_record
from nurse_app.store.backup_messages import BackupError
from nurse_app.store.disk import SystemDisk
from nurse_app.store.journal_lines import scan
from nurse_app.store.restoring_record import restore_record
from nurse_app.visit.ports import StreamKind
from tests.store.backup_kit import back_up, files_in, journal, make_ward, put
from tests.store.disks import FaultyDisk
from tests.store.kit import system_disk

VISIT = StreamKind.VISIT
SOUND = journal("visit a01", 9)
DAMAGED = SOUND.replace(b"entry 4 of", b"entry X of")
PATH = Path("visits", "01", "a01.jsonl")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a ward whose visit a01 is sound."""
    root = make_ward(tmp_path / "then")
    put(root, VISIT, "a01", SOUND)
    back_up(root, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The same ward now."""
    root = make_ward(tmp_path / "now")
    put(root, VISIT, "a01", SOUND)
    return root


def refusal(backup: Path, root: Path, stream_id: str = "a01") -> str:
    before = files_in(root)
    with pytest.raises(BackupError) as refused:
        restore_record(system_disk(), backup, root, stream_id)
    assert files_in(root) == before
    return str(refused.value)


def test_a_damaged_record_comes_back_and_the_damaged_file_is_kept(backup: Path, root: Path) -> None:
    put(root, VISIT, "a01", DAMAGED)
    (root / f"{PATH}.new").write_text("left by a program that was ended")
    others = files_in(root)

    said = restore_record(system_disk(), backup, root, "a01")

    assert said == (
        "Restored visits/01/a01.jsonl with 9 entries. The damaged file was kept as a01.jsonl.damaged.1. "
        "Check on paper what was entered after the backup."
    )
    del others[f"{PATH}.new"]
    assert files_in(root) == {**others, str(PATH): SOUND, f"{PATH}.damaged.1": DAMAGED}


def test_a_second_damaged_file_does_not_replace_the_first(backup: Path, root: Path) -> None:
    for number in (1, 2):
        put(root, VISIT, "a01", DAMAGED + b"%d" % number)
        restore_record(system_disk(), backup, root, "a01")
    assert (root / f"{PATH}.damaged.1").read_bytes() == DAMAGED + b"1"
    assert (root / f"{PATH}.damaged.2").read_bytes() == DAMAGED + b"2"


def test_a_missing_record_comes_back_folder_and_all(backup: Path, root: Path) -> None:
    (root / PATH).unlink()
    (root / PATH).parent.rmdir()

    said = restore_record(system_disk(), backup, root, "a01")

    assert said == "Restored visits/01/a01.jsonl with 9 entries. Check on paper what was entered after the backup."
    assert (root / PATH).read_bytes() == SOUND


def test_the_station_comes_back_under_its_name(backup: Path, root: Path) -> None:
    station = root / "station" / "station.jsonl"
    station.write_bytes(b"x\n" + station.read_bytes())
    restore_record(system_disk(), backup, root, "station")
    assert scan(station.read_bytes(), "station station").damage is None


def test_a_file_without_a_sound_entry_is_replaced_too(backup: Path, root: Path) -> None:
    put(root, VISIT, "a01", bytes(500))
    restore_record(system_disk(), backup, root, "a01")
    assert (root / PATH).read_bytes() == SOUND
    assert (root / f"{PATH}.damaged.1").read_bytes() == bytes(500)


@pytest.mark.parametrize("content", [SOUND, SOUND + b"torn", journal("visit a01", 12), journal("visit a01", 2)])
def test_a_sound_record_is_left_alone_longer_or_shorter(content: bytes, backup: Path, root: Path) -> None:
    put(root, VISIT, "a01", content)
    assert (
        refusal(backup, root) == "visits/01/a01.jsonl is sound as it is. Nothing was restored, and nothing was changed."
    )


def test_a_damaged_record_with_more_left_of_it_than_the_backup_has_is_left_alone(backup: Path, root: Path) -> None:
    put(root, VISIT, "a01", journal("visit a01", 12).replace(b"entry 12", b"entry XX"))
    assert "still has 11 sound entries, the backup only 9" in refusal(backup, root)


def test_a_record_that_began_otherwise_is_left_alone(backup: Path, root: Path) -> None:
    other = journal("visit a01", 5, {"text": "something else"}).replace(b"entry 4", b"entry X")
    put(root, VISIT, "a01", other)
    assert "is not the record that lies here: its first entries differ" in refusal(backup, root)


def test_a_record_that_the_backup_lacks_or_has_damaged_is_not_brought_back(backup: Path, root: Path) -> None:
    assert f"{backup} does not hold a record b02." in refusal(backup, root, "b02")
    assert "does not hold a record settings" in refusal(backup, root, "settings")
    assert "does not hold a record ../../x" in refusal(backup, root, "../../x")
    put(root, VISIT, "a01", DAMAGED)
    back_up(root, backup)
    assert "visits/01/a01.jsonl is not sound in" in refusal(backup, root)


def test_a_spoilt_backup_brings_nothing_back(backup: Path, root: Path) -> None:
    put(root, VISIT, "a01", DAMAGED)
    backup.write_bytes(backup.read_bytes()[:-1])
    assert "cannot be used as a backup" in refusal(backup, root)


def test_a_backup_that_changes_while_it_is_read_brings_nothing_back(
    backup: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, VISIT, "a01", DAMAGED)
    monkeypatch.setattr(restoring_record, "write_member", lambda *_args: "0" * 64)
    assert "it was changed while it was being read" in refusal(backup, root)


def test_a_record_that_cannot_be_read_here_is_left_alone(backup: Path, root: Path) -> None:
    class Disk(SystemDisk):
        def open_read(self, path: Path) -> int:
            if path == root / PATH:
                raise OSError(EIO, "fault")
            return super().open_read(path)

    with pytest.raises(BackupError, match=r"a01\.jsonl cannot be written \(fault\)"):
        restore_record(Disk(windows=False, pause=lambda _: None), backup, root, "a01")


def test_whatever_call_of_the_disk_fails_the_record_is_the_old_one_or_the_new_one(backup: Path, root: Path) -> None:
    at, failures = 0, 0
    while True:
        at += 1
        put(root, VISIT, "a01", DAMAGED)
        disk = FaultyDisk(at, OSError(ENOSPC, "full"))
        try:
            restore_record(disk, backup, root, "a01")
        except BackupError:
            failures += 1
            assert (root / PATH).read_bytes() in (DAMAGED, SOUND)
        else:
            assert (root / PATH).read_bytes() == SOUND
        disk.die()
        assert not (root / f"{PATH}.new").exists() or disk.calls[at - 1] == "remove"
        for left in root.glob(f"{PATH}.*"):
            left.unlink()
        if len(disk.calls) < at:
            break
    assert failures > 20
