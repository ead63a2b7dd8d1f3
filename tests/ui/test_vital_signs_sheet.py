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
from nurse_app.ui.widgets.text import Text
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


def note(sheet: VitalSignsSheet, key: str) -> str:
    """What stands under a field."""
    return part(sheet, Text, f"{FORM}.{key}.note").text()


def tone(sheet: VitalSignsSheet, key: str) -> str:
    return str(part(sheet, Text, f"{FORM}.{key}.note").property("tone"))


def test_while_typing_the_change_is_told_and_judged_when_the_field_is_left(sheet: VitalSignsSheet) -> None:
    entry = QApplication.focusWidget()
    QTest.keyClicks(entry, "9")
    half = note(sheet, "systolic")
    QTest.keyClicks(entry, "8")
    typed, calm = note(sheet, "systolic"), tone(sheet, "systolic")
    QTest.keyClick(entry, Qt.Key.Key_Return)

    assert half == "base 124, last 124", "9 on the way to 98 is no figure"
    assert (typed, calm) == ("base 124, last 124 · ↓26", "muted")
    assert note(sheet, "systolic") == "base 124, last 124 · ↓26 · fallen · again in 5 min"
    assert tone(sheet, "systolic") == "caution"


def test_a_pressure_below_the_alarm_line_says_what_saving_it_does(sheet: VitalSignsSheet) -> None:
    fill(sheet, f"{FORM}.systolic", "86")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert note(sheet, "systolic").endswith("↓38 · low · saving it opens the reaction")
    assert tone(sheet, "systolic") == "stop"


def test_a_note_comes_and_goes_and_nothing_moves(sheet: VitalSignsSheet) -> None:
    pulse = part(sheet, NumberField, f"{FORM}.pulse")
    before = pulse.mapTo(sheet, pulse.rect().topLeft())
    fill(sheet, f"{FORM}.systolic", "86")
    fill(sheet, f"{FORM}.diastolic", "60")

    assert pulse.mapTo(sheet, pulse.rect().topLeft()) == before


EDGES = {
    "systolic": ("30", "29", "300", "301"),
    "diastolic": ("10", "9", "200", "201"),
    "pulse": ("10", "9", "300", "301"),
    "respiration": ("2", "1", "80", "81"),
    "spo2": ("30", "29", "100", "101"),
    "temperature_c": ("25", "24.9", "45", "45.1"),
}


@pytest.mark.parametrize("key", EDGES)
def test_what_cannot_be_is_refused_beside_its_field_and_the_edge_is_taken(sheet: VitalSignsSheet, key: str) -> None:
    asked = noted(sheet.intent_requested)
    low, under, high, over = EDGES[key]

    for figure in (under, over):
        part(sheet, NumberField, f"{FORM}.{key}").set_text(figure)
        tap(sheet, f"{FORM}.save")
        message = part(sheet, NumberField, f"{FORM}.{key}").message()
        assert message == f"Between {low} and {high} is possible. Check the figure."
    assert asked == []
    for figure in (low, high):
        part(sheet, NumberField, f"{FORM}.{key}").set_text(figure)
        tap(sheet, f"{FORM}.save")
    assert asked == [RecordVitalSigns(VitalSigns(**{key: Decimal(figure)})) for figure in (low, high)]


@pytest.mark.parametrize("typed", ["36,6", "36.6", " 36.6 "])
def test_a_comma_is_a_point(sheet: VitalSignsSheet, typed: str) -> None:
    asked = noted(sheet.intent_requested)
    part(sheet, NumberField, f"{FORM}.temperature_c").set_text(typed)
    tap(sheet, f"{FORM}.save")
    assert asked == [RecordVitalSigns(VitalSigns(temperature_c=Decimal("36.6")))]


@pytest.mark.parametrize("typed", ["abc", "12o", "1e2", "--", "1,234", "98%", "36.66", "-5"])
def test_what_is_no_clear_number_is_refused_beside_its_field(sheet: VitalSignsSheet, typed: str) -> None:
    asked = noted(sheet.intent_requested)
    part(sheet, NumberField, f"{FORM}.systolic").set_text(typed)
    tap(sheet, f"{FORM}.save")
    assert asked == []
    assert part(sheet, NumberField, f"{FORM}.systolic").message()


def test_nothing_at_all_is_no_set(sheet: VitalSignsSheet) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, f"{FORM}.save")
    assert asked == []


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
    assert note(sheet, "systolic") == "base 124, last 124"
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
