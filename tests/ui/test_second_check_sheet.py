"""The second check: another person, their own reading, their own PIN, and nothing of the first entries anywhere."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import SwitchUser
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.presentation.second_check import SecondCheckRequest, present_second_check
from nurse_app.ui.sheets.second_check_sheet import SecondCheckSheet
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.pin_pad import PinPad
from nurse_app.ui.widgets.scan_field import ScanField
from tests.kit import NURSE, SECOND, VIAL, TestVisit
from tests.ui.hands import every_string, fill, noted, part, scan, tap, words

ShowWindow = Callable[..., QWidget]
BARCODE = "010036440600801610A12345\x1d17270831"
OTHERS = ((NURSE, "SAMPLE, Nurse One"), (SECOND, "SAMPLE, Nurse Two"))


def prepared(protocol: InfusionProtocol) -> TestVisit:
    visit = TestVisit(protocol).to("prepare")
    for act in (
        c.RecordProduct(VIAL, "scanned"),
        c.InspectVial("clear"),
        c.RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778"),
        c.AddDose(Decimal("14.75")),
        c.InvertBag(),
        c.FinishDilution(),
        c.InspectBag("clear"),
        c.LabelBag(),
    ):
        visit.do(act)
    return visit


def shown(
    show_window: ShowWindow, protocol: InfusionProtocol, others: tuple[tuple[str, str], ...] = OTHERS
) -> SecondCheckSheet:
    context = replace(prepared(protocol).context(), others=others)
    sheet = SecondCheckSheet(present_second_check(context))
    show_window(sheet, size=(830, 620))
    sheet.first_focus()
    return sheet


@pytest.fixture
def sheet(show_window: ShowWindow, protocol: InfusionProtocol) -> SecondCheckSheet:
    return shown(show_window, protocol)


def in_work() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def enter_pin(sheet: SecondCheckSheet, pin: str = "482913") -> None:
    pad = part(sheet, PinPad, "second_check_sheet.pin")
    QTest.keyClicks(pad, pin)
    QTest.keyClick(pad, Qt.Key.Key_Return)


def test_the_whole_check_by_hand_goes_from_field_to_field(sheet: SecondCheckSheet) -> None:
    asked = noted(sheet.intent_requested)
    assert in_work() == f"second_check_sheet.who.{SECOND}"

    tap(sheet, f"second_check_sheet.who.{SECOND}")
    assert in_work() == "second_check_sheet.lot.entry"
    fill(sheet, "second_check_sheet.lot", "A12345", enter=True)
    assert in_work() == "second_check_sheet.volume.entry"
    fill(sheet, "second_check_sheet.volume", "15", enter=True)
    assert in_work() == "second_check_sheet.record_no.entry"
    scan(sheet, "second_check_sheet.record_no", "TRN000417")
    assert in_work() == "second_check_sheet.pin"
    enter_pin(sheet)

    (request,) = asked
    assert request == SecondCheckRequest(SECOND, "482913", "A12345", Decimal(15), "TRN000417")


def test_nothing_of_the_first_entries_is_anywhere_in_the_sheet(sheet: SecondCheckSheet) -> None:
    everything = every_string(sheet)

    assert "A12345" not in everything
    assert "14.75" not in everything
    assert "B778" not in everything
    assert "TRN000417" not in everything
    assert "Nurse One" not in everything


def test_whoever_prepared_cannot_be_chosen(sheet: SecondCheckSheet) -> None:
    assert [chip.objectName() for chip in sheet.findChildren(Choice)] == [f"second_check_sheet.who.{SECOND}"]


def test_a_scanned_vial_gives_its_lot(sheet: SecondCheckSheet) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, f"second_check_sheet.who.{SECOND}")

    scan(sheet, "second_check_sheet.lot", BARCODE)
    assert asked == [ScanBarcode(BARCODE)]
    sheet.show_scanned(VIAL)

    assert part(sheet, ScanField, "second_check_sheet.lot").text() == "A12345"
    assert in_work() == "second_check_sheet.volume.entry"


def test_a_code_without_a_lot_leaves_the_lot_to_be_typed(sheet: SecondCheckSheet) -> None:
    sheet.show_scanned(VialOnHand())

    assert part(sheet, ScanField, "second_check_sheet.lot").text() == ""
    assert in_work() == "second_check_sheet.lot.entry"


@pytest.mark.parametrize("left_out", ["who", "lot", "volume", "record_no"])
def test_a_pin_alone_signs_nothing(sheet: SecondCheckSheet, left_out: str) -> None:
    asked = noted(sheet.intent_requested)
    if left_out != "who":
        tap(sheet, f"second_check_sheet.who.{SECOND}")
    for name, text in (("lot", "A12345"), ("volume", "15"), ("record_no", "TRN000417")):
        if name != left_out:
            part(sheet, TextField, f"second_check_sheet.{name}").set_text(text)

    enter_pin(sheet)

    assert asked == []
    assert in_work().startswith(f"second_check_sheet.{left_out}")


def test_a_refusal_stands_by_the_entries_until_the_next_try(sheet: SecondCheckSheet) -> None:
    sheet.show_refusal("The two checks differ: lot.")
    assert "The two checks differ: lot." in words(sheet)

    enter_pin(sheet)

    assert "The two checks differ" not in words(sheet)


def test_the_pin_is_nowhere_to_be_read(sheet: SecondCheckSheet) -> None:
    QTest.keyClicks(part(sheet, PinPad, "second_check_sheet.pin"), "482913")

    assert "482913" not in every_string(sheet)


def test_without_another_nurse_the_way_to_add_one_is_shown(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    sheet = shown(show_window, protocol, others=OTHERS[:1])
    asked = noted(sheet.intent_requested)

    assert in_work() == "second_check_sheet.people"
    assert not part(sheet, PinPad, "second_check_sheet.pin").isVisible()
    tap(sheet, "second_check_sheet.people")

    assert asked == [SwitchUser()]
