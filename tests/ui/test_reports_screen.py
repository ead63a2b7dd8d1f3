"""The list of visits: found by typing, opened by touch or keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.intents import GoHome, GoToCheck, GoToRecord
from nurse_app.presentation.reports import ReportRow, ReportsView
from nurse_app.ui.screens.reports_screen import ReportsScreen
from nurse_app.ui.widgets.data_table import DataTable
from tests.ui.conftest import ShowWindow
from tests.ui.hands import fill, noted, part, tap, words


def row(visit_id: str, name: str = "SAMPLE, Patient One") -> ReportRow:
    return ReportRow(visit_id, name, "TRN000417", "22-Nov-2026 09:00", "Part of the dose given", "caution", "A12345")


def view(*rows: ReportRow, headline: str = "", empty: str = "", unreadable: tuple[str, ...] = ()) -> ReportsView:
    return ReportsView("Reports", headline, rows, "", empty, unreadable)


@pytest.fixture
def screen(show_window: ShowWindow) -> ReportsScreen:
    made = ReportsScreen()
    made.show_view(view(row("v1"), row("v2", "SAMPLE, Patient Two"), headline="2 visits, newest first"))
    show_window(made, size=(1366, 768))
    made.first_focus()
    return made


def cells(screen: ReportsScreen, place: int) -> list[object]:
    model = part(screen, DataTable, "reports.table").model()
    return [model.index(place, column).data() for column in range(5)]


def test_each_visit_says_whose_when_which_lot_and_how_it_ended(screen: ReportsScreen) -> None:
    assert cells(screen, 0) == [
        "SAMPLE, Patient One",
        "TRN000417",
        "22-Nov-2026 09:00",
        "A12345",
        "Part of the dose given",
    ]
    assert "2 visits, newest first" in words(screen)


def test_typing_searches(screen: ReportsScreen) -> None:
    searched = noted(screen.searched)

    fill(screen, "search", "A12")

    assert searched == ["A", "A1", "A12"]


def test_open_leads_to_the_record(screen: ReportsScreen) -> None:
    asked = noted(screen.intent_requested)

    tap(screen, "reports.table.v2")
    table = part(screen, DataTable, "reports.table")
    table.setFocus()
    table.select_row("v1")
    QTest.keyClick(table, Qt.Key.Key_Space)

    assert asked == [GoToRecord("v2"), GoToRecord("v1")]


def test_enter_opens_the_only_visit_that_was_found(screen: ReportsScreen) -> None:
    asked = noted(screen.intent_requested)

    fill(screen, "search", "x", enter=True)
    table = part(screen, DataTable, "reports.table")
    assert (asked, table.hasFocus()) == ([], True)

    screen.show_view(view(row("v9")))
    fill(screen, "search", "y", enter=True)
    assert asked == [GoToRecord("v9")]


def test_enter_on_nothing_found_does_nothing(screen: ReportsScreen) -> None:
    asked = noted(screen.intent_requested)
    screen.show_view(view(empty="No visit found. Type a lot, a record number or a name."))
    QApplication.processEvents()

    fill(screen, "search", "x", enter=True)

    assert asked == []
    assert "No visit found. Type a lot, a record number or a name." in words(screen)
    assert not part(screen, DataTable, "reports.table").isVisible()


def test_enter_before_the_list_is_there_does_nothing(show_window: ShowWindow) -> None:
    made = ReportsScreen()
    show_window(made)
    asked = noted(made.intent_requested)

    fill(made, "search", "x", enter=True)

    assert asked == []


def test_records_that_cannot_be_read_are_told(screen: ReportsScreen) -> None:
    screen.show_view(view(row("v1"), unreadable=("One record is damaged.", "Another one, too.")))
    QApplication.processEvents()

    assert "One record is damaged.\nAnother one, too." in words(screen)


def test_the_way_back_is_a_button_and_a_key(screen: ReportsScreen) -> None:
    asked = noted(screen.intent_requested)

    tap(screen, "reports.back")
    QTest.keyClick(screen, Qt.Key.Key_Escape)

    assert asked == [GoHome(), GoHome()]


def test_the_check_of_the_records_is_a_button_and_a_key(screen: ReportsScreen) -> None:
    asked = noted(screen.intent_requested)

    tap(screen, "reports.check")
    QTest.keyClick(screen, Qt.Key.Key_F2)

    assert asked == [GoToCheck(), GoToCheck()]


def test_the_same_list_again_keeps_the_chosen_row(screen: ReportsScreen) -> None:
    table = part(screen, DataTable, "reports.table")
    table.select_row("v2")

    screen.show_view(view(row("v1"), row("v2", "SAMPLE, Patient Two"), headline="2 visits, newest first"))

    assert table.selected_key() == "v2"
