"""Yes and No, chips, signs: what is pressed is asked for, what is told is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.choice_chips import ChoiceChips, SignChip
from nurse_app.ui.widgets.yes_no import YesNo
from tests.ui.reading import ShowWindow


def part(widget: QWidget, name: str) -> Choice:
    found = widget.findChild(Choice, name)
    assert found is not None
    return found


@pytest.fixture
def fever(show_window: ShowWindow) -> YesNo:
    yes_no = YesNo(name="fever", yes_tone="hold")
    yes_no.set_question("Fever today?")
    note = Button("Note", "N", name="note")
    bind_key(note, "N")
    show_window(yes_no, note)
    return yes_no


def test_a_question_starts_unanswered(fever: YesNo) -> None:
    assert fever.answer is None
    assert not part(fever, "fever.yes").chosen
    assert not part(fever, "fever.no").chosen
    assert fever.accessibleDescription() == "not answered"


@pytest.mark.parametrize(("name", "answer"), [("fever.yes", True), ("fever.no", False)])
def test_a_click_asks_for_the_answer_and_shows_nothing_yet(qtbot: QtBot, fever: YesNo, name: str, answer: bool) -> None:
    with qtbot.waitSignal(fever.answered) as said:
        qtbot.mouseClick(part(fever, name), Qt.MouseButton.LeftButton)

    assert said.args == [answer]
    assert fever.answer is None
    assert not part(fever, name).isChecked()


@pytest.mark.parametrize(
    ("key", "answer"),
    [(Qt.Key.Key_Y, True), (Qt.Key.Key_Left, True), (Qt.Key.Key_N, False), (Qt.Key.Key_Right, False)],
)
def test_keys_answer_even_where_the_page_uses_the_letter(qtbot: QtBot, fever: YesNo, key: Qt.Key, answer: bool) -> None:
    fever.setFocus()

    with qtbot.waitSignal(fever.answered) as said:
        qtbot.keyClick(fever, key)

    assert said.args == [answer]


def test_other_keys_answer_nothing(qtbot: QtBot, fever: YesNo) -> None:
    fever.setFocus()
    with qtbot.assertNotEmitted(fever.answered):
        qtbot.keyClick(fever, Qt.Key.Key_X)
        qtbot.keyClick(fever, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_an_answer_told_is_shown_with_its_tone_mark_and_word(fever: YesNo, theme: Theme) -> None:
    fever.set_answer(True)

    yes = part(fever, "fever.yes")
    assert (fever.answer, yes.chosen, part(fever, "fever.no").chosen) == (True, True, False)
    assert not yes.icon().isNull()
    assert yes.grab().toImage().pixelColor(6, 22) == theme.colour("hold")
    assert fever.accessibleDescription() == "Yes"
    assert yes.accessibleName() == "Fever today? Yes"


def test_no_is_green_and_an_answer_can_be_taken_back(fever: YesNo, theme: Theme) -> None:
    fever.set_answer(False)
    assert part(fever, "fever.no").grab().toImage().pixelColor(6, 22) == theme.colour("done")

    fever.set_answer(None)
    assert not part(fever, "fever.no").chosen


def test_choosing_moves_nothing(fever: YesNo) -> None:
    before = fever.sizeHint()
    fever.set_answer(True)
    assert fever.sizeHint() == before


def test_the_question_in_focus_is_marked_when_reached_by_keyboard(fever: YesNo) -> None:
    fever.setFocus(Qt.FocusReason.TabFocusReason)
    assert fever.property("focused") == "yes"
    fever.clearFocus()
    assert fever.property("focused") == "no"
    fever.setFocus(Qt.FocusReason.MouseFocusReason)
    assert fever.property("focused") == "no"


RESULTS = (("clear", "Clear"), ("particles", "Particles"), ("frozen", "Frozen"))


@pytest.fixture
def result(show_window: ShowWindow) -> ChoiceChips:
    chips = ChoiceChips(RESULTS, name="result", label="What do you see?")
    show_window(chips)
    return chips


def test_choosing_one_lets_go_of_the_other(qtbot: QtBot, result: ChoiceChips) -> None:
    with qtbot.waitSignal(result.changed):
        qtbot.mouseClick(part(result, "result.clear"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part(result, "result.frozen"), Qt.MouseButton.LeftButton)

    assert result.chosen() == ("frozen",)


def test_pressing_the_chosen_one_again_lets_it_go(qtbot: QtBot, result: ChoiceChips) -> None:
    result.choose("clear")
    qtbot.mouseClick(part(result, "result.clear"), Qt.MouseButton.LeftButton)

    assert result.chosen() == ()


def test_several_can_be_chosen_where_several_may_be(qtbot: QtBot) -> None:
    chips = ChoiceChips(RESULTS, name="several", multiple=True)
    qtbot.addWidget(chips)
    for key in ("frozen", "clear"):
        qtbot.mouseClick(part(chips, f"several.{key}"), Qt.MouseButton.LeftButton)

    assert chips.chosen() == ("clear", "frozen")


def test_choosing_the_same_again_says_nothing(qtbot: QtBot, result: ChoiceChips) -> None:
    result.choose("clear")
    with qtbot.assertNotEmitted(result.changed):
        result.choose("clear")


def test_arrows_move_and_space_chooses(qtbot: QtBot, result: ChoiceChips) -> None:
    result.setFocus()
    qtbot.keyClick(part(result, "result.clear"), Qt.Key.Key_Right)
    qtbot.keyClick(part(result, "result.particles"), Qt.Key.Key_Space)
    assert result.chosen() == ("particles",)

    qtbot.keyClick(part(result, "result.particles"), Qt.Key.Key_Left)
    qtbot.keyClick(part(result, "result.clear"), Qt.Key.Key_Up)
    assert part(result, "result.frozen").hasFocus()


def test_a_chip_keeps_its_size_when_chosen(result: ChoiceChips) -> None:
    chip = part(result, "result.clear")
    before = chip.sizeHint()
    result.choose("clear")
    assert chip.sizeHint() == before


def test_the_mark_of_a_chosen_chip_follows_a_new_scheme(result: ChoiceChips, theme: Theme) -> None:
    result.choose("clear")
    light = part(result, "result.clear").icon().pixmap(16, 16).toImage()
    theme.apply(Scheme.DARK, 100)

    assert part(result, "result.clear").icon().pixmap(16, 16).toImage() != light


def test_chips_without_options_are_harmless(qtbot: QtBot) -> None:
    chips = ChoiceChips((), name="none")
    qtbot.addWidget(chips)

    assert chips.chosen() == ()


def test_a_sign_asks_to_be_recorded_and_shows_what_is(qtbot: QtBot, theme: Theme) -> None:
    hives = SignChip("hives", "Hives", name="sign.hives")
    qtbot.addWidget(hives)

    with qtbot.waitSignal(hives.sign_pressed) as pressed:
        qtbot.mouseClick(hives, Qt.MouseButton.LeftButton)
    assert pressed.args == ["hives"]
    assert not hives.chosen

    hives.set_seen(seen=True)
    assert hives.chosen
    assert hives.isChecked()
    assert hives.grab().toImage().pixelColor(8, 10) == theme.colour("stop_ground")
    hives.set_seen(seen=False)
    assert not hives.isChecked()
