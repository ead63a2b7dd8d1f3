"""Hands for a rehearsal: presses, types and looks at the real windows, as a nurse would, on a clock of its own."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from nurse_app.ui.program import Program
from nurse_app.ui.stage import USUAL

_PATIENCE = 20_000
_KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "F1": Qt.Key.Key_F1,
    "F2": Qt.Key.Key_F2,
    "F3": Qt.Key.Key_F3,
    "F4": Qt.Key.Key_F4,
    "F5": Qt.Key.Key_F5,
    "F6": Qt.Key.Key_F6,
    "F7": Qt.Key.Key_F7,
    "F8": Qt.Key.Key_F8,
    "F10": Qt.Key.Key_F10,
    "F9": Qt.Key.Key_F9,
    "Shift": Qt.Key.Key_Shift,
}


class NotOnScreenError(LookupError):
    """A rehearsal wanted something that is not there; the message lists what is."""


class Hands:
    """Drives one program. ``settle`` lets everything that was asked reach the disk and the screen."""

    def __init__(self, program: Program, output: Path | None) -> None:
        self._program = program
        self._output = output
        self.pictures: list[str] = []

    @property
    def stage(self) -> QWidget:
        return self._program.stage

    def start(self) -> None:
        """Start the program with a window of the usual size, whatever screen it takes itself to be on."""
        self._program.start()
        self._program.stage.showNormal()
        self._program.stage.resize(*USUAL)

    def settle(self) -> None:
        """Wait, without sleeping, until nothing is on its way; then show the present."""
        QCoreApplication.processEvents()
        for _turn in range(_PATIENCE):
            if self._program.controller.is_idle:
                break
            # Woken by the end of a piece of work, and by the ticker if there is none.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self._program.controller.tick()
        QCoreApplication.processEvents()
        # Outside the application's own loop nobody deletes what was to be deleted later.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def find(self, name: str) -> QWidget:
        """The visible widget of that name. Raises NotOnScreenError."""
        found = [widget for widget in self.stage.findChildren(QWidget, name) if widget.isVisible()]
        if not found:
            shown = sorted(
                {w.objectName() for w in self.stage.findChildren(QWidget) if w.isVisible() and w.objectName()}
            )
            raise NotOnScreenError(f"{name} is not on the screen; there are: {', '.join(shown)}")
        return found[-1]

    def press(self, name: str) -> None:
        """Touch a control."""
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, key: str) -> None:
        """Press a key where the focus is: a name of _KEYS, or one letter or digit."""
        focus = self._focus()
        if key in _KEYS:
            QTest.keyClick(focus, _KEYS[key])
        else:
            QTest.keyClicks(focus, key)
        self.settle()

    def write(self, text: str, then: str = "Enter") -> None:
        """Type a text where the focus is, and a key after it."""
        QTest.keyClicks(self._focus(), text)
        if then:
            self.key(then)

    def write_into(self, name: str, text: str) -> None:
        """Type into the entry field of that name."""
        entry = self.find(f"{name}.entry")
        entry.setFocus()
        QTest.keyClicks(entry, text)

    def picture(self, name: str) -> None:
        """Keep a picture of the window, numbered in the order of the rehearsal."""
        self.settle()
        file = f"{len(self.pictures) + 1:02d}-{name}.png"
        self.pictures.append(file)
        if self._output is not None and not self.stage.grab().save(str(self._output / file)):
            message = f"{self._output / file}: the picture could not be written. Choose another folder."
            raise OSError(message)

    def resize(self, size: QSize) -> None:
        self.stage.resize(size)
        self.settle()

    def end(self) -> None:
        """End the program and let go of its window."""
        self._program.end()
        self._program.stage.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _focus(self) -> QWidget:
        focus: QWidget | None = self.stage.focusWidget()
        return focus if focus is not None else self.stage
