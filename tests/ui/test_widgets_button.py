"""Buttons: their key in the label, large enough for a glove, deaf to the Enter of a scanner."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import Theme
from nurse_app.ui.widgets.button import Button, bind_key, wrapped
from nurse_app.ui.widgets.kinds import ButtonRole
from tests.ui.reading import ShowWindow


def press(widget: QWidget, key: Qt.Key, text: str, *, at: int) -> QKeyEvent:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    event.setTimestamp(at)
    QApplication.sendEvent(widget, event)
    return event


def count_presses(button: Button) -> Callable[[], int]:
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    return lambda: len(pressed)


def test_a_button_shows_its_key_and_tells_it_to_screen_readers(qtbot: QtBot) -> None:
    button = Button("Pause", "P", name="pause")
    qtbot.addWidget(button)

    assert button.label() == button.text() == button.accessibleName() == "Pause (P)"
    assert button.objectName() == "pause"


def test_a_label_can_change_and_holds_an_ampersand(qtbot: QtBot) -> None:
    button = Button("Pause", "P", name="pause")
    qtbot.addWidget(button)

    button.set_label("Stop & flush")

    assert button.label() == "Stop & flush"
    assert button.shortcut().isEmpty()


@pytest.mark.parametrize("role", ["primary", "secondary", "danger", "danger-outline", "quiet", "digit"])
def test_every_button_is_at_least_44_pixels_high_and_wide(show_window: ShowWindow, role: ButtonRole) -> None:
    button = Button("A", role=role, name="small")
    show_window(button)
    smallest = button.minimumSizeHint()

    assert min(smallest.width(), smallest.height(), button.sizeHint().height()) >= 44


def test_a_long_label_wraps_into_a_taller_button(qtbot: QtBot) -> None:
    button = Button("Record vital signs (V) · due 03:48", name="vitals")
    qtbot.addWidget(button)

    assert button.heightForWidth(200) > button.heightForWidth(600) >= 44


def test_lines_are_broken_between_words_only(qtbot: QtBot) -> None:
    button = Button("", name="any")
    qtbot.addWidget(button)
    metrics = button.fontMetrics()

    assert wrapped("Give it now", metrics, 10_000) == ["Give it now"]
    assert wrapped("Give it now", metrics, 1) == ["Give", "it", "now"]
    assert wrapped("", metrics, 100) == [""]


def test_a_click_space_and_enter_press_it(qtbot: QtBot, show_window: ShowWindow) -> None:
    button = Button("Open", name="open")
    show_window(button)
    presses = count_presses(button)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    press(button, Qt.Key.Key_Return, "\r", at=50_000)

    assert presses() == 3


def test_the_enter_that_ends_a_scan_presses_nothing(show_window: ShowWindow) -> None:
    button = Button("Start", name="start")
    show_window(button)
    presses = count_presses(button)

    for at, digit in enumerate("0101234"):
        press(button, Qt.Key.Key_0, digit, at=10_000 + 10 * at)
    scanned = press(button, Qt.Key.Key_Return, "\r", at=10_080)

    assert presses() == 0
    assert not scanned.isAccepted()


def test_an_enter_by_hand_after_a_scan_presses_it_again(show_window: ShowWindow) -> None:
    button = Button("Start", name="start")
    show_window(button)
    presses = count_presses(button)
    press(button, Qt.Key.Key_0, "0", at=10_000)

    press(button, Qt.Key.Key_Enter, "\r", at=11_000)

    assert presses() == 1


def test_enter_held_down_presses_once(show_window: ShowWindow) -> None:
    button = Button("Start", name="start")
    show_window(button)
    presses = count_presses(button)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)

    QApplication.sendEvent(button, held)

    assert presses() == 0


def test_a_key_presses_its_button_from_anywhere_in_the_window(qtbot: QtBot, show_window: ShowWindow) -> None:
    pause, other = Button("Pause", "P", name="pause"), Button("Other", name="other")
    show_window(pause, other)
    presses = count_presses(pause)
    bind_key(pause, "P")
    other.setFocus()

    qtbot.keyClick(other, Qt.Key.Key_P)

    assert presses() == 1


@pytest.mark.parametrize("how", ["disabled", "hidden"])
def test_a_key_is_dead_while_its_button_is(qtbot: QtBot, show_window: ShowWindow, how: str) -> None:
    pause, other = Button("Pause", "P", name="pause"), Button("Other", name="other")
    show_window(pause, other)
    presses = count_presses(pause)
    bind_key(pause, "P")
    if how == "disabled":
        pause.setEnabled(False)
    else:
        pause.hide()
    other.setFocus()

    qtbot.keyClick(other, Qt.Key.Key_P)

    assert presses() == 0


def test_letters_typed_into_a_field_stay_in_the_field(qtbot: QtBot, show_window: ShowWindow) -> None:
    pause, field = Button("Pause", "P", name="pause"), QLineEdit()
    show_window(pause, field)
    presses = count_presses(pause)
    bind_key(pause, "P")
    field.setFocus()

    qtbot.keyClicks(field, "pP")

    assert (field.text(), presses()) == ("pP", 0)


def test_function_keys_work_while_typing(qtbot: QtBot, show_window: ShowWindow) -> None:
    reaction, field = Button("Reaction", "F8", name="reaction"), QLineEdit()
    show_window(reaction, field)
    presses = count_presses(reaction)
    bind_key(reaction, "F8")
    field.setFocus()

    qtbot.keyClick(field, Qt.Key.Key_F8)

    assert presses() == 1


def test_the_focus_is_seen_when_it_came_by_keyboard_only(show_window: ShowWindow) -> None:
    button = Button("Open", name="open")
    show_window(button, Button("Other", name="other"))
    button.clearFocus()
    plain = button.grab().toImage()

    button.setFocus(Qt.FocusReason.MouseFocusReason)
    after_mouse = button.grab().toImage()
    button.clearFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    after_tab = button.grab().toImage()

    assert after_mouse == plain
    assert after_tab != plain


def test_an_icon_follows_role_and_can_go(show_window: ShowWindow, theme: Theme) -> None:
    button = Button("Pause", "P", name="pause", icon="pause")
    show_window(button)
    wide = button.sizeHint().width()

    button.set_role("primary")
    assert button.icon_colour() == "on_brand"
    button.set_icon_name("")
    button.set_icon_name("")

    assert button.icon().isNull()
    assert button.sizeHint().width() < wide
