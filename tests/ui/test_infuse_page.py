"""Infusing, flushing, observing in the window: the clock, the next act, keys and focus, cheap on every tick."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.flush import present_flush
from nurse_app.presentation.infuse import present_infuse
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.observe import present_observe
from nurse_app.ui.steps.flush_page import FlushPage
from nurse_app.ui.steps.infuse_page import InfusePage
from nurse_app.ui.steps.observe_page import ObservePage
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.ring_clock import RingClock
from nurse_app.ui.widgets.vitals_table import VitalsTable
from tests.kit import TestVisit
from tests.presentation.running_visits import running, vitals
from tests.ui.hands import noted, part, tap, words

ShowWindow = Callable[..., QWidget]
WIDE = (820, 620)


class Repaints(QObject):
    """Notes which widgets are painted and laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[str] = []
        self.laid_out: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = {QEvent.Type.Paint: self.painted, QEvent.Type.LayoutRequest: self.laid_out}
        if event.type() in kinds:
            kinds[event.type()].append(watched.objectName() or type(watched).__name__)
        return False


def settle() -> None:
    """Let widgets that came or went be laid out."""
    for _ in range(4):
        QApplication.processEvents()


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 13)
    visit.do(vitals())
    return visit.wait(minutes=5, seconds=40)


@pytest.fixture
def page(show_window: ShowWindow, visit: TestVisit) -> InfusePage:
    page = InfusePage()
    page.show_view(present_infuse(visit.context()))
    show_window(page, size=WIDE)
    return page


def test_the_ring_and_the_table_show_the_infusion(page: InfusePage) -> None:
    ring = part(page, RingClock, "ring").view

    assert (ring.digits, ring.caption, ring.note, ring.paused_word) == ("41:20", "Remaining", "ends about 10:40", "")
    assert "121/76" in words(page)
    assert "Alarm line for systolic pressure: 90 mmHg" in words(page)


def test_the_bag_button_is_not_there_before_its_time_but_the_early_one_is(page: InfusePage) -> None:
    asked = noted(page.intent_requested)

    assert page.findChild(Button, "bag_empty") is None
    assert "Bag empty from 60 min (10:40)" in words(page)
    QTest.keyClick(page, Qt.Key.Key_E)
    tap(page, "bag_empty_early")

    assert asked == [OpenSheet(SheetKind.BAG_EMPTY)] * 2


def test_at_the_planned_time_the_bag_button_takes_the_key_and_the_focus(page: InfusePage, visit: TestVisit) -> None:
    asked = noted(page.intent_requested)

    page.show_view(present_infuse(visit.wait(minutes=42).context()))
    settle()
    page.first_focus()
    QTest.keyClick(page, Qt.Key.Key_E)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert part(page, Button, "bag_empty").role() == "primary"
    assert not part(page, Button, "bag_empty_early").isVisible()
    assert asked == [c.EmptyBag()] * 2


@pytest.mark.parametrize(
    ("key", "kind"),
    [(Qt.Key.Key_S, SheetKind.STOP), (Qt.Key.Key_T, SheetKind.CHANGE_RATE), (Qt.Key.Key_N, SheetKind.NOTE)],
)
def test_what_may_be_done_at_any_time_has_its_key(page: InfusePage, key: Qt.Key, kind: SheetKind) -> None:
    asked = noted(page.intent_requested)

    QTest.keyClick(page, key)

    assert asked == [OpenSheet(kind)]


def test_while_nothing_is_next_the_page_takes_no_focus(page: InfusePage) -> None:
    before = QApplication.focusWidget()

    page.first_focus()

    assert QApplication.focusWidget() is before


def test_a_tick_repaints_the_ring_alone_and_lays_nothing_out(page: InfusePage, visit: TestVisit) -> None:
    settle()
    counter = Repaints()
    for widget in (page, *page.findChildren(QWidget)):
        widget.installEventFilter(counter)

    for _ in range(8):
        page.show_view(present_infuse(visit.wait(milliseconds=250).context()))
        QApplication.processEvents()

    assert set(counter.painted) <= {"ring", "infuse_page", "Row"}
    assert counter.painted.count("ring") <= 3
    assert counter.laid_out == []


def test_a_pause_is_hatched_named_and_explained(page: InfusePage, visit: TestVisit) -> None:
    visit.do(c.PauseInfusion("Pump alarm"))

    page.show_view(present_infuse(visit.wait(minutes=2).context()))

    assert part(page, RingClock, "ring").view.paused_word == "Paused 02:00"
    assert "Paused since 09:58: Pump alarm" in words(page)
    visit.do(c.ResumeInfusion())
    page.show_view(present_infuse(visit.context()))
    assert "Paused" not in words(page)


def test_a_patient_who_is_gone_has_no_ring(page: InfusePage, visit: TestVisit) -> None:
    visit.do(c.OpenReaction(("headache",)))
    visit.do(c.CloseReaction("transferred"))
    asked = noted(page.intent_requested)

    page.show_view(present_infuse(visit.context()))
    settle()
    page.first_focus()
    QTest.keyClick(page, Qt.Key.Key_C)

    assert not part(page, RingClock, "ring").isVisible()
    assert QApplication.focusWidget() is part(page, Button, "finish")
    assert asked == [c.StopInfusion("Transferred to hospital", for_reaction=True)]


def test_on_a_narrow_place_the_next_act_stays_above_the_ring(
    show_window: ShowWindow, visit: TestVisit, theme: Theme
) -> None:
    page = InfusePage()
    page.show_view(present_infuse(visit.wait(minutes=42).context()))
    window = show_window(page, size=WIDE)
    ring, bag = part(page, RingClock, "ring"), part(page, Button, "bag_empty")
    beside = bag.mapTo(page, bag.rect().topLeft()).y() > ring.mapTo(page, ring.rect().topLeft()).y()

    theme.apply(Scheme.LIGHT, 150)
    window.resize(600, 900)
    settle()
    above = bag.mapTo(page, bag.rect().bottomLeft()).y() <= ring.mapTo(page, ring.rect().topLeft()).y()
    table = part(page, VitalsTable, "vitals")
    below = table.mapTo(page, table.rect().topLeft()).y() >= ring.mapTo(page, ring.rect().bottomLeft()).y()

    assert (beside, above, below) == (True, True, True)
    theme.apply(Scheme.LIGHT, 100)
    window.resize(*WIDE)
    settle()
    assert bag.mapTo(page, bag.rect().topLeft()).y() > table.mapTo(page, table.rect().topLeft()).y()


def test_the_flush_has_one_thing_to_do(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    page = FlushPage()
    page.show_view(present_flush(TestVisit(protocol).to("flush").context()))
    show_window(page, size=WIDE)
    asked = noted(page.intent_requested)

    page.first_focus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_F)

    assert asked == [OpenSheet(SheetKind.FLUSH)] * 2


def test_the_observation_can_be_completed_when_its_time_is_over(
    show_window: ShowWindow, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=58)
    visit.do(vitals())
    page = ObservePage()
    page.show_view(present_observe(visit.context()))
    show_window(page, size=WIDE)
    asked = noted(page.intent_requested)

    QTest.keyClick(page, Qt.Key.Key_C)
    page.show_view(present_observe(visit.wait(minutes=2).context()))
    settle()
    QTest.keyClick(page, Qt.Key.Key_C)
    QTest.keyClick(page, Qt.Key.Key_L)

    assert asked == [c.CompleteObservation(), OpenSheet(SheetKind.LEAVE_EARLY)]
