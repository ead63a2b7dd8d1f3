"""The page of the check: one button, then what was found."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.intents import GoToReports
from nurse_app.presentation.record_check import CheckState, CheckView, present_check
from nurse_app.ui.screens.check_screen import CheckScreen
from nurse_app.ui.widgets.button import Button
from nurse_app.visit.record_check import CheckFinding, CheckSummary, Gravity
from tests.ui.conftest import ShowWindow
from tests.ui.hands import noted, part, tap, words
from tests.ui.layout_rules import broken_rules

LONG = CheckFinding(
    Gravity.DAMAGE,
    "visits/33/00000000000000000000000000000133.jsonl",
    "Entries 30 to 33 of the record visit 00000000000000000000000000000133 are missing.",
    "the end of visits/33/00000000000000000000000000000133.jsonl: it has 29 of 33 entries",
    None,
    "Entries 1 to 29 are sound and can be shown.",
    "Bring the record back from a backup, and keep the file that is there now. Tell the person who looks after this "
    "computer. Ask who had access to the folder of the records.",
)


def view(state: CheckState) -> CheckView:
    return present_check(state, None)


def found(*findings: CheckFinding) -> CheckView:
    return view(CheckState(summary=CheckSummary(6, 331, 5, findings)))


@pytest.fixture
def screen(show_window: ShowWindow) -> CheckScreen:
    made = CheckScreen()
    made.show_view(view(CheckState()))
    show_window(made, size=(1366, 768))
    made.first_focus()
    return made


def settle() -> None:
    for _turn in range(4):
        QApplication.processEvents()


def test_the_one_button_has_the_focus_and_asks_for_the_check(screen: CheckScreen) -> None:
    asked: list[str] = []
    screen.check_requested.connect(lambda: asked.append("check"))
    button = part(screen, Button, "check.start")

    QTest.keyClick(button, Qt.Key.Key_Space)
    tap(screen, "check.start")

    assert button.hasFocus()
    assert asked == ["check", "check"]
    assert button.property("role") == "primary"


def test_while_it_runs_there_is_no_button(screen: CheckScreen) -> None:
    screen.show_view(view(CheckState(running=True, done=3, total=7)))
    settle()

    assert not part(screen, Button, "check.start").isVisible()
    assert "Checking: 3 of 7 records" in words(screen)


def test_the_result_takes_the_place_of_the_one_before(screen: CheckScreen) -> None:
    screen.show_view(found(LONG))
    settle()
    assert "1 thing is wrong" in words(screen)
    assert LONG.what in words(screen)
    assert LONG.to_do in words(screen)

    screen.show_view(found())
    settle()

    assert "All 6 records are sound" in words(screen)
    assert LONG.what not in words(screen)
    assert part(screen, Button, "check.start").label() == "Check again"


def test_the_same_again_changes_nothing(screen: CheckScreen) -> None:
    screen.show_view(found(LONG))
    settle()
    result = screen._result

    screen.show_view(found(LONG))

    assert screen._result is result


def test_a_long_list_says_that_there_is_more(screen: CheckScreen) -> None:
    screen.show_view(found(*[LONG] * 51))
    settle()

    assert "1 more finding. The command “nurse-app verify” lists all." in words(screen)


def test_the_way_back_is_a_button_and_a_key(screen: CheckScreen) -> None:
    asked = noted(screen.intent_requested)

    tap(screen, "check.back")
    QTest.keyClick(screen, Qt.Key.Key_Escape)

    assert asked == [GoToReports(), GoToReports()]


@pytest.mark.parametrize("findings", [(), (LONG, LONG)], ids=["sound", "damaged"])
def test_nothing_is_clipped(screen: CheckScreen, findings: tuple[CheckFinding, ...]) -> None:
    screen.show_view(found(*findings))
    settle()

    assert broken_rules(screen) == {}
