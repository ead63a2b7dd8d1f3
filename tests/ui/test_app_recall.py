"""The recall list in the running program: from home by key, its page, its PDF, and what cannot be written."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.domain.facts import Treatment
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.ui.record_body import parts_of
from nurse_app.ui.record_pdf import record_pdf
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.visit.open_visit import Author
from tests.ui.driver import HELD, Ward

CONTROL = Qt.KeyboardModifier.ControlModifier
GAP = Treatment(
    first_infusion=date(2025, 1, 5), infusions_given=8, last_infusion=date(2026, 8, 20), plan_interval_weeks=4
)
ENDED = Treatment(
    first_infusion=date(2024, 1, 5), infusions_given=9, last_infusion=date(2026, 5, 10), ended_on=date(2026, 6, 1)
)


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    author, register = Author(ward.user()), ward.parts.service.register
    register(PatientDetails("TRN000901", "SAMPLE, Patient Gap", treatment=GAP), author)
    register(PatientDetails("TRN000902", "SAMPLE, Patient Ended", treatment=ENDED), author)
    register(PatientDetails("TRN000903"), author)
    yield ward
    ward.close()


def control(ward: Ward, key: Qt.Key) -> None:
    """A key with Ctrl held."""
    QTest.keyClick(ward.stage, key, CONTROL)
    ward.settle()


def rows(ward: Ward) -> list[str]:
    """The names on the list, top to bottom."""
    table = ward.find("recall.table")
    assert isinstance(table, DataTable)
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def text_of(pdf: Path) -> str:
    tool = which("pdftotext")
    if tool is None:
        pytest.skip("no pdftotext on this machine")
    run = subprocess.run([tool, "-layout", str(pdf), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def test_home_leads_to_the_list_by_key_and_back(ward: Ward) -> None:
    control(ward, Qt.Key.Key_R)
    assert "Overdue, or due within 14 days" in ward.words()
    assert "1 patient of whom only a record number is known is not listed." in ward.words()
    ward.press("recall.back")
    assert ward.shows("home.recall")


def test_the_list_stands_in_order_with_everything_that_is_due(ward: Ward) -> None:
    ward.press("home.recall")
    assert rows(ward)[:2] == ["SAMPLE, Patient Gap", "SAMPLE, Patient Two"]
    assert rows(ward)[-1] == "SAMPLE, Patient Ended"
    assert len(rows(ward)) == 6


def test_a_row_leads_to_the_patients_trends(ward: Ward) -> None:
    ward.press("home.recall")
    ward.press(f"recall.table.{ward.patient(HELD)}")
    assert ward.shows("add_results")


def test_the_list_is_written_as_pdf_without_a_name_in_the_files_name(ward: Ward) -> None:
    ward.press("home.recall")
    ward.press("recall.save")
    path = ward.folder / "recall-2026-11-22-0900.pdf"
    assert f"List written to {path}" in ward.words()
    said = text_of(path)
    for words in (
        "TRAINING · SAMPLE PATIENTS",
        "Recall list",
        "SAMPLE, Patient Gap",
        "TRN000901",
        "Long gap in treatment",
        "Follow-up after stopping overdue since",
        "10-Nov-2026",
        "Page 1 of 1",
        "has not yet approved this protocol",
        "Overdue, or due within 14 days",
    ):
        assert words in said, words
    assert "Signatures" not in said


def test_a_list_that_cannot_be_written_is_said_in_a_sentence(ward: Ward) -> None:
    (ward.folder / "recall-2026-11-22-0900.pdf").mkdir()
    ward.press("home.recall")
    ward.press("recall.save")
    assert "The record was not written" in ward.words()


def test_a_save_that_ends_when_another_screen_is_on_says_nothing_there(ward: Ward) -> None:
    ward.press("home.recall")
    QTest.keyClick(ward.stage, Qt.Key.Key_S, CONTROL)
    QTest.keyClick(ward.stage, Qt.Key.Key_S, CONTROL)
    QTest.keyClick(ward.stage, Qt.Key.Key_Escape)
    ward.settle()
    assert ward.shows("home.recall")
    assert (ward.folder / "recall-2026-11-22-0900.pdf").exists()


# --- a page that is left open ---


def what_is_due(ward: Ward) -> str:
    """What the list says of everybody, in its order."""
    table = ward.find("recall.table")
    assert isinstance(table, DataTable)
    model = table.model()
    return "\n".join(str(model.index(row, 2).data()) for row in range(model.rowCount()))


def test_on_another_day_the_list_is_that_days(ward: Ward) -> None:
    ward.press("home.recall")
    before = what_is_due(ward)
    ward.clock.advance(timedelta(days=9))
    ward.wait(seconds=1)
    ward.until(lambda: what_is_due(ward) != before)
    later = what_is_due(ward)
    ward.press("recall.back")
    ward.press("home.recall")
    # As if somebody had just come.
    ward.until(lambda: what_is_due(ward) == later)


def test_what_is_written_is_the_list_of_the_day_it_is_written_on(ward: Ward) -> None:
    ward.press("home.recall")
    ward.clock.advance(timedelta(days=400))
    # No look at the clock comes between.
    QTest.keyClick(ward.stage, Qt.Key.Key_S, CONTROL)
    ward.settle()
    path = ward.folder / "recall-2027-12-27-0900.pdf"
    said = text_of(path)
    path.unlink()
    ward.press("recall.back")
    ward.press("home.recall")
    ward.press("recall.save")
    assert text_of(path) == said, "as if somebody had just come"


def test_a_record_that_changes_while_the_list_is_on_changes_it(ward: Ward) -> None:
    ward.press("home.recall")
    assert "SAMPLE, Patient Late" not in rows(ward)
    details = PatientDetails("TRN000904", "SAMPLE, Patient Late", treatment=GAP)
    ward.parts.service.register(details, Author(ward.user()))
    ward.program.controller._scenes.reload_lists()
    ward.settle()
    assert "SAMPLE, Patient Late" in rows(ward)


# --- long lists ---


def long_list(count: int, *, signatures: tuple[str, ...] = ()) -> RecordDocument:
    lines = tuple(RecordRow((f"SAMPLE, Patient {n}", str(n), "Brain MRI never done", "none")) for n in range(count))
    table = RecordTable(("Patient", "Record no.", "What is due", "Last infusion"), lines)
    sections = (RecordSection("", lines=("Lead.",)), RecordSection("", table=table))
    return RecordDocument("Recall list", (), ("Notice.",), (("Ward", "W"),), sections, signatures, ("foot",), ())


@pytest.mark.parametrize(("count", "parts"), [(0, 1), (100, 1), (101, 2), (200, 2), (201, 3)])
def test_a_long_list_is_laid_out_in_parts_that_lose_no_row(count: int, parts: int) -> None:
    document = long_list(count, signatures=("N, signature and date",))
    found = list(parts_of(document))
    tables = [part.sections[-1].table for part in found]
    kept = [row for table in tables if table is not None for row in table.rows]
    whole = document.sections[-1].table
    assert whole is not None
    assert len(found) == parts
    assert tuple(kept) == whole.rows
    assert [bool(part.signatures) for part in found] == [False] * (parts - 1) + [True]
    assert [bool(part.subject) for part in found] == [True] + [False] * (parts - 1)


def test_a_document_that_does_not_end_in_a_table_is_one_part() -> None:
    document = replace(long_list(300), sections=(RecordSection("", lines=("Only this.",)),))
    assert list(parts_of(document)) == [document]


def test_pages_of_all_parts_are_counted_together(tmp_path: Path, qapp: QApplication) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(record_pdf(long_list(250)))
    said = text_of(path)
    pages = said.count("Page ")
    assert pages > 3
    assert f"Page {pages} of {pages}" in said
    assert all(f"SAMPLE, Patient {n} " in said for n in (0, 99, 100, 249))
    # The first page is not left empty for a list that goes over several.
    assert "SAMPLE, Patient 0 " in said.split("\f")[0]
