"""Files that commands write: whole or not at all."""

import os
from pathlib import Path

import pytest

from nurse_app.cli.outcome import CommandError
from nurse_app.cli.output_file import require_place, write_output


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "record.csv"
    output.write_text("old")
    place = require_place(output, tmp_path / "records")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="cannot be written \\(No space left on device\\)"):
        write_output(output, place, b"new")

    assert os.listdir(tmp_path) == ["record.csv"]
    assert output.read_text() == "old"


def test_a_folder_that_goes_away_is_said(tmp_path: Path) -> None:
    output = tmp_path / "gone" / "record.csv"

    with pytest.raises(CommandError, match="cannot be written"):
        write_output(output, output, b"new")


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "record.csv")
    place = require_place(tmp_path / "link.csv", tmp_path / "records")

    write_output(tmp_path / "link.csv", place, b"new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "record.csv").read_bytes() == b"new"


def test_a_link_in_a_circle_is_said(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")

    with pytest.raises(CommandError, match=r"no file can have this name|does not exist"):
        require_place(tmp_path / "link" / "record.csv", tmp_path / "records")
