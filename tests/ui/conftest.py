"""What every window test needs: no display, the theme on, windows that live as long as the test."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from nurse_app.ui.theme import Scheme, Theme

HERE = Path(__file__).parent
RESOURCES = HERE.parents[1] / "resources"
ShowWindow = Callable[..., QWidget]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen plugin says this of every window with a smallest size, and of each that comes to the front.
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", extend=True))


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> Theme:
    theme = Theme(RESOURCES, qapp)
    theme.apply(Scheme.LIGHT, 100)
    return theme


@pytest.fixture(autouse=True)
def theme(_dressed: Theme) -> Theme:
    """The theme as it is when the program starts: light, text at 100 %; a test may apply another."""
    _dressed.apply(Scheme.LIGHT, 100)
    return _dressed


@pytest.fixture(autouse=True)
def _nothing_left_behind(_dressed: Theme) -> Iterator[None]:
    """A widget without an owner stays for ever: each makes every later change of style slower."""
    yield
    if QApplication.topLevelWidgets():
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
    left = QApplication.topLevelWidgets()
    names = [type(widget).__name__ for widget in left]
    # A test that failed is kept with all it made: the next ones must not answer for it.
    for widget in left:
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert names == []


@pytest.fixture
def show_window() -> Iterator[ShowWindow]:
    """Shows widgets in a window of their own: ``show_window(*widgets, size=(width, height))``."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget, size: tuple[int, int] = (800, 600)) -> QWidget:
        window = QWidget()
        layout = QVBoxLayout(window)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            layout.addWidget(widget)
        windows.append(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        # Wrapped texts and scrolled pages settle in a few rounds of layout.
        for _ in range(4):
            QApplication.processEvents()
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
