"""The line and the note."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.commands import AddNote, ReadyLine
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.small_sheets import present_line, present_note
from nurse_app.ui.sheets.line_sheet import LineSheet
from nurse_app.ui.sheets.note_sheet import NoteSheet
from nurse_app.ui.widgets.fields import TextField
from tests.kit import TestVisit
from tests.ui.hands import fill, noted, part, tap, words

ShowWindow = Callable[..., QWidget]


@pytest.fixture
def line(show_window: ShowWindow, protocol: InfusionProtocol) -> LineSheet:
    sheet = LineSheet(present_line(TestVisit(protocol).to("prechecks").context()))
    show_window(sheet)
    sheet.first_focus()
    return sheet


def test_a_usual_site_is_one_touch_and_the_button(line: LineSheet) -> None:
    asked = noted(line.intent_requested)
    tap(line, "line_sheet.submit")
    assert asked == []

    tap(line, "line_sheet.site.left forearm")
    tap(line, "line_sheet.submit")

    assert asked == [ReadyLine("left forearm")]


def test_another_site_is_typed(line: LineSheet) -> None:
    asked = noted(line.intent_requested)
    tap(line, "line_sheet.site.other")
    assert QApplication.focusWidget() is part(line, TextField, "line_sheet.other").entry

    fill(line, "line_sheet.other", "left foot", enter=True)

    assert asked == [ReadyLine("left foot")]


def test_going_back_to_a_usual_site_needs_no_words(line: LineSheet) -> None:
    asked = noted(line.intent_requested)
    tap(line, "line_sheet.site.other")
    tap(line, "line_sheet.site.port")

    tap(line, "line_sheet.submit")

    assert asked == [ReadyLine("port")]


def test_the_site_recorded_before_is_shown(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(ReadyLine("left hand"))
    sheet = LineSheet(present_line(visit.context()))
    show_window(sheet)

    assert "Recorded now: left hand" in words(sheet)


def test_a_note_is_typed_and_saved_by_enter(show_window: ShowWindow) -> None:
    sheet = NoteSheet(present_note())
    asked = noted(sheet.intent_requested)
    show_window(sheet)
    sheet.first_focus()

    fill(sheet, "note_sheet.text", "Patient asks for a blanket", enter=True)

    assert asked == [AddNote("Patient asks for a blanket")]


def test_an_empty_note_is_not_saved(show_window: ShowWindow) -> None:
    sheet = NoteSheet(present_note())
    asked = noted(sheet.intent_requested)
    show_window(sheet)

    tap(sheet, "note_sheet.submit")

    assert asked == []
    assert part(sheet, TextField, "note_sheet.text").message()
