"""The real disk: private files, bounded waiting on Windows only, whole files replaced in one step."""

import os
import stat
from errno import EFBIG, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store.disk import FolderItem, SystemDisk, write_all, write_whole
from tests.store.disks import FaultyDisk
from tests.store.kit import system_disk


class HeldFileError(OSError):
    """What Windows raises while a scanner has the target open."""

    winerror = 5


def windows_disk() -> tuple[SystemDisk, list[float]]:
    pauses: list[float] = []
    return SystemDisk(windows=True, pause=pauses.append), pauses


def hold(monkeypatch: pytest.MonkeyPatch, times: int, error: OSError) -> list[str]:
    tried: list[str] = []
    really = os.replace

    def replace(source: Path, target: Path) -> Path:
        tried.append(target.name)
        if len(tried) <= times:
            raise error
        really(source, target)
        return target

    monkeypatch.setattr(Path, "replace", replace)
    return tried


def test_new_files_and_folders_are_for_this_user_only(tmp_path: Path) -> None:
    disk = system_disk()

    made = disk.make_folder(tmp_path / "inner")
    descriptor = disk.create(tmp_path / "inner" / "file")

    assert made
    assert not disk.make_folder(tmp_path / "inner")
    assert stat.S_IMODE((tmp_path / "inner").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "inner" / "file").stat().st_mode) == 0o600
    assert not os.get_inheritable(descriptor)
    disk.close(descriptor)
    with pytest.raises(FileExistsError):
        disk.create(tmp_path / "inner" / "file")


def test_what_is_written_goes_to_the_end_even_when_a_disk_takes_it_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"first ")
    disk = FaultyDisk(at=10**6, error=OSError())

    write_all(disk, disk.open_append(tmp_path / "file"), b"second")
    disk.die()

    assert (tmp_path / "file").read_bytes() == b"first second"
    assert disk.calls.count("write") > 1


def test_a_file_larger_than_allowed_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")

    assert system_disk().read(tmp_path / "file", 5) == b"12345"
    with pytest.raises(OSError) as raised:
        system_disk().read(tmp_path / "file", 4)
    assert raised.value.errno == EFBIG


def test_a_folder_is_listed_with_the_sizes_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"123")

    for name in ("folder", "file"):
        os.utime(tmp_path / name, ns=(1, 2_000_000_000))
    assert set(system_disk().list_folder(tmp_path)) == {
        FolderItem("folder", None, 2_000_000_000),
        FolderItem("file", 3, 2_000_000_000),
    }
    assert system_disk().list_folder(tmp_path / "nowhere") == ()


def test_replacing_on_windows_waits_for_whoever_holds_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_bytes(b"new")
    hold(monkeypatch, 3, HeldFileError())
    disk, pauses = windows_disk()

    disk.replace(tmp_path / "new", tmp_path / "file")

    assert (tmp_path / "file").read_bytes() == b"new"
    assert pauses == [0.02, 0.05, 0.1]


def test_the_waiting_ends_within_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_bytes(b"new")
    tried = hold(monkeypatch, 99, HeldFileError())
    disk, pauses = windows_disk()

    with pytest.raises(HeldFileError):
        disk.replace(tmp_path / "new", tmp_path / "file")

    assert len(tried) == len(pauses) + 1
    assert sum(pauses) < 1


@pytest.mark.parametrize("windows", [True, False], ids=["windows, other error", "elsewhere"])
def test_other_errors_of_replacing_are_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: bool
) -> None:
    tried = hold(monkeypatch, 99, OSError(ENOSPC, "full") if windows else HeldFileError())

    with pytest.raises(OSError):
        SystemDisk(windows=windows, pause=lambda _: None).replace(tmp_path / "new", tmp_path / "file")

    assert len(tried) == 1


def test_folders_are_synced_except_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)

    windows_disk()[0].sync_folder(tmp_path)
    assert synced == []
    system_disk().sync_folder(tmp_path)
    assert len(synced) == 1


@pytest.mark.parametrize("call", ["remove", "create", "write", "sync", "replace", "sync_folder"])
def test_a_whole_file_is_the_old_one_or_the_new_one_whatever_fails(tmp_path: Path, call: str) -> None:
    path = tmp_path / "settings.json"
    write_whole(system_disk(), path, b"old")
    trial = FaultyDisk(at=10**6, error=OSError())
    write_whole(trial, path, b"old")
    disk = FaultyDisk(at=trial.calls.index(call) + 1, error=OSError(ENOSPC, "full"))

    with pytest.raises(OSError):
        write_whole(disk, path, b"new")

    disk.die()
    assert disk.calls[-1] == call
    assert path.read_bytes() in (b"old", b"new")
    write_whole(system_disk(), path, b"newer")
    assert path.read_bytes() == b"newer"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("windows", [False, True])
def test_a_folder_takes_the_name_of_a_missing_or_an_empty_one_and_of_no_other(tmp_path: Path, windows: bool) -> None:
    disk = SystemDisk(windows=windows, pause=lambda _: None)
    for target in ("missing", "empty", "full"):
        (tmp_path / f"new-{target}").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("kept")

    disk.move_folder(tmp_path / "new-missing", tmp_path / "missing")
    disk.move_folder(tmp_path / "new-empty", tmp_path / "empty")
    with pytest.raises(OSError):
        disk.move_folder(tmp_path / "new-full", tmp_path / "full")
    disk.remove_folder(tmp_path / "new-full")
    with pytest.raises(OSError):
        disk.remove_folder(tmp_path / "full")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "full", "missing"]
    assert (tmp_path / "full" / "file").read_text() == "kept"


def test_a_file_is_read_from_any_place_to_its_end(tmp_path: Path) -> None:
    disk = system_disk()
    (tmp_path / "file").write_bytes(b"0123456789")
    descriptor = disk.open_read(tmp_path / "file")

    found = [disk.read_at(descriptor, place, 4) for place in (3, 8, 0, 10, 99)]
    disk.close(descriptor)

    assert found == [b"3456", b"89", b"0123", b"", b""]
