"""The check of all records and the checkpoints, in the running program."""

import json
from collections.abc import Iterator
from dataclasses import replace
from errno import EIO
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import commands as c
from nurse_app.store.checkpoint_file import CheckpointFile
from nurse_app.visit.open_visit import Author
from nurse_app.visit.record_check import CheckSummary, Progress
from tests.ui.driver import CALM, Ward
from tests.ui.quick import begin, function_key, open_visit, said_beside, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def checkpoints_of(ward: Ward, stream: str) -> list[int]:
    file = ward.folder / "records" / "checkpoints.jsonl"
    found = [json.loads(line[74:]) for line in file.read_text(encoding="utf-8").splitlines()]
    return [each["entries"] for each in found if each["stream"] == stream]


def test_a_visit_is_vouched_for_when_it_is_over_and_the_rest_at_the_end(ward: Ward) -> None:
    visit = work_to(ward, "discharge")
    other = begin(ward, "TRN000419")
    open_visit(ward, visit)
    assert checkpoints_of(ward, f"visit {visit}") == []

    ward.press("discharge")

    assert ward.phase() == "closed"
    entries = len(ward.visit(CALM).record)
    assert checkpoints_of(ward, f"visit {visit}") == [entries]
    assert checkpoints_of(ward, f"visit {other}") == []
    ward.restart()
    assert checkpoints_of(ward, f"visit {visit}") == [entries]
    assert len(checkpoints_of(ward, f"visit {other}")) == 1
    assert len(checkpoints_of(ward, "station station")) == 1
    ward.sign_in()


def to_the_check(ward: Ward) -> None:
    function_key(ward, "F4")
    function_key(ward, "F3")
    function_key(ward, "F2")


def shown(ward: Ward) -> str:
    """The first finding, without the places where a long word may break."""
    return said_beside(ward, "check.finding.1").replace("\u200b", "")


def test_all_sound_is_said_with_a_count(ward: Ward) -> None:
    work_to(ward, "closed")
    to_the_check(ward)

    ward.press("check.start")

    assert said_beside(ward, "check.verdict") == "All 6 records are sound"
    assert "checked 22-Nov-2026" in said_beside(ward, "check.note")


def test_a_damaged_record_is_shown_with_what_to_do_and_stays_known(ward: Ward) -> None:
    visit = work_to(ward, "closed")
    ward.restart()
    ward.sign_in()
    (file,) = (ward.folder / "records" / "visits").rglob(f"{visit}.jsonl")
    entries = len(file.read_bytes().splitlines())
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    to_the_check(ward)

    ward.press("check.start")

    assert shown(ward) == f"Entry {entries} of the record visit {visit} is missing."
    assert "Bring the record back from a backup" in ward.words()
    ward.press("check.back")
    function_key(ward, "F2")
    assert f"of the record visit {visit}" in shown(ward), "it is not forgotten"


class SlowCheck:
    """A check that waits until it is let go, then tells its progress."""

    def __init__(self, ward: Ward) -> None:
        self.begun, self.may_end = Event(), Event()
        self.calls = 0
        check = ward.program.controller._scenes.places.need_check()
        check._parts = replace(ward.parts, check_records=self._check)

    def _check(self, progress: Progress) -> CheckSummary:
        self.calls += 1
        progress(1, 2)
        self.begun.set()
        assert self.may_end.wait(20)
        progress(2, 2)
        return CheckSummary(2, 10, 1, ())


@pytest.fixture
def slow(ward: Ward) -> Iterator[SlowCheck]:
    check = SlowCheck(ward)
    yield check
    check.may_end.set()


def press_only(ward: Ward, name: str) -> None:
    """Press without waiting for the end of what it begins."""
    QTest.mouseClick(ward.find(name), Qt.MouseButton.LeftButton)


def test_entries_and_screens_go_on_while_a_check_runs(ward: Ward, slow: SlowCheck) -> None:
    visit = work_to(ward, "infuse")
    to_the_check(ward)
    press_only(ward, "check.start")
    assert slow.begun.wait(20)
    QApplication.processEvents()
    assert said_beside(ward, "check.progress") == "Checking: 1 of 2 records"
    assert ward.program.controller.may_close(), "nobody has to wait for a check"
    before = len(ward.visit(CALM).record)

    done = Event()
    ward.program.controller._work.command(
        visit, c.AddNote("while a check runs"), Author(ward.user()), lambda _result: done.set()
    )
    while not done.is_set():
        QApplication.processEvents()

    assert len(ward.visit(CALM).record) == before + 1
    assert not slow.may_end.is_set()
    slow.may_end.set()
    ward.settle()
    assert said_beside(ward, "check.verdict") == "All 2 records are sound"


def test_one_check_at_a_time(ward: Ward, slow: SlowCheck) -> None:
    to_the_check(ward)
    press_only(ward, "check.start")
    assert slow.begun.wait(20)

    ward.program.controller._scenes.places.need_check()._start()
    slow.may_end.set()
    ward.settle()

    assert slow.calls == 1


def test_a_check_ends_with_the_program(ward: Ward, slow: SlowCheck) -> None:
    to_the_check(ward)
    press_only(ward, "check.start")
    assert slow.begun.wait(20)
    check = ward.program.controller._scenes.places.need_check()
    check._is_stopped = True
    slow.may_end.set()

    check.stop()
    QApplication.processEvents()

    assert check._state.summary is None
    check._state = type(check._state)()


def test_a_result_that_comes_when_another_screen_is_on_is_there_later(ward: Ward, slow: SlowCheck) -> None:
    to_the_check(ward)
    press_only(ward, "check.start")
    assert slow.begun.wait(20)
    press_only(ward, "check.back")
    QApplication.processEvents()
    slow.may_end.set()
    ward.settle()

    function_key(ward, "F2")

    assert said_beside(ward, "check.verdict") == "All 2 records are sound"


def test_checkpoints_that_cannot_be_made_are_told_once_and_no_entry_fails(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = work_to(ward, "discharge")
    open_visit(ward, visit)

    def refuse(*_args: object) -> None:
        raise OSError(EIO, "Input/output error")

    monkeypatch.setattr(CheckpointFile, "add", refuse)
    ward.press("discharge")
    function_key(ward, "F4")

    assert ward.phase() == "closed"
    assert said_beside(ward, "home.notices").count("no checkpoints can be made") == 1
