"""The frame: who, where, the clocks, what was saved; sheets in the middle; Reaction always within reach."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.alert_bar import AlertBar, AlertLine
from nurse_app.ui.widgets.bands import Bands
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column, VerticalScroll
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.footer import Footer
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.patient_banner import PatientBanner
from nurse_app.ui.widgets.row import Row
from nurse_app.ui.widgets.step_rail import StepItem, StepRail
from nurse_app.ui.widgets.text import Text

ShowWindow = Callable[..., QWidget]
FIELDS = (("Born", "14-Mar-1988 (38 y)"), ("Record no.", "TRN 000 417"))
STEPS = (
    StepItem("identify", 1, "Identify", "10:01 matched", "done", openable=True),
    StepItem("prechecks", 2, "Pre-checks", "4 of 13", "current"),
    StepItem("prepare", 3, "Prepare"),
)


def words_on(widget: QWidget) -> list[str]:
    return [text.text() for text in widget.findChildren(Text) if text.isVisibleTo(widget) and text.text()]


def button_of(widget: QWidget, name: str) -> Button:
    found = widget.findChild(Button, name)
    assert found is not None
    return found


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


# banner


def test_the_banner_says_who_this_is(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    shown = words_on(banner)
    assert shown == ["SAMPLE, Patient One", "Born", FIELDS[0][1], "Record no.", FIELDS[1][1], "Allergy: penicillin"]
    assert banner.accessibleDescription() == "Born 14-Mar-1988 (38 y), Record no. TRN 000 417, Allergy: penicillin"


def test_the_banner_wraps_when_it_gets_narrow(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    assert banner.heightForWidth(500) > banner.heightForWidth(1300)


def test_without_known_allergies_there_is_no_empty_chip(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "")
    show_window(banner)

    assert [icon for icon in banner.findChildren(Icon) if icon.isVisible()] == []


def test_locked_the_banner_hides_names_from_eyes_and_screen_readers(show_window: ShowWindow) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    show_window(banner)

    banner.set_private("Locked. Names are hidden.")
    assert words_on(banner) == ["Locked. Names are hidden."]
    assert banner.accessibleDescription() == ""
    assert banner.accessibleName() == "Locked. Names are hidden."

    banner.show_patient("SAMPLE, Patient Two", FIELDS, "Allergy: latex")
    assert words_on(banner) == ["Locked. Names are hidden."]

    banner.set_private("")
    assert "SAMPLE, Patient Two" in words_on(banner)
    assert "Allergy: latex" in banner.accessibleDescription()


def test_a_severe_allergy_can_be_marked(show_window: ShowWindow, theme: Theme) -> None:
    banner = PatientBanner()
    banner.show_patient("SAMPLE", FIELDS, "Do not give natalizumab", "stop")
    show_window(banner)

    text = banner.findChild(Text, "patient_banner.allergy")
    assert text is not None
    assert text.palette().color(text.foregroundRole()) == theme.colour("stop")


# rail


def test_the_rail_shows_every_step_and_its_state(show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)

    assert words_on(rail) == ["Identify", "10:01 matched", "Pre-checks", "4 of 13", "Prepare", "—"]
    names = [entry.accessibleName() for entry in rail.findChildren(QFrame) if entry.accessibleName()]
    assert names == ["1 Identify, done", "2 Pre-checks, now", "3 Prepare, to do"]


def entry_of(rail: StepRail, key: str) -> QFrame:
    found = rail.findChild(QFrame, f"step.{key}")
    assert found is not None
    return found


def test_a_step_that_may_be_opened_opens_by_click_and_key(qtbot: QtBot, show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)
    entry = entry_of(rail, "identify")

    with qtbot.waitSignal(rail.step_requested) as clicked:
        click(qtbot, entry)
    entry.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(rail.step_requested) as keyed:
        qtbot.keyClick(entry, Qt.Key.Key_Return)

    assert clicked.args == keyed.args == ["identify"]
    assert entry.property("focused") == "yes"
    entry.clearFocus()
    assert entry.property("focused") == "no"


def test_a_step_to_come_cannot_be_opened(qtbot: QtBot, show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)

    with qtbot.assertNotEmitted(rail.step_requested):
        click(qtbot, entry_of(rail, "prepare"))
        qtbot.keyClick(entry_of(rail, "prepare"), Qt.Key.Key_Return)
    assert entry_of(rail, "prepare").focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_touch_that_slides_off_a_step_opens_nothing(qtbot: QtBot, show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)
    entry = entry_of(rail, "identify")

    with qtbot.assertNotEmitted(rail.step_requested):
        qtbot.mouseRelease(entry, Qt.MouseButton.LeftButton, pos=QPoint(-5, -5))


def test_steps_change_in_place_and_in_number(show_window: ShowWindow) -> None:
    rail = StepRail()
    rail.show_steps(STEPS)
    show_window(rail)
    first = entry_of(rail, "identify")

    rail.show_steps((STEPS[0], StepItem("prechecks", 2, "Pre-checks", "left out", "skipped")))
    settle()

    assert entry_of(rail, "identify") is first
    assert words_on(rail) == ["Identify", "10:01 matched", "Pre-checks", "left out"]


def test_done_now_and_to_do_differ_by_more_than_colour(show_window: ShowWindow, theme: Theme) -> None:
    rail = StepRail()
    pictures = []
    rail.show_steps((STEPS[0],))
    show_window(rail, size=(215, 100))
    for state in ("done", "current", "todo", "skipped"):
        rail.show_steps((StepItem("identify", 1, "Identify", "", state),))
        settle()
        image = rail.grab().toImage().convertToFormat(rail.grab().toImage().Format.Format_Grayscale8)
        pictures.append(bytes(image.constBits()))

    assert len(set(pictures)) == 4


# footer


def test_the_footer_says_what_was_saved_who_is_here_and_the_date(qtbot: QtBot, show_window: ShowWindow) -> None:
    footer = Footer()
    footer.show_saved("10:05:12 Answer recorded · saved")
    footer.show_user("Nurse: training user")
    footer.show_keys((("F1", "Help"), ("F8", "Reaction")))
    footer.show_date("Sunday 22-Nov-2026 10:42")
    show_window(footer)

    assert words_on(footer) == ["10:05:12 Answer recorded · saved", "Sunday 22-Nov-2026 10:42"]
    with qtbot.waitSignal(footer.user_requested):
        click(qtbot, button_of(footer, "footer.user"))
    with qtbot.waitSignal(footer.key_requested) as pressed:
        click(qtbot, button_of(footer, "footer.F1"))
    assert pressed.args == ["F1"]


def test_keys_told_again_are_left_alone_and_others_replace_them(show_window: ShowWindow) -> None:
    footer = Footer()
    footer.show_keys((("F1", "Help"),))
    show_window(footer)
    before = button_of(footer, "footer.F1")

    footer.show_keys((("F1", "Help"),))
    assert button_of(footer, "footer.F1") is before

    footer.show_keys((("F2", "Add patient"),))
    settle()
    assert [button.label() for button in footer.findChildren(Button) if button.isVisible()] == ["F2 Add patient"]


def test_what_was_not_saved_looks_different(show_window: ShowWindow) -> None:
    footer = Footer()
    show_window(footer)
    icon = footer.findChildren(Icon)[0]

    footer.show_saved("10:05:12 saved")
    assert icon.icon_name == "check"
    footer.show_saved("10:05:12 Not saved", "stop")
    assert icon.icon_name == "not_saved"
    footer.show_saved("")
    assert not icon.isVisible()


# bands


@pytest.fixture
def bands(show_window: ShowWindow) -> Bands:
    bands = Bands()
    show_window(bands, size=(1366, 768))
    return bands


def test_bands_are_not_there_until_they_have_to_be(bands: Bands) -> None:
    assert words_on(bands) == []


def test_training_is_unmistakable(bands: Bands) -> None:
    bands.training.set_shown(shown=True)

    assert words_on(bands) == ["TRAINING", "sample patients only"]
    bands.training.set_shown(shown=False)
    assert words_on(bands) == []


def test_a_protocol_nobody_approved_says_so(bands: Bands) -> None:
    bands.unapproved.show_text("Protocol not yet approved by this site.")
    assert words_on(bands) == ["Protocol not yet approved by this site."]

    bands.unapproved.show_text("")
    assert words_on(bands) == []


@pytest.mark.parametrize("how", ["click", "key"])
def test_not_saved_stays_until_cleared_and_can_be_tried_again(qtbot: QtBot, bands: Bands, how: str) -> None:
    bands.not_saved.show_problem("Not saved", "Write on paper.")
    assert words_on(bands) == ["Not saved", "Write on paper."]

    with qtbot.waitSignal(bands.not_saved.retry_requested):
        if how == "click":
            click(qtbot, button_of(bands, "not_saved_bar.retry"))
        else:
            qtbot.keyClick(bands, Qt.Key.Key_F5)
    assert bands.not_saved.isVisible()

    bands.not_saved.clear()
    assert words_on(bands) == []


HIGH = AlertLine("pressure", "high", "Systolic pressure 84 mmHg", "since 10:41", action="Open")
MEDIUM = AlertLine("vitals", "medium", "Vital signs due")
LOW = AlertLine("sound", "low", "Sound is off", acknowledged=True)


def shown_alerts(bar: AlertBar) -> list[str]:
    return [text.text() for text in bar.findChildren(Text) if text.isVisible() and text.objectName().endswith(".text")]


def test_the_most_urgent_alarm_comes_first_with_word_and_shape(bands: Bands) -> None:
    bands.alerts.show_alerts((LOW, MEDIUM, HIGH))
    settle()

    assert shown_alerts(bands.alerts) == [HIGH.text, MEDIUM.text, LOW.text]
    words = [text for text in words_on(bands.alerts) if text in ("HIGH", "MEDIUM", "LOW")]
    assert words == ["HIGH", "MEDIUM", "LOW"]
    shapes = [icon.icon_name for icon in bands.alerts.findChildren(Icon) if icon.isVisible()]
    assert shapes == ["high", "medium", "low"]


def test_each_alarm_is_acknowledged_by_its_own_button(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH, MEDIUM, LOW))
    settle()

    with qtbot.waitSignal(bands.alerts.acknowledged) as acknowledged:
        click(qtbot, button_of(bands, "alert_bar.1.acknowledge"))

    assert acknowledged.args == ["vitals"]
    assert not button_of(bands, "alert_bar.2.acknowledge").isVisible()


def test_the_key_acknowledges_the_first_that_waits(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((AlertLine("pressure", "high", "Pressure", acknowledged=True), MEDIUM))
    settle()

    with qtbot.waitSignal(bands.alerts.acknowledged) as acknowledged:
        qtbot.keyClick(bands, Qt.Key.Key_F6)

    assert acknowledged.args == ["vitals"]
    assert button_of(bands, "alert_bar.1.acknowledge").label() == "Acknowledge (F6)"


def test_an_acknowledged_alarm_stays_and_says_so(bands: Bands) -> None:
    bands.alerts.show_alerts((LOW,))
    settle()

    assert words_on(bands.alerts) == ["LOW", "Sound is off", "acknowledged"]


def test_an_alarm_can_have_an_action_of_its_own(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH,))
    settle()

    with qtbot.waitSignal(bands.alerts.action_requested) as requested:
        click(qtbot, button_of(bands, "alert_bar.0.action"))

    assert requested.args == ["pressure"]


@pytest.mark.parametrize(("percent", "most"), [(100, 3), (150, 2)])
def test_many_alarms_leave_room_for_the_page_but_can_all_be_seen(
    qtbot: QtBot, bands: Bands, theme: Theme, percent: int, most: int
) -> None:
    theme.apply(Scheme.LIGHT, percent)
    bands.alerts.show_alerts(tuple(AlertLine(str(number), "low", f"Alarm {number}") for number in range(5)))
    settle()
    assert len(shown_alerts(bands.alerts)) == most
    more = button_of(bands, "alert_bar.more")
    assert more.label() == f"Show {5 - most} more"

    click(qtbot, more)
    settle()
    assert len(shown_alerts(bands.alerts)) == 5
    click(qtbot, more)
    settle()
    assert len(shown_alerts(bands.alerts)) == most


def lit(bar: AlertBar) -> list[str]:
    marks = [frame for frame in bar.findChildren(QFrame) if frame.property("kind") == "alert-mark"]
    return [str(mark.property("lit")) for mark in marks]


def test_what_is_not_acknowledged_flashes_at_the_rate_of_its_priority(bands: Bands) -> None:
    quiet = AlertLine("quiet", "high", "Seen", acknowledged=True)
    bands.alerts.show_alerts((HIGH, quiet, MEDIUM))
    seen = []
    for _ in range(12):
        bands.alerts.advance()
        seen.append(lit(bands.alerts))

    high, acknowledged, medium = zip(*seen, strict=True)
    assert high == ("stop", "no") * 6
    assert set(acknowledged) == {"no"}
    assert medium == ("no", "no", "caution", "caution", "caution", "no") * 2


def test_low_alarms_never_flash(bands: Bands) -> None:
    bands.alerts.show_alerts((AlertLine("sound", "low", "Sound is off"),))
    for _ in range(12):
        bands.alerts.advance()
        assert lit(bands.alerts) == ["no"]


def test_the_bar_goes_with_its_last_alarm(bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH,))
    bands.alerts.show_alerts(())
    bands.alerts.advance()

    assert not bands.alerts.isVisible()


# boxes


def test_a_flow_fills_lines_like_words(show_window: ShowWindow) -> None:
    box = QWidget()
    flow = FlowLayout(box, gap=8)
    for number in range(6):
        flow.addWidget(Button(f"Sign {number}", name=f"sign{number}"))
    show_window(box, size=(360, 400))

    places = [button.geometry() for button in box.findChildren(Button)]
    assert len({place.top() for place in places}) > 1
    assert all(place.right() <= box.width() for place in places)
    assert flow.heightForWidth(2000) < flow.heightForWidth(360)
    assert flow.count() == 6
    assert flow.itemAt(99) is None
    assert flow.takeAt(99) is None
    assert flow.expandingDirections() == Qt.Orientation(0)


def test_a_flow_gives_a_wide_item_its_own_wrapped_line(show_window: ShowWindow) -> None:
    box = QWidget()
    flow = FlowLayout(box)
    long = Text("Watch for itching, hives, flushing, dizziness, chest pain, breathlessness")
    flow.addWidget(Text("Short"))
    flow.addWidget(long)
    show_window(box, size=(200, 400))

    assert long.width() <= 200
    assert long.height() >= long.heightForWidth(long.width())
    taken = flow.takeAt(0)
    assert taken is not None
    assert flow.count() == 1


def test_a_row_stands_side_by_side_or_stacks(show_window: ShowWindow) -> None:
    left, right = Button("Left", name="left"), Button("Right", name="right")
    row = Row(left, right, comfort=200)
    window = show_window(row, size=(600, 200))
    assert left.y() == right.y()
    assert left.width() == right.width()

    window.resize(300, 200)
    settle()
    assert left.x() == right.x()
    assert right.y() > left.y()


def test_a_row_stacks_when_the_text_grows(show_window: ShowWindow, theme: Theme) -> None:
    left, right = Button("Left", name="left"), Button("Right", name="right")
    show_window(Row(left, right, comfort=200), size=(500, 300))

    theme.apply(Scheme.LIGHT, 150)
    settle()

    assert right.y() > left.y()


def test_a_scroll_gives_its_content_back(show_window: ShowWindow) -> None:
    first, second = Column(name="first"), Column(name="second")
    scroll = VerticalScroll(first)
    show_window(scroll)

    scroll.set_content(second)
    scroll.set_content(second)

    assert first.parent() is None
    assert scroll.widget() is second
    assert scroll.sizeHint() == second.sizeHint()
    scroll.set_content(None)
    assert scroll.sizeHint() == scroll.minimumSizeHint()


def test_the_width_stays_when_the_scroll_bar_comes(show_window: ShowWindow) -> None:
    column = Column()
    for number in range(4):
        column.add(Button(f"Line {number}", name=f"line{number}"))
    scroll = VerticalScroll(column)
    window = show_window(scroll, size=(400, 600))
    before = column.width()

    window.resize(400, 100)
    settle()

    assert scroll.verticalScrollBar().maximum() > 0
    assert column.width() == before


# visit frame


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
    frame.bands.alerts.show_alerts((HIGH, MEDIUM, LOW))
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
    assert sheet.parent() is None


def test_one_sheet_can_follow_another(frame: VisitFrame) -> None:
    pause = button_of(frame, "pause")
    pause.setFocus()
    frame.show_sheet(lot_sheet(), "First")
    frame.show_sheet(Text("Only words here"), "Second")
    settle()
    assert button_of(frame, "sheet.close").hasFocus()

    frame.close_sheet()
    assert pause.hasFocus()


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
    assert frame.findChild(Button, "line0") is None


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


# home frame


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
