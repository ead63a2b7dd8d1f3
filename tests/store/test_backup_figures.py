"""How large a backup is, how long it takes and how much memory, on made-up wards of real sizes. Figures, no limits."""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.plain_data import plain
from nurse_app.store.restoring import restore_folder
from tests.store.backup_kit import back_up, files_in, make_ward
from tests.store.kit import system_disk

PROJECT = Path(__file__).parents[2]
RESTORES = Path(__file__).with_name("child_restores.py")
Figure = Callable[[str], None]


def restored_by_a_child(file: Path, target: Path) -> tuple[str, int]:
    """What a program of its own said, and how many megabytes it took at most."""
    command = [sys.executable, str(RESTORES), str(target), str(file)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    ended = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
    said, kilobytes = ended.stdout.splitlines()
    return said, int(kilobytes) // 1024


@pytest.mark.sweep
def test_a_ward_s_backup_beside_a_packed_copy_of_the_same_folder(
    protocol: InfusionProtocol, tmp_path: Path, figure: Figure
) -> None:
    """200 patients, 2,000 visits that hold their protocol, 120,000 entries."""
    root = make_ward(tmp_path / "records", patients=200, visits=2000, entries=54, first=plain(protocol))
    began = perf_counter()
    contents = back_up(root, tmp_path / "copy")
    made = perf_counter()
    with tarfile.open(tmp_path / "copy.tar.gz", "w:gz", compresslevel=6) as packed:
        packed.add(root, "records")
    tarred = perf_counter()
    shutil.move(root, tmp_path / "before")
    moved = perf_counter()
    restore_folder(system_disk(), tmp_path / "copy", root, "unfinished")
    back = perf_counter()
    size, other = ((tmp_path / name).stat().st_size for name in ("copy", "copy.tar.gz"))
    whole = sum(len(content) for content in files_in(root).values())
    figure(
        f"Backup of {contents.entries} entries in {contents.files} files, {whole >> 20} MB: "
        f"{made - began:.1f} s and {size >> 20} MB, restored in {back - moved:.1f} s; "
        f"tar and gzip {tarred - made:.1f} s and {other >> 20} MB: "
        f"{(made - began) / (tarred - made):.2f} times its time, {size / other:.2f} times its size"
    )
    assert files_in(root) == files_in(tmp_path / "before")


@pytest.mark.sweep
def test_a_large_ward_s_backup_is_restored_in_little_memory(tmp_path: Path, figure: Figure) -> None:
    """2,000 patients and 50,000 visits: as many files as a large ward has, each a short one."""
    back_up(make_ward(tmp_path / "records", patients=2000, visits=50_000, entries=1), tmp_path / "copy")

    said, megabytes = restored_by_a_child(tmp_path / "copy", tmp_path / "back")

    figure(f"Backup of 52,002 files restored in at most {megabytes} MB")
    assert said == "restored"
    assert megabytes < 200
