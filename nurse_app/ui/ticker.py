"""The only timer: it says "look", nothing more. Time itself comes from the clock."""

from datetime import timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal

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
        # Between two looks: what falls due is shown and heard at once, not at the next one.
        self._once = QTimer(self)
        self._once.setSingleShot(True)
        self._once.setTimerType(Qt.TimerType.PreciseTimer)
        self._once.timeout.connect(self.tick)

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
        self._once.stop()

    def look_in(self, wait: timedelta | None) -> None:
        """One more tick after so long, if that is before the next one; the last wish counts. None: no more."""
        milliseconds = None if wait is None else -(-wait // timedelta(milliseconds=1))
        if self.running and milliseconds is not None and milliseconds < self._timer.interval() * BEATS_PER_TICK:
            self._once.start(max(milliseconds, 1))
        else:
            self._once.stop()

    def _on_timeout(self) -> None:
        self.beat.emit()
        self._beats += 1
        if self._beats % BEATS_PER_TICK == 0:
            self.tick.emit()
