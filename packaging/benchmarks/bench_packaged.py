"""The packaged program beside the bare packaged window: size, and time from the start until something is on the screen.

python packaging/benchmarks/bench_packaged.py DIST    the folder with nurse-app-*/ and twin-*/; needs Xvfb
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

TURNS = 7
LONGEST_WAIT_S = 60
# Parts of the screen that are looked at, a side; and how many of them must have changed for a window to be there.
GRID = 16
SHARE_SHOWN = 0.3


@contextmanager
def screen() -> Iterator[str]:
    """A screen of its own, so that nothing else is seen on it. Its name."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours, encoding="ascii") as told:
        number = told.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def look(app: QGuiApplication) -> list[int]:
    """The colours on the screen now, at the points of a grid."""
    image: QImage = app.primaryScreen().grabWindow(0).toImage()
    across, down = image.width() // GRID, image.height() // GRID
    return [
        image.pixel(column * across + across // 2, row * down + down // 2)
        for row in range(GRID)
        for column in range(GRID)
    ]


def start_seconds(app: QGuiApplication, command: list[str]) -> float:
    """From the start of a program until its window is painted, in seconds."""
    before = look(app)
    began = time.monotonic()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    while True:
        now = look(app)
        passed = time.monotonic() - began
        changed = sum(old != new for old, new in zip(before, now, strict=True))
        if changed >= SHARE_SHOWN * len(before):
            break
        if passed > LONGEST_WAIT_S or program.poll() is not None:
            sys.exit(f"{command[0]} showed no window.")
        time.sleep(0.005)
    with suppress(ProcessLookupError):
        os.killpg(program.pid, 9)
    program.communicate()
    while look(app) != before:
        time.sleep(0.02)
    return passed


def megabytes(folder: Path) -> float:
    """What the files of a folder take; a link to one of them counts nothing."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6


def main(dist: Path) -> int:
    """Print size and start of both, and their ratios."""
    folders = [next(iter(sorted(dist.glob(pattern))), None) for pattern in ("nurse-app-*/", "twin-*/")]
    if None in folders or shutil.which("Xvfb") is None:
        print("This needs Xvfb, and both: python packaging/build.py; python packaging/build.py --twin", file=sys.stderr)
        return 2
    own, twin = (folder for folder in folders if folder)
    print(f"  {'size':<34}{megabytes(own):9.1f} MB   bare {megabytes(twin):9.1f} MB  ", end="")
    print(f"{megabytes(own) / megabytes(twin):6.2f} times")
    with screen() as display, tempfile.TemporaryDirectory() as folder:
        os.environ.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")
        app = QGuiApplication([])
        commands = {"own": [str(own / "nurse-app"), "--data-dir", folder], "bare": [str(twin / "nurse-app")]}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(TURNS + 1):
            for name, command in commands.items():
                took = start_seconds(app, command)
                # The first of each brings it from the disk into memory.
                if turn:
                    times[name].append(took)
        middle = {name: statistics.median(taken) for name, taken in times.items()}
        print(f"  {'start until shown':<34}{middle['own']:9.2f} s    bare {middle['bare']:9.2f} s   ", end="")
        print(f"{middle['own'] / middle['bare']:6.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
