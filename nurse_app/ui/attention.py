"""The window where it is seen when an alarm needs somebody: on the taskbar, in front of others, on a screen.

A window system may refuse: then the taskbar flashes, and the sound goes on.
"""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.ui.stray_keys import StrayKeys

Level = Literal["taskbar", "front", "front-and-keep"]
# Keeps a window of the system above all others, or no longer; says whether the system did.
KeepAbove = Callable[[int, bool], bool]
_UNTIL_SEEN = 0
# Qt’s platforms without a screen complain when a window is to be above others.
_WITHOUT_ORDER = ("offscreen", "minimal")


class Attention(QObject):
    """Calls for one window. A level that holds already does nothing more, unless somebody minimised the window.

    What is half typed in the window stays as it is, and so does the focus in it.
    """

    def __init__(self, stage: QWidget, keep_above: KeepAbove | None = None) -> None:
        super().__init__(stage)
        self._stage = stage
        self._keep_above = keep_above
        self._level: Level | None = None
        self._stray = StrayKeys(stage)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            # Later, when Qt has moved the window itself.
            app.screenRemoved.connect(self.bring_onto_a_screen, Qt.ConnectionType.QueuedConnection)
            app.primaryScreenChanged.connect(self.bring_onto_a_screen, Qt.ConnectionType.QueuedConnection)

    @property
    def level(self) -> Level | None:
        """What was called for and not yet released."""
        return self._level

    def call(self, level: Level) -> None:
        """Make the window be seen as much as ``level`` says."""
        before, self._level = self._level, level
        if before == level and not (level != "taskbar" and self._stage.isMinimized()):
            return
        QApplication.alert(self._stage, _UNTIL_SEEN)
        if level != "taskbar":
            self._to_front()
        self._keep(above=level == "front-and-keep")

    def release(self) -> None:
        """Somebody has acknowledged: the window is one among others again. It stays where it is."""
        self._level = None
        self._keep(above=False)

    def beat(self) -> None:
        """Called by the ticker."""
        self._stray.beat()

    def bring_onto_a_screen(self) -> None:
        """A screen went: what is not within one that is there is moved, and made smaller if it must."""
        stage = self._stage
        if stage.isMinimized() or not stage.isVisible():
            return
        frame, inner = stage.frameGeometry(), stage.geometry()
        fits = fitted(frame, [screen.availableGeometry() for screen in QGuiApplication.screens()])
        if fits == frame:
            return
        is_maximized = stage.isMaximized()
        if is_maximized:
            stage.showNormal()
        around = frame.size() - inner.size()
        stage.resize(fits.size() - around)
        stage.move(fits.topLeft())
        if is_maximized:
            stage.showMaximized()

    def _to_front(self) -> None:
        stage = self._stage
        if stage.isMinimized():
            stage.setWindowState(stage.windowState() & ~Qt.WindowState.WindowMinimized)
        stage.show()
        # One that is merely larger than its screen is seen as it is, and stays as somebody has made it.
        if not any(screen.availableGeometry().intersects(stage.geometry()) for screen in QGuiApplication.screens()):
            self.bring_onto_a_screen()
        if QGuiApplication.platformName() not in _WITHOUT_ORDER:
            stage.raise_()
        if not stage.isActiveWindow():
            # What somebody is typing into another program must not press anything here.
            self._stray.begin()
            stage.activateWindow()

    def _keep(self, *, above: bool) -> None:
        window = self._stage.windowHandle()
        if window is not None:
            self._place(window, above=above)

    def _place(self, window: QWindow, *, above: bool) -> None:
        if self._keep_above is None or not self._keep_above(int(window.winId()), above):
            # The flag of the widget would hide the window and show it anew; that of the window only tells the system.
            window.setFlag(Qt.WindowType.WindowStaysOnTopHint, above)


def fitted(window: QRect, screens: Sequence[QRect]) -> QRect:
    """The window moved, and if need be made smaller, onto the screen that shows most of it, else the first."""
    if not screens:
        return window

    def shown(screen: QRect) -> int:
        part = screen.intersected(window)
        return part.width() * part.height()

    best = max(screens, key=shown)
    size = window.size().boundedTo(best.size())
    left = min(max(window.left(), best.left()), best.left() + best.width() - size.width())
    top = min(max(window.top(), best.top()), best.top() + best.height() - size.height())
    return QRect(left, top, size.width(), size.height())
