"""A second tap of the same finger, sent to the real window as a touch screen does it, presses nothing new."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from nurse_app.ui.second_tap import SAME_SPOT_PX, WAIT_BEATS, SecondTap
from tests.ui.driver import CALM, Ward


class Board(QWidget):
    """Two pages at the same place: a button that leads away, and the one that comes up under it."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(400, 300)
        self.pressed: list[str] = []
        self.buttons = {name: QPushButton(name) for name in ("close", "sign", "digit")}
        layout = QVBoxLayout(self)
        for name, button in self.buttons.items():
            button.setFixedHeight(60)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked=False, name=name: self._on(name))
            layout.addWidget(button)
        self.buttons["sign"].hide()
        self.guard = SecondTap(self)

    def _on(self, name: str) -> None:
        self.pressed.append(name)
        if name == "close":
            self.buttons["close"].hide()
            self.buttons["sign"].show()

    def tap(self, spot: QPoint) -> None:
        window = self.windowHandle()
        assert window is not None
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        QApplication.processEvents()

    def centre(self, name: str) -> QPoint:
        return self.buttons[name].geometry().center()

    def close_by_tap(self) -> QPoint:
        """Tap "close"; where the finger is."""
        spot = self.centre("close")
        self.tap(spot)
        assert self.pressed == ["close"]
        return spot


@pytest.fixture
def board(qapp: QApplication) -> Iterator[Board]:
    board = Board()
    board.show()
    QTest.qWaitForWindowExposed(board)
    board.guard.start()
    yield board
    board.close()
    board.deleteLater()


def test_the_tap_after_it_does_not_press_what_came_under_the_finger(board: Board) -> None:
    spot = board.close_by_tap()
    board.tap(spot)
    board.tap(spot + QPoint(SAME_SPOT_PX // 2, SAME_SPOT_PX // 2))
    assert board.pressed == ["close"]


def test_a_double_click_of_the_system_is_a_second_tap_too(board: Board) -> None:
    spot = board.close_by_tap()
    window = board.windowHandle()
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    QApplication.processEvents()
    assert board.pressed == ["close"]


def test_after_a_moment_the_same_spot_counts_again(board: Board) -> None:
    spot = board.close_by_tap()
    for _beat in range(WAIT_BEATS):
        board.guard.beat()
        board.tap(spot)
    assert board.pressed == ["close"]
    board.guard.beat()
    board.tap(spot)
    assert board.pressed == ["close", "sign"]


def test_the_moment_begins_when_the_page_changes_not_when_it_was_pressed(board: Board) -> None:
    board.buttons["close"].clicked.disconnect()
    spot = board.centre("close")
    board.tap(spot)
    for _beat in range(WAIT_BEATS + 3):
        board.guard.beat()
    # The entry was slow to reach the disk; only now the sheet goes.
    board.buttons["close"].hide()
    board.buttons["sign"].show()
    QApplication.processEvents()
    board.tap(spot)
    assert board.pressed == []


def test_a_press_elsewhere_counts_at_once(board: Board) -> None:
    board.close_by_tap()
    board.tap(board.centre("digit"))
    assert board.pressed == ["close", "digit"]


def test_the_same_button_can_be_pressed_again_and_again(board: Board) -> None:
    for _press in range(3):
        board.tap(board.centre("digit"))
    assert board.pressed == ["digit"] * 3


def test_a_button_that_says_something_else_is_another_one(board: Board) -> None:
    spot = board.centre("digit")
    board.tap(spot)
    board.buttons["digit"].setAccessibleName("resume")
    board.tap(spot)
    assert board.pressed == ["digit"]


@pytest.mark.parametrize("act", ["key", "wheel"])
def test_a_key_or_the_wheel_between_is_an_act_of_its_own(board: Board, act: str) -> None:
    spot = board.close_by_tap()
    if act == "key":
        QTest.keyClick(board.windowHandle(), Qt.Key.Key_A)
    else:
        QTest.wheelEvent(board.windowHandle(), QPointF(spot), QPoint(0, 120))
    board.tap(spot)
    assert board.pressed == ["close", "sign"]


def on_stage(ward: Ward, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(ward.stage, QPoint(0, 0)), widget.size())


def test_leaving_a_sheet_with_two_taps_opens_nothing_on_the_page_below(qapp: QApplication, tmp_path: Path) -> None:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    ward.to_prepare(CALM)
    below = on_stage(ward, ward.find("line.product.row.action"))
    ward.press("note")
    spot = (below & on_stage(ward, ward.find("note_sheet.cancel"))).center()
    window = ward.stage.windowHandle()
    assert window is not None

    def tap() -> None:
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        ward.settle()

    tap()
    assert not ward.shows("note_sheet.cancel")
    tap()
    assert not ward.shows("product_sheet.submit")
    for _beat in range(WAIT_BEATS + 1):
        ward.program.controller.beat()
    tap()
    assert ward.shows("product_sheet.submit")
    ward.close()
