"""The symptom round on the page of an infusion: due, a sign in one touch, and gone again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.round_commands import SeenWell
from nurse_app.presentation.infuse import present_infuse
from nurse_app.ui.blocks.round_card import RoundCard
from nurse_app.ui.steps.infuse_page import InfusePage
from nurse_app.ui.widgets.choice_chips import SignChip
from nurse_app.ui.widgets.text import Text
from tests.kit import TestVisit
from tests.presentation.running_visits import running, vitals
from tests.ui.hands import noted, part, tap
from tests.ui.reading import settle

ShowWindow = Callable[..., QWidget]
WIDE = (810, 620)


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 16)
    visit.do(vitals())
    return visit


@pytest.fixture
def page(show_window: ShowWindow, visit: TestVisit) -> InfusePage:
    page = InfusePage()
    page.show_view(present_infuse(visit.context()))
    show_window(page, size=WIDE)
    page.show_view(present_infuse(visit.wait(milliseconds=500).context()))
    return page


def test_a_round_that_is_due_says_since_when_and_offers_its_signs(page: InfusePage) -> None:
    assert part(page, Text, "round.title").text() == "Symptom round due since 09:55"
    chips = [chip.objectName() for chip in page.findChildren(SignChip)]
    assert chips[:2] == ["round.sign.itching", "round.sign.hives"]
    assert all(chip.height() >= 44 for chip in page.findChildren(SignChip))


def test_a_finger_on_its_way_presses_no_sign_that_just_came(show_window: ShowWindow, visit: TestVisit) -> None:
    page = InfusePage()
    asked = noted(page.intent_requested)
    visit.do(SeenWell())
    page.show_view(present_infuse(visit.context()))
    show_window(page, size=WIDE)
    page.show_view(present_infuse(visit.wait(minutes=10).context()))
    settle()
    tap(page, "round.sign.itching")
    assert asked == []

    page.show_view(present_infuse(visit.wait(milliseconds=500).context()))
    tap(page, "round.sign.itching")
    assert asked == [c.OpenReaction(("itching",))]


def test_a_sign_is_one_touch_from_the_reaction(page: InfusePage) -> None:
    asked = noted(page.intent_requested)
    tap(page, "round.sign.throat-tightness")
    assert asked == [c.OpenReaction(("throat-tightness",))]


def test_the_signs_are_reached_by_keyboard(page: InfusePage) -> None:
    asked = noted(page.intent_requested)
    part(page, SignChip, "round.sign.itching").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert asked == [c.OpenReaction(("hives",))]


def test_nothing_above_moves_when_the_round_is_done(page: InfusePage, visit: TestVisit) -> None:
    others = part(page, QWidget, "others")
    before = others.mapTo(page, others.rect().topLeft())
    visit.wait(minutes=1)
    page.show_view(present_infuse(visit.context()))
    visit.do(SeenWell())
    page.show_view(present_infuse(visit.context()))

    assert not part(page, RoundCard, "round").isVisible()
    assert others.mapTo(page, others.rect().topLeft()) == before
