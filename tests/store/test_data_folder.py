"""The data folder: one clear sentence when it cannot be used, and one owner at a time."""

import os
import re
import sys
from errno import EACCES, EAGAIN, EDEADLK, EIO, ENODEV, ENOLCK, ENOSPC, EROFS
from pathlib import Path
from types import SimpleNamespace

import pytest

from nurse_app.store.data_folder import (
    LOCK_FILE,
    DataFolderError,
    Owner,
    lock_on_posix,
    lock_on_windows,
    make_folders_above,
    own_folder,
    require_folder,
)
from nurse_app.visit.ports import InUseError
from tests.store.disks import FaultyDisk
from tests.store.kit import OWNER, system_disk


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    descriptor = own_folder(system_disk(), tmp_path / "records", OWNER, lock_on_posix)

    assert (tmp_path / "records" / LOCK_FILE).is_file()
    os.close(descriptor)


def test_a_second_owner_is_told_who_has_the_folder_and_changes_nothing(tmp_path: Path) -> None:
    held = own_folder(system_disk(), tmp_path, OWNER, lock_on_posix)
    note = (tmp_path / LOCK_FILE).read_bytes()

    with pytest.raises(InUseError) as raised:
        own_folder(system_disk(), tmp_path, Owner(1, "other", "10:00"), lock_on_posix)

    assert str(raised.value) == (
        f"The records in {tmp_path} are already open in another window of this program "
        "(process 4711 on ward-pc, since 09:41). Go on there, or close it first."
    )
    assert (tmp_path / LOCK_FILE).read_bytes() == note
    os.close(held)


def test_the_folder_is_free_again_when_its_owner_has_gone(tmp_path: Path) -> None:
    os.close(own_folder(system_disk(), tmp_path, Owner(1, "a longer name than the other", "09:00"), lock_on_posix))

    descriptor = own_folder(system_disk(), tmp_path, OWNER, lock_on_posix)

    assert b"longer" not in (tmp_path / LOCK_FILE).read_bytes()
    os.close(descriptor)


@pytest.mark.parametrize(
    "note",
    [b"", b"\xff", b"{}", b'{"process":"x","computer":"y","since":"z"}', b"{" * 5000],
    ids=["empty", "no text", "bare", "no number", "long"],
)
def test_an_owner_who_left_no_readable_note_is_still_an_owner(tmp_path: Path, note: bytes) -> None:
    held = own_folder(system_disk(), tmp_path, OWNER, lock_on_posix)
    (tmp_path / LOCK_FILE).write_bytes(note)

    with pytest.raises(InUseError, match=r"open in another window of this program\. Go on there"):
        own_folder(system_disk(), tmp_path, OWNER, lock_on_posix)

    os.close(held)


@pytest.mark.parametrize("number", [EACCES, EAGAIN, EDEADLK])
def test_every_way_of_saying_locked_is_understood(tmp_path: Path, number: int) -> None:
    def locking(_: int) -> None:
        raise OSError(number, "locked")

    with pytest.raises(InUseError):
        own_folder(system_disk(), tmp_path, OWNER, locking)


def test_a_disk_without_locks_is_refused(tmp_path: Path) -> None:
    def locking(_: int) -> None:
        raise OSError(ENOLCK, "no locks")

    with pytest.raises(DataFolderError, match="on a disk of this computer"):
        own_folder(system_disk(), tmp_path, OWNER, locking)


def test_a_full_disk_does_not_keep_the_records_from_being_opened(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).touch()
    disk = FaultyDisk(at=4, error=OSError(ENOSPC, "full"), for_good=True)

    own_folder(disk, tmp_path, OWNER, lock_on_posix)

    assert disk.calls == ["make_folder", "sync_folder", "open_lock", "cut"]
    disk.die()


def test_folders_above_are_made_as_far_as_they_are_missing_and_each_name_is_made_durable(tmp_path: Path) -> None:
    disk = FaultyDisk(at=100, error=OSError())
    make_folders_above(disk, tmp_path / "ward" / "pc" / "records")

    assert (tmp_path / "ward" / "pc").is_dir()
    assert not (tmp_path / "ward" / "pc" / "records").exists()
    assert disk.calls == ["state"] * 3 + ["make_folder", "sync_folder"] * 2
    make_folders_above(disk, tmp_path / "ward" / "pc" / "records")
    assert disk.calls[7:] == ["state"]


def test_a_folder_above_that_is_closed_to_us_only_matters_while_ours_is_new(tmp_path: Path) -> None:
    root = tmp_path / "records"
    with pytest.raises(DataFolderError, match="You may not write"):
        own_folder(FaultyDisk(at=2, error=PermissionError(EACCES, "no")), root, OWNER, lock_on_posix)
    disk = FaultyDisk(at=2, error=PermissionError(EACCES, "no"))

    own_folder(disk, root, OWNER, lock_on_posix)

    assert disk.has_failed
    disk.die()
    with pytest.raises(DataFolderError, match="reports a fault"):
        own_folder(FaultyDisk(at=2, error=OSError(EIO, "fault")), root, OWNER, lock_on_posix)


def test_a_folder_in_the_place_of_the_lock_file_can_be_locked_as_well(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    held = own_folder(system_disk(), tmp_path, OWNER, lock_on_posix)

    with pytest.raises(InUseError):
        own_folder(system_disk(), tmp_path, OWNER, lock_on_posix)

    os.close(held)


def test_a_missing_parent_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError) as raised:
        own_folder(system_disk(), tmp_path / "ward" / "records", OWNER, lock_on_posix)

    assert (
        str(raised.value) == f"The folder {tmp_path / 'ward'} does not exist. Make it, or choose another data folder."
    )


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file")

    for use in (
        lambda: own_folder(system_disk(), tmp_path / "records", OWNER, lock_on_posix),
        lambda: require_folder(system_disk(), tmp_path / "records"),
    ):
        with pytest.raises(DataFolderError, match="records is a file, not a folder"):
            use()
    with pytest.raises(DataFolderError, match="records is a file, not a folder"):
        own_folder(system_disk(), tmp_path / "records" / "inner", OWNER, lock_on_posix)
    assert (tmp_path / "records").read_text() == "a file"


@pytest.mark.parametrize("at", [1, 2, 3], ids=["folder", "parent", "lock file"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (EACCES, "You may not write in the folder .* Ask for write access"),
        (EROFS, "cannot be written to"),
        (ENOSPC, "is full. Free some space"),
        (EIO, "reports a fault"),
        # The machine's own words come in the machine's own language.
        (ENODEV, rf"cannot be used \({re.escape(os.strerror(ENODEV))}\)\. Choose another"),
    ],
)
def test_what_the_machine_refuses_becomes_one_sentence(tmp_path: Path, at: int, number: int, sentence: str) -> None:
    disk = FaultyDisk(at=at, error=OSError(number, os.strerror(number)))

    with pytest.raises(DataFolderError, match=sentence):
        own_folder(disk, tmp_path / "records", OWNER, lock_on_posix)


def test_a_folder_that_is_only_looked_at_must_be_there(tmp_path: Path) -> None:
    require_folder(system_disk(), tmp_path)

    with pytest.raises(DataFolderError, match="does not exist"):
        require_folder(system_disk(), tmp_path / "records")


def test_on_windows_one_byte_behind_the_note_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked: list[tuple[int, int, int]] = []

    def locking(descriptor: int, mode: int, byte_count: int) -> None:
        locked.append((mode, byte_count, os.lseek(descriptor, 0, os.SEEK_CUR)))

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=2, locking=locking))

    descriptor = own_folder(system_disk(), tmp_path, OWNER, lock_on_windows)

    assert locked == [(2, 1, 1 << 20)]
    assert (tmp_path / LOCK_FILE).read_bytes().startswith(b'{"process":4711')
    os.close(descriptor)
