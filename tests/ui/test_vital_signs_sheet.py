"""The sheet for vital signs: Enter from field to field, slips beside their field, worrying figures taken."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.commands import RecordVitalSigns
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.vital_signs_entry import present_vital_signs_sheet
from nurse_app.ui.sheets.vital_signs_sheet import VitalSignsSheet
from nurse_app.ui.widgets.fields import NumberField
from tests.kit import TestVisit
from tests.presentation.running_visits import running
from tests.ui.hands import fill, noted, part, tap, words

ShowWindow = Callable[..., QWidget]
FORM = "vital_signs_sheet.form"


@pytest.fixture
def sheet(show_window: ShowWindow, protocol: InfusionProtocol) -> VitalSignsSheet:
    sheet = VitalSignsSheet(present_vital_signs_sheet(running(protocol, 13).context()))
    show_window(sheet)
    sheet.first_focus()
    return sheet


def test_six_figures_and_enter_are_all_it_takes(sheet: VitalSignsSheet) -> None:
    asked = noted(sheet.intent_requested)

    for figure in ("121", "76", "75", "14", "98", "36.6"):
        QTest.keyClicks(QApplication.focusWidget(), figure)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    figures = (Decimal(each) for each in ("121", "76", "75", "14", "98", "36.6"))
    assert asked == [RecordVitalSigns(VitalSigns(*figures))]


def test_what_was_not_measured_may_be_left_out(sheet: VitalSignsSheet) -> None:
    asked = noted(sheet.intent_requested)

    fill(sheet, f"{FORM}.pulse", "130")
    tap(sheet, f"{FORM}.save")

    assert asked == [RecordVitalSigns(VitalSigns(pulse=Decimal(130)))]


def test_the_figures_of_before_stand_beside_the_fields(sheet: VitalSignsSheet) -> None:
    assert "Systolic pressure · base 124, last 124" in words(sheet)
    assert "Tight throat or swelling?" in words(sheet)


def test_a_slip_of_the_finger_is_asked_about_beside_its_field(sheet: VitalSignsSheet) -> None:
    asked = noted(sheet.intent_requested)

    fill(sheet, f"{FORM}.systolic", "1210")
    tap(sheet, f"{FORM}.save")
    said = part(sheet, NumberField, f"{FORM}.systolic").message()
    fill(sheet, f"{FORM}.systolic", "\b")
    tap(sheet, f"{FORM}.save")

    assert said == "Between 30 and 300 is possible. Check the figure."
    assert asked == [RecordVitalSigns(VitalSigns(systolic=Decimal(121)))]


def test_a_worrying_figure_is_taken(sheet: VitalSignsSheet) -> None:
    asked = noted(sheet.intent_requested)

    fill(sheet, f"{FORM}.systolic", "61")
    fill(sheet, f"{FORM}.spo2", "70")
    tap(sheet, f"{FORM}.save")

    assert asked == [RecordVitalSigns(VitalSigns(systolic=Decimal(61), spo2=Decimal(70)))]


def test_a_refusal_stands_in_the_sheet_and_cancel_closes_it(sheet: VitalSignsSheet) -> None:
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))

    sheet.show_refusal("This visit is closed.")
    tap(sheet, f"{FORM}.cancel")

    assert "This visit is closed." in words(sheet)
    assert closed == [True]


def test_before_the_first_set_no_questions_and_no_figures_stand_there(
    show_window: ShowWindow, protocol: InfusionProtocol
) -> None:
    sheet = VitalSignsSheet(present_vital_signs_sheet(TestVisit(protocol).to("prechecks").context()))
    show_window(sheet)

    assert "Systolic pressure" in words(sheet).splitlines()
    assert "Tight throat" not in words(sheet)
