"""Measuring a window from inside its own process, for bench.py; by itself it is the bare twin, a window with a label.

python packaging/benchmarks/bench_watch.py [seconds to watch it]   prints one line of JSON
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

# Time for fonts, caches and late layouts before anything is watched.
SETTLE_MS = 2000
REDRAWS = 40

Figures = dict[str, float | bool]


class Paints(QObject):
    """Tells of every painting of a window, and counts how often it is drawn anew."""

    def __init__(self, window: QWidget, painted: Callable[[], None] | None = None) -> None:
        super().__init__(window)
        self.count = 0
        self._window = window
        self._painted = painted
        window.installEventFilter(self)

    def stop(self) -> None:
        """Hear no more."""
        self._painted = None
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            self.count += 1
        if event.type() is QEvent.Type.Paint and self._painted is not None:
            # Not before everything else that belongs to this painting is done.
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)


def let_pass(milliseconds: int) -> None:
    """Run the event loop for a while, as when nobody touches anything."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def usable_figures() -> Figures:
    """What is so at the moment a window is usable; the clock is the one that the parent process reads, too."""
    return {"usable_at": time.monotonic(), "pyqtgraph": "pyqtgraph" in sys.modules, "memory_at_start_mb": resident_mb()}


def resident_mb() -> float:
    """How much of the machine's memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def idle_figures(seconds: int) -> Figures:
    """The share of one core used while nobody touches anything, and the memory then."""
    let_pass(SETTLE_MS)
    used, began = time.process_time(), time.monotonic()
    let_pass(1000 * seconds)
    share = 100 * (time.process_time() - used) / (time.monotonic() - began)
    return {"cpu_percent": share, "memory_mb": resident_mb()}


def redraw_figures(window: QWidget, seconds: int) -> Figures:
    """How often a window is drawn anew by itself, and what drawing all of it takes."""
    paints = Paints(window)
    let_pass(1000 * seconds)
    by_itself = paints.count
    began = time.perf_counter()
    for _ in range(REDRAWS):
        window.repaint()
    return {"redraws_per_second": by_itself / seconds, "redraw_ms": 1000 * (time.perf_counter() - began) / REDRAWS}


def main(seconds: int) -> None:
    """Show a label and measure that."""
    app = QApplication([])
    window = QLabel("Ready")
    window.resize(1366, 768)
    loop = QEventLoop()
    Paints(window, loop.quit)
    window.show()
    loop.exec()
    figures = usable_figures()
    if seconds:
        figures |= idle_figures(seconds) | redraw_figures(window, 2)
    print(json.dumps(figures))
    app.quit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
