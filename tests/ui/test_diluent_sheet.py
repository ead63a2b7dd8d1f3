"""The bag that the drug goes into."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from nurse_app.domain.commands import RecordDiluent
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.diluent import present_diluent
from nurse_app.ui.sheets.diluent_sheet import DiluentSheet
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.fields import NumberField
from tests.kit import TestVisit
from tests.ui.hands import fill, noted, part, tap

ShowWindow = Callable[..., QWidget]


@pytest.fixture
def sheet(show_window: ShowWindow, protocol: InfusionProtocol) -> DiluentSheet:
    sheet = DiluentSheet(present_diluent(TestVisit(protocol).context()))
    show_window(sheet)
    sheet.first_focus()
    return sheet


def test_the_right_bag_is_two_touches_and_its_lot(sheet: DiluentSheet) -> None:
    asked = noted(sheet.intent_requested)
    assert not any(chip.chosen for chip in sheet.findChildren(Choice))

    tap(sheet, "diluent_sheet.diluent.sodium-chloride-0.9")
    tap(sheet, "diluent_sheet.size.right")
    fill(sheet, "diluent_sheet.lot", "B778", enter=True)

    assert asked == [RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778")]


def test_another_bag_is_recorded_as_it_is(sheet: DiluentSheet) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, "diluent_sheet.diluent.other")
    tap(sheet, "diluent_sheet.size.other")
    fill(sheet, "diluent_sheet.other_size", "250", enter=True)
    fill(sheet, "diluent_sheet.lot", "B778", enter=True)

    assert asked == [RecordDiluent("other", Decimal(250), "B778")]


def test_the_size_field_is_there_only_for_another_size(sheet: DiluentSheet) -> None:
    field = part(sheet, NumberField, "diluent_sheet.other_size")
    assert not field.isVisible()
    tap(sheet, "diluent_sheet.size.other")
    assert field.isVisible()
    tap(sheet, "diluent_sheet.size.right")
    assert not field.isVisible()


@pytest.mark.parametrize("left_out", ["diluent.sodium-chloride-0.9", "size.right", "lot"])
def test_nothing_may_be_left_out(sheet: DiluentSheet, left_out: str) -> None:
    asked = noted(sheet.intent_requested)
    for name in ("diluent.sodium-chloride-0.9", "size.right"):
        if name != left_out:
            tap(sheet, f"diluent_sheet.{name}")
    if left_out != "lot":
        fill(sheet, "diluent_sheet.lot", "B778")

    tap(sheet, "diluent_sheet.submit")

    assert asked == []
