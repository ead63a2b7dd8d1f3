"""The vial: scanned, or chosen and typed from its label; nothing is chosen beforehand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.commands import RecordProduct
from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.product import present_product
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.ui.sheets.product_sheet import ExpiryField, ProductSheet
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.scan_field import ScanField
from tests.kit import VIAL, TestVisit
from tests.ui.hands import fill, noted, part, scan, tap, words

ShowWindow = Callable[..., QWidget]
Show = Callable[..., ProductSheet]


@pytest.fixture
def show(show_window: ShowWindow, protocol: InfusionProtocol) -> Show:
    def shown(scanned: VialOnHand | None = None) -> ProductSheet:
        sheet = ProductSheet(present_product(TestVisit(protocol).context(), scanned))
        show_window(sheet, size=(830, 640))
        sheet.first_focus()
        return sheet

    return shown


def read_label(sheet: ProductSheet, *, brand: str = "Tysabri", strength: str = "right") -> None:
    tap(sheet, f"product_sheet.brand.{brand}")
    tap(sheet, f"product_sheet.strength.{strength}")
    tap(sheet, "product_sheet.route.intravenous")
    fill(sheet, "product_sheet.lot", "A12345")


def in_work() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_the_work_begins_in_the_scanner_s_field_and_nothing_is_chosen(show: Show) -> None:
    sheet = show()

    assert in_work() == "product_sheet.scan.entry"
    assert not any(chip.chosen for chip in sheet.findChildren(Choice))


def test_a_scan_asks_to_read_the_code_and_empties_the_field(show: Show) -> None:
    sheet = show()
    asked = noted(sheet.intent_requested)
    sheet.show_refusal("This barcode cannot be read")

    scan(sheet, "product_sheet.scan", "010036440600801610A12345\x1d17270831")
    scan(sheet, "product_sheet.scan", "")

    assert asked == [ScanBarcode("010036440600801610A12345\x1d17270831")]
    assert part(sheet, ScanField, "product_sheet.scan").text() == ""
    assert "cannot be read" not in words(sheet)


def test_a_label_read_by_eye_is_a_typed_vial(show: Show) -> None:
    sheet = show()
    asked = noted(sheet.intent_requested)
    read_label(sheet)

    fill(sheet, "product_sheet.expiry", "31-Aug-2027", enter=True)

    assert asked == [RecordProduct(VIAL, "typed")]


def test_lot_and_expiry_go_on_by_enter(show: Show) -> None:
    sheet = show()
    fill(sheet, "product_sheet.lot", "A12345", enter=True)

    assert in_work() == "product_sheet.expiry.entry"


def test_another_strength_is_recorded_as_not_the_right_one(show: Show) -> None:
    sheet = show()
    asked = noted(sheet.intent_requested)
    read_label(sheet, strength="other")
    fill(sheet, "product_sheet.expiry", "2027-08", enter=True)

    (recorded,) = asked
    assert isinstance(recorded, RecordProduct)
    assert (recorded.product.strength_mg, recorded.product.volume_ml) == (None, None)


def test_another_brand_is_asked_by_its_name(show: Show) -> None:
    sheet = show()
    asked = noted(sheet.intent_requested)
    assert not part(sheet, TextField, "product_sheet.other_brand").isVisible()
    read_label(sheet, brand="other")
    fill(sheet, "product_sheet.expiry", "2027-08", enter=True)
    assert asked == []

    fill(sheet, "product_sheet.other_brand", "Natalix")
    tap(sheet, "product_sheet.submit")

    (recorded,) = asked
    assert isinstance(recorded, RecordProduct)
    assert recorded.product.brand == "Natalix"


@pytest.mark.parametrize("name", ["brand.Tysabri", "strength.right", "route.intravenous"])
def test_every_choice_must_be_made(show: Show, name: str) -> None:
    sheet = show()
    asked = noted(sheet.intent_requested)
    read_label(sheet)
    tap(sheet, f"product_sheet.{name}")
    fill(sheet, "product_sheet.expiry", "2027-08", enter=True)

    assert asked == []
    assert in_work() == f"product_sheet.{name}"


@pytest.mark.parametrize(("typed", "complaint"), [("", "Enter the expiry."), ("08/27", "Write the expiry such as")])
def test_an_expiry_must_be_clear(show: Show, typed: str, complaint: str) -> None:
    sheet = show()
    asked = noted(sheet.intent_requested)
    read_label(sheet)
    fill(sheet, "product_sheet.expiry", typed, enter=True)

    assert asked == []
    assert part(sheet, ExpiryField, "product_sheet.expiry").message().startswith(complaint)


def test_an_expiry_is_shown_back_as_understood(show: Show) -> None:
    sheet = show()
    fill(sheet, "product_sheet.expiry", "08/2027")

    assert part(sheet, ExpiryField, "product_sheet.expiry").message().endswith("31-Aug-2027")


def test_an_incomplete_scan_is_filled_in_and_the_rest_is_asked(show: Show) -> None:
    sheet = show(replace(VIAL, lot=None))

    assert in_work() == "product_sheet.lot.entry"
    assert part(sheet, Choice, "product_sheet.brand.Tysabri").chosen
    asked = noted(sheet.intent_requested)
    fill(sheet, "product_sheet.lot", "A12345")
    tap(sheet, "product_sheet.submit")

    assert asked == [RecordProduct(VIAL, "typed")]


def test_a_whole_scan_only_waits_for_the_button(show: Show) -> None:
    sheet = show(VIAL)
    asked = noted(sheet.intent_requested)

    assert in_work() == "product_sheet.submit"
    tap(sheet, "product_sheet.submit")

    assert asked == [RecordProduct(VIAL, "scanned")]


def test_a_scan_that_says_little_chooses_nothing(show: Show) -> None:
    sheet = show(VialOnHand(route="further-processing"))

    assert not any(chip.chosen for chip in sheet.findChildren(Choice))
