"""The vial: choices, one line of words, and an expiry read only when it is clear."""

from dataclasses import replace

import pytest

from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.product import (
    expiry_understood,
    present_product,
    read_expiry,
    strength_words,
    vial_words,
)
from nurse_app.presentation.reasons import OTHER
from tests.kit import VIAL, TestVisit


def test_the_vial_s_choices_come_from_the_protocol(protocol: InfusionProtocol) -> None:
    view = present_product(TestVisit(protocol).context())

    assert [key for key, _words in view.brands] == ["Tysabri", "Tyruko", OTHER]
    assert view.routes[0] == ("intravenous", protocol.text("route.intravenous"))
    assert view.strengths[0] == ("right", "300 mg in 15 mL")
    assert strength_words(protocol.product) == "300 mg in 15 mL"
    assert view.scanned is None


def test_an_incomplete_scan_is_kept_for_the_sheet(protocol: InfusionProtocol) -> None:
    assert present_product(TestVisit(protocol).context(), replace(VIAL, lot=None)).scanned == replace(VIAL, lot=None)


def test_a_vial_in_words() -> None:
    assert vial_words(VIAL) == "Tysabri 300 mg / 15 mL · lot A12345 · exp 31-Aug-2027"
    assert vial_words(VIAL, with_lot=False) == "Tysabri 300 mg / 15 mL · exp 31-Aug-2027"
    assert vial_words(VialOnHand(expiry="2027-08")) == "unknown brand · no lot · exp Aug-2027"


@pytest.mark.parametrize(
    ("typed", "expiry"),
    [
        ("2027-08", "2027-08"),
        ("08/2027", "2027-08"),
        (" 8.2027 ", "2027-08"),
        ("Aug 2027", "2027-08"),
        ("AUG2027", "2027-08"),
        ("August-2027", "2027-08"),
        ("2027-08-31", "2027-08-31"),
        ("31-Aug-2027", "2027-08-31"),
        ("1 aug 2027", "2027-08-01"),
        ("", None),
        ("2027", None),
        ("13/2027", None),
        ("Foo 2027", None),
        ("31-Feb-2027", None),
        ("03/04/2027", None),
        ("08/27", None),
    ],
)
def test_an_expiry_is_read_only_when_it_is_clear(typed: str, expiry: str | None) -> None:
    assert read_expiry(typed) == expiry


def test_an_expiry_is_shown_back_as_its_last_good_day() -> None:
    assert expiry_understood("2027-02") == "Understood: good until the end of 28-Feb-2027"
