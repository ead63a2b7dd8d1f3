"""A folder for a while: gone afterwards, and with it what a killed program has left."""

import os
from pathlib import Path

import pytest

from nurse_app.system.scratch import scratch_folder

PREFIX = "nurse-app-trial-"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def left(folder: Path, age_s: int) -> Path:
    """What somebody left in the temporary folder so long ago."""
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "file").write_bytes(b"left")
    now = folder.stat().st_mtime
    os.utime(folder, (now - age_s, now - age_s))
    return folder


def test_the_folder_is_gone_afterwards(temporary: Path) -> None:
    with scratch_folder(PREFIX) as folder:
        (folder / "file").write_bytes(b"content")
        assert folder.parent == temporary
    assert list(temporary.iterdir()) == []


def test_only_old_folders_of_ones_own_go(temporary: Path) -> None:
    old = left(temporary / f"{PREFIX}old", 2 * 3600)
    kept = (left(temporary / f"{PREFIX}new", 60), left(temporary / "other-old", 2 * 3600))
    (temporary / f"{PREFIX}file").write_bytes(b"no folder")
    os.utime(temporary / f"{PREFIX}file", (0, 0))
    (temporary / f"{PREFIX}link").symlink_to(kept[1])

    with scratch_folder(PREFIX):
        assert not old.exists()

    assert all((folder / "deep" / "file").exists() for folder in kept)
    assert (temporary / f"{PREFIX}file").exists()
    assert (temporary / f"{PREFIX}link").is_symlink()


def test_what_cannot_be_looked_at_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "glob", refuse)
    with scratch_folder(PREFIX) as folder:
        assert folder.is_dir()
