"""The window: one screen at a time, the keys that work everywhere, and closing only when everything is saved."""

from collections.abc import Callable

from PySide6.QtCore import QFileInfo, QMimeData, QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from nurse_app.i18n import _

SMALLEST = (1024, 700)
USUAL = (1366, 768)
# What a title bar and edges of the window system take, about.
FRAME = (16, 48)


class Stage(QMainWindow):
    """Shows screens; keeps those it is told to keep, and deletes the others when the next one comes.

    ``file_dropped`` has the path of the one file that was dropped anywhere on it.
    """

    key_pressed = Signal(str)
    file_dropped = Signal(str)
    KEYS = ("F1", "F3", "F4", "F5", "F7", "F9", "Ctrl+L", "Ctrl++", "Ctrl+-", "Ctrl+T")

    def __init__(self, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setWindowTitle(_("Infusion assistant"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._may_close = may_close
        self.setAcceptDrops(True)
        self._screens = QStackedWidget()
        self._kept: set[QWidget] = set()
        self._beneath: QWidget | None = None
        self.setCentralWidget(self._screens)
        self._shortcuts = {key: QShortcut(QKeySequence(key), self) for key in self.KEYS}
        for key, shortcut in self._shortcuts.items():
            shortcut.activated.connect(lambda key=key: self.key_pressed.emit(key))

    def open(self) -> None:
        """Show the window: of the usual size where the screen has room for it with its frame, else all over the screen.

        A footer below the edge of the screen hides whether something was saved.
        """
        if fills(self.screen().availableSize()):
            self.showMaximized()
        else:
            self.show()

    def keep(self, screen: QWidget) -> None:
        """Keep a screen, on or not, as long as the window lives."""
        screen.setParent(self)
        screen.hide()
        self._kept.add(screen)

    def show_screen(self, screen: QWidget) -> None:
        """Put a screen on; the one before, and the one beneath it, are deleted unless they are kept."""
        before, beneath = self._screens.currentWidget(), self._beneath
        if before is screen:
            return
        self._beneath = None
        self._put_on(screen)
        for left in (before, beneath):
            if left is not screen:
                self._let_go(left)

    def show_over(self, screen: QWidget) -> None:
        """Put a screen over the one that is on, which stays beneath as it is."""
        self._beneath = self._screens.currentWidget()
        self._put_on(screen)

    def leave_over(self) -> None:
        """Go back to the screen beneath; nothing happens when there is none."""
        over, beneath, self._beneath = self._screens.currentWidget(), self._beneath, None
        if beneath is not None:
            self._put_on(beneath)
            self._let_go(over)

    def _put_on(self, screen: QWidget) -> None:
        if self._screens.indexOf(screen) < 0:
            self._screens.addWidget(screen)
        self._screens.setCurrentWidget(screen)

    def _let_go(self, screen: QWidget | None) -> None:
        if screen is not None and screen not in self._kept:
            self._screens.removeWidget(screen)
            screen.deleteLater()

    def leave_to_screen(self, key: str, *, left: bool) -> None:
        """Leave a key to the screen that is on: Qt gives a key that two want to neither."""
        self._shortcuts[key].setEnabled(not left)

    @property
    def screens(self) -> QWidget:
        """What holds the screens, under whatever covers them."""
        return self._screens

    def current(self) -> QWidget | None:
        return self._screens.currentWidget()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _one_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _one_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close():
            event.accept()
        else:
            event.ignore()


def _one_file(data: QMimeData) -> str:
    """The path of what is dragged when that is one file of this computer; else empty."""
    urls = data.urls()
    path: str = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path and QFileInfo(path).isFile() else ""


def fills(available: QSize) -> bool:
    """Whether a screen with so much room for windows is too small for one of the usual size."""
    room = (USUAL[0] + FRAME[0], USUAL[1] + FRAME[1])
    return available.width() < room[0] or available.height() < room[1]
