"""Notices that somebody touches the program: any key, any press."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})


class TouchWatch(QObject):
    """Watches one window; ``touched`` says whether there was a touch since it was last asked.

    All that a person does comes to the window first. Were the application watched instead, Python would be asked about
    every event of every widget, which alone takes a tenth of the time to the first screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._touched = True

    def watch(self, stage: QWidget) -> None:
        """Begin, once the window is shown. Keys that no widget wants come to the stage itself, too."""
        stage.installEventFilter(self)
        window = stage.windowHandle()
        if window is not None:
            window.installEventFilter(self)

    def touched(self) -> bool:
        """Whether somebody touched the program since the last call."""
        touched, self._touched = self._touched, False
        return touched

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = True
        return False
