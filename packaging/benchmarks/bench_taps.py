"""Measures how long a click takes until its entry is on the disk and shown, for bench.py, beside bare writes.

python packaging/benchmarks/bench_taps.py FOLDER   prints one line of JSON
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench_program import visit_on_screen
from bench_watch import SETTLE_MS, Figures, let_pass
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

BETWEEN_TAPS_MS = 50
# How long a finger stays down.
PRESSED_MS = 60


def taps(folder: Path) -> Figures:
    """Clicks on the answers before an infusion, timed from the moment the finger lifts: a button acts then."""
    program, figures = visit_on_screen(folder, until="identify")
    let_pass(SETTLE_MS)
    buttons = [each for each in program.stage.findChildren(QAbstractButton) if each.objectName().endswith(".answer.no")]
    if not buttons:
        sys.exit("There is no question to answer on the screen.")
    synced_at: list[float] = []
    sync = os.fsync

    def watched_sync(descriptor: int) -> None:
        sync(descriptor)
        synced_at.append(time.perf_counter())

    on_disk_ms, shown_ms, bare_ms, entry_bytes = [], [], [], []
    vars(os)["fsync"] = watched_sync
    for button in buttons:
        size = records_size(folder)
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        let_pass(PRESSED_MS)
        began = time.perf_counter()
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        while not program.controller.is_idle:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        shown_ms.append(1000 * (time.perf_counter() - began))
        on_disk_ms.append(1000 * (synced_at[-1] - began))
        entry_bytes.append(records_size(folder) - size)
        let_pass(BETWEEN_TAPS_MS)
        bare_ms.append(bare_write_ms(folder / "bare", entry_bytes[-1], sync))
        let_pass(BETWEEN_TAPS_MS)
    vars(os)["fsync"] = sync
    program.end()
    return figures | {
        "taps": len(buttons),
        "syncs_per_tap": len(synced_at) / len(buttons),
        "entry_bytes": statistics.median(entry_bytes),
        "on_disk_ms": statistics.median(on_disk_ms),
        "shown_ms": statistics.median(shown_ms),
        "bare_ms": statistics.median(bare_ms),
    }


def bare_write_ms(file: Path, size: int, sync: Callable[[int], None]) -> float:
    """How long it takes to append as many bytes to a file and have them on the disk, with nothing around it."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    content = b"x" * size
    began = time.perf_counter()
    os.write(descriptor, content)
    sync(descriptor)
    took = 1000 * (time.perf_counter() - began)
    os.close(descriptor)
    return took


def records_size(folder: Path) -> int:
    """How many bytes all records of a data folder have."""
    return sum(file.stat().st_size for kind in ("visits", "patients") for file in (folder / kind).rglob("*.*"))


if __name__ == "__main__":
    print(json.dumps(taps(Path(sys.argv[1]))))
