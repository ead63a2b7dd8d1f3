"""Identify: two identifiers by scanner, keyboard or touch; a mismatch is a clear stop with another try."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.commands import Identify
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.identify import present_identify
from nurse_app.ui.steps.identify_page import IdentifyPage
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.finding import FindingStrip
from nurse_app.ui.widgets.scan_field import ScanField
from tests.kit import TestVisit, base_facts
from tests.ui.hands import fill, noted, part, scan, tap, words

ShowWindow = Callable[..., QWidget]
WRISTBAND, BORN, CHECK = "identify_page.wristband", "identify_page.birth_date", "identify_page.check"
BIRTH_DATE = date(1988, 3, 14)


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    return TestVisit(protocol)


@pytest.fixture
def page(show_window: ShowWindow, visit: TestVisit) -> IdentifyPage:
    page = IdentifyPage()
    page.show_view(present_identify(visit.context()))
    show_window(page)
    page.first_focus()
    return page


def refusal(page: IdentifyPage) -> FindingStrip:
    return part(page, FindingStrip, "identify_page.refusal")


def test_scan_then_birth_date_then_enter_is_all_it_takes(page: IdentifyPage) -> None:
    asked = noted(page.intent_requested)

    scan(page, WRISTBAND, "TRN000417")
    assert QApplication.focusWidget() is part(page, DateField, BORN).entry
    fill(page, BORN, "14-Mar-1988", enter=True)

    assert asked == [Identify("TRN000417", BIRTH_DATE, "scanned")]


def test_a_number_typed_by_hand_is_marked_as_typed(page: IdentifyPage) -> None:
    asked = noted(page.intent_requested)
    part(page, ScanField, WRISTBAND).set_text("TRN000417")
    fill(page, BORN, "1988-03-14")

    tap(page, CHECK)

    assert asked == [Identify("TRN000417", BIRTH_DATE, "typed")]


def test_enter_in_an_empty_wristband_field_does_not_go_on(page: IdentifyPage) -> None:
    QTest.keyClick(part(page, ScanField, WRISTBAND).entry, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is part(page, ScanField, WRISTBAND).entry
    assert part(page, ScanField, WRISTBAND).message()


@pytest.mark.parametrize(("number", "born", "name"), [("", "14-Mar-1988", WRISTBAND), ("TRN000417", "03/04/88", BORN)])
def test_nothing_is_compared_before_both_identifiers_are_clear(
    page: IdentifyPage, number: str, born: str, name: str
) -> None:
    asked = noted(page.intent_requested)
    part(page, ScanField, WRISTBAND).set_text(number)
    part(page, DateField, BORN).set_text(born)

    tap(page, CHECK)

    assert asked == []
    assert QApplication.focusWidget() is part(page, ScanField if name == WRISTBAND else DateField, name).entry


def test_a_mismatch_is_a_stop_and_the_fields_are_empty_for_another_try(page: IdentifyPage, visit: TestVisit) -> None:
    scan(page, WRISTBAND, "TRN000471")
    fill(page, BORN, "14-Mar-1988")
    visit.refused(Identify("TRN000471", BIRTH_DATE, "scanned"))

    page.show_view(present_identify(visit.context()))

    assert refusal(page).isVisible()
    assert "Do not go on" in words(refusal(page))
    assert part(page, ScanField, WRISTBAND).text() == part(page, DateField, BORN).text() == ""
    assert QApplication.focusWidget() is part(page, ScanField, WRISTBAND).entry


def test_the_clock_s_ticks_leave_half_typed_entries_alone(page: IdentifyPage, visit: TestVisit) -> None:
    fill(page, WRISTBAND, "TRN0")

    page.show_view(present_identify(visit.wait(minutes=1).context()))

    assert part(page, ScanField, WRISTBAND).text() == "TRN0"


def test_another_visit_starts_with_empty_fields(page: IdentifyPage, visit: TestVisit) -> None:
    fill(page, WRISTBAND, "TRN0")

    page.show_view(present_identify(replace(visit.context(), visit_id="v-2")))

    assert part(page, ScanField, WRISTBAND).text() == ""


def test_after_the_match_the_name_stands_on_the_page(page: IdentifyPage, visit: TestVisit) -> None:
    assert not part(page, Chip, "identify_page.matched").isVisible()
    visit.do(Identify("TRN000417", BIRTH_DATE, "scanned"))

    page.show_view(present_identify(visit.context()))

    assert part(page, Chip, "identify_page.matched").text().startswith("SAMPLE, Patient One")
    assert not refusal(page).isVisible()


def test_a_record_without_a_birth_date_says_so(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    def forget(data: dict[str, Any]) -> None:
        data["patient"]["birth_date"] = None

    page = IdentifyPage()
    page.show_view(present_identify(TestVisit(protocol, base_facts(forget, for_visit=True)).context()))
    show_window(page)

    assert "only the wristband can be compared" in words(page)


def test_an_example_does_not_look_like_the_patient_s_birth_date(page: IdentifyPage) -> None:
    assert not any(digit in part(page, DateField, BORN).entry.placeholderText() for digit in "0123456789")
