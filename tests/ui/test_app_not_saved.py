"""When the disk takes nothing: the red bar on every screen, the state as it was, Retry, and no closing meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.store.disk import SystemDisk
from nurse_app.window import SAMPLE_PIN
from tests.ui.driver import CALM, Ward
from tests.ui.quick import enter_alt, function_key, open_visit, work_to


class FullDisk:
    """Takes nothing until there is room again."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def fill(self) -> None:
        def refuse(_disk: SystemDisk, _descriptor: int, _content: bytes | memoryview) -> int:
            raise OSError(ENOSPC, "No space left on device")

        self.patch.setattr(SystemDisk, "write", refuse)

    def clear(self) -> None:
        self.patch.undo()


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


@pytest.fixture
def disk() -> Iterator[FullDisk]:
    with pytest.MonkeyPatch.context() as patch:
        yield FullDisk(patch)


BAR = "not_saved_bar.title"


def test_an_entry_that_is_not_saved_changes_nothing_and_the_bar_stays_until_retry(ward: Ward, disk: FullDisk) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    before = ward.visit(CALM).state
    disk.fill()
    ward.press("pause")
    ward.press("pause_sheet.reason1")
    ward.press("pause_sheet.submit")
    assert ward.find(BAR).property("text") == "NOT SAVED"
    assert ward.visit(CALM).state == before
    assert ward.find("footer.saved").property("text") == "Not saved"
    ward.wait(minutes=1)
    assert ward.shows(BAR)
    function_key(ward, "F4")
    assert ward.shows(BAR), "it goes along to other screens"
    open_visit(ward, visit)
    disk.clear()
    function_key(ward, "F5")
    assert not ward.shows(BAR)
    assert ward.visit(CALM).state == before
    assert ward.shows("pause"), "F5 was for the bar"
    ward.key("F8")
    assert ward.phase() == "reaction"


def test_every_screen_says_so_and_can_retry(ward: Ward, disk: FullDisk) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    disk.fill()
    function_key(ward, "F3")
    ward.press("patient.pml.answer.yes")
    ward.press("patient.save")
    assert ward.shows("patient.save"), "the form is still there with what was typed"
    assert ward.shows(BAR)
    disk.clear()
    ward.press("not_saved_bar.retry")
    assert not ward.shows(BAR)
    ward.press("patient.save")
    assert ward.parts.service.patient(ward.patient(CALM)).state.details.history.pml is True


def test_a_new_patient_can_be_saved_after_a_failure(ward: Ward, disk: FullDisk) -> None:
    service, patient = ward.parts.service, ward.patient(CALM)
    work_to(ward, "closed")
    disk.fill()
    ward.press("home.add")
    ward.write_into("patient.record_no", "TRN000904")
    ward.press("patient.save")
    assert ward.shows(BAR)
    assert service.patient_with("TRN000904") is None
    disk.clear()
    ward.press("not_saved_bar.retry")
    ward.press("patient.save")
    assert service.patient_with("TRN000904") is not None
    assert service.patient(patient).state.details.record_no == CALM


def test_a_result_that_is_not_saved_says_so_in_its_sheet_and_can_be_saved_again(ward: Ward, disk: FullDisk) -> None:
    open_visit(ward, work_to(ward, "prechecks"))
    function_key(ward, "F5")
    ward.press("add_results")
    patient = ward.patient(CALM)
    before = len(ward.parts.service.patient(patient).record)
    disk.fill()
    enter_alt(ward, "30", "last")
    assert ward.shows("lab_result.refusal")
    disk.clear()
    ward.press("not_saved_bar.retry")
    ward.press("lab_result.last")
    assert not ward.shows("lab_result")
    assert len(ward.parts.service.patient(patient).record) > before


def test_signing_in_goes_on_when_there_is_room_again(ward: Ward, disk: FullDisk) -> None:
    disk.fill()
    QTest.keyClick(ward.stage, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    ward.settle()
    assert "Locked" in ward.words(), "names are hidden even when that cannot be recorded"
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert "Locked" in ward.words()
    assert ward.shows(BAR)
    disk.clear()
    ward.press("not_saved_bar.retry")
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert ward.shows("home.add")
    assert not ward.shows(BAR)


def test_retry_says_what_is_still_wrong(ward: Ward, disk: FullDisk, tmp_path: Path) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    disk.fill()
    ward.press("prechecks_page.rest")
    assert ward.shows(BAR)
    disk.clear()
    (file,) = (tmp_path / "records").rglob(f"*{visit}*")
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"IdentityConfirmed"', b'"IdentityBroken"', 1)[:200] + b"\x00" + content[201:])
    ward.press("not_saved_bar.retry")
    assert ward.shows(BAR)
    file.write_bytes(content)
    ward.press("not_saved_bar.retry")
    assert not ward.shows(BAR)
    ward.press("prechecks_page.rest")
    assert len(ward.visit(CALM).state.answers) > 0


def test_on_a_full_disk_the_reserve_takes_the_entry_and_every_screen_says_so(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    reserve, real = ward.folder / "records" / "reserve", SystemDisk.write
    assert reserve.stat().st_size > 0
    assert not ward.shows("disk_band")

    def write(disk: SystemDisk, descriptor: int, content: bytes | memoryview) -> int:
        if reserve.exists():
            raise OSError(ENOSPC, "No space left on device")
        return real(disk, descriptor, content)

    monkeypatch.setattr(SystemDisk, "write", write)
    ward.press("prechecks_page.rest")

    assert len(ward.visit(CALM).state.answers) > 0
    assert not ward.shows(BAR)
    assert "The disk is nearly full" in ward.words()
    function_key(ward, "F4")
    assert ward.shows("disk_band")


def test_the_window_does_not_close_while_something_is_on_its_way_to_the_disk(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    go_on = Event()
    ward.program.controller._work.submit(go_on.wait, lambda _done: None)
    assert not ward.stage.close()
    assert ward.stage.isVisible()
    assert "Saving. Close again in a moment." in ward.words()
    go_on.set()
    ward.settle()
    assert ward.stage.close()


def test_what_falls_due_while_a_disk_takes_its_time_is_shown_at_the_next_look(ward: Ward) -> None:
    """T-13, without waiting: however long the disk takes, an alarm is as late as a look at the clocks and no later."""
    open_visit(ward, work_to(ward, "infuse"))
    ward.wait(minutes=59)
    go_on = Event()
    ward.program.controller._work.submit(go_on.wait, lambda _done: None)
    ward.program.controller.tick()
    before = ward.words().splitlines()
    ward.clock.advance(timedelta(seconds=90))
    ward.program.controller.tick()
    after = ward.words().splitlines()
    # Before anything is asserted: a failure would wait for ever.
    go_on.set()
    ward.settle()
    assert "MEDIUM: The planned infusion time is over. Look at the bag." in set(after) - set(before)


def test_while_a_disk_takes_its_time_the_footer_says_so_and_the_clocks_go_on(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    saved, left = ward.find("footer.saved").property("text"), ward.find("given.value").accessibleName()
    go_on = Event()
    ward.program.controller._work.submit(go_on.wait, lambda _done: None)
    ward.program.controller.beat()
    assert ward.find("footer.saved").property("text") == saved, "most entries are saved within one look"
    ward.program.controller.beat()
    assert ward.find("footer.saved").property("text") == "Saving…"
    ward.clock.advance(timedelta(minutes=1))
    ward.program.controller.tick()
    assert ward.find("given.value").accessibleName() != left
    go_on.set()
    ward.settle()
    ward.program.controller.beat()
    assert ward.find("footer.saved").property("text") == saved


def test_asked_to_end_by_the_machine_it_closes_by_itself_as_soon_as_all_is_saved(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "prechecks"))
    go_on = Event()
    ward.program.controller._work.submit(go_on.wait, lambda _done: None)
    ward.program._asked_to_end = lambda: True
    ward.program.ticker.beat.emit()
    is_open, words = ward.stage.isVisible(), ward.words()
    go_on.set()
    assert is_open
    assert "Saving. The program then closes by itself." in words
    ward.settle()
    ward.program.ticker.beat.emit()
    assert not ward.stage.isVisible()


def test_a_defect_is_told_and_not_hidden(ward: Ward) -> None:
    ward.program.on_defect(3)
    ward.settle()
    assert "An internal error was recorded (report 3). Everything marked saved is safe." in ward.words()
    ward.program.on_defect(None)
    ward.settle()
    assert "An internal error. Everything marked saved is safe." in ward.words()
