"""The data folder as commands open it."""

import sys
from pathlib import Path

import pytest

from nurse_app.cli.records import INDEX_FILE, index_of, look_at, own_folder, report_defect, system_disk, wait
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.visit.ports import InUseError, StreamKind
from tests.cli.kit import files_in, played, script_until, workplace


def test_looking_is_possible_while_somebody_owns_the_folder(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit = played(script_until("identify"), protocol, tmp_path)
    place = workplace(tmp_path, protocol)
    folder = own_folder(tmp_path, system_disk(), place.identifiers, place.clock)
    before = files_in(tmp_path)

    look = look_at(place)

    assert look.service.visit(visit).state.phase == "prechecks"
    assert files_in(tmp_path) == before
    with pytest.raises(InUseError):
        own_folder(tmp_path, system_disk(), place.identifiers, place.clock)
    folder.close()


def test_the_index_is_told_of_changes(protocol: InfusionProtocol, tmp_path: Path) -> None:
    place = workplace(tmp_path, protocol)
    folder = own_folder(tmp_path, system_disk(), place.identifiers, place.clock)
    index = index_of(tmp_path, system_disk(), folder, protocol)
    assert index.entries(StreamKind.VISIT) == {}
    folder.close()

    visit = played(script_until("identify"), protocol, tmp_path)

    index.note(StreamKind.VISIT, visit)
    assert index.entries(StreamKind.VISIT)[visit].summary["phase"] == "prechecks"
    assert index.save()
    assert (tmp_path / INDEX_FILE).is_file()


def test_waiting_for_nothing_takes_no_time() -> None:
    wait(0)


def test_a_defect_that_was_survived_goes_to_whoever_reports_defects(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *said: told.append(said))
    error = ValueError("Patient One")
    report_defect(error)
    assert told == [(ValueError, error, None)]


def test_without_crash_reports_the_words_of_a_defect_stay_off_the_console(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    report_defect(ValueError("Patient One"))
    assert capsys.readouterr() == ("", "")
