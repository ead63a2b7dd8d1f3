"""Measures the program beside bare twins, in turns, in one run, and prints the ratios. Judges nothing, fails never.

python packaging/bench.py [start] [save] [redraw] [idle] [memory] [slow] [trends] [stores] [import] [alarms]
python packaging/bench.py packaged    the built folder; after build.py and build.py --twin
python packaging/bench.py scale [PATIENTS,VISITS,EVENTS]   in the records of a large ward, made once in build/
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
PROJECT = PACKAGING.parent
BENCHMARKS = PACKAGING / "benchmarks"
TURNS = 7
STARTS = 5
SAVES = 5
WATCHED_SECONDS = 20
# A ward of 2,000 patients after some years: visits, entries.
WARD = "2000,50000,3000000"
# Results in a file.
RESULTS = 100_000
# Below this a ratio says nothing.
NOTHING = 0.05

Figures = dict[str, float]


class Bench:
    """Runs children on one platform and keeps what they measured, so that nothing is measured twice."""

    def __init__(self, platform: str, folder: Path, ward: str) -> None:
        self.ward = ward
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

    def reactions(self) -> Figures:
        """The program, in which a reaction is opened from several screens."""
        return self._child("reaction", "bench_reaction.py", str(self._folder / "reaction"))

    def program(self, what: str, folder: str, seconds: int = 0) -> Figures:
        """The program at home or with a running infusion."""
        return self._child(what, "bench_program.py", what, str(self._folder / folder), str(seconds))

    def slow_disk(self, seconds: float) -> Figures:
        """The program, tapped while one fsync takes so long."""
        return self._child("slow disk", "bench_slow_disk.py", str(self._folder / f"slow-{seconds}"), str(seconds))

    def scale(self, what: str, folder: Path) -> Figures:
        """The program in the records of ``folder``."""
        return self._child(what, "bench_scale.py", what, str(folder))

    def lab_import(self, rows: int) -> Figures:
        """An import of so many results."""
        return self._child("import", "bench_import.py", str(self._folder / "import"), str(rows))

    def trends(self) -> Figures:
        """Ten linked trends as shipped, and ten plain pyqtgraph plots."""
        return self._child("trends", "bench_trends.py")

    def alarms(self) -> dict[str, list[float]]:
        """How late alarms ring, each way, in milliseconds."""
        command = [sys.executable, "bench_alarms.py", str(self._folder / "alarms")]
        said = subprocess.run(
            command, cwd=BENCHMARKS, env=self._environment, capture_output=True, text=True, check=True
        )
        late: dict[str, list[float]] = json.loads(said.stdout)
        return late

    def empty(self) -> Path:
        """A data folder without a patient."""
        return self._folder / "empty"

    def watched(self, what: str) -> Figures:
        """The figures of a child that was watched for a while without being touched."""
        if what not in self._kept:
            watch = self.bare if what == "bare" else lambda seconds: self.program(what, f"watched-{what}", seconds)
            self._kept[what] = watch(WATCHED_SECONDS)
        return self._kept[what]

    def table(self, *command: str) -> None:
        """Let a child print for itself."""
        subprocess.run([sys.executable, *command], cwd=BENCHMARKS, env=self._environment, check=True)

    def _child(self, name: str, *command: str) -> Figures:
        began = time.monotonic()
        child = subprocess.run(
            [sys.executable, *command],
            cwd=BENCHMARKS,
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


def measure_reaction(bench: Bench) -> None:
    """From the Reaction key until the reaction is painted; meant to be within a second from everywhere (T-45)."""
    taken = bench.reactions()
    first, slowest = next(iter(taken)), max(taken, key=lambda name: taken[name])
    for label, name in (("the first time, from the visit", first), ("the slowest", slowest)):
        print(
            f"  {f'reaction, {label}':<34}{taken[name]:9.2f} ms   ({name.removesuffix('_ms')}, of {len(taken)} screens)"
        )


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


def measure_slow(bench: Bench) -> None:
    """The longest time between two frames while the disk takes long for an fsync (T-13)."""
    for seconds in (0.5, 1.5, 5.0):
        figures = bench.slow_disk(seconds)
        beside(f"longest gap, fsync of {seconds} s", figures["slow_ms"], figures["usual_ms"], "ms")


def measure_import(bench: Bench) -> None:
    """Results of a file into an empty data folder, beside the csv module that only reads the file."""
    figures = bench.lab_import(RESULTS)
    for label, name in (
        ("read a file of results", "read_s"),
        ("import it", "import_s"),
        ("import it again", "again_s"),
    ):
        beside(label, figures[name], figures["csv_s"], "s")
        print(f"  {'':<34}{figures['rows'] / figures[name]:9.0f} rows a second")


def measure_trends(bench: Bench) -> None:
    """Ten linked panels of 150 results as shipped beside ten plain pyqtgraph plots, lines drawn the fast way."""
    figures = bench.trends()
    for label, name in (("first paint", "first_ms"), ("pan", "pan_ms"), ("zoom", "zoom_ms")):
        beside(f"trends, {label}", figures[name], figures[f"plain_on_{name}"], "ms")
        print(f"  {'':<34}plain with pyqtgraph’s usual lines {figures[f'plain_auto_{name}']:.0f} ms")
    print(f"  {'trends, crosshair over all panels':<34}{figures['crosshair_ms']:9.2f} ms")
    for label, name in (("all of them", "million_pan_ms"), ("a tenth", "million_closer_pan_ms")):
        frames = 1000 / figures[name]
        print(f"  {f'pan 1,000,000 values, {label}':<34}{figures[name]:9.2f} ms {frames:.0f} frames a second")


def measure_alarms(bench: Bench) -> None:
    """How late alarms ring: in a running window, with the clock moved, after a sleep, when the program opens."""
    ways = {
        "running": "the window runs",
        "stepped": "the wall clock is moved by 110 s",
        "slept": "from waking up after a sleep",
        "opened": "from the window, due while closed",
    }
    for name, late in bench.alarms().items():
        print(f"  alarm, {ways[name]:<36}{statistics.median(late):7.0f} ms, at most {max(late):5.0f} of {len(late)}")


def measure_stores(bench: Bench) -> None:
    """The same work in four stores, as tables."""
    bench.table("bench_stores.py")
    bench.table("bench_faults.py")


def measure_scale(bench: Bench) -> None:
    """In the records of a large ward, beside an empty folder; ``ward`` says how large."""
    folder = PROJECT / "build" / f"ward-{bench.ward.replace(',', '-')}"
    if not folder.exists():
        began = time.monotonic()
        bench.table("bench_ward.py", str(folder), *bench.ward.split(","))
        print(f"  made in {time.monotonic() - began:.0f} s")
    lost = bench.scale("index", folder)
    print(f"  index: {lost['records']:.0f} records were not in it ({lost['records_per_second']:.0f} a second)")
    bench.scale("home", bench.empty())
    bench.scale("home", folder)
    large, empty = [], []
    for _ in range(TURNS):
        empty.append(bench.scale("home", bench.empty())["usable_at"])
        large.append(bench.scale("home", folder)["usable_at"])
    beside("start to home, of empty", statistics.median(large), statistics.median(empty), "s")
    print(f"  find a patient by part of a name {bench.scale('find', folder)['find_ms']:11.1f} ms")
    opened = [bench.scale("open", folder) for _ in range(STARTS)]
    for place, loaded in (("details", "the form"), ("trends", "pyqtgraph")):
        again, first = (statistics.median(run[f"{which}{place}_ms"] for run in opened) for which in ("", "first_"))
        print(f"  open a patient of 130 visits, {place:<8}{again:8.1f} ms; first, {loaded} loaded then, {first:.1f} ms")
    saves = [(bench.scale("save", folder), bench.scale("save", bench.empty())) for _ in range(SAVES)]
    in_large, in_empty = (statistics.median(pair[which]["own_ms"] for pair in saves) for which in (0, 1))
    beside("entry acknowledged, of empty", in_large, in_empty, "ms")
    beside("entry acknowledged, of bare", in_large, statistics.median(pair[0]["bare_ms"] for pair in saves), "ms")
    began = time.monotonic()
    command = [sys.executable, "-m", "nurse_app", "verify", "--data-dir", str(folder)]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stdout
    took = time.monotonic() - began
    entries = int(bench.ward.split(",")[-1])
    print(f"  verify: {took:.0f} s, {entries / took:.0f} entries a second\n    {said.strip().splitlines()[-1]}")


def measure_packaged(bench: Bench) -> None:
    """The folder that build.py made beside the bare packaged window that build.py --twin made."""
    bench.table("bench_packaged.py", str(PROJECT / "dist"))


MEASUREMENTS: dict[str, Callable[[Bench], None]] = {
    "start": measure_start,
    "save": measure_save,
    "reaction": measure_reaction,
    "redraw": measure_redraw,
    "idle": measure_idle,
    "memory": measure_memory,
    "slow": measure_slow,
    "trends": measure_trends,
    "alarms": measure_alarms,
    "import": measure_import,
    "stores": measure_stores,
    "scale": measure_scale,
    "packaged": measure_packaged,
}
# What takes minutes is measured when it is asked for by name.
USUAL = [name for name in MEASUREMENTS if name not in ("trends", "alarms", "import", "stores", "scale", "packaged")]


def platforms() -> list[str]:
    """Always without a screen, and with a real window where a display answers."""
    display = subprocess.run([sys.executable, str(PACKAGING / "system_needs.py"), "display"], check=False)
    return ["offscreen"] if display.returncode else ["offscreen", "xcb"]


def main(names: list[str]) -> int:
    """Run the named measurements, or all of them. 0, or 2 for an unknown name."""
    ward = next((name for name in names if "," in name), WARD)
    names = [name for name in names if "," not in name]
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"There is nothing to measure called {', '.join(unknown)}. There are: {', '.join(MEASUREMENTS)}.")
        return 2
    for platform in platforms():
        print(platform)
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(platform, Path(folder), ward)
            for name in names or USUAL:
                MEASUREMENTS[name](bench)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
