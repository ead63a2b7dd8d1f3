"""Trends, timeline and reports in the running program, and what is done from them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nurse_app.domain import events as e
from nurse_app.ui.widgets.patient_banner import PatientBanner
from tests.ui.driver import CALM, FIRST, Ward
from tests.ui.quick import begin, enter_alt, function_key, open_visit, said_beside, work_to

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def test_a_result_added_by_hand_shows_in_the_trend_and_in_the_pre_checks(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    title = ward.parts.service.protocol.text("rule.liver-enzymes")
    assert title not in ward.words()
    function_key(ward, "F5")
    latest = said_beside(ward, "trend.ALT.latest")
    ward.press("add_results")
    enter_alt(ward, "260", "next")
    assert ward.shows("lab_result"), "the next result of the report follows"
    ward.press("sheet.close")
    assert said_beside(ward, "trend.ALT.latest") != latest
    assert "260" in said_beside(ward, "trend.ALT.latest")
    ward.press("add_results")
    ward.press("lab_result.test.AST")
    ward.write_into("lab_result.value", "30")
    ward.press("lab_result.unit.U/L")
    ward.write_into("lab_result.upper", "40")
    ward.write_into("lab_result.collected", "22-Nov-2026")
    ward.press("lab_result.last")
    assert not ward.shows("lab_result")
    assert "Result recorded · saved" in ward.words()
    ward.press("back")
    assert ward.shows("prechecks_page.rest")
    assert title in ward.words()
    labs = ward.parts.service.patient(ward.patient(CALM)).record
    assert {item.entry.by for item in labs[-2:]} == {ward.user()}


def test_the_timeline_strikes_a_corrected_entry_through_and_keeps_it(ward: Ward) -> None:
    visit = work_to(ward, "prepare")
    open_visit(ward, visit)
    function_key(ward, "F7")
    number = next(item.number for item in ward.visit(CALM).record if isinstance(item.event, e.VitalSignsRecorded))
    words = said_beside(ward, f"entry.{number}.words")
    assert not ward.find(f"entry.{number}.words").font().strikeOut()
    ward.press(f"entry.{number}.correct")
    ward.press("correct_sheet.submit")
    assert ward.shows("correct_sheet"), "a reason is wanted"
    ward.press("correct_sheet.reason.patient")
    ward.write_into("correct_sheet.more", "typed for another patient")
    ward.press("correct_sheet.submit")
    assert not ward.shows("correct_sheet")
    assert isinstance(ward.visit(CALM).record[-1].event, e.EntryMarkedInError)
    assert words in said_beside(ward, f"entry.{number}.words")
    assert not ward.shows(f"entry.{number}.correct")
    assert "typed for another patient" in ward.words()


def test_a_refusal_on_the_timeline_stands_in_its_sheet(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, "F7")
    function_key(ward, "F9")
    assert ward.shows("note_sheet")
    ward.press("note_sheet.submit")
    assert ward.shows("note_sheet")
    ward.press("sheet.close")
    assert not ward.shows("note_sheet")


def test_a_note_from_the_timeline_is_recorded(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, "F7")
    function_key(ward, "F9")
    ward.write("Patient is reading.", then="")
    ward.press("note_sheet.submit")
    assert "Patient is reading." in ward.words()
    assert type(ward.visit(CALM).record[-1].event).__name__ == "NoteAdded"


@pytest.mark.parametrize("key", ["F5", "F7"])
def test_reaction_works_from_a_page_beside_the_visit(ward: Ward, key: str) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, key)
    ward.key("F8")
    assert ward.phase() == "reaction"
    assert ward.shows("reaction_page")


def test_reports_find_the_visit_by_the_lot_and_open_it(ward: Ward) -> None:
    visit = work_to(ward, "observe")
    other = begin(ward, FIRST)
    function_key(ward, "F3")
    assert ward.shows(f"reports.table.{visit}")
    assert ward.shows(f"reports.table.{other}")
    ward.write_into("search", "A12345")
    ward.settle()
    assert ward.shows(f"reports.table.{visit}")
    assert not ward.shows(f"reports.table.{other}")
    ward.press(f"reports.table.{visit}")
    assert ward.shows("record")
    assert "Infusion started at" in ward.words()


def test_reports_say_which_record_cannot_be_read(ward: Ward, qtbot: QtBot) -> None:
    damaged = work_to(ward, "closed")
    (file,) = (ward.folder / "records" / "visits").rglob(f"{damaged}*")
    file.write_bytes(file.read_bytes().replace(b'"number"', b'"some other thing"', 1))
    ward.restart()
    ward.sign_in()
    # The records of visits that are over are compared a little later, behind everything else.
    qtbot.waitUntil(lambda: ward.settle() or ward.shows("home.notices"), timeout=30_000)
    assert "is damaged at entry 1" in said_beside(ward, "home.notices")
    ward.press("home.reports")
    assert "is damaged at entry 1" in said_beside(ward, "reports.unreadable"), "it is not left out in silence"


def test_a_closed_visit_can_be_looked_at_and_printed_after_a_restart(ward: Ward) -> None:
    visit = work_to(ward, "closed")
    ward.restart()
    ward.sign_in()
    ward.press("home.reports")
    ward.press(f"reports.table.{visit}")
    assert ward.shows("record")
    assert not ward.shows("reaction"), "nothing can react in a closed visit"
    ward.press("save_record")
    (page,) = ward.folder.glob("visit-*.pdf")
    assert page.read_bytes().startswith(b"%PDF")
    assert f"Record written to {page}" in ward.words()
    ward.press("home")
    assert ward.shows("home.add")


def test_a_record_that_cannot_be_written_is_told(ward: Ward) -> None:
    visit = work_to(ward, "closed")
    function_key(ward, "F3")
    ward.press(f"reports.table.{visit}")
    (ward.folder / f"visit-2026-11-22-0900-{visit[-6:]}.pdf").mkdir()
    ward.press("save_record")
    assert "Record written" not in ward.words()
    assert "The record was not written" in said_beside(ward, "footer.saved")


def test_trends_of_a_patient_without_a_visit_have_no_reaction_button(ward: Ward) -> None:
    visit = work_to(ward, "closed")
    function_key(ward, "F3")
    ward.press(f"reports.table.{visit}")
    assert not ward.shows("reaction")


WALK = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.ui.driver import Ward
from tests.ui.quick import function_key, open_visit, work_to

def loaded():
    return sorted({"pyqtgraph", "numpy"} & sys.modules.keys())

ward = Ward(Path(sys.argv[1]), QApplication([]))
ward.sign_in()
before = loaded()
visit = work_to(ward, "prechecks")
open_visit(ward, visit)
ward.press("prechecks_page.rest")
function_key(ward, "F7")
function_key(ward, "F4")
function_key(ward, "F3")
function_key(ward, "F4")
open_visit(ward, visit)
walked = loaded()
function_key(ward, "F5")
print(before, walked, loaded())
ward.close()
"""


def test_pyqtgraph_is_loaded_by_trends_and_by_nothing_before(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WALK, str(tmp_path)]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=100)
    assert ended.stdout.strip() == "[] [] ['numpy', 'pyqtgraph']", ended.stderr


START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from tests.ui.driver import Ward

VISIT = "nurse_app.ui.screens.visit_screen"
seen = []

class Watched(Ward):
    def settle(self):
        while not self._program.controller.is_idle:
            QCoreApplication.processEvents()
        seen.append(VISIT in sys.modules)
        super().settle()

ward = Watched(Path(sys.argv[1]), QApplication([]))
ward.settle()
print(seen[0], seen[-1], ward.shows("sign_in"))
ward.close()
"""


def test_the_screens_of_a_visit_are_loaded_after_the_first_screen_while_the_nurse_types_her_pin(tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, str(tmp_path)]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=100)
    assert ended.stdout.strip() == "False True True", ended.stderr


def test_escape_closes_a_sheet_of_a_detail_page(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, "F7")
    function_key(ward, "F9")
    QTest.keyClick(ward.stage, Qt.Key.Key_Escape)
    ward.settle()
    assert not ward.shows("note_sheet")


def test_what_is_due_is_read_with_its_reasons_in_the_pre_checks_and_beside_the_trends(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    assert ward.find("due").accessibleDescription() == "1 thing late, Thyroid tests not complete"
    ward.key("U")
    protocol = ward.parts.service.protocol
    assert ward.shows("due_sheet.thyroid")
    assert protocol.text("due.thyroid.why") in ward.words()
    assert protocol.text("due.mri.put-off") in ward.words()
    assert protocol.sources["document-001"].title in ward.words()
    ward.key("Esc")
    assert not ward.shows("due_sheet")
    function_key(ward, "F5")
    ward.press("what_is_due")
    assert protocol.text("due.thyroid.why") in ward.words()
    ward.press("sheet.close")
    assert not ward.shows("due_sheet")
    assert ward.find("due.next-infusion").accessibleDescription() == "22-Nov-2026, due"


def test_beside_the_running_infusion_the_next_one_is_counted_from_it(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, "F5")
    assert ward.find("due.next-infusion").accessibleDescription() == "20-Dec-2026, due then"
    ward.press("what_is_due")
    assert "22-Nov-2026 to 28-Nov-2026" not in ward.words()
    assert "20-Dec-2026 to 26-Dec-2026" in ward.words()


def said_in_the_banner(ward: Ward) -> str:
    (banner,) = (each for each in ward.stage.findChildren(PatientBanner) if each.isVisible())
    return banner.accessibleDescription()


@pytest.mark.parametrize("in_visit", [False, True])
def test_a_new_anti_jcv_result_stands_in_the_banner_at_once(ward: Ward, *, in_visit: bool) -> None:
    if in_visit:
        open_visit(ward, work_to(ward, "prechecks"))
        function_key(ward, "F5")
    else:
        ward.press("home.recall")
        ward.press(f"recall.table.{ward.patient(CALM)}")
    assert "1.93" not in said_in_the_banner(ward)
    ward.press("add_results")
    ward.press("lab_result.test.JCV")
    ward.write_into("lab_result.value", "1.93")
    ward.write_into("lab_result.collected", "22-Nov-2026")
    ward.press("lab_result.last")
    assert "1.93" in said_in_the_banner(ward)


SIDE_KEYS = ("A", "S", "U", "T", "P", "H")


def half_typed(ward: Ward) -> None:
    """A value typed, the focus on a button, so that letters are keys."""
    ward.press("add_results")
    ward.press("lab_result.test.ALT")
    ward.write_into("lab_result.value", "33")
    ward.find("lab_result.next").setFocus()


def test_no_key_of_the_side_column_loses_a_result_that_is_being_typed(ward: Ward) -> None:
    ward.press("home.recall")
    ward.press(f"recall.table.{ward.patient(CALM)}")
    half_typed(ward)
    for key in SIDE_KEYS:
        ward.find("lab_result.next").setFocus()
        ward.key(key)
        assert ward.shows("lab_result"), key
        assert said_beside(ward, "lab_result.refusal") == (
            "This result is not saved yet. Save it, or close this sheet with Esc."
        )
        assert ward.find("lab_result.value").text() == "33", key
    ward.press("lab_result.unit.U/L")
    ward.write_into("lab_result.upper", "40")
    ward.write_into("lab_result.collected", "22-Nov-2026")
    ward.press("lab_result.next")
    assert ward.shows("lab_result"), "the day stays, and nothing that is not on record"
    ward.find("lab_result.last").setFocus()
    ward.key("U")
    assert ward.shows("due_sheet")


def test_the_way_back_to_the_visit_stays_open_over_a_half_typed_result(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "prechecks"))
    function_key(ward, "F5")
    half_typed(ward)
    ward.key("U")
    assert ward.shows("lab_result")
    ward.press("back")
    assert ward.shows("prechecks_page.rest")


def test_a_day_alone_is_an_entry_and_an_empty_sheet_holds_nothing_back(ward: Ward) -> None:
    ward.press("home.recall")
    ward.press(f"recall.table.{ward.patient(CALM)}")
    ward.press("add_results")
    ward.press("lab_result.test.ALT")
    ward.write_into("lab_result.collected", "22-Nov-2026")
    ward.press("what_is_due")
    assert ward.shows("lab_result")
    ward.press("sheet.close")
    ward.press("add_results")
    ward.press("lab_result.test.ALT")
    ward.press("what_is_due")
    assert ward.shows("due_sheet")
