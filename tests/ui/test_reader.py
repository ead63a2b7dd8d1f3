"""Reader mode in the window: large steps, arrows, Enter, Esc, and nothing blocked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import RaiseLevel
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.reaction import present_reaction
from nurse_app.ui.blocks.reader import Reader
from nurse_app.ui.blocks.sign_board import SignBoard
from nurse_app.ui.steps.reaction_page import ReactionPage
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.choice_chips import SignChip
from nurse_app.ui.widgets.text import Text
from tests.kit import TestVisit
from tests.presentation.running_visits import running
from tests.ui.hands import noted, part, tap

ShowWindow = Callable[..., QWidget]


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("wheeze",)))
    return visit


@pytest.fixture
def page(show_window: ShowWindow, visit: TestVisit) -> ReactionPage:
    page = ReactionPage()
    show(page, visit)
    show_window(page, size=(1014, 900))
    press(page, Qt.Key.Key_R)
    return page


def show(page: ReactionPage, visit: TestVisit) -> None:
    page.show_view(present_reaction(visit.context()))
    for _ in range(4):
        QApplication.processEvents()


def press(page: ReactionPage, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key)
    QApplication.processEvents()


def title(page: ReactionPage) -> str:
    return part(page, Text, "reader.title").text()


def test_one_large_step_with_its_number_and_what_to_press(page: ReactionPage) -> None:
    assert part(page, Reader, "reader").isVisible()
    assert not part(page, SignBoard, "signs").isVisible()
    assert part(page, Text, "reader.number").text() == "1 of 14"
    assert title(page) == "Stop the infusion"
    assert part(page, Button, "reader.done").label() == "Done now (Enter)"
    assert QApplication.focusWidget() is part(page, Button, "reader.done")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_A])
def test_one_key_records_it_and_the_next_one_comes(page: ReactionPage, visit: TestVisit, key: Qt.Key) -> None:
    asked = noted(page.intent_requested)

    press(page, key)
    visit.do(c.DoAction("pump-stopped"))
    show(page, visit)

    assert asked == [c.DoAction("pump-stopped")]
    assert title(page) == "Call for help"
    assert QApplication.focusWidget() is part(page, Button, "reader.done")


def test_arrows_skip_and_go_back_to_what_is_done_with_its_time(page: ReactionPage, visit: TestVisit) -> None:
    skipping = part(page, Button, "reader.onward").label()
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_PageDown)
    at_line = title(page)
    visit.do(c.DoAction("pump-stopped"))
    show(page, visit)
    press(page, Qt.Key.Key_PageUp)
    press(page, Qt.Key.Key_Left)

    assert (skipping, at_line, title(page)) == ("Skip, come back (→)", "New saline line", "Stop the infusion")
    assert part(page, Text, "reader.time").text() == "Done 09:58:00"
    assert part(page, Button, "reader.onward").label() == "Next (→)"
    assert part(page, Button, "reader.done").label() == "Go on (Enter)"


def test_another_reaction_of_the_visit_begins_with_its_whole_list(page: ReactionPage, visit: TestVisit) -> None:
    press(page, Qt.Key.Key_Right)
    visit.do(c.CloseReaction("improving"))
    visit.do(c.OpenReaction())
    show(page, visit)
    board, reader = part(page, SignBoard, "signs").isVisible(), part(page, Reader, "reader").isVisible()
    press(page, Qt.Key.Key_R)

    assert (board, reader) == (True, False)
    # After the infusion there is no pump to stop.
    assert title(page) == "Call for help"


def test_going_on_from_a_done_step_records_nothing(page: ReactionPage, visit: TestVisit) -> None:
    visit.do(c.DoAction("call-help"))
    show(page, visit)
    press(page, Qt.Key.Key_Right)
    asked = noted(page.intent_requested)

    press(page, Qt.Key.Key_Return)

    assert (asked, title(page)) == ([], "New saline line")


def test_signs_are_marked_in_it_and_arrows_among_them_walk(page: ReactionPage) -> None:
    asked = noted(page.intent_requested)
    press(page, Qt.Key.Key_S)
    at_signs = title(page)
    tap(page, "reader.sign.hives")
    part(page, SignChip, "reader.sign.itching").setFocus()
    press(page, Qt.Key.Key_Right)

    assert (at_signs, title(page)) == ("What do you see?", "What do you see?")
    assert asked == [c.NoteSign("hives")]
    assert QApplication.focusWidget() is part(page, SignChip, "reader.sign.hives")


def test_vital_signs_open_their_sheet(page: ReactionPage, visit: TestVisit) -> None:
    for act in ("pump-stopped", "call-help", "new-line", "position"):
        visit.do(c.DoAction(act))
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    for drug in ("oxygen", "fluids"):
        visit.do(c.GiveTreatment(drug))
    asked = noted(page.intent_requested)
    part(page, Button, "reader.leave").click()
    show(page, visit)
    press(page, Qt.Key.Key_R)
    press(page, Qt.Key.Key_Return)

    assert asked == [OpenSheet(SheetKind.VITAL_SIGNS)]


def test_esc_leaves_it_and_the_list_is_back(page: ReactionPage) -> None:
    press(page, Qt.Key.Key_Escape)

    assert not part(page, Reader, "reader").isVisible()
    assert part(page, SignBoard, "signs").isVisible()
    assert QApplication.focusWidget() is part(page, Button, "act.pump-stopped.action")


def test_epinephrine_and_the_level_go_on_having_their_keys(page: ReactionPage, visit: TestVisit) -> None:
    asked = noted(page.intent_requested)
    press(page, Qt.Key.Key_E)

    assert asked == [c.GiveTreatment("epinephrine", "0.5 mg", "IM")]


def test_the_level_is_raised_from_within(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())
    page = ReactionPage()
    show(page, visit)
    show_window(page, size=(1014, 900))
    press(page, Qt.Key.Key_R)
    asked = noted(page.intent_requested)
    press(page, Qt.Key.Key_X)
    visit.do(RaiseLevel("anaphylaxis"))
    show(page, visit)

    assert asked == [RaiseLevel("anaphylaxis")]
    assert part(page, Text, "reader.number").text() == "1 of 14"


def test_the_second_tap_of_a_double_tap_records_nothing_more(page: ReactionPage) -> None:
    asked = noted(page.intent_requested)
    button = part(page, Button, "reader.done")

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)

    assert asked == [c.DoAction("pump-stopped")]


def test_nothing_moves_while_only_the_clock_goes_on(page: ReactionPage, visit: TestVisit) -> None:
    press(page, Qt.Key.Key_Right)
    before = (title(page), QApplication.focusWidget())
    for _ in range(4):
        visit.wait(seconds=1)
        show(page, visit)

    assert (title(page), QApplication.focusWidget()) == before
