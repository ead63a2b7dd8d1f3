"""The window opens so that its footer is on the screen."""

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from nurse_app.ui.stage import Stage, fills


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1366, 768, True),  # the smallest screen of a ward: a title bar would push the footer below its edge
        (1366, 1080, True),
        (1920, 780, True),
        (1382, 816, False),
        (1920, 1080, False),
    ],
)
def test_the_window_fills_a_screen_without_room_for_its_frame(width: int, height: int, expected: bool) -> None:
    assert fills(QSize(width, height)) is expected


@pytest.mark.parametrize(("available", "expected"), [((1366, 768), True), ((1920, 1040), False)])
def test_the_window_opens_as_its_screen_allows(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, available: tuple[int, int], expected: bool
) -> None:
    class Screen:
        def availableSize(self) -> QSize:
            return QSize(*available)

    stage = Stage(lambda: True)
    qtbot.addWidget(stage)
    monkeypatch.setattr(stage, "screen", Screen)
    stage.open()
    assert stage.isVisible()
    assert stage.isMaximized() is expected
