"""The window where it is seen: which level does what, stray keys, and a screen that goes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from nurse_app.ui.attention import Attention, Level, fitted
from nurse_app.ui.stray_keys import QUIET_BEATS


class Stage(QMainWindow):
    """A window with a half-typed entry, and a key of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.entry = QLineEdit("half a no")
        self.setCentralWidget(self.entry)
        self.pressed: list[str] = []
        for key in ("Ctrl+S", "F8"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda key=key: self.pressed.append(key))


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    stage = Stage()
    stage.resize(400, 300)
    stage.show()
    stage.activateWindow()
    stage.entry.setFocus()
    qapp.processEvents()
    yield stage
    stage.close()
    stage.deleteLater()


@pytest.fixture
def alerted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(QApplication, "alert", lambda _widget, duration: found.append(duration))
    return found


@pytest.fixture
def other(stage: Stage) -> Iterator[QMainWindow]:
    """A window of another program, with the keyboard."""
    del stage
    other = QMainWindow()
    other.show()
    activate(other)
    yield other
    other.close()
    other.deleteLater()


def activate(window: QMainWindow) -> None:
    window.activateWindow()
    QApplication.processEvents()


def call(attention: Attention, level: Level) -> None:
    attention.call(level)
    QApplication.processEvents()


def is_kept(stage: QMainWindow) -> bool:
    return bool(stage.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint)


def test_the_taskbar_alone_leaves_the_window_where_it_is(stage: Stage, alerted: list[int], other: QMainWindow) -> None:
    call(Attention(stage), "taskbar")
    assert alerted == [0], "it flashes until somebody looks"
    assert not stage.isActiveWindow()
    assert other.isActiveWindow()
    assert not is_kept(stage)


def test_the_front_takes_it_out_of_the_taskbar_with_what_was_typed_and_the_focus_in_it(
    stage: Stage, alerted: list[int]
) -> None:
    stage.showMinimized()
    call(Attention(stage), "front")
    assert not stage.isMinimized()
    assert stage.isActiveWindow()
    assert (stage.entry.text(), stage.focusWidget()) == ("half a no", stage.entry)
    assert not is_kept(stage)
    assert alerted == [0]


def test_a_maximised_window_comes_back_as_it_was(stage: Stage) -> None:
    stage.showMaximized()
    stage.setWindowState(stage.windowState() | Qt.WindowState.WindowMinimized)
    call(Attention(stage), "front")
    assert stage.isMaximized()


def test_it_is_kept_above_until_it_is_released(stage: Stage) -> None:
    attention = Attention(stage)
    number = int(stage.winId())
    call(attention, "front-and-keep")
    assert is_kept(stage)
    assert attention.level == "front-and-keep"
    attention.release()
    assert not is_kept(stage)
    assert attention.level is None
    assert int(stage.winId()) == number, "the window is never made anew"


def test_the_same_level_again_fetches_nothing_but_a_window_that_was_minimised(
    stage: Stage, alerted: list[int], other: QMainWindow
) -> None:
    attention = Attention(stage)
    call(attention, "front")
    activate(other)
    call(attention, "front")
    assert not stage.isActiveWindow(), "somebody may have gone back to the other program on purpose"
    stage.showMinimized()
    call(attention, "front")
    assert not stage.isMinimized()
    assert len(alerted) == 2
    attention.release()
    activate(other)
    call(attention, "front")
    assert stage.isActiveWindow(), "the next alarm fetches it again"
    other.close()
    other.deleteLater()


@pytest.mark.parametrize("does", [True, False])
def test_the_system_is_asked_first_and_qt_when_it_refuses(stage: Stage, does: bool) -> None:
    asked: list[tuple[int, bool]] = []

    def keep_above(window: int, above: bool) -> bool:
        asked.append((window, above))
        return does

    attention = Attention(stage, keep_above)
    call(attention, "front-and-keep")
    assert asked == [(int(stage.winId()), True)]
    assert is_kept(stage) is not does
    attention.release()
    assert asked[-1] == (int(stage.winId()), False)
    assert not is_kept(stage)


# --- keys for another program ---


def test_keys_that_were_on_their_way_to_another_program_press_nothing_here_until_the_hands_are_still(
    stage: Stage, other: QMainWindow
) -> None:
    assert other.isActiveWindow()
    attention = Attention(stage)
    call(attention, "front")
    QTest.keyClicks(stage.entry, "te")
    QTest.keyClick(stage.entry, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (stage.entry.text(), stage.pressed) == ("half a no", [])
    for _beat in range(QUIET_BEATS - 1):
        attention.beat()
    QTest.keyClicks(stage.entry, "t")
    for _beat in range(QUIET_BEATS - 1):
        attention.beat()
    QTest.keyClicks(stage.entry, "t")
    assert stage.entry.text() == "half a no", "each key begins the wait anew"
    for _beat in range(QUIET_BEATS):
        attention.beat()
    QTest.keyClicks(stage.entry, "te")
    QTest.keyClick(stage.entry, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (stage.entry.text(), stage.pressed) == ("half a note", ["Ctrl+S"])
    attention.beat()


def test_reaction_and_a_touch_count_at_once(stage: Stage, other: QMainWindow) -> None:
    assert other.isActiveWindow()
    attention = Attention(stage)
    call(attention, "front")
    QTest.keyClick(stage, Qt.Key.Key_F8)
    assert stage.pressed == ["F8"]
    QTest.mouseClick(stage.entry, Qt.MouseButton.LeftButton)
    QTest.keyClicks(stage.entry, "x")
    assert "x" in stage.entry.text()


def test_whoever_is_already_at_the_window_goes_on_typing(stage: Stage) -> None:
    call(Attention(stage), "front-and-keep")
    stage.entry.setCursorPosition(99)
    QTest.keyClicks(stage.entry, "te")
    assert stage.entry.text() == "half a note"


# --- screens ---

LEFT, RIGHT = QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("window", "screens", "expected"),
    [
        (QRect(10, 20, 800, 600), [LEFT], QRect(10, 20, 800, 600)),
        (QRect(1500, 100, 800, 600), [LEFT], QRect(566, 100, 800, 600)),
        (QRect(1500, 100, 1900, 1000), [LEFT], LEFT),
        (QRect(-700, -500, 800, 600), [LEFT, RIGHT], QRect(0, 0, 800, 600)),
        (QRect(1300, 100, 800, 600), [LEFT, RIGHT], QRect(1366, 100, 800, 600)),
        (QRect(5000, 5000, 800, 600), [LEFT, RIGHT], QRect(566, 168, 800, 600)),
        (QRect(10, 20, 800, 600), [], QRect(10, 20, 800, 600)),
    ],
)
def test_a_window_is_brought_onto_a_screen_that_is_there(window: QRect, screens: list[QRect], expected: QRect) -> None:
    assert fitted(window, screens) == expected


@pytest.mark.parametrize("is_maximized", [False, True])
def test_a_window_whose_screen_went_is_moved_and_stays_as_large_as_it_was(
    stage: Stage,
    is_maximized: bool,
) -> None:
    attention = Attention(stage)
    stage.move(5000, 40)
    if is_maximized:
        stage.setGeometry(5000, 40, 400, 300)
        stage.setWindowState(Qt.WindowState.WindowMaximized)
        stage.setGeometry(5000, 40, 400, 300)
    attention.bring_onto_a_screen()
    assert stage.screen().availableGeometry().contains(stage.geometry())
    assert stage.isMaximized() is is_maximized


def test_a_minimised_window_is_left_alone_when_a_screen_goes(stage: Stage) -> None:
    stage.move(5000, 40)
    stage.showMinimized()
    Attention(stage).bring_onto_a_screen()
    assert stage.isMinimized()
