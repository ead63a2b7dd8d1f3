"""The only timer: it says "look", nothing more. Time itself comes from the clock."""

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS = 250


class Ticker(QObject):
    """Emits ``tick`` again and again while it runs. A missed tick costs a late repaint and no time."""

    tick = Signal()

    def __init__(self, interval_ms: int = INTERVAL_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.tick)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        """Begin ticking; harmless when it ticks already."""
        if not self.running:
            self._timer.start()

    def stop(self) -> None:
        """Stop ticking; harmless when it has stopped."""
        self._timer.stop()
