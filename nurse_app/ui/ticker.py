"""The only timer: it says "look", nothing more. Time itself comes from the clock."""

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS = 250
# Clocks of whole seconds need no more than two looks a second; what flashes needs four.
BEATS_PER_TICK = 2


class Ticker(QObject):
    """Emits ``tick`` again and again while it runs, and ``beat`` for what flashes, more often.

    A missed tick costs a late repaint and no time.
    """

    tick = Signal()
    beat = Signal()

    def __init__(self, interval_ms: int = INTERVAL_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._on_timeout)
        self._beats = 0

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

    def _on_timeout(self) -> None:
        self.beat.emit()
        self._beats += 1
        if self._beats % BEATS_PER_TICK == 0:
            self.tick.emit()
