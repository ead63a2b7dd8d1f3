"""The timeline page: every entry, what was corrected, and the way to say that one was wrong."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import commands as c
from nurse_app.domain.events import LineReadied
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.timeline import present_timeline
from nurse_app.ui.screens.record_screen import RecordPage
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.timeline_entry import TimelineEntry
from nurse_app.visit.open_visit import Author
from tests.kit import NURSE, SECOND, TestVisit
from tests.ui.conftest import ShowWindow
from tests.ui.hands import noted, part, tap, words

SIZE = (1040, 600)


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    """A visit in the infusion, with a note that was wrong."""
    made = TestVisit(protocol).to("infuse")
    (wrong,) = made.wait(minutes=2).do(c.AddNote("Left arm warm"))
    made.wait(minutes=1).do(c.CorrectEntry(wrong.number, "Typed or tapped wrong"), SECOND)
    made.visit.handle(c.AddNote("Locked"), Author(NURSE, sign_later=True), made.reading())
    return made


@pytest.fixture
def page(visit: TestVisit, show_window: ShowWindow) -> RecordPage:
    made = RecordPage()
    made.show_view(present_timeline(visit.context()))
    show_window(VerticalScroll(made, name="scroll"), size=SIZE)
    return made


def entry(page: RecordPage, text: str) -> TimelineEntry:
    return next(each for each in page.findChildren(TimelineEntry) if text in words(each))


def entry_text(page: RecordPage, text: str) -> Text:
    return next(each for each in entry(page, text).findChildren(Text) if text in each.text())


def correct_button(found: TimelineEntry) -> Button:
    assert found.button is not None
    return found.button


def test_every_entry_is_shown_with_time_words_and_author(page: RecordPage, visit: TestVisit) -> None:
    said = words(page)

    assert len(page.findChildren(TimelineEntry)) == len(visit.visit.record)
    assert "22-Nov-2026" in said
    assert "Infusion started at 115 mL/h." in said
    assert "SAMPLE, Nurse Two" in words(entry(page, "Second check"))


def test_a_wrong_entry_is_struck_through_with_the_correction_under_it(page: RecordPage) -> None:
    wrong = entry(page, "Note: Left arm warm")

    assert entry_text(page, "Left arm warm").font().strikeOut()
    assert not entry_text(page, "Infusion started").font().strikeOut()
    assert "Marked in error 09:43:00 by SAMPLE, Nurse Two: Typed or tapped wrong" in [
        chip.text() for chip in wrong.findChildren(Chip)
    ]
    assert wrong.button is None


def test_what_is_unusual_stands_under_the_entry(page: RecordPage) -> None:
    assert [chip.text() for chip in entry(page, "Locked").findChildren(Chip)] == ["sign later"]


def test_marking_in_error_asks_for_the_sheet_about_that_entry(page: RecordPage, visit: TestVisit) -> None:
    asked = noted(page.intent_requested)
    number = next(item.number for item in visit.visit.record if isinstance(item.event, LineReadied))
    line = entry(page, "Line ready")

    QTest.mouseClick(correct_button(line), Qt.MouseButton.LeftButton)

    assert asked == [OpenSheet(SheetKind.CORRECT, str(number))]


def test_what_really_happened_cannot_be_marked(page: RecordPage) -> None:
    assert entry(page, "Infusion started").button is None


def test_up_and_down_go_along_the_entries_that_can_be_marked(page: RecordPage) -> None:
    buttons = [
        button
        for each in page.findChildren(TimelineEntry)
        if (button := each.button) is not None and button.isVisible()
    ]
    buttons[0].setFocus()

    QTest.keyClick(buttons[0], Qt.Key.Key_Down)
    QTest.keyClick(buttons[1], Qt.Key.Key_Down)
    QTest.keyClick(buttons[2], Qt.Key.Key_Up)

    assert buttons[1].hasFocus()
    buttons[-1].setFocus()
    QTest.keyClick(buttons[-1], Qt.Key.Key_Down)
    assert buttons[-1].hasFocus()


def test_the_entry_reached_by_keys_is_scrolled_into_view(page: RecordPage) -> None:
    scroll = part(page.window(), VerticalScroll, "scroll")
    buttons = [each.button for each in page.findChildren(TimelineEntry) if each.button is not None]
    shown = [button for button in buttons if button.isVisible()]
    shown[0].setFocus()
    for button in shown[:-1]:
        QTest.keyClick(button, Qt.Key.Key_Down)

    top = shown[-1].mapTo(scroll.viewport(), shown[-1].rect().topLeft()).y()
    assert 0 <= top < scroll.viewport().height()


def test_the_list_scrolls_by_keys(page: RecordPage) -> None:
    bar = part(page.window(), VerticalScroll, "scroll").verticalScrollBar()
    page.first_focus()
    assert page.hasFocus()

    places: list[int] = []
    for key in (
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_End,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(page, key)
        places.append(bar.value())

    page_height = part(page.window(), VerticalScroll, "scroll").viewport().height()
    assert places == [page_height, 0, page_height // 10, 0, bar.maximum(), 0]


def test_other_keys_and_a_page_without_a_scroll_do_nothing(visit: TestVisit, show_window: ShowWindow) -> None:
    page = RecordPage()
    page.show_view(present_timeline(visit.context()))
    show_window(page)

    QTest.keyClick(page, Qt.Key.Key_PageDown)
    QTest.keyClick(page, Qt.Key.Key_A)
    button = next(each.button for each in page.findChildren(TimelineEntry) if each.button is not None)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_B):
        QTest.keyClick(button, key)

    assert page.isVisible()


def test_a_new_entry_comes_at_the_end_and_the_others_stay(page: RecordPage, visit: TestVisit) -> None:
    before = page.findChildren(TimelineEntry)
    button = correct_button(before[1 + 4])
    button.setFocus()
    visit.wait(minutes=1).do(c.AddNote("One more"))

    page.show_view(present_timeline(visit.context()))
    QApplication.processEvents()

    assert page.findChildren(TimelineEntry)[: len(before)] == before
    assert "One more" in words(page.findChildren(TimelineEntry)[-1])
    assert button.hasFocus()


def test_an_entry_marked_in_error_meanwhile_is_struck_through(page: RecordPage, visit: TestVisit) -> None:
    line = entry(page, "Line ready")
    visit.do(c.CorrectEntry(int(line.objectName().removeprefix("entry.")), "slip"))

    page.show_view(present_timeline(visit.context()))
    QApplication.processEvents()

    assert entry_text(page, "Line ready").font().strikeOut()
    assert correct_button(line).isHidden()


def test_another_visit_begins_an_empty_list(page: RecordPage, protocol: InfusionProtocol) -> None:
    other = TestVisit(protocol)
    page.show_view(present_timeline(replace(other.context(), visit_id="v-2")))
    QApplication.processEvents()

    assert "Infusion started" not in words(page)
    assert [each.objectName() for each in page.findChildren(TimelineEntry) if each.isVisible()] == ["entry.1"]


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_nothing_is_cut_at_any_text_size(page: RecordPage, theme: Theme, percent: int) -> None:
    theme.apply(Scheme.LIGHT, percent)
    for _round in range(4):
        QApplication.processEvents()

    for text in page.findChildren(Text):
        if text.isVisible():
            assert text.height() >= text.heightForWidth(text.width()) - 1, text.text()
    assert entry_text(page, "Left arm warm").font().strikeOut()


def test_the_buttons_say_which_entry_they_are_about(page: RecordPage) -> None:
    line = entry(page, "Line ready")

    assert correct_button(line).accessibleName().endswith("in error: Line ready: left forearm.")
    assert line.accessibleName() == "Line ready: left forearm."
    tap(page, correct_button(line).objectName())
