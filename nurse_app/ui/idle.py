"""Notices that somebody touches the program: any key, any press."""

from PySide6.QtCore import QEvent, QObject

_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})


class TouchWatch(QObject):
    """Installed on the application; ``touched`` says whether there was a touch since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self._touched = True

    def touched(self) -> bool:
        """Whether somebody touched the program since the last call."""
        touched, self._touched = self._touched, False
        return touched

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = True
        return False
