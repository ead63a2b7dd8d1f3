"""Files that only pretend to be backups: all are refused, nothing is written anywhere, and memory stays small."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_form import BadArchiveError
from nurse_app.store.backup_messages import BackupError
from nurse_app.store.restoring import restore_folder
from tests.store.backup_kit import files_in
from tests.store.forgery import FILES, HOSTILE, good
from tests.store.kit import system_disk

PROJECT = Path(__file__).parents[2]
MOST_MEGABYTES = 200
HELD_BY_NO_BACKUP = {
    "a name that climbs out",
    "an absolute name",
    "a drive",
    "a share",
    "backslashes",
    "a NUL in a name",
    "a device of Windows",
    "a nested archive",
    "large letters, a twin on some disks",
    "letters that look alike",
    "a folder as a member",
    "one member twice",
    "members out of order",
}


def test_what_is_spoilt_was_good_before(tmp_path: Path) -> None:
    file = tmp_path / "good.backup"
    file.write_bytes(good())

    restore_folder(system_disk(), file, tmp_path / "records", "unfinished")

    assert files_in(tmp_path / "records") == FILES


@pytest.mark.parametrize("name", HOSTILE)
def test_a_made_up_backup_is_refused_in_one_sentence_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "outer" / "inner"
    folder.mkdir(parents=True)
    (folder / "hostile.backup").write_bytes(HOSTILE[name]())
    before = files_in(tmp_path).keys()

    with pytest.raises(BackupError) as refused:
        restore_folder(system_disk(), folder / "hostile.backup", folder / "records", "unfinished")

    assert str(refused.value).startswith(f"{folder / 'hostile.backup'} cannot be used as a backup: ")
    assert str(refused.value).endswith(". Take another backup.")
    assert files_in(tmp_path).keys() == before
    assert [path.name for path in folder.iterdir()] == ["hostile.backup"]


@pytest.mark.parametrize("name", sorted(HELD_BY_NO_BACKUP))
def test_a_name_that_no_backup_has_is_refused_before_anything_is_unpacked(name: str, tmp_path: Path) -> None:
    """Even though the manifest would be refused as well."""
    (tmp_path / "hostile.backup").write_bytes(HOSTILE[name]())

    with pytest.raises(BadArchiveError, match="it holds a file that no backup has, or holds one twice"):
        BackupArchive(system_disk(), tmp_path / "hostile.backup")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a program’s memory in /proc")
def test_no_made_up_backup_takes_much_memory(tmp_path: Path, figure: Callable[[str], None]) -> None:
    for number, make in enumerate(HOSTILE.values()):
        (tmp_path / f"{number}.backup").write_bytes(make())
    files = [str(tmp_path / f"{number}.backup") for number in range(len(HOSTILE))]
    child = Path(__file__).with_name("child_restores.py")
    command = [sys.executable, str(child), str(tmp_path / "records"), *files]

    ended = subprocess.run(
        command, cwd=PROJECT, env={"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=True
    )

    *said, kilobytes = ended.stdout.splitlines()
    refused = sum(line.endswith(". Take another backup.") for line in said)
    megabytes = int(kilobytes) // 1024
    figure(f"T-50  {refused} of {len(HOSTILE)} refused, nothing outside the folder, at most {megabytes} MB")
    assert refused == len(HOSTILE)
    assert megabytes < MOST_MEGABYTES
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(Path(file).name for file in files)
