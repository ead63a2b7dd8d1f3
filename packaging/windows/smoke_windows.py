"""Tries a built Windows clinic folder, and the installers made from it, from one command; a line for each step.

python packaging/windows/smoke_windows.py dist/nurse-app-0.1.0-win-amd64 --pictures DIR

On Linux under Wine, with a window on a screen of its own and real keys; on Windows the commands only. It ends with 0
when every step held and nothing was said that was not expected. What it shows of Windows: packaging/README.md.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import smoke_installers
import wine as w
from screen import TOOLS, NotShownError, Screen
from smoke_visit import WindowedVisit

PROJECT = w.HERE.parents[1]
CASES = PROJECT / "tests" / "cases"
PAGES_AT_LEAST = 40
# Of a visit that was not even begun.
SHORTEST = 200
ON_WINDOWS = sys.platform == "win32"


class UnexpectedError(Exception):
    """A step went otherwise than it should."""


class Native:
    """Windows itself, with what the smoke test asks of Wine."""

    def path(self, path: Path) -> str:
        return str(path.resolve())

    def run(self, *command: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False)
        out, said = (text.decode(errors="replace").replace("\r\n", "\n") for text in (done.stdout, done.stderr))
        return subprocess.CompletedProcess(command, done.returncode, out, said)


def check(is_so: object, what: str) -> None:
    """Raise UnexpectedError unless something is so."""
    if not is_so:
        raise UnexpectedError(what)


class Smoke:
    """The steps on one folder. ``machine``: Wine or Windows."""

    def __init__(self, machine: w.Wine | Native, folder: Path, place: Path) -> None:
        self.machine, self.place = machine, place
        # Blanks and letters that no code page has: whoever copies the folder chooses its name.
        self.folder = place / "Clinic folder õ"
        shutil.copytree(folder, self.folder)
        self.version = (self.folder / "current").read_text(encoding="ascii").strip()
        self.failed: list[str] = []

    def step(self, what: str, act: Callable[[], str]) -> None:
        """Do one step and print how it went."""
        began = time.monotonic()
        try:
            result, mark = act(), "ok"
        except (UnexpectedError, NotShownError, subprocess.SubprocessError, OSError) as error:
            result, mark = str(error), "FAILED"
            self.failed.append(what)
        print(f"{mark:6} {what}: {result}  ({time.monotonic() - began:.1f} s)", flush=True)

    def command(self, *words: str, code: int = 0, says: str = "", program: Path | None = None) -> str:
        """Run a command of the program; its data. Raises UnexpectedError for another end, or words nobody expects."""
        ended = self.machine.run(str(program or self.folder / "nurse-app.com"), *words)
        said = ended.stderr.strip()
        fits = (says in said and said.count("\n") == 0) if says else not said
        check(
            ended.returncode == code and fits, f"{' '.join(words)} ended with {ended.returncode}, said {said[-400:]!r}"
        )
        return ended.stdout

    def tells_version(self) -> str:
        told = self.command("--version").strip()
        label = "win-amd64" if ON_WINDOWS else "win-amd64, built without Windows"
        check(self.version in told and label in told, f"it said {told!r}")
        windowed = self.command("--version", program=self.folder / "nurse-app.exe").strip()
        check(windowed == told, f"nurse-app.exe said {windowed!r}")
        return told

    def holds_no_stand_in(self) -> str:
        """What Wine or the build machine needed must not be in the folder."""
        names = {file.name.lower() for file in self.folder.rglob("*") if file.is_file()}
        found = sorted(names & {"icuuc.dll", "ucrtbase.dll", "mscms.dll", "python.exe", "qt6network.dll", "_ssl.pyd"})
        check(not found, f"it holds {', '.join(found)}")
        return f"{len(names)} names of files"

    def plays_visits(self) -> str:
        scripts = sorted((CASES / "visits").glob("*.json"))
        for script in scripts:
            self.command("replay", self.machine.path(script))
        return f"{len(scripts)} visit scripts held"

    def rehearses(self) -> str:
        records, output = self.place / "rehearsed", self.place / "rehearsal"
        self.command(
            "rehearse",
            "--data-dir",
            self.machine.path(records),
            "--output",
            self.machine.path(output),
            says="Rehearsed: ",
        )
        pictures, pages = list(output.glob("*.png")), sorted(output.glob("*.pdf"))
        check(len(pictures) >= PAGES_AT_LEAST and len(pages) == 2, f"{len(pictures)} pictures, {len(pages)} records")
        for page in pages:
            content = page.read_bytes()
            check(content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF"), f"{page.name} is no whole PDF")
        return f"a whole visit and one with a reaction, {len(pictures)} pictures, {len(pages)} printed records"

    def verifies(self, records: Path) -> str:
        told = self.command("verify", "--data-dir", self.machine.path(records)).strip()
        check(told.endswith("All are sound."), told)
        return told

    def reports(self, records: Path, outcomes: set[str]) -> str:
        found: dict[str, str] = {}
        for file in sorted((records / "visits").glob("*/*.jsonl")):
            for form in ("json", "csv", "pdf"):
                target = self.place / f"report.{form}"
                words = (
                    "--format",
                    form,
                    "--output",
                    self.machine.path(target),
                    "--data-dir",
                    self.machine.path(records),
                )
                self.command("report", file.stem, *words)
                check(target.stat().st_size > SHORTEST, f"{target.name} has only {target.stat().st_size} bytes")
            state = json.loads((self.place / "report.json").read_text(encoding="utf-8"))["state"]
            found[file.stem] = str(state["outcome"])
        check(outcomes <= set(found.values()), f"the outcomes are {found}")
        return f"{len(found)} visits as JSON, CSV and PDF: {', '.join(sorted(found.values()))}"

    def backs_up(self, records: Path) -> str:
        backup, again = self.place / "copy.nurse-backup", self.place / "restored"
        self.command("backup", self.machine.path(backup), "--data-dir", self.machine.path(records), says="it is whole")
        self.command("restore", self.machine.path(backup), "--data-dir", self.machine.path(again), says="Restored ")
        same = {file.name: file.read_bytes() for file in (records / "visits").glob("*/*.jsonl")}
        check(same == {file.name: file.read_bytes() for file in (again / "visits").glob("*/*.jsonl")}, "they differ")
        return f"{backup.stat().st_size // 1000} kB; {self.verifies(again)}"

    def refuses_nonsense(self) -> str:
        self.command("verify", "--data-dir", self.machine.path(self.place / "nowhere"), code=2, says="nowhere")
        self.command("sing", code=2, says="sing")
        return "a folder that is not there, a command that is none"

    def commands(self) -> None:
        """Everything that needs no window."""
        self.step("version and build", self.tells_version)
        self.step("nothing of Wine in the folder", self.holds_no_stand_in)
        self.step("replay", self.plays_visits)
        self.step("rehearse", self.rehearses)
        rehearsed = self.place / "rehearsed"
        self.step("verify", lambda: self.verifies(rehearsed))
        self.step("report", lambda: self.reports(rehearsed, {"completed", "stopped-for-reaction"}))
        self.step("backup and restore", lambda: self.backs_up(rehearsed))
        self.step("wrong commands", self.refuses_nonsense)
        if "self-test" in self.machine.run(str(self.folder / "nurse-app.com"), "--help").stdout:
            self.step("self-test", self.tests_itself)

    def tests_itself(self) -> str:
        ended = self.machine.run(
            str(self.folder / "nurse-app.com"), "self-test", "--data-dir", self.machine.path(self.place / "tested")
        )
        lines = [line for line in ended.stdout.splitlines() if line.strip()]
        bad = [line for line in lines if line.startswith(("Failed", "Attention"))]
        if isinstance(self.machine, Native):
            # A runner has no sound device; Wine has a silent one.
            bad = [line for line in bad if "sound" not in line.lower()]
        check(lines and not bad and not ended.stderr, f"{ended.returncode}: {bad} {ended.stderr[-300:]}")
        return f"{len(lines)} lines, exit {ended.returncode}"

    def refused(self, code: int, said: str) -> str:
        """Wine’s C library does not say why a lock is not given, so the sentence is another one than on Windows."""
        check(code == 2 and ("in use" in said or "for one program alone" in said), f"ended with {code}, said {said!r}")
        return said.strip()

    def silent(self, code: int, said: str, what: str) -> str:
        check(code == 0 and not said, f"ended with {code}, said {said!r}")
        return what

    def window(self, screen: Screen) -> None:
        """A visit in the window."""
        assert isinstance(self.machine, w.Wine)
        visit = WindowedVisit(self.machine, screen, self.folder / "nurse-app.exe", self.place / "records")
        self.step("window opens, PIN, home", visit.open)
        self.step("visit until the infusion runs", visit.until_running)
        self.step("second start refused", lambda: self.refused(*visit.second_start()))
        self.step("killed", lambda: self.silent(0, visit.kill(), "in the middle of the infusion, without warning"))
        self.step("records after the kill", lambda: self.verifies(visit.records))
        self.step("opened again, goes on", lambda: f"{visit.open()}; {visit.go_on()}")
        self.step("visit until it is closed", visit.until_closed)
        self.step("window closed", lambda: self.silent(*visit.close(), "said nothing all the time"))
        self.step("records after the visit", lambda: self.verifies(visit.records))
        self.step("report of the visit", lambda: self.reports(visit.records, {"left-early"}))
        self.step("the same start of the machine throughout", visit.one_boot)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the clinic folder that build_windows.py made")
    parser.add_argument("--pictures", type=Path, default=PROJECT / "build" / "windows-pictures", metavar="DIR")
    parser.add_argument("--wine", type=Path, default=PROJECT / "build" / "windows" / "smoke-wine", metavar="DIR")
    parser.add_argument("--display", default=":22", help="an X display that is free")
    parser.add_argument("--patience", type=float, default=60, help="seconds for what a key brings about")
    parser.add_argument("--only", choices=("commands", "window", "installers"), action="append", default=[])
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    """Try everything; 0 when all held."""
    arguments = _arguments(words)
    parts = arguments.only or ["commands", "window", "installers"]
    with tempfile.TemporaryDirectory(prefix="nurse-app-windows-", ignore_cleanup_errors=True) as name:
        if ON_WINDOWS:
            smoke = Smoke(Native(), arguments.folder, Path(name))
            smoke.commands()
            return _end(smoke)
        needed = ("wine", "wineserver", w.COMPILER, w.READER, *(TOOLS if "window" in parts else ()))
        if missing := w.missing_tools(needed):
            print(f"Missing: {' '.join(missing)}", file=sys.stderr)
            return 1
        wine = w.prepare(arguments.wine.resolve(), arguments.display)
        wine.end_all()
        screen = Screen(arguments.display, arguments.pictures.resolve(), arguments.patience)
        try:
            wine.switch_on()
            smoke = Smoke(wine, arguments.folder.resolve(), Path(name))
            if "commands" in parts:
                smoke.commands()
            if "window" in parts:
                smoke.window(screen)
            if "installers" in parts:
                smoke_installers.try_installers(smoke, wine, arguments.folder.resolve())
        finally:
            wine.end_all()
            screen.close()
        return _end(smoke)


def _end(smoke: Smoke) -> int:
    if smoke.failed:
        print(f"{len(smoke.failed)} steps failed: {'; '.join(smoke.failed)}")
        return 1
    print("All steps held.")
    return 0


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    sys.exit(main(sys.argv[1:]))
