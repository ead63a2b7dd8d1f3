"""Results by hand: real keys and touches, what is refused beside its field, and one after another."""

from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_entry import AddLabResults, present_lab_entry
from nurse_app.ui.sheets.lab_result_sheet import LabResultSheet
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text
from tests.presentation.lab_results import TODAY, result
from tests.ui.conftest import ShowWindow
from tests.ui.hands import fill, noted, part, tap, words

DAY = date(2026, 11, 20)


@pytest.fixture
def sheet(protocol: InfusionProtocol, show_window: ShowWindow) -> LabResultSheet:
    facts = Facts(labs=(result("ALT", "30", (None, "40")),))
    made = LabResultSheet(present_lab_entry(protocol, facts, TODAY, UTC, "p-1"))
    show_window(made, size=(1000, 640))
    made.first_focus()
    return made


def choose(sheet: QWidget, test: str) -> None:
    tap(sheet, f"lab_result.test.{test}")
    QApplication.processEvents()


def message(sheet: QWidget, field: str) -> str:
    return part(sheet, TextField, f"lab_result.{field}").message()


def said(sheet: QWidget, name: str) -> str:
    found = part(sheet, Text, f"lab_result.{name}")
    return found.text() if found.isVisible() else ""


def enter_alt(sheet: QWidget, value: str = "34", upper: str = "40", day: str = "20-Nov-2026") -> None:
    choose(sheet, "ALT")
    fill(sheet, "lab_result.value", value)
    tap(sheet, "lab_result.unit.U/L")
    fill(sheet, "lab_result.upper", upper)
    fill(sheet, "lab_result.collected", day)


def alt(value: str = "34") -> LabResult:
    return LabResult("ALT", value, DAY, "U/L", None, Decimal(40))


def test_a_result_is_recorded_and_the_sheet_goes_on(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    enter_alt(sheet)

    tap(sheet, "lab_result.next")

    assert asked == [AddLabResults("p-1", (alt(),), more=True)]
    assert not part(sheet, Button, "lab_result.next").isEnabled()
    sheet.show_saved()
    assert said(sheet, "saved") == "Recorded: ALT 34 U/L, 20-Nov-2026"
    assert part(sheet, Button, "lab_result.test.ALT").isVisible()


def test_the_next_result_of_a_report_keeps_its_day(sheet: LabResultSheet) -> None:
    enter_alt(sheet)
    tap(sheet, "lab_result.next")
    sheet.show_saved()
    asked = noted(sheet.intent_requested)

    choose(sheet, "AST")
    assert [part(sheet, TextField, f"lab_result.{name}").text() for name in ("value", "upper", "collected")] == [
        "",
        "",
        "20-Nov-2026",
    ]
    fill(sheet, "lab_result.value", "30")
    tap(sheet, "lab_result.unit.U/L")
    fill(sheet, "lab_result.upper", "35")
    tap(sheet, "lab_result.last")

    assert asked == [AddLabResults("p-1", (LabResult("AST", "30", DAY, "U/L", None, Decimal(35)),), more=False)]
    sheet.show_saved()
    assert said(sheet, "saved").endswith("AST 30 U/L, 20-Nov-2026")


def test_a_result_recorded_a_moment_ago_is_not_recorded_twice(sheet: LabResultSheet) -> None:
    enter_alt(sheet)
    tap(sheet, "lab_result.next")
    sheet.show_saved()
    asked = noted(sheet.intent_requested)

    enter_alt(sheet, day="")
    tap(sheet, "lab_result.next")

    assert asked == []
    assert message(sheet, "value") == "This result is on record already."


def test_the_last_result_closes_the_sheet_once_it_is_saved(sheet: LabResultSheet) -> None:
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))
    enter_alt(sheet)

    QTest.keyClick(sheet.window(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert closed == []
    sheet.show_saved()
    assert closed == [True]


def test_the_whole_entry_is_possible_by_keys(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    chip = part(sheet, Button, "lab_result.test.ALT")
    assert chip.hasFocus()

    QTest.keyClick(chip, Qt.Key.Key_Right)
    QTest.keyClick(part(sheet, Button, "lab_result.test.AST"), Qt.Key.Key_Space)
    value = part(sheet, TextField, "lab_result.value").entry
    assert value.hasFocus()
    QTest.keyClicks(value, "30")
    QTest.keyClick(value, Qt.Key.Key_Return)
    unit = part(sheet, Button, "lab_result.unit.U/L")
    assert unit.hasFocus()
    QTest.keyClick(unit, Qt.Key.Key_Space)
    fill(sheet, "lab_result.lower", "7", enter=True)
    upper = part(sheet, TextField, "lab_result.upper").entry
    assert upper.hasFocus()
    QTest.keyClicks(upper, "40")
    QTest.keyClick(upper, Qt.Key.Key_Return)
    day = part(sheet, TextField, "lab_result.collected").entry
    assert day.hasFocus()
    QTest.keyClicks(day, "20.11.2026")
    QTest.keyClick(day, Qt.Key.Key_Return)

    assert asked == [AddLabResults("p-1", (LabResult("AST", "30", DAY, "U/L", Decimal(7), Decimal(40)),), more=True)]


def test_ctrl_enter_saves_and_goes_on(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    enter_alt(sheet)

    QTest.keyClick(sheet.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert asked == [AddLabResults("p-1", (alt(),), more=True)]


def test_enter_in_the_result_skips_the_unit_that_is_chosen(sheet: LabResultSheet) -> None:
    choose(sheet, "ALT")
    tap(sheet, "lab_result.unit.U/L")

    fill(sheet, "lab_result.value", "30", enter=True)

    assert part(sheet, TextField, "lab_result.lower").entry.hasFocus()


def test_without_a_test_nothing_is_sent(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)

    tap(sheet, "lab_result.next")

    assert asked == []
    assert said(sheet, "test.message") == "Choose the test."
    choose(sheet, "ALT")
    assert said(sheet, "test.message") == ""


def test_what_is_missing_is_said_and_the_first_of_it_gets_the_cursor(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    choose(sheet, "ALT")

    tap(sheet, "lab_result.next")

    assert asked == []
    assert message(sheet, "value") == "Enter the result."
    assert said(sheet, "unit.message") == "Choose the unit as the report prints it."
    assert message(sheet, "collected") == "Enter the day when the sample was taken."
    assert part(sheet, TextField, "lab_result.value").entry.hasFocus()


def test_a_missing_unit_alone_gets_the_focus(sheet: LabResultSheet) -> None:
    choose(sheet, "ALT")
    fill(sheet, "lab_result.value", "30")
    fill(sheet, "lab_result.collected", "20-Nov-2026")

    tap(sheet, "lab_result.next")

    assert part(sheet, Button, "lab_result.unit.U/L").hasFocus()
    tap(sheet, "lab_result.unit.U/L")
    assert said(sheet, "unit.message") == ""


def test_a_future_day_is_refused_beside_it(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    enter_alt(sheet, day="23-Nov-2026")

    tap(sheet, "lab_result.next")

    assert asked == []
    assert message(sheet, "collected").startswith("This day is in the future.")


def test_a_day_that_can_be_read_in_two_ways_says_how_to_write_it(sheet: LabResultSheet) -> None:
    enter_alt(sheet, day="03/04/2026")

    tap(sheet, "lab_result.next")

    assert message(sheet, "collected").startswith("Day and month can be confused.")


def test_what_is_wrong_is_said_when_the_field_is_left_not_while_it_is_typed(sheet: LabResultSheet) -> None:
    enter_alt(sheet, value="1,23")
    value = part(sheet, TextField, "lab_result.value")
    value.entry.setFocus()
    QTest.keyClicks(value.entry, "4")
    assert message(sheet, "value") == ""

    QTest.keyClick(value.entry, Qt.Key.Key_Tab)

    assert message(sheet, "value") == "The comma can be read in two ways. Write 1234 or 1.234."


def test_the_value_is_judged_while_it_is_typed(sheet: LabResultSheet) -> None:
    enter_alt(sheet, value="130")

    assert said(sheet, "standing") == "130 U/L high · 3.25 × ULN · CTCAE 5.0 grade 2"
    assert part(sheet, Text, "lab_result.standing").property("tone") == "hold"


def test_a_missing_limit_is_explained(sheet: LabResultSheet) -> None:
    enter_alt(sheet, upper="")

    assert message(sheet, "upper") == "Without the upper limit this result cannot be judged and holds the dose."
    assert message(sheet, "lower") == ""


def test_the_range_of_the_last_report_is_taken_over_by_one_touch(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    choose(sheet, "ALT")
    assert part(sheet, Button, "lab_result.before").label() == "Range as on 12-Nov-2026: up to 40 U/L"
    fill(sheet, "lab_result.value", "34")
    fill(sheet, "lab_result.collected", "20-Nov-2026")

    tap(sheet, "lab_result.before")
    tap(sheet, "lab_result.next")

    assert asked == [AddLabResults("p-1", (alt(),), more=True)]


def test_a_test_without_an_earlier_range_offers_none(sheet: LabResultSheet) -> None:
    choose(sheet, "AST")

    assert not part(sheet, Button, "lab_result.before").isVisible()
    part(sheet, Button, "lab_result.before").click()
    assert part(sheet, TextField, "lab_result.upper").text() == ""


def test_a_word_is_one_touch_and_needs_no_limits(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    choose(sheet, "ADA")
    assert not part(sheet, TextField, "lab_result.upper").isVisible()

    tap(sheet, "lab_result.words.positive")
    tap(sheet, "lab_result.words.positive")
    fill(sheet, "lab_result.collected", "20-Nov-2026", enter=True)

    assert asked == [AddLabResults("p-1", (LabResult("ADA", "positive", DAY, "{presence}"),), more=True)]


def test_an_mri_is_told_in_a_line(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    choose(sheet, "MRI")
    fill(sheet, "lab_result.value", "no new lesions", enter=True)
    assert part(sheet, TextField, "lab_result.collected").entry.hasFocus()

    fill(sheet, "lab_result.collected", "20-Nov-2026", enter=True)

    assert asked == [AddLabResults("p-1", (LabResult("MRI", "no new lesions", DAY),), more=True)]
    sheet.show_saved()
    assert said(sheet, "saved") == "Recorded: Brain MRI no new lesions, 20-Nov-2026"


def test_a_test_chosen_by_mistake_can_be_changed(sheet: LabResultSheet) -> None:
    choose(sheet, "AST")
    assert not part(sheet, Button, "lab_result.test.ALT").isVisible()
    assert "AST" in words(sheet)

    tap(sheet, "lab_result.another")

    assert part(sheet, Button, "lab_result.test.ALT").isVisible()
    assert not part(sheet, TextField, "lab_result.value").isVisible()


def test_a_word_can_be_let_go_of_again(sheet: LabResultSheet) -> None:
    choose(sheet, "JCV")
    tap(sheet, "lab_result.words.negative")
    assert part(sheet, TextField, "lab_result.value").text() == "negative"

    tap(sheet, "lab_result.words.negative")

    assert part(sheet, TextField, "lab_result.value").text() == "negative"


def test_a_refusal_keeps_what_was_typed(sheet: LabResultSheet) -> None:
    enter_alt(sheet)
    tap(sheet, "lab_result.next")

    sheet.show_refusal("Not saved. The disk is full.")

    assert said(sheet, "refusal") == "Not saved. The disk is full."
    assert part(sheet, TextField, "lab_result.value").text() == "34"
    assert part(sheet, Button, "lab_result.next").isEnabled()
    fill(sheet, "lab_result.value", "5")
    assert said(sheet, "refusal") == ""


def test_one_result_is_sent_once_however_often_it_is_pressed(sheet: LabResultSheet) -> None:
    asked = noted(sheet.intent_requested)
    enter_alt(sheet)

    fill(sheet, "lab_result.collected", "", enter=True)
    fill(sheet, "lab_result.collected", "", enter=True)

    assert len(asked) == 1


def test_saved_without_having_sent_anything_changes_nothing(sheet: LabResultSheet) -> None:
    sheet.show_saved()

    assert said(sheet, "saved") == ""


def test_units_stand_for_themselves_when_there_is_one(protocol: InfusionProtocol, show_window: ShowWindow) -> None:
    view = present_lab_entry(protocol, Facts(), TODAY, UTC, "p-1")
    tests = tuple(replace(each, units=each.units[:1]) if each.test == "ALT" else each for each in view.tests)
    sheet = LabResultSheet(replace(view, tests=tests))
    show_window(sheet, size=(1000, 640))

    choose(sheet, "ALT")

    assert part(sheet, Button, "lab_result.unit.U/L").property("chosen") == "brand"


@pytest.mark.parametrize(("test", "value"), [("MRI-T2", "2"), ("MRI-GD", "0"), ("RELAPSE", "moderate, left leg")])
def test_lesions_and_relapses_need_a_value_and_a_day_only(sheet: LabResultSheet, test: str, value: str) -> None:
    sent = noted(sheet.intent_requested)
    choose(sheet, test)
    fill(sheet, "lab_result.value", value)
    fill(sheet, "lab_result.collected", "20-Nov-2026")
    tap(sheet, "lab_result.last")

    (intent,) = sent
    assert isinstance(intent, AddLabResults)
    (result,) = intent.results
    assert said(sheet, "collected.label") == "Seen or begun on"
    assert (result.test, result.value, result.collected, result.uln) == (test, value, DAY, None)
