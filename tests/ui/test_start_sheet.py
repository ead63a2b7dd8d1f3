"""The start: what to set on the pump, what to watch for, then one press."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.start import present_start
from nurse_app.ui.sheets.start_sheet import StartSheet
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.fields import NumberField
from tests.kit import SECOND, TestVisit, base_facts
from tests.ui.hands import fill, noted, part, tap, words

ShowWindow = Callable[..., QWidget]


def ready(protocol: InfusionProtocol, change: Callable[[dict[str, Any]], None] | None = None) -> TestVisit:
    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prepare").with_bag()
    visit.do(c.ReadyLine("left hand"))
    visit.do(c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), SECOND)
    return visit


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    return ready(protocol)


@pytest.fixture
def sheet(show_window: ShowWindow, visit: TestVisit) -> StartSheet:
    sheet = StartSheet(present_start(visit.context()))
    show_window(sheet, size=(830, 640))
    sheet.first_focus()
    return sheet


def test_rate_volume_and_end_are_the_largest_on_the_sheet(sheet: StartSheet) -> None:
    assert part(sheet, Card, "start_sheet.rate").value() == "115 mL/h"
    assert part(sheet, Card, "start_sheet.volume").value() == "about 115 mL"
    assert part(sheet, Card, "start_sheet.ends").value() == "10:06"


def test_enter_starts_at_the_protocol_s_rate(sheet: StartSheet) -> None:
    asked = noted(sheet.intent_requested)

    QTest.keyClick(part(sheet, Button, "start_sheet.submit"), Qt.Key.Key_Return)

    assert part(sheet, Button, "start_sheet.submit").hasFocus()
    assert asked == [c.StartInfusion(Decimal(115))]


def test_the_end_follows_the_clock_while_the_sheet_is_open(sheet: StartSheet, visit: TestVisit) -> None:
    sheet.show_view(present_start(visit.wait(minutes=2).context()))

    assert part(sheet, Card, "start_sheet.ends").value() == "10:08"


def test_another_rate_is_what_the_pump_says(sheet: StartSheet) -> None:
    asked = noted(sheet.intent_requested)
    assert not part(sheet, NumberField, "start_sheet.other_rate").isVisible()
    tap(sheet, "start_sheet.other")

    tap(sheet, "start_sheet.submit")
    assert asked == []
    fill(sheet, "start_sheet.other_rate", "100.5", enter=True)

    assert asked == [c.StartInfusion(Decimal("100.5"))]


def test_a_refusal_stands_beside_the_button(sheet: StartSheet) -> None:
    sheet.show_refusal("A rate above 120 mL/h is not allowed.")

    assert "A rate above 120 mL/h is not allowed." in words(sheet)


def test_cautions_are_seen_before_the_start_and_have_their_why(
    show_window: ShowWindow, protocol: InfusionProtocol
) -> None:
    def mild(data: dict[str, Any]) -> None:
        data["labs"] = [row | {"value": "52"} if row["test"] == "ALT" else row for row in data["labs"]]

    sheet = StartSheet(present_start(ready(protocol, mild).context()))
    asked = noted(sheet.intent_requested)
    show_window(sheet, size=(830, 640))

    tap(sheet, "start_sheet.caution.0.why")

    assert asked == [OpenSheet(SheetKind.WHY, "liver-enzymes")]


def test_old_vital_signs_offer_a_new_set(sheet: StartSheet, visit: TestVisit) -> None:
    asked = noted(sheet.intent_requested)
    assert not part(sheet, Button, "start_sheet.vital_signs").isVisible()

    sheet.show_view(present_start(visit.wait(minutes=31).context()))
    tap(sheet, "start_sheet.vital_signs")

    assert "Measure again before the start" in words(sheet)
    assert asked == [OpenSheet(SheetKind.VITAL_SIGNS)]


def test_the_chair_s_check_is_on_the_sheet(sheet: StartSheet, protocol: InfusionProtocol) -> None:
    assert protocol.text("infuse.before") in words(sheet)
    assert protocol.text("prepare.emergency-check") in words(sheet)
