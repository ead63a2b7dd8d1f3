"""The sheet about the time of an entry and the one about a slipped line, with touch and keys."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import CorrectTime, RecordExtravasation
from nurse_app.presentation.entry_time import present_entry_time
from nurse_app.presentation.extravasation import present_extravasation
from nurse_app.ui.sheets.entry_time_sheet import EntryTimeSheet
from nurse_app.ui.sheets.extravasation_sheet import ExtravasationSheet
from nurse_app.ui.widgets.fields import NumberField
from nurse_app.ui.widgets.text import Digits
from tests.kit import TestVisit
from tests.presentation.running_visits import running
from tests.ui.hands import noted, part, tap

ShowWindow = Callable[..., QWidget]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.wait(minutes=3).do(c.GiveTreatment("oxygen"))
    return visit.wait(minutes=1)


@pytest.fixture
def entry(visit: TestVisit) -> int:
    return visit.visit.record[-1].number


@pytest.fixture
def sheet(show_window: ShowWindow, visit: TestVisit, entry: int) -> EntryTimeSheet:
    sheet = EntryTimeSheet(present_entry_time(visit.context(), entry))
    show_window(sheet, size=(900, 600))
    sheet.first_focus()
    return sheet


def shown(sheet: EntryTimeSheet) -> str:
    return part(sheet, Digits, "entry_time_sheet.time").text()


def press(sheet: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or sheet, key)


@pytest.mark.parametrize(
    ("key", "time"),
    [
        (Qt.Key.Key_Minus, "10:00"),
        (Qt.Key.Key_Left, "10:00"),
        (Qt.Key.Key_Down, "10:00"),
        (Qt.Key.Key_Plus, "10:02"),
        (Qt.Key.Key_Right, "10:02"),
        (Qt.Key.Key_0, "10:02"),
    ],
)
def test_keys_move_the_time(sheet: EntryTimeSheet, key: Qt.Key, time: str) -> None:
    before = shown(sheet)
    press(sheet, key)

    assert (before, shown(sheet)) == ("10:01", time)


def test_touch_moves_it_too_and_saving_asks_for_it(sheet: EntryTimeSheet, visit: TestVisit, entry: int) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, "entry_time_sheet.step-5")
    tap(sheet, "entry_time_sheet.step+1")
    press(sheet, Qt.Key.Key_Return)

    assert asked == [CorrectTime(entry, visit.now.latest - 5 * MINUTE)]


def test_now_follows_the_clock_and_the_choice_stays(sheet: EntryTimeSheet, visit: TestVisit, entry: int) -> None:
    press(sheet, Qt.Key.Key_Minus)
    visit.wait(minutes=2)
    sheet.show_view(present_entry_time(visit.context(), entry))
    stayed = shown(sheet)
    tap(sheet, "entry_time_sheet.now")

    assert (stayed, shown(sheet)) == ("10:00", "10:04")


def test_an_unchanged_time_is_no_entry(sheet: EntryTimeSheet) -> None:
    asked, closed = noted(sheet.intent_requested), [False]
    sheet.closed.connect(lambda: closed.append(True))
    press(sheet, Qt.Key.Key_Return)

    assert (asked, closed) == ([], [False, True])


def test_taking_back_is_one_touch_or_one_key(sheet: EntryTimeSheet, entry: int) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, "entry_time_sheet.back")
    press(sheet, Qt.Key.Key_B)

    assert asked == [c.CorrectEntry(entry, "taken back")] * 2


def test_a_slipped_line_is_graded_with_one_touch_and_the_volume_may_be_left_out(
    show_window: ShowWindow, visit: TestVisit
) -> None:
    sheet = ExtravasationSheet(present_extravasation(visit.context()))
    show_window(sheet, size=(900, 600))
    asked = noted(sheet.intent_requested)
    tap(sheet, "extravasation_sheet.grade.2")
    tap(sheet, "extravasation_sheet.submit")
    part(sheet, NumberField, "extravasation_sheet.lost").set_text("8")
    tap(sheet, "extravasation_sheet.submit")

    assert asked == [RecordExtravasation(2, None), RecordExtravasation(2, Decimal(8))]
