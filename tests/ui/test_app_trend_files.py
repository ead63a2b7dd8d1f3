"""Trends taken along in the running program: files, clipboard and printer, with the clocks going on beside."""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import Shiboken

from nurse_app.presentation.intents import GoToTrends
from nurse_app.ui.record_page import PageFrame
from nurse_app.ui.widgets.trend_card import TrendCard
from nurse_app.visit.open_visit import Author
from tests.ui.driver import FIRST, RISING, Ward
from tests.ui.layout_rules import broken_rules
from tests.ui.quick import enter_alt, function_key, open_visit, said_beside, work_to

DONE, REFUSED = "save_trends.done", "save_trends.refusal"


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    ward.program.stage.resize(1366, 768)
    ward.settle()
    yield ward
    ward.close()


def go_to_trends(ward: Ward, record_no: str = RISING) -> None:
    ward.program.controller.on_intent(GoToTrends(ward.patient(record_no)))
    ward.settle()


def files(ward: Ward) -> list[str]:
    return sorted(path.name for path in ward.folder.glob("trends*"))


def pages_of(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def test_the_whole_way_by_keyboard(ward: Ward) -> None:
    go_to_trends(ward)
    ward.key("S")
    assert ward.stage.focusWidget().objectName() == "save_trends.pdf"
    ward.key("Enter")
    for key in "IC":
        ward.key(key)

    stem = "trends-2026-11-22-0900"
    assert files(ward) == [f"{stem}.csv", f"{stem}.pdf", f"{stem}.png"]
    # Long words may break where nobody sees it.
    assert said_beside(ward, DONE).replace("\u200b", "") == f"Written to {ward.folder / stem}.csv"
    assert (ward.folder / f"{stem}.pdf").read_bytes().startswith(b"%PDF")
    assert (ward.folder / f"{stem}.png").read_bytes().startswith(b"\x89PNG")
    with (ward.folder / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as page:
        rows = list(csv.DictReader(page))
    assert len(rows) == len(ward.parts.service.patient(ward.patient(RISING)).state.labs)
    assert {row["record_no"] for row in rows} == {RISING}
    ward.key("X")
    assert "copied" in said_beside(ward, DONE)
    assert "SAMPLE, Patient Four" in QApplication.clipboard().text()
    assert "TRAINING" in QApplication.clipboard().text()
    QTest.keyClick(ward.stage, Qt.Key.Key_Escape)
    ward.settle()
    assert ward.shows("trend.ALT.latest")


def test_it_works_beside_a_running_infusion(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, "F5")
    ward.press("save_trends")
    ward.press("save_trends.pdf")

    assert len(files(ward)) == 1
    ward.key("F8")
    assert ward.phase() == "reaction"


def test_a_folder_that_is_gone_is_said_beside_the_button_and_another_try_may_work(ward: Ward) -> None:
    go_to_trends(ward)
    ward.press("save_trends")
    (ward.folder / "trends-2026-11-22-0900.csv").mkdir()
    (ward.folder / "trends-2026-11-22-0900-2.csv").symlink_to(ward.folder / "gone" / "file.csv")
    ward.press("save_trends.csv")

    assert said_beside(ward, REFUSED).startswith("Not written: ")
    assert not ward.shows(DONE)
    (ward.folder / "trends-2026-11-22-0900-2.csv").unlink()
    ward.press("save_trends.csv")
    assert not ward.shows(REFUSED)
    assert said_beside(ward, DONE).endswith("-2.csv")


def test_what_is_copied_from_the_table_says_whose_it_is(ward: Ward) -> None:
    go_to_trends(ward)
    ward.key("B")
    QTest.keyClick(ward.find("trends.table"), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    head, columns, first, *_rest = QApplication.clipboard().text().splitlines()
    assert head == "TRAINING · SAMPLE PATIENT · SAMPLE, Patient Four · Born 21-May-1979 · Record no. TRN000420"
    assert columns.split("\t")[:2] == ["Test", "Collected"]
    assert first.split("\t")[:3] == ["ALT", "12-Nov-2026", "121 U/L"]


def test_a_result_added_while_the_table_is_on_is_in_the_drawings_too(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    render = TrendCard.render

    def note(card: TrendCard, *given: Any) -> None:
        drawn.extend(label.text() for label in card.findChildren(type(card._latest)))
        render(card, *given)

    go_to_trends(ward)
    ward.key("B")
    ward.press("add_results")
    enter_alt(ward, "260", "last")
    monkeypatch.setattr(TrendCard, "render", note)
    ward.press("save_trends")
    ward.press("save_trends.png")

    assert any("260" in text for text in drawn)
    ward.press("sheet.close")
    assert ward.shows("trends.table"), "the page is as she left it"


def test_a_patient_without_results_has_a_table_to_save_and_no_picture(ward: Ward) -> None:
    patient = ward.patient(FIRST)
    labs = ward.parts.service.patient(patient).state.labs
    for lab in labs:
        ward.parts.service.mark_result_in_error(patient, lab.entry, "typed wrong", Author(ward.user()))
    go_to_trends(ward, FIRST)
    ward.press("save_trends")

    assert not ward.find("save_trends.png").isEnabled()
    assert said_beside(ward, "save_trends.png.note") == "No curve is drawn."
    ward.press("save_trends.pdf")
    assert pages_of(ward.folder / files(ward)[0]) >= 1


def broken(*_given: object) -> NoReturn:
    raise ValueError


@pytest.mark.parametrize("key", ["F", "I", "C", "X"])
@pytest.mark.parametrize("as_table", [False, True])
def test_a_defect_is_reported_said_on_the_sheet_and_leaves_nothing_behind(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, qtbot: Any, key: str, as_table: bool
) -> None:
    go_to_trends(ward)
    if as_table:
        ward.key("B")
    page = type(ward.find("trends"))
    made: list[QWidget] = []
    another = page.another

    def remember(self: Any) -> QWidget:
        made.append(another(self))
        return made[-1]

    ward.key("S")
    with monkeypatch.context() as patch, qtbot.captureExceptions() as seen:
        patch.setattr(page, "another", remember)
        patch.setattr(PageFrame, "paint", broken)
        patch.setattr("nurse_app.ui.trend_saving.results_csv", broken)
        patch.setattr("nurse_app.ui.trend_saving.results_text", broken)
        ward.key(key)

    assert [kind for kind, _error, _trace in seen] == [ValueError]
    assert said_beside(ward, REFUSED).startswith("Nothing was written: an internal error.")
    assert files(ward) == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert [Shiboken.isValid(each) for each in made] == [False] * (as_table and key in "FI")
    ward.key(key)
    assert not ward.shows(REFUSED)
    assert ward.shows(DONE)


# --- printing ---


def test_without_a_printer_the_pdf_is_named_as_the_way(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    go_to_trends(ward)
    ward.press("save_trends")
    ward.press("save_trends.print")

    assert said_beside(ward, REFUSED) == "This computer knows no printer. Save as PDF and print that."
    assert ward.stage.findChildren(QPrintDialog) == []


@pytest.fixture
def dialog(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> QPrintDialog:
    """The dialog of a computer that has a printer."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward 3"])
    go_to_trends(ward)
    ward.press("save_trends")
    ward.press("save_trends.print")
    (found,) = ward.stage.findChildren(QPrintDialog)
    return found


def to_file(dialog: QPrintDialog, path: Path) -> None:
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))


def test_the_pages_go_through_the_systems_dialog_which_holds_nothing_up(ward: Ward, dialog: QPrintDialog) -> None:
    assert not dialog.isModal()
    ward.press("save_trends.print")
    assert ward.stage.findChildren(QPrintDialog) == [dialog], "one is enough"
    to_file(dialog, ward.folder / "printed.pdf")
    # As accepting ends; before it, it would take the printer that this computer does not have.
    dialog.done(QDialog.DialogCode.Accepted.value)
    ward.settle()

    assert said_beside(ward, DONE).startswith("Sent to")
    ward.press("save_trends.pdf")
    assert pages_of(ward.folder / "printed.pdf") == pages_of(ward.folder / files(ward)[0])


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(ward: Ward, dialog: QPrintDialog) -> None:
    to_file(dialog, ward.folder / "gone" / "printed.pdf")
    dialog.done(QDialog.DialogCode.Accepted.value)
    ward.settle()

    assert "took nothing" in said_beside(ward, REFUSED)


def test_a_defect_while_printing_is_reported_and_said(
    ward: Ward, dialog: QPrintDialog, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    to_file(dialog, ward.folder / "printed.pdf")
    with monkeypatch.context() as patch, qtbot.captureExceptions() as seen:
        patch.setattr(PageFrame, "paint", broken)
        dialog.done(QDialog.DialogCode.Accepted.value)
        ward.settle()

    assert [kind for kind, _error, _trace in seen] == [ValueError]
    assert said_beside(ward, REFUSED).startswith("Nothing was printed: an internal error.")


def test_nothing_is_printed_when_the_dialog_is_left(ward: Ward, dialog: QPrintDialog) -> None:
    to_file(dialog, ward.folder / "printed.pdf")
    dialog.reject()
    ward.settle()

    assert not (ward.folder / "printed.pdf").exists()
    assert not ward.shows(DONE)
    assert ward.stage.findChildren(QPrintDialog) == []


def test_the_dialog_goes_with_the_page_so_that_nothing_is_printed_while_locked(
    ward: Ward, dialog: QPrintDialog
) -> None:
    assert not dialog.isHidden()
    ward.clock.advance(timedelta(minutes=3))
    ward.settle()
    ward.settle()

    assert "Locked" in ward.words()
    assert ward.stage.findChildren(QPrintDialog) == []


def test_a_printer_may_answer_when_the_sheet_is_closed(ward: Ward, dialog: QPrintDialog) -> None:
    ward.press("sheet.close")
    to_file(dialog, ward.folder / "printed.pdf")
    dialog.done(QDialog.DialogCode.Accepted.value)
    ward.settle()

    assert (ward.folder / "printed.pdf").exists()
    assert ward.shows("trend.ALT.latest")


# --- how it looks ---


@pytest.mark.parametrize("percent", [100, 150])
def test_the_sheet_keeps_the_rules_of_layout(ward: Ward, percent: int) -> None:
    while ward.program.looks.settings.text_percent < percent:
        ward.program.stage.key_pressed.emit("Ctrl++")
    go_to_trends(ward)
    ward.press("save_trends")
    ward.press("save_trends.csv")
    for _turn in range(4):
        ward.settle()
    done = ward.find(DONE)
    assert done.visibleRegion().boundingRect() == done.rect(), "what came of it needs no scrolling"
    screen = ward.program.stage.current()
    assert screen is not None
    assert broken_rules(screen) == {}
