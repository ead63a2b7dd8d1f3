"""The program is killed before every call of the disk during a backup or a restore: the old or the new, and whole."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nurse_app.visit.ports import StreamKind
from tests.store.backup_kit import UNFINISHED, back_up, files_in, journal, make_ward, put

PROJECT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child_killed.py")
SOUND = journal("visit a01", 3)
DAMAGED = SOUND.replace(b"entry 2", b"entry X")

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.skipif(sys.platform == "win32", reason="a program is killed by a signal only on POSIX"),
]


def killed(what: str, folder: Path, file: Path) -> Iterator[int]:
    """Kill the program before one call after the other, as long as there is one more."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    call = 0
    ended = -signal.SIGKILL
    while ended == -signal.SIGKILL:
        call += 1
        command = [sys.executable, str(CHILD), what, str(folder), str(file), str(call)]
        ended = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
        yield call
    assert ended == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_ward(tmp_path / "records", patients=1, visits=1, entries=2)
    put(root, StreamKind.VISIT, "a01", SOUND)
    return root


def test_a_killed_backup_leaves_the_old_one_or_the_new_one(
    root: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    back_up(root, tmp_path / "old")
    old = (tmp_path / "old").read_bytes()
    put(root, StreamKind.VISIT, "a02", journal("visit a02", 1))
    back_up(root, tmp_path / "new")
    new, records, points = (tmp_path / "new").read_bytes(), files_in(root), 0
    (tmp_path / "copy").write_bytes(old)
    for points in killed("backup", root, tmp_path / "copy"):  # noqa: B007
        assert (tmp_path / "copy").read_bytes() in (old, new)
        assert files_in(root) == records
        (tmp_path / "copy").write_bytes(old)
        (tmp_path / UNFINISHED).unlink(missing_ok=True)
    figure(f"T-18  backup killed at {points} points: the old one or the new one, records untouched")
    assert points > 30


def test_a_killed_restore_leaves_nothing_or_all(root: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    back_up(root, tmp_path / "copy")
    wanted, points = files_in(root), 0
    for points in killed("restore", tmp_path / "back", tmp_path / "copy"):  # noqa: B007
        assert not (tmp_path / "back").exists() or files_in(tmp_path / "back") == wanted
        for left in ("back", "unfinished"):
            shutil.rmtree(tmp_path / left, ignore_errors=True)
    figure(f"T-18  restore killed at {points} points: nothing there, or all of it")
    assert points > 30


def test_a_killed_restore_of_a_record_leaves_the_damaged_one_or_the_sound_one(
    root: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    back_up(root, tmp_path / "copy")
    put(root, StreamKind.VISIT, "a01", DAMAGED)
    points, kept = 0, 0
    for points in killed("record", root, tmp_path / "copy"):  # noqa: B007
        record = root / "visits" / "01" / "a01.jsonl"
        assert record.read_bytes() in (SOUND, DAMAGED)
        if record.read_bytes() == SOUND:
            kept += 1
            assert record.with_name("a01.jsonl.damaged.1").read_bytes() == DAMAGED
        for left in record.parent.glob("a01.jsonl.*"):
            left.unlink()
        put(root, StreamKind.VISIT, "a01", DAMAGED)
    figure(f"T-18  restore of one record killed at {points} points: the damaged file or the sound one, none lost")
    assert kept
    assert points > 30
