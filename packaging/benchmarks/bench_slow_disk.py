"""Measures how long the window stands still while a disk takes so long for one fsync, for bench.py.

python packaging/benchmarks/bench_slow_disk.py FOLDER SECONDS   prints one line of JSON
"""

import json
import os
import sys
import time
from pathlib import Path

from bench_program import visit_on_screen
from bench_watch import SETTLE_MS, Figures, let_pass
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

FRAME_MS = 16
TAPS = 3
WATCHED_MS = 500


class Frames(QObject):
    """Asks for a frame every 16 ms, as a window that moves would, and notes the longest time between two of them."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)
        self._timer.start()

    def begin(self) -> None:
        self.longest_ms, self._last = 0.0, time.perf_counter()

    def _on_frame(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, 1000 * (now - self._last))
        self._last = now


def slow_disk(folder: Path, seconds: float) -> Figures:
    """Answers a question on a disk that is slow, and on one that is not."""
    program, _figures = visit_on_screen(folder, until="identify")
    let_pass(SETTLE_MS)
    buttons = [each for each in program.stage.findChildren(QAbstractButton) if each.objectName().endswith(".answer.no")]
    sync, slept = os.fsync, []

    def slow_sync(descriptor: int) -> None:
        time.sleep(seconds)
        slept.append(descriptor)
        sync(descriptor)

    frames = Frames()
    longest = {}
    for name, patched in (("usual_ms", sync), ("slow_ms", slow_sync)):
        vars(os)["fsync"] = patched
        gaps = []
        for button in (buttons.pop() for _tap in range(TAPS)):
            let_pass(WATCHED_MS)
            frames.begin()
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            let_pass(round(1000 * seconds) + WATCHED_MS)
            gaps.append(frames.longest_ms)
        longest[name] = max(gaps)
    vars(os)["fsync"] = sync
    program.end()
    if len(slept) < TAPS:
        sys.exit("The slow disk was not waited for.")
    return longest


if __name__ == "__main__":
    print(json.dumps(slow_disk(Path(sys.argv[1]), float(sys.argv[2]))))
