"""The frame: sheets in the middle, clocks beside them, Reaction always within reach."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.alert_bar import AlertLine
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.step_rail import StepItem
from nurse_app.ui.widgets.text import Text
from tests.ui.reading import ShowWindow, button_of, settle, words_on

FIELDS = (("Born", "14-Mar-1988 (38 y)"), ("Record no.", "TRN 000 417"))
STEPS = (
    StepItem("identify", 1, "Identify", "10:01 matched", "done", openable=True),
    StepItem("prechecks", 2, "Pre-checks", "4 of 13", "current"),
    StepItem("prepare", 3, "Prepare"),
)


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def frame(show_window: ShowWindow) -> VisitFrame:
    frame = VisitFrame()
    frame.banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    frame.rail.show_steps(STEPS)
    page = Column(name="page")
    page.add(PageTitle("Pre-checks", "Ask each question."))
    for number in range(30):
        page.add(Button(f"Line {number}", name=f"line{number}"))
    frame.set_page(page)
    side = Column(name="side")
    side.add(Button("Pause", name="pause"))
    frame.set_side(side)
    show_window(frame, size=(1366, 768))
    return frame


def lot_sheet() -> Column:
    sheet = Column(name="lot_sheet")
    sheet.add(Text("Nothing to enter here"))
    sheet.add(TextField("Lot", name="lot"))
    return sheet


@pytest.mark.parametrize("how", ["click", "key"])
def test_reaction_is_one_touch_or_one_key_away(qtbot: QtBot, frame: VisitFrame, how: str) -> None:
    with qtbot.waitSignal(frame.reaction_requested):
        if how == "click":
            click(qtbot, frame.reaction_button)
        else:
            qtbot.keyClick(frame, Qt.Key.Key_F8)


def test_nothing_covers_the_reaction_button_not_even_a_sheet_or_a_long_side(qtbot: QtBot, frame: VisitFrame) -> None:
    side = Column()
    for number in range(40):
        side.add(Button(f"Card {number}", name=f"card{number}"))
    frame.set_side(side)
    frame.show_sheet(lot_sheet(), "Record the lot")
    frame.bands.alerts.show_alerts(tuple(AlertLine(str(number), "high", "Look at the patient") for number in range(3)))
    settle()

    button = frame.reaction_button
    assert frame.childAt(button.mapTo(frame, button.rect().center())) is button
    lot = frame.findChild(TextField, "lot")
    assert lot is not None
    with qtbot.waitSignal(frame.reaction_requested):
        qtbot.keyClick(lot.entry, Qt.Key.Key_F8)


def test_the_reaction_screen_alone_hides_the_button(frame: VisitFrame) -> None:
    frame.set_reaction_visible(visible=False)
    assert not frame.reaction_button.isVisible()
    frame.set_reaction_visible(visible=True)
    assert frame.reaction_button.isVisible()


def test_a_sheet_takes_the_middle_and_the_focus_and_leaves_the_clocks(qtbot: QtBot, frame: VisitFrame) -> None:
    button_of(frame, "pause").setFocus()
    sheet = lot_sheet()
    frame.show_sheet(sheet, "Record the lot", "As printed on the vial.")
    settle()

    lot = sheet.findChild(TextField, "lot")
    assert lot is not None
    assert frame.sheet_open
    assert QApplication.focusWidget() is lot.entry
    assert sheet.isVisible()
    assert not button_of(frame, "line0").isVisible()
    assert button_of(frame, "pause").isVisible()
    assert "Record the lot" in words_on(frame)


@pytest.mark.parametrize("how", ["key", "button", "call"])
def test_a_sheet_closes_and_the_focus_goes_back(qtbot: QtBot, frame: VisitFrame, how: str) -> None:
    pause = button_of(frame, "pause")
    pause.setFocus()
    sheet = lot_sheet()
    frame.show_sheet(sheet, "Record the lot")
    settle()

    with qtbot.waitSignal(frame.sheet_closed):
        if how == "key":
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        elif how == "button":
            click(qtbot, button_of(frame, "sheet.close"))
        else:
            frame.close_sheet()
    settle()

    assert not frame.sheet_open
    assert button_of(frame, "line0").isVisible()
    assert pause.hasFocus()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not Shiboken.isValid(sheet)


def test_one_sheet_can_follow_another(frame: VisitFrame) -> None:
    pause = button_of(frame, "pause")
    pause.setFocus()
    first = lot_sheet()
    frame.show_sheet(first, "First")
    frame.show_sheet(Text("Only words here"), "Second")
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not Shiboken.isValid(first)
    assert button_of(frame, "sheet.close").hasFocus()

    frame.close_sheet()
    assert pause.hasFocus()


def test_a_sheet_closes_even_when_what_had_the_focus_is_gone(frame: VisitFrame) -> None:
    pause = button_of(frame, "pause")
    pause.setFocus()
    frame.show_sheet(lot_sheet(), "Record the lot")
    pause.hide()

    frame.close_sheet()

    assert not frame.sheet_open
    assert not pause.hasFocus()


def test_closing_no_sheet_says_nothing(qtbot: QtBot, frame: VisitFrame) -> None:
    with qtbot.assertNotEmitted(frame.sheet_closed):
        frame.close_sheet()
        qtbot.keyClick(frame, Qt.Key.Key_Escape)


def test_a_line_below_can_be_brought_into_view(frame: VisitFrame) -> None:
    last = button_of(frame, "line29")
    assert last.visibleRegion().isEmpty()

    frame.bring_into_view(last)
    settle()

    assert last.visibleRegion().boundingRect() == last.rect()


def test_another_page_takes_the_place_of_the_first(frame: VisitFrame) -> None:
    frame.set_page(PageTitle("Prepare the dose"))
    settle()

    assert "Prepare the dose" in words_on(frame)
    assert not button_of(frame, "line0").isVisible()


def test_without_the_rail_the_page_is_wider(frame: VisitFrame) -> None:
    page = frame.findChild(Column, "page")
    assert page is not None
    before = page.width()

    frame.set_rail_visible(visible=False)
    settle()

    assert page.width() >= before + 200


def test_columns_widen_with_the_text(frame: VisitFrame, theme: Theme) -> None:
    before = frame.reaction_button.width()

    theme.apply(Scheme.LIGHT, 150)
    settle()

    assert frame.reaction_button.width() > before + 50


def test_a_page_title_without_a_subtitle_keeps_no_room_for_one(qtbot: QtBot) -> None:
    title = PageTitle("Infuse", "Running")
    qtbot.addWidget(title)
    before = title.sizeHint().height()
    title.set_subtitle("")

    assert title.title() == "Infuse"
    assert title.sizeHint().height() < before


def test_home_has_title_search_actions_and_no_side_until_given(qtbot: QtBot, show_window: ShowWindow) -> None:
    home = HomeFrame("Infusion ward", search_hint="Find or scan patient")
    home.add_action(Button("Add patient", "F2", name="add"))
    home.set_page(PageTitle("In progress"))
    show_window(home, size=(1366, 768))
    assert {"Infusion ward", "In progress"} <= set(words_on(home))

    home.set_title("Training ward")
    assert "Training ward" in words_on(home)
    with qtbot.waitSignal(home.search.submitted) as found:
        qtbot.keyClicks(home.search.entry, "TRN000417")
        qtbot.keyClick(home.search.entry, Qt.Key.Key_Return)
    assert found.args == ["TRN000417"]

    side = Column()
    side.add(Text("Results"))
    home.set_side(side)
    settle()
    assert "Results" in words_on(home)
    home.set_side(None)
    assert "Results" not in words_on(home)
