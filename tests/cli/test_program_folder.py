"""What happens to the program's folder when a window was closed in good order."""

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from nurse_app.cli import program_folder
from nurse_app.cli.program_folder import ProgramFolder
from tests.updating.kit import make_clinic, versions_in, workshop


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    return make_clinic(tmp_path / "clinic", "0.0.9", "0.1.0", "0.2.0")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was started again."""
    found: list[object] = []
    monkeypatch.setattr(program_folder, "start_again", lambda *given: found.append(given))
    return found


def folder_of(clinic: Path) -> ProgramFolder:
    return ProgramFolder(lambda _resources: workshop(clinic, "0.2.0"), ("--data-dir", "a b"))


def test_a_checkout_is_left_alone(clinic: Path, tmp_path: Path, started: list[object]) -> None:
    folder_of(clinic).end_well(tmp_path)

    assert versions_in(clinic) == ["0.0.9", "0.1.0", "0.2.0"]
    assert started == []


def test_a_packaged_program_that_ran_well_keeps_itself_and_the_one_before(
    clinic: Path, tmp_path: Path, started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(clinic), raising=False)

    folder_of(clinic).end_well(tmp_path)

    assert versions_in(clinic) == ["0.1.0", "0.2.0"]
    assert started == []


def test_the_starter_is_started_again_with_the_same_words_when_asked(
    clinic: Path, tmp_path: Path, started: list[object]
) -> None:
    folder = folder_of(clinic)
    folder.ask_to_start_again()

    folder.end_well(tmp_path)

    ((command, unpacked, environment),) = started  # type: ignore[misc]
    assert command == (str(clinic / "nurse-app"), "--data-dir", "a b")
    assert unpacked is None
    assert "PATH" in environment


def test_what_is_started_is_the_version_in_use(clinic: Path, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    (clinic / "versions" / "0.2.0" / "nurse-app").write_text(f'#!/bin/sh\necho "0.2.0 [$1] [$2]" >"{heard}"\n')
    folder = folder_of(clinic)
    folder.ask_to_start_again()

    folder.end_well(tmp_path)

    assert heard.read_text(encoding="ascii") == "0.2.0 [--data-dir] [a b]\n"


def test_without_a_clinics_folder_there_is_nothing_to_start(tmp_path: Path, started: list[object]) -> None:
    shop = replace(workshop(tmp_path / "none"), folder=None)
    folder = ProgramFolder(lambda _resources: shop)
    folder.ask_to_start_again()

    folder.end_well(tmp_path)

    assert started == []


def test_a_starter_that_cannot_be_started_is_noted(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(program_folder, "start_again", refuse)
    folder = folder_of(clinic)
    folder.ask_to_start_again()

    with caplog.at_level(logging.WARNING):
        folder.end_well(tmp_path)

    assert "could not be started again: Permission denied" in caplog.text
