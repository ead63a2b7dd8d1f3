"""Why: everything a rule says for itself is on the sheet, and the keys scroll it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.why import present_why
from nurse_app.ui.sheets.why_sheet import WhySheet
from nurse_app.ui.widgets.column import VerticalScroll
from tests.kit import TestVisit, base_facts
from tests.ui.hands import words

ShowWindow = Callable[..., QWidget]


def high_alt(data: dict[str, Any]) -> None:
    data["labs"] = [row | {"value": "120"} if row["test"] == "ALT" else row for row in data["labs"]]


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    return TestVisit(protocol, base_facts(high_alt, for_visit=True)).to("prechecks")


def shown(show_window: ShowWindow, visit: TestVisit, rule: str) -> WhySheet:
    sheet = WhySheet(present_why(visit.context(), rule))
    show_window(VerticalScroll(sheet), size=(700, 300))
    sheet.first_focus()
    return sheet


def test_a_finding_shows_figures_grade_sources_other_view_and_approval(
    show_window: ShowWindow, visit: TestVisit
) -> None:
    said = words(shown(show_window, visit, "liver-enzymes"))

    for words_expected in (
        "ALT 120 U/L is 3 times the upper limit",
        "Value: 120 U/L",
        "CTCAE 5.0: grade 1",
        "Document 001: drug page (safety, infusion, laboratory tests)",
        "seen in the source",
        visit.protocol.text("other.liver"),
        visit.protocol.text("protocol.not-approved"),
        "Rule: liver-enzymes",
    ):
        assert words_expected in said


def test_what_is_missing_is_listed(show_window: ShowWindow, visit: TestVisit) -> None:
    said = words(shown(show_window, visit, "unanswered"))

    assert "Missing" in said
    assert visit.protocol.text("question.infection_signs.text") in said


def test_a_plain_yes_has_no_figures(show_window: ShowWindow, visit: TestVisit) -> None:
    visit.do(c.AnswerQuestion("suicidal_thoughts", answer=True))

    said = words(shown(show_window, visit, "mood"))

    assert visit.protocol.text("finding.mood.yes") in said
    assert "Figures used" not in said


def test_a_rule_that_finds_nothing_still_shows_its_sources(show_window: ShowWindow, visit: TestVisit) -> None:
    said = words(shown(show_window, visit, "mood"))

    assert "Nothing is found by this rule now." in said
    assert "Where it is from" in said
    assert "The other view" not in said


def test_a_decision_is_told(show_window: ShowWindow, visit: TestVisit) -> None:
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    visit.do(c.RecordDecision("infection", "proceed", "Dr Sample", read_back=True))

    assert "Decided: proceed. Dr Sample" in words(shown(show_window, visit, "infection"))


def test_an_approved_protocol_says_nothing_of_approval(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(replace(protocol, status="approved")).to("prechecks")

    assert protocol.text("protocol.not-approved") not in words(shown(show_window, visit, "mood"))


def test_the_arrow_keys_scroll_it(show_window: ShowWindow, visit: TestVisit) -> None:
    sheet = shown(show_window, visit, "unanswered")
    scroll = sheet.parentWidget()
    while not isinstance(scroll, VerticalScroll):
        assert scroll is not None
        scroll = scroll.parentWidget()
    focus = QApplication.focusWidget()
    assert focus is sheet

    QTest.keyClick(focus, Qt.Key.Key_Down)

    assert scroll.verticalScrollBar().value() > 0


def test_nothing_can_be_refused_here(show_window: ShowWindow, visit: TestVisit) -> None:
    sheet = shown(show_window, visit, "mood")

    sheet.show_refusal("Refused")

    assert "Refused" not in words(sheet)
