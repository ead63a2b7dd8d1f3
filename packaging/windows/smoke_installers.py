"""The installers under Wine: installed, run, refused where they must refuse, removed; the records stay."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import wine as w
from screen import NotShownError
from smoke_visit import processes_of

REFUSED = 2
PATIENCE = 90


class Steps(Protocol):
    """What the smoke test offers."""

    version: str
    place: Path
    folder: Path

    def step(self, what: str, act: Callable[[], str]) -> None: ...

    def command(self, *words: str, code: int = 0, says: str = "", program: Path | None = None) -> str: ...


class Installers:
    """The installer for one user and the MSI that lie beside a clinic folder."""

    def __init__(self, steps: Steps, wine: w.Wine, folder: Path) -> None:
        self._steps, self._wine = steps, wine
        self._setup, self._msi = (folder.with_name(f"{folder.name}{ending}") for ending in ("-setup.exe", ".msi"))
        [self._home] = [path for path in wine.drive("users").iterdir() if path.name != "Public"]
        self._installed = self._home / "AppData" / "Local" / "Programs" / "nurse-app"
        self._menu = self._home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self._records = self._home / "AppData" / "Local" / "nurse-app-training"

    def installs(self) -> str:
        self._run(str(self._setup), "/S")
        self._must(self._installed.is_dir(), f"{self._installed} is not there")
        links = sorted(path.name for path in self._menu.glob("*.lnk"))
        self._must(
            links == ["Infusion Assistant training.lnk", "Infusion Assistant.lnk"], f"the Start menu has {links}"
        )
        return self._steps.command("--version", program=self._installed / "nurse-app.com").strip()

    def refuses_downgrade(self) -> str:
        current = self._installed / "current"
        current.write_text("9.9.9\n", encoding="ascii")
        self._run(str(self._setup), "/S", code=REFUSED)
        self._must(current.read_text(encoding="ascii") == "9.9.9\n", "it wrote all the same")
        current.write_text(f"{self._steps.version}\n", encoding="ascii")
        return f"exit {REFUSED}, nothing changed"

    def refuses_while_running(self) -> str:
        """Seen by the lock of the records, whichever copy runs; and by its file, wherever its records are."""
        elsewhere = self._steps.place / "elsewhere"
        another_copy = self._steps.folder / "nurse-app.exe"
        self._refuses_beside(another_copy, self._records, "--training")
        own = self._installed / "nurse-app.exe"
        words = ("--training", "--data-dir", self._wine.path(elsewhere))
        self._refuses_beside(own, elsewhere / self._records.name, *words)
        return f"installer and uninstaller: exit {REFUSED}, by the lock of the records and by the program's file"

    def _refuses_beside(self, program: Path, records: Path, *words: str) -> None:
        running = self._wine.start(str(program), *words)
        try:
            wait((records / ".lock").is_file, "the lock of the records")
            # The lock is taken just after its file is made.
            time.sleep(3)
            self._run(str(self._setup), "/S", code=REFUSED)
            self._run(*self._uninstaller(), code=REFUSED)
        finally:
            for process in processes_of(self._wine, "nurse-app.exe"):
                os.kill(process, signal.SIGKILL)
            running.ended()
        self._must((self._installed / "current").is_file(), "it was removed all the same")

    def installs_again(self) -> str:
        left = self._installed / "versions" / self._steps.version / "of-a-broken-try.txt"
        left.write_text("", encoding="ascii")
        self._run(str(self._setup), "/S")
        self._must(not left.exists(), "a file of a broken try stayed")
        return "over itself, as a repair"

    def uninstalls(self) -> str:
        self._run(*self._uninstaller())
        uninstaller = self._installed / "uninstall.exe"
        # Asked to wait, it does not remove itself; asked as Windows asks it, it does.
        left = [path.name for path in self._installed.iterdir()] if self._installed.is_dir() else []
        self._must(left in ([], [uninstaller.name]), f"left behind: {left}")
        self._must(not list(self._menu.glob("*.lnk")), "the Start menu still has it")
        files = [path for path in self._records.rglob("*") if path.is_file()]
        self._must(files, "the records are gone")
        return f"program gone, {len(files)} files of the records stay"

    def rolls_out(self) -> str:
        self._run("msiexec", "/i", self._wine.path(self._msi), "/qn")
        program = self._wine.drive("Program Files", "nurse-app", "nurse-app.exe")
        told = self._steps.command("--version", program=program).strip()
        self._must(not (program.parent / "current").exists(), "it has a file “current”")
        return told

    def rolls_back(self) -> str:
        self._run("msiexec", "/x", self._wine.path(self._msi), "/qn")
        folder = self._wine.drive("Program Files", "nurse-app")
        files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
        self._must(not files, f"{len(files)} files are left, such as {files[:1]}")
        return "removed"

    def _uninstaller(self) -> tuple[str, ...]:
        inside = str(self._installed.relative_to(self._wine.drive())).replace("/", "\\")
        return str(self._installed / "uninstall.exe"), "/S", f"_?=C:\\{inside}"

    def _run(self, *command: str, code: int = 0) -> None:
        ended = self._wine.run(*command, timeout=PATIENCE * 3)
        said = (ended.stdout + ended.stderr).strip()
        self._must(ended.returncode == code and not said, f"{command[0]} ended with {ended.returncode}, said {said!r}")

    def _must(self, is_so: object, what: str) -> None:
        if not is_so:
            raise NotShownError(what)


def try_installers(steps: Steps, wine: w.Wine, folder: Path) -> None:
    """Every step with both installers."""
    tried = Installers(steps, wine, folder)
    steps.step("installer /S", tried.installs)
    steps.step("installer refuses a downgrade", tried.refuses_downgrade)
    steps.step("installer refuses while the program runs", tried.refuses_while_running)
    steps.step("installer over itself", tried.installs_again)
    steps.step("uninstaller /S", tried.uninstalls)
    steps.step("MSI /qn", tried.rolls_out)
    steps.step("MSI removed", tried.rolls_back)


def wait(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so. Raises NotShownError."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise NotShownError(f"{what} did not come")
        time.sleep(0.3)
