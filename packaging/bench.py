"""Measures the program beside bare twins, in turns, in one run, and prints the ratios. Judges nothing, fails never.

python packaging/bench.py [start] [save] [redraw] [idle] [memory]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
TURNS = 7
WATCHED_SECONDS = 20
# Below this a ratio says nothing.
NOTHING = 0.05

Figures = dict[str, float]


class Bench:
    """Runs children on one platform and keeps what they measured, so that nothing is measured twice."""

    def __init__(self, platform: str, folder: Path) -> None:
        self._folder = folder
        self._environment = os.environ | {"QT_QPA_PLATFORM": platform, "PYTHONPATH": str(PACKAGING.parent)}
        # Python may write its compiled files, as it may on a nurse's machine.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._kept: dict[str, Figures] = {}

    def bare(self, seconds: int = 0) -> Figures:
        """The window with a label."""
        return self._child("bare", "bench_watch.py", str(seconds))

    def taps(self) -> Figures:
        """The program, clicked at."""
        return self._child("taps", "bench_taps.py", str(self._folder / "taps"))

    def program(self, what: str, folder: str, seconds: int = 0) -> Figures:
        """The program at home or with a running infusion."""
        return self._child(what, "bench_program.py", what, str(self._folder / folder), str(seconds))

    def watched(self, what: str) -> Figures:
        """The figures of a child that was watched for a while without being touched."""
        if what not in self._kept:
            watch = self.bare if what == "bare" else lambda seconds: self.program(what, f"watched-{what}", seconds)
            self._kept[what] = watch(WATCHED_SECONDS)
        return self._kept[what]

    def _child(self, name: str, *command: str) -> Figures:
        began = time.monotonic()
        child = subprocess.run(
            [sys.executable, *command],
            cwd=PACKAGING,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        # An exception in a slot is printed and passed over; what was measured then is worth nothing.
        if child.returncode or "Traceback" in child.stderr:
            sys.exit(f"The child process “{name}” failed:\n{child.stderr}")
        figures: Figures = json.loads(child.stdout)
        return {name: figure - began if name.endswith("_at") else figure for name, figure in figures.items()}


def beside(label: str, own: float, bare: float, unit: str) -> None:
    """One line: the program's figure, its bare twin's, and how many times that is."""
    ratio = f"{own / bare:6.2f} times" if bare > NOTHING else ""
    print(f"  {label:<34}{own:9.2f} {unit:<4} bare {bare:9.2f} {unit:<4}{ratio}")


def measure_start(bench: Bench) -> None:
    """From the start of the process until home is painted and answers."""
    bench.program("home", "start")
    bench.bare()
    homes, bares = [], []
    for _ in range(TURNS):
        bares.append(bench.bare())
        homes.append(bench.program("home", "start"))
    bare_s = statistics.median(run["usable_at"] for run in bares)
    beside("start to sign-in", statistics.median(run["sign_in_at"] for run in homes), bare_s, "s")
    beside("start to home, PIN given at once", statistics.median(run["usable_at"] for run in homes), bare_s, "s")
    loaded = any(run["pyqtgraph"] for run in homes)
    print(f"  pyqtgraph is {'LOADED' if loaded else 'not loaded'} by then")


def measure_save(bench: Bench) -> None:
    """From a click on an answer until its entry is on the disk, and until the screen says so."""
    figures = bench.taps()
    label = f"tap until on the disk, {figures['entry_bytes']:.0f} bytes"
    beside(label, figures["on_disk_ms"], figures["bare_ms"], "ms")
    beside("tap until shown as saved", figures["shown_ms"], figures["bare_ms"], "ms")
    print(f"  {figures['taps']:.0f} taps, {figures['syncs_per_tap']:.0f} fsync each")


def measure_redraw(bench: Bench) -> None:
    """While the drug runs: redraws that happen by themselves, and what one redraw of everything takes."""
    infusion = bench.watched("infusion")
    print(f"  {'redraws a second, by itself':<34}{infusion['redraws_per_second']:9.2f}")
    beside("one redraw of the whole window", infusion["redraw_ms"], bench.watched("bare")["redraw_ms"], "ms")
    print(f"  {'whole redraws a second, at most':<34}{1000 / infusion['redraw_ms']:9.2f}")


def measure_idle(bench: Bench) -> None:
    """The share of one core while nobody touches anything."""
    for what in ("home", "infusion"):
        beside(f"CPU, {what}", bench.watched(what)["cpu_percent"], bench.watched("bare")["cpu_percent"], "%")


def measure_memory(bench: Bench) -> None:
    """The memory that the process holds."""
    for what in ("home", "infusion"):
        beside(f"memory, {what}", bench.watched(what)["memory_mb"], bench.watched("bare")["memory_mb"], "MB")


MEASUREMENTS: dict[str, Callable[[Bench], None]] = {
    "start": measure_start,
    "save": measure_save,
    "redraw": measure_redraw,
    "idle": measure_idle,
    "memory": measure_memory,
}


def platforms() -> list[str]:
    """Always without a screen, and with a real window where a display answers."""
    display = subprocess.run([sys.executable, str(PACKAGING / "system_needs.py"), "display"], check=False)
    return ["offscreen"] if display.returncode else ["offscreen", "xcb"]


def main(names: list[str]) -> int:
    """Run the named measurements, or all of them. 0, or 2 for an unknown name."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"There is nothing to measure called {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.")
        return 2
    for platform in platforms():
        print(platform)
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(platform, Path(folder))
            for name in names or MEASUREMENTS:
                MEASUREMENTS[name](bench)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
