"""Whole screens from the widgets, at the sizes and text sizes there are: nothing cut, nothing overlapping."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import VerticalScroll
from tests.ui.layout_rules import RULES, broken_rules, name_of, targets
from tests.ui.reading import ShowWindow
from tests.ui.sample_screens import SCREENS, prechecks

SETTINGS = {
    "1366x768": (100, (1366, 768)),
    "1920x1080": (100, (1920, 1080)),
    "1366x768 at 150 %": (150, (1366, 768)),
}


class ShownWindows(QObject):
    """Notes every window that is shown, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(name_of(watched))
        return False


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("build", SCREENS, ids=lambda build: build.__name__)
def test_a_screen_keeps_the_rules_of_layout(
    show_window: ShowWindow, theme: Theme, build: Callable[[], QWidget], setting: str
) -> None:
    percent, size = SETTINGS[setting]
    theme.apply(Scheme.LIGHT, percent)
    screen = build()
    show_window(screen, size=size)

    assert screen.size().toTuple() == size
    assert targets(screen)
    assert broken_rules(screen) == {}


def test_the_text_size_can_change_while_the_screen_is_shown(show_window: ShowWindow, theme: Theme) -> None:
    screen = prechecks()
    show_window(screen, size=(1366, 768))

    theme.apply(Scheme.DARK, 150)
    for _ in range(4):
        QApplication.processEvents()

    assert broken_rules(screen) == {}


def test_the_rules_notice_a_screen_that_breaks_them(show_window: ShowWindow) -> None:
    screen = QWidget()
    screen.setFixedSize(300, 200)
    for place in ((0, 0), (30, 2)):
        button = Button("Record vital signs", name="")
        button.setParent(screen)
        button.setAccessibleName("")
        button.setGeometry(*place, 60, 30)
    outside = QLineEdit(screen)
    outside.setGeometry(280, 100, 60, 44)
    scroll = VerticalScroll()
    wide = QWidget()
    wide.setMinimumWidth(900)
    scroll.set_content(wide)
    scroll.setParent(screen)
    scroll.setGeometry(0, 150, 100, 40)
    show_window(screen)

    assert set(broken_rules(screen)) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("build", SCREENS, ids=lambda build: build.__name__)
def test_building_a_screen_opens_no_window(build: Callable[[], QWidget], qapp: QApplication) -> None:
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    screen = build()
    qapp.removeEventFilter(shown)

    assert shown.windows == []
    screen.deleteLater()


def test_tab_reaches_every_control_of_a_page_in_reading_order(show_window: ShowWindow) -> None:
    frame = prechecks()
    show_window(frame, size=(1366, 768))
    frame.setFocus()
    order = []
    walker = frame.nextInFocusChain()
    while walker is not frame and walker is not None:
        if walker.focusPolicy() & Qt.FocusPolicy.TabFocus and walker.isVisible():
            order.append(walker.objectName())
        walker = walker.nextInFocusChain()

    questions = [name for name in order if name.startswith("question")]
    assert questions == ["question0.answer", "question0.finding0.why", "question1.answer", "question2.answer"]
    assert {"record", "decision", "reaction"} <= set(order)
