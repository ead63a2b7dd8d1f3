"""Brings the end of the writer's work back to the window's thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Bridge(QObject):
    """``deliver`` may be called on any thread; the callback runs on the thread that made the bridge."""

    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def deliver(self, callback: Callable[[], None]) -> None:
        self._arrived.emit(callback)

    def _call(self, callback: Callable[[], None]) -> None:
        callback()
