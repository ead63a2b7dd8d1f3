"""The checkpoints of a data folder as the program puts them together."""

import json
import os
from pathlib import Path

import pytest

from nurse_app.cli import checkpoints
from nurse_app.cli.arguments import ReplayArguments
from nurse_app.cli.checkpoints import (
    NoKeeper,
    Workstation,
    accept_older_copy,
    keeper_of,
    this_workstation,
)
from nurse_app.cli.record_checks import check_records, check_summary, code_of
from nurse_app.cli.records import own_folder, system_disk
from nurse_app.cli.replay import run_replay
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.store.checkpoint_file import CheckpointError
from nurse_app.store.journal_storage import StreamMark
from nurse_app.system.paths import NoFolderError, Surroundings
from nurse_app.visit.ports import StreamKind
from tests.cli.kit import Heard, OneProtocol, UniqueIdentifiers, files_in, played, script_until
from tests.kit import TestVisit

CLOCK = ScriptedClock(TestVisit.T0)


@pytest.fixture
def ours(tmp_path: Path) -> Workstation:
    return Workstation(tmp_path / "workstation", SequentialIdentifiers().salt)


def nobody_asks(_done: int, _all: int) -> None:
    return


def test_a_key_inside_the_data_folder_would_go_along_with_every_copy(tmp_path: Path) -> None:
    inside = Workstation(tmp_path / "records" / "state", SequentialIdentifiers().salt)

    with pytest.raises(CheckpointError, match="Choose another folder for the records"):
        inside.key_for(tmp_path / "records")
    assert not inside.folder.exists()


def test_a_key_that_cannot_be_kept_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(CheckpointError, match="Tell the person"):
        Workstation(tmp_path / "file", SequentialIdentifiers().salt).key_for(tmp_path / "records")


def test_a_user_without_a_home_has_no_workstation_and_makes_no_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_folder(_around: Surroundings) -> Path:
        raise NoFolderError("no home")

    monkeypatch.setattr(checkpoints, "workstation_folder", no_folder)
    assert this_workstation() is None
    folder = own_folder(tmp_path, system_disk(), UniqueIdentifiers(), CLOCK)

    keeper = keeper_of(tmp_path, system_disk(), folder, CLOCK, None, lambda _kind, _name: True)

    assert isinstance(keeper, NoKeeper)
    assert (keeper.begin(), keeper.is_due, keeper.make_due(), keeper.make_all()) == ("", False, "", "")
    assert accept_older_copy(tmp_path, None, CLOCK) == ""
    assert list(files_in(tmp_path)) == [".lock"]
    folder.close()


def test_this_workstation_is_that_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    found = this_workstation()

    assert found is not None
    assert found.folder == tmp_path / "nurse-app-workstation"


def test_records_brought_back_on_purpose_are_older_and_sound(
    protocol: InfusionProtocol, tmp_path: Path, ours: Workstation
) -> None:
    root = tmp_path / "records"
    played(script_until("identify"), protocol, root, ours)
    backup = files_in(root)
    visit = played(script_until("answer-rest"), protocol, root, ours)
    next(root.rglob(f"{visit}.jsonl")).unlink()
    for name, content in backup.items():
        (root / name).write_bytes(content)
    assert not check_summary(root, ours, nobody_asks).is_sound

    assert accept_older_copy(root, ours, CLOCK) == ""

    summary = check_summary(root, ours, nobody_asks)
    assert summary.is_sound
    assert [finding.what for finding in summary.findings] == ["These records were brought back from a backup."]


def test_when_that_cannot_be_noted_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    told = accept_older_copy(tmp_path / "records", Workstation(tmp_path / "file", os.urandom), CLOCK)

    assert "no checkpoints can be made" in told


def test_a_folder_that_cannot_be_read_is_a_finding_for_the_window(tmp_path: Path, ours: Workstation) -> None:
    summary = check_summary(tmp_path / "nothing", ours, nobody_asks)

    assert not summary.is_sound
    assert "does not exist" in summary.findings[0].what


def test_all_records_are_checked_on_all_cores(
    protocol: InfusionProtocol, tmp_path: Path, ours: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "records"
    played(script_until("identify"), protocol, root, ours)
    monkeypatch.setattr("nurse_app.store.verify._SMALL_BYTES", 0)

    report = check_records(root, ours, nobody_asks)

    assert report.is_sound
    assert [stream.sound_entries for stream in report.streams] == [2, 15]


def test_without_a_key_there_is_no_code(ours: Workstation, tmp_path: Path) -> None:
    mark = StreamMark(3, "ab" * 32, 100)

    assert code_of(None, StreamKind.VISIT, "v-1", mark) == ""
    assert len(code_of(ours.key_for(tmp_path / "records"), StreamKind.VISIT, "v-1", mark)) == 14


def test_a_replay_whose_checkpoints_cannot_be_made_says_so_and_keeps_the_records(
    protocol: InfusionProtocol, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    heard = Heard(json.dumps(script_until("identify")).encode())
    nowhere = Workstation(tmp_path / "file", os.urandom)

    root = tmp_path / "records"
    code = run_replay(ReplayArguments(root, "-"), heard.streams, OneProtocol(protocol), UniqueIdentifiers(), nowhere)

    assert code == 0
    assert "Entries are saved, but no checkpoints can be made" in heard.sentence
    assert next(root.glob("visits/*/*.jsonl")).stat().st_size
