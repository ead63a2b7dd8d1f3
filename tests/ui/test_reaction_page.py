"""The reaction in the window: one touch a sign, one touch an act, the next act always in the same place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.reaction import present_reaction
from nurse_app.ui.blocks.first_bar import FirstBar
from nurse_app.ui.blocks.sign_board import SignBoard
from nurse_app.ui.steps.reaction_page import ReactionPage
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.checklist_row import ChecklistRow
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.choice_chips import SignChip
from nurse_app.ui.widgets.finding import FindingStrip
from tests.kit import TestVisit
from tests.presentation.running_visits import running
from tests.ui.hands import noted, part, tap, words

ShowWindow = Callable[..., QWidget]
WIDE = (1014, 900)
BEGAN = "Reaction began 09:58:00"


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())
    return visit


@pytest.fixture
def page(show_window: ShowWindow, visit: TestVisit) -> ReactionPage:
    page = ReactionPage()
    show(page, visit)
    show_window(page, size=WIDE)
    return page


def show(page: ReactionPage, visit: TestVisit) -> None:
    page.show_view(present_reaction(visit.context()))
    for _ in range(4):
        QApplication.processEvents()


def done(page: ReactionPage) -> list[str]:
    found = [each for each in page.findChildren(QWidget) if each.objectName().startswith("done.") and each.isVisible()]
    labels = [(each.objectName(), each.text()) for each in found if isinstance(each, Chip)]
    buttons = [(each.objectName(), each.label()) for each in found if isinstance(each, Button)]
    return [text for _name, text in sorted((*labels, *buttons))]


def rows(page: ReactionPage) -> list[str]:
    """The acts from top to bottom."""
    shown = [row for row in page.findChildren(ChecklistRow) if row.isVisible()]
    return [row.objectName() for row in sorted(shown, key=lambda row: row.mapTo(page, QPoint(0, 0)).y())]


def test_the_first_screen_asks_nothing_and_says_what_the_hands_do(page: ReactionPage) -> None:
    strip = part(page, FindingStrip, "level").finding

    assert strip.title == "No sign yet — infusion paused 09:58:00"
    assert part(page, Button, "act.pump-stopped.action").label() == "Stop the infusion (A)"
    assert done(page) == ["Infusion paused 09:58:00", BEGAN]


def test_a_sign_is_marked_by_touch_and_shows_when_it_is_recorded(page: ReactionPage, visit: TestVisit) -> None:
    asked = noted(page.intent_requested)

    tap(page, "sign.hives")
    chip = part(page, SignChip, "sign.hives")
    unrecorded = chip.chosen
    visit.do(c.NoteSign("hives"))
    show(page, visit)

    assert asked == [c.NoteSign("hives")]
    assert (unrecorded, chip.chosen) == (False, True)
    assert "Marked by mistake, or earlier?" in words(page)


def test_pressing_a_marked_sign_leads_to_its_time(page: ReactionPage, visit: TestVisit) -> None:
    (entry, *_graded) = visit.do(c.NoteSign("hives"))
    show(page, visit)
    asked = noted(page.intent_requested)

    tap(page, "sign.hives")

    assert asked == [OpenSheet(SheetKind.ENTRY_TIME, str(entry.number))]


def test_arrow_keys_walk_through_the_signs_which_are_one_tab_stop(page: ReactionPage) -> None:
    asked = noted(page.intent_requested)
    first = part(page, SignChip, "sign.itching")
    first.setFocus()

    QTest.keyClick(first, Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)

    last = part(page, SignChip, "sign.site-swelling")
    assert asked == [c.NoteSign("widespread-hives")]
    assert QApplication.focusWidget() is last
    chips = part(page, SignBoard, "signs").findChildren(SignChip)
    stops = [chip for chip in chips if chip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [last]


def test_the_next_act_is_on_top_and_the_focus_moves_on_with_it(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("wheeze"))
    visit.do(c.DoAction("pump-stopped"))
    visit.do(c.DoAction("call-help"))
    visit.do(c.DoAction("new-line"))
    show(page, visit)
    page.first_focus()
    asked = noted(page.intent_requested)
    at_first = part(page, ChecklistRow, "act.epinephrine").mapTo(page, QPoint(0, 0))

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    show(page, visit)

    assert asked == [c.GiveTreatment("epinephrine", "0.5 mg", "IM")]
    assert rows(page)[0] == "act.position"
    assert part(page, ChecklistRow, "act.position").mapTo(page, QPoint(0, 0)) == at_first


def test_the_first_line_is_one_touch_each_and_goes_when_all_of_it_is_done(page: ReactionPage, visit: TestVisit) -> None:
    page.first_focus()
    asked = noted(page.intent_requested)

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    (entry,) = visit.do(c.DoAction("pump-stopped"))
    show(page, visit)
    stopped = part(page, Button, "act.pump-stopped.done").label()
    tap(page, "act.pump-stopped.done")
    tap(page, "act.call-help.action")
    visit.do(c.DoAction("call-help"))
    visit.do(c.DoAction("new-line"))
    show(page, visit)

    assert stopped == "Stop the infusion 09:58:00"
    time_of_it = OpenSheet(SheetKind.ENTRY_TIME, str(entry.number))
    assert asked == [c.DoAction("pump-stopped"), time_of_it, c.DoAction("call-help")]
    assert not part(page, FirstBar, "first").isVisible()
    assert QApplication.focusWidget() is part(page, Button, "act.vital-signs.action")


def test_after_an_act_out_of_turn_the_focus_goes_to_the_next_one(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("wheeze"))
    show(page, visit)
    part(page, Button, "act.oxygen.action").setFocus()

    visit.do(c.GiveTreatment("oxygen"))
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    show(page, visit)

    assert QApplication.focusWidget() is part(page, Button, "act.pump-stopped.action")


def test_keys_do_the_next_act_and_give_epinephrine(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("wheeze"))
    show(page, visit)
    asked = noted(page.intent_requested)

    QTest.keyClick(page, Qt.Key.Key_E)
    QTest.keyClick(page, Qt.Key.Key_A)

    assert asked == [c.GiveTreatment("epinephrine", "0.5 mg", "IM"), c.DoAction("pump-stopped")]


def test_where_epinephrine_is_not_on_the_list_its_key_does_nothing(page: ReactionPage) -> None:
    asked = noted(page.intent_requested)

    QTest.keyClick(page, Qt.Key.Key_E)

    assert asked == []


def test_the_second_tap_of_a_double_tap_records_nothing_more(page: ReactionPage) -> None:
    asked = noted(page.intent_requested)

    tap(page, "act.check-site.action")
    # What Qt makes of the second tap when it follows closely.
    button = part(page, Button, "act.check-site.action")
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)

    assert asked == [c.DoAction("check-site")]


def test_any_open_act_can_be_done_before_its_turn(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("wheeze"))
    show(page, visit)
    asked = noted(page.intent_requested)

    tap(page, "act.oxygen.action")

    assert asked == [c.GiveTreatment("oxygen")]


def test_a_missing_epinephrine_is_said_in_a_strip_of_its_own(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("wheeze"))
    visit.do(c.GiveTreatment("antihistamine"))
    show(page, visit)

    assert "EPINEPHrine has not been given. Nothing else takes its place." in words(page)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    show(page, visit)
    assert "EPINEPHrine has not been given" not in words(page)
    assert "EPINEPHrine 0.5 mg IM 09:58:00" in done(page)


def test_an_act_taken_back_is_to_do_again_and_its_time_goes(page: ReactionPage, visit: TestVisit) -> None:
    (entry,) = visit.do(c.DoAction("call-help"))
    show(page, visit)
    visit.do(c.CorrectEntry(entry.number, "It was not done"))
    show(page, visit)

    assert done(page) == ["Infusion paused 09:58:00", BEGAN]
    assert part(page, Button, "act.call-help.action").isVisible()


def test_advice_about_a_sign_stands_under_the_signs(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("nausea"))
    show(page, visit)

    assert "Alone it may be harmless" in words(page)


def test_on_a_narrow_place_the_acts_come_before_the_signs(page: ReactionPage, theme: Theme) -> None:
    act, sign = part(page, ChecklistRow, "act.check-site"), part(page, SignChip, "sign.itching")
    beside = act.mapTo(page, QPoint(0, 0)).x() > sign.mapTo(page, QPoint(0, 0)).x()

    theme.apply(Scheme.LIGHT, 150)
    window = page.window()
    window.resize(600, 1400)
    for _ in range(4):
        QApplication.processEvents()

    assert beside
    assert act.mapTo(page, QPoint(0, 0)).y() < sign.mapTo(page, QPoint(0, 0)).y()


def test_nothing_moves_while_only_the_clock_goes_on(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.NoteSign("wheeze"))
    show(page, visit)
    page.first_focus()
    before = (QApplication.focusWidget(), rows(page), done(page))

    for _ in range(8):
        visit.wait(milliseconds=250)
        show(page, visit)

    assert (QApplication.focusWidget(), rows(page), done(page)) == before
