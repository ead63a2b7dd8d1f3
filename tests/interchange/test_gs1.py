"""Barcodes of vials: what is sure is read, what is doubtful is not."""

from datetime import date

import pytest

from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.gs1 import UnreadableBarcodeError, read_vial
from tests.kit import VIAL

TODAY = date(2026, 11, 22)
GS = "\x1d"
VIAL_CODE = "0100364406008016" + "17270831"


@pytest.mark.parametrize(
    "barcode",
    [
        f"]d2{VIAL_CODE}10A12345{GS}21SERIAL9",
        f"]d2{GS}{VIAL_CODE}10A12345{GS}21SERIAL9",
        f"{VIAL_CODE}21SERIAL9{GS}10A12345",
        f"]C1{VIAL_CODE}10A12345",
        f"{VIAL_CODE}10A12345",
        f"{VIAL_CODE}10A12345\r\n",
        f"10A12345{GS}{VIAL_CODE}",
        "(01)00364406008016(17)270831(10)A12345",
        "(01) 00364406008016 (17) 270831 (10) A12345 (21) X",
    ],
)
def test_a_gs1_code_gives_product_lot_and_expiry(barcode: str, protocol: InfusionProtocol) -> None:
    assert read_vial(barcode, protocol.product, TODAY) == VIAL


@pytest.mark.parametrize(
    ("barcode", "brand"),
    [
        ("364406008016", "Tysabri"),
        ("0364406008016", "Tysabri"),
        ("00364406008016", "Tysabri"),
        ("64406-008-01", "Tysabri"),
        ("04971976", "Tysabri"),
        ("-04971976", "Tysabri"),
        ("PZN-04971976", "Tysabri"),
        ("PZN 04971976", "Tysabri"),
        ("4150049719763", "Tysabri"),
        ("7680695030013", "Tyruko"),
        ("61314-543-94", "Tyruko"),
    ],
)
def test_a_product_code_alone_gives_the_brand(barcode: str, brand: str, protocol: InfusionProtocol) -> None:
    vial = read_vial(barcode, protocol.product, TODAY)

    assert (vial.brand, vial.route, vial.strength_mg, vial.lot, vial.expiry) == (brand, "intravenous", 300, None, None)


@pytest.mark.parametrize(
    ("barcode", "kind"),
    [
        ("64406-320-01", "further-processing"),
        ("00364406320019", "further-processing"),
        ("16825458", "subcutaneous"),
        (f"010415016825458917270831{'10'}B2", "subcutaneous"),
    ],
)
def test_a_refused_code_gives_a_vial_that_the_rules_refuse(barcode: str, kind: str, protocol: InfusionProtocol) -> None:
    refused = [code for code, text in protocol.product.refused_codes.items() if text.endswith(kind)]
    barcode = barcode.replace("04150168254589", next(code for code in refused if len(code) == 14))

    vial = read_vial(barcode, protocol.product, TODAY)

    assert (vial.brand, vial.route, vial.strength_mg) == (None, kind, None)


def test_an_unknown_product_is_a_vial_without_brand(protocol: InfusionProtocol) -> None:
    assert read_vial(f"010400638133393117270831{'10'}B2", protocol.product, TODAY) == VialOnHand(
        lot="B2", expiry="2027-08-31"
    )
    assert read_vial("4006381333931", protocol.product, TODAY) == VialOnHand()


@pytest.mark.parametrize(
    ("digits", "expiry"),
    [
        ("270800", "2027-08-31"),
        ("280200", "2028-02-29"),
        ("261122", "2026-11-22"),
        ("760101", "2076-01-01"),
        ("780101", "1978-01-01"),
    ],
)
def test_an_expiry_without_a_day_is_the_months_last(digits: str, expiry: str, protocol: InfusionProtocol) -> None:
    assert read_vial(f"010036440600801617{digits}", protocol.product, TODAY).expiry == expiry


def test_the_century_is_the_nearest_one(protocol: InfusionProtocol) -> None:
    assert read_vial("010036440600801617030101", protocol.product, date(2098, 1, 1)).expiry == "2103-01-01"


@pytest.mark.parametrize(
    "barcode",
    [
        "",
        "garbage",
        "TRN000417",
        "10A12345",
        "17270831",
        "0100364406008017",
        "00364406008017",
        "12345678",
        "123456789012345",
        "010036440600801617271331",
        "010036440600801617270230",
        f"{VIAL_CODE}10A12345{GS}10B99",
        "(01)00364406008016(10)A(B)C",
        "(99",
        "(4711)x",
        "]d2",
        "٣٦٤٤٠٦٠٠٨٠١٦",
        f"{VIAL_CODE}10{'X' * 21}",
    ],
)
def test_what_cannot_be_read_without_doubt_is_not_read(barcode: str, protocol: InfusionProtocol) -> None:
    with pytest.raises(UnreadableBarcodeError):
        read_vial(barcode, protocol.product, TODAY)


@pytest.mark.parametrize(
    "barcode",
    [
        f"{VIAL_CODE}10A1234521SERIAL9",
        "0100364406008016" + "10A12345" + "17270831",
        "0100364406008016" + "21SERIAL9" + "10A12345",
        "10A12345" + "0100364406008016",
    ],
)
def test_a_lost_separator_is_noticed(barcode: str, protocol: InfusionProtocol) -> None:
    with pytest.raises(UnreadableBarcodeError):
        read_vial(barcode, protocol.product, TODAY)


def test_a_lot_may_look_like_the_rest_where_separators_stand(protocol: InfusionProtocol) -> None:
    assert read_vial(f"{VIAL_CODE}21X{GS}10A1721B", protocol.product, TODAY).lot == "A1721B"


def test_a_day_that_the_century_lacks_is_not_read(protocol: InfusionProtocol) -> None:
    with pytest.raises(UnreadableBarcodeError):
        read_vial("010036440600801617000229", protocol.product, date(2098, 1, 1))
