"""A field for a barcode knows a scanner from a hand and keeps the separators of a code."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column, VerticalScroll
from nurse_app.ui.widgets.into_view import bring_into_view
from nurse_app.ui.widgets.scan_field import ScanField
from tests.ui.hands import HAND_MS, SCANNER_MS, strike

ShowWindow = Callable[..., QWidget]
GS = "\x1d"


@pytest.fixture
def field(show_window: ShowWindow) -> ScanField:
    field = ScanField("Wristband", name="wristband", required=True)
    show_window(field)
    return field


def test_a_burst_is_scanned(field: ScanField) -> None:
    strike(field.entry, "TRN000417", every_ms=SCANNER_MS)

    assert (field.text(), field.how(), field.code()) == ("TRN000417", "scanned", "TRN000417")


def test_a_hand_is_typed(field: ScanField) -> None:
    strike(field.entry, "TRN000417", every_ms=HAND_MS)

    assert (field.text(), field.how(), field.code()) == ("TRN000417", "typed", "TRN000417")


def test_one_slow_key_makes_it_typed(field: ScanField) -> None:
    strike(field.entry, "TRN000", every_ms=SCANNER_MS)
    strike(field.entry, "417", every_ms=SCANNER_MS, start_ms=5000)

    assert field.how() == "typed"


def test_what_is_pasted_counts_as_typed(field: ScanField) -> None:
    QApplication.clipboard().setText("TRN000417")
    field.entry.paste()

    assert (field.text(), field.how()) == ("TRN000417", "typed")


def test_pasting_into_a_scan_makes_it_typed(field: ScanField) -> None:
    strike(field.entry, "TRN0004", every_ms=SCANNER_MS)
    field.entry.insert("17")

    assert field.how() == "typed"


def test_a_deleted_character_makes_it_typed(field: ScanField) -> None:
    strike(field.entry, "TRN0004177", every_ms=SCANNER_MS)
    QTest.keyClick(field.entry, Qt.Key.Key_Backspace)

    assert (field.text(), field.how()) == ("TRN000417", "typed")


def test_a_few_quick_letters_are_no_scan(field: ScanField) -> None:
    strike(field.entry, "TRN", every_ms=SCANNER_MS)

    assert field.how() == "typed"


def test_a_field_that_was_emptied_begins_anew(field: ScanField) -> None:
    strike(field.entry, "TRN", every_ms=HAND_MS)
    field.clear()
    strike(field.entry, "TRN000417", every_ms=SCANNER_MS, start_ms=9000)

    assert field.how() == "scanned"


def test_separators_stay_in_the_code_and_out_of_the_text(field: ScanField) -> None:
    strike(field.entry, f"010036440600801610A12345{GS}17270831", every_ms=SCANNER_MS)

    assert field.text() == "010036440600801610A1234517270831"
    assert field.code() == f"010036440600801610A12345{GS}17270831"
    assert field.how() == "scanned"


def test_a_letter_in_the_empty_field_may_press_a_button_of_the_page(show_window: ShowWindow) -> None:
    field = ScanField("Vial", name="vial", letters_are_keys=True)
    button = Button("Line", "L", name="line")
    bind_key(button, "L")
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    show_window(field, button)
    field.setFocus()

    QTest.keyClick(field.entry, Qt.Key.Key_L)
    assert (len(pressed), field.text()) == (1, "")
    QTest.keyClicks(field.entry, "01l")

    assert (len(pressed), field.text()) == (1, "01l")


def test_elsewhere_letters_stay_in_the_field(show_window: ShowWindow, field: ScanField) -> None:
    button = Button("Note", "N", name="note")
    bind_key(button, "N")
    button.clicked.connect(pytest.fail)
    show_window(field, button)
    field.setFocus()

    QTest.keyClicks(field.entry, "n")

    assert field.text() == "n"


def test_enter_ends_a_scan(field: ScanField) -> None:
    entered: list[str] = []
    field.entered.connect(lambda: entered.append(field.text()))

    strike(field.entry, "TRN000417\r", every_ms=SCANNER_MS)

    assert entered == ["TRN000417"]


def test_a_widget_is_scrolled_to_and_nothing_happens_outside_a_page(show_window: ShowWindow) -> None:
    page = Column()
    fields = [ScanField(f"Field {n}", name=f"f{n}") for n in range(30)]
    for field in fields:
        page.add(field)
    scroll = VerticalScroll(page)
    show_window(scroll, size=(400, 300))

    bring_into_view(fields[-1])
    bring_into_view(scroll)

    assert scroll.verticalScrollBar().value() > 0
    assert not fields[-1].visibleRegion().isEmpty()
