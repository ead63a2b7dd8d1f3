"""Tries a built folder as a clinic would get it: no Python, no network, nothing to write to, a whole visit by hand.

python packaging/smoke_test.py [FOLDER]        the newest folder in dist/, in a Debian 12 root made once in build/
python packaging/smoke_test.py --suite trixie  in a Debian 13 root
python packaging/smoke_test.py --root DIR      in a copy of this root

One line a step; ends with 0 when each held and nothing unexpected was printed. As root on Linux with debootstrap, Xvfb,
openbox, xdotool, at-spi2-core, pulseaudio, libfaketime; without one of them it says what is left out and does the rest.
"""

import argparse
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from smoke import screen as screens
from smoke.commands import Program, try_commands, try_surroundings
from smoke.root import CannotBeMadeError, CleanRoot, Place, ThisMachine, base_root
from smoke.screen import Screen
from smoke.steps import Steps
from smoke.window import ALARM, FAKETIME, Desk, try_window

PROJECT = Path(__file__).resolve().parents[1]
BUILD = PROJECT / "build" / "smoke"


def newest_folder() -> Path:
    """The folder that was built last."""
    built = [path for path in (PROJECT / "dist").glob("nurse-app-*-linux-*") if (path / "nurse-app").is_file()]
    if not built:
        sys.exit("There is no built folder in dist/. Run packaging/build.py, or name one.")
    return max(built, key=lambda path: path.stat().st_mtime)


def resources_of(folder: Path) -> Path:
    """The resources inside a built folder, or inside one version of it."""
    current = folder / "current"
    inner = folder / "versions" / current.read_text(encoding="ascii").strip() if current.is_file() else folder
    return inner / "_internal" / "resources"


def make_place(arguments: argparse.Namespace, work: Path, display: Path | None, steps: Steps) -> Place:
    """The clean root; where it cannot be made this machine, and that is said."""
    try:
        base = arguments.root or base_root(arguments.suite, BUILD)
        return CleanRoot(base.resolve(), arguments.folder, work, display)
    except CannotBeMadeError as why:
        steps.skip("clean root", f"{why}; the program runs on this machine instead")
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        return ThisMachine(arguments.folder, work)


def smoke(arguments: argparse.Namespace, stack: ExitStack) -> Steps:
    """Every step; ``stack`` undoes what was mounted and started."""
    steps = Steps()
    # Another user has to get into it.
    work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nurse-app-smoke-", ignore_cleanup_errors=True)))
    work.chmod(0o755)
    tools = screens.missing_tools() + ([] if FAKETIME.exists() else ["libfaketime"])
    screen = None
    if not tools and not arguments.no_window:
        screen = Screen(arguments.display, work)
        stack.callback(screen.close)
    place = make_place(arguments, work / "place", screen.socket if screen else None, steps)
    stack.callback(place.close)
    program = Program(place)
    try_surroundings(steps, program, arguments.folder)
    if not arguments.only_window:
        try_commands(steps, program, resources_of(arguments.folder) / ALARM)
    if screen is None:
        steps.skip("window", f"this machine lacks {', '.join(tools)}" if tools else "--no-window")
        return steps
    shutil.rmtree(arguments.output, ignore_errors=True)
    arguments.output.mkdir(parents=True)
    desk = Desk(program, screen, work, arguments.output)
    stack.callback(desk.close)
    try_window(steps, desk, resources_of(arguments.folder))
    print(f"Pictures: {arguments.output}")
    return steps


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="the built folder, or one version in it")
    parser.add_argument("--suite", default="bookworm", help="the Debian of the root (bookworm, trixie)")
    parser.add_argument("--root", type=Path, help="a root of your own; it is not changed")
    parser.add_argument("--display", type=int, default=23, help="number of the X display")
    parser.add_argument("--output", type=Path, default=BUILD / "pictures", help="folder for the pictures")
    parser.add_argument("--no-window", action="store_true", help="only the commands")
    parser.add_argument("--only-window", action="store_true", help="without the commands")
    found = parser.parse_args(words)
    found.folder = (found.folder or newest_folder()).resolve()
    found.output = found.output.resolve()
    return found


def main(words: list[str]) -> int:
    """Try everything; 0 when all of it held."""
    arguments, begun = _arguments(words), time.monotonic()
    # Asked to end, it still undoes what it has mounted and started.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit("Stopped."))
    print(f"Folder: {arguments.folder}", flush=True)
    with ExitStack() as stack:
        steps = smoke(arguments, stack)
    told = [f"{len(steps.failed)} failed"] if steps.failed else ["all held"]
    if steps.skipped:
        told.append(f"skipped: {', '.join(steps.skipped)}")
    print(f"{'; '.join(told)}. {time.monotonic() - begun:.0f} s")
    return 1 if steps.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
