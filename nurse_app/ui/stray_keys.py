"""Keys that are on their way to another program when the window comes to the front: they press nothing here."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShortcutEvent
from PySide6.QtWidgets import QWidget

# Beats of the ticker without a key, 0.75 to 1 s, after which the hands have stopped typing.
QUIET_BEATS = 4
_TYPED = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut})
_FUNCTION_KEYS = frozenset(f"F{number}" for number in range(1, 13))
_TOUCHES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class StrayKeys(QObject):
    """Swallows keys from ``begin`` on until nobody has typed for a moment; the function keys always count.

    A press of finger or mouse is meant for what is seen, and ends it.
    """

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._wait = 0

    @property
    def is_guarding(self) -> bool:
        return self._wait > 0

    def begin(self) -> None:
        """The window comes to the front by itself now."""
        if not self._wait:
            # Shortcuts never reach a window: only the application sees them all, and only while this lasts.
            app = QCoreApplication.instance()
            if app is not None:
                app.installEventFilter(self)
        self._wait = QUIET_BEATS

    def beat(self) -> None:
        """Called by the ticker."""
        if self._wait:
            self._wait -= 1
            if not self._wait:
                self._end()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            self._end()
        elif kind in _TYPED and not _is_function_key(event):
            self._wait = QUIET_BEATS
            return True
        return False

    def _end(self) -> None:
        self._wait = 0
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)


def _is_function_key(event: QEvent) -> bool:
    if isinstance(event, QKeyEvent):
        return Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12
    return isinstance(event, QShortcutEvent) and event.key().toString() in _FUNCTION_KEYS
