"""Brings the end of the writer's work back to the window's thread."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal


class Bridge(QObject):
    """``deliver`` may be called on any thread; the callback runs on the thread that made the bridge."""

    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def deliver(self, callback: Callable[[], None]) -> None:
        self._arrived.emit(callback)

    def close(self) -> None:
        """Forget what has not been called yet: it would keep windows alive that nobody sees any more."""
        QCoreApplication.removePostedEvents(self)

    def _call(self, callback: Callable[[], None]) -> None:
        callback()
