"""The window under Wine: a whole visit with real keys, the program killed in the middle of it, a second start refused.

The visit is one that ends without waiting: the infusion runs, is stopped, and the patient leaves early. That a full
hour and the observation after it end as they should is what the rehearsal plays on a clock of its own.
"""

import os
import re
import signal
import time
from pathlib import Path

import wine as w
from screen import NotShownError, Screen

RECORD_NO, BIRTH_DATE, PIN = "TRN000417", "1988-03-14", "type:246810"
QUESTIONS = 13
BARCODE, LOT = "01003644060080161727083110A12345", "A12345"
VITAL_SIGNS = ("124", "78", "72", "14", "98", "36.7")
LATER_SIGNS = ("121", "76", "75", "14", "98", "36.6")
SITES, REASONS_TO_STOP, REASONS_TO_LEAVE = 8, 6, 5
BOOT = re.compile(r'"boot_id":"([^"]+)"')


class WindowedVisit:
    """One window on one data folder. ``program`` is the starter that a person would click."""

    def __init__(self, wine: w.Wine, screen: Screen, program: Path, root: Path) -> None:
        self._wine, self._screen, self._root = wine, screen, root
        self._command = (str(program), "--training", "--data-dir", wine.path(root))
        self._running: w.Started | None = None

    @property
    def records(self) -> Path:
        """The data folder of training inside the one that was chosen."""
        return self._root / "nurse-app-training"

    def open(self) -> str:
        """Start the program and sign in."""
        self._running = self._wine.start(*self._command)
        self._screen.wait_for_window()
        # The first name is in focus.
        self._screen.press("space")
        time.sleep(2)
        self._screen.turn(PIN, "Return")
        return "by keys"

    def kill(self) -> str:
        """End the program as a crash would; Wine, which stands for the machine, goes on. What it had said."""
        for process in processes_of(self._wine, "nurse-app.exe"):
            os.kill(process, signal.SIGKILL)
        return self._ended()[1]

    def close(self) -> tuple[int, str]:
        """Close the window as a person does; exit code, and everything that was said."""
        self._screen.press("alt+F4")
        return self._ended()

    def second_start(self) -> tuple[int, str]:
        """Start the program once more beside the running one. Its sentence has a window of its own, which is closed."""
        second = self._wine.start(*self._command)
        self._screen.wait(lambda: len(self._screen.windows()) > 1 or second.has_ended(), "the refusal")
        self._screen.settle()
        self._screen.picture("second-start")
        if not second.has_ended():
            self._screen.press("alt+F4")
        ended = second.ended()
        return ended.returncode, ended.stdout + ended.stderr

    def _ended(self) -> tuple[int, str]:
        assert self._running is not None
        ended = self._running.ended()
        return ended.returncode, ended.stdout + ended.stderr

    def entries(self) -> int:
        """How many entries visits have on the disk."""
        files = list((self.records / "visits").glob("*/*.jsonl"))
        return sum(len(file.read_bytes().splitlines()) for file in files)

    def enter(self, *keys: str, entries: int = 1) -> None:
        """Press keys and wait until so many entries more are on the disk."""
        wanted = self.entries() + entries
        self._screen.press(*keys)
        self._screen.wait(lambda: self.entries() >= wanted, f"an entry after {' '.join(keys)}")
        self._screen.settle()

    def until_running(self) -> str:
        """From home to a running infusion, with keys only."""
        turn, enter = self._screen.turn, self.enter
        enter(f"type:{RECORD_NO}", "Return")
        enter(f"type:{RECORD_NO}", "Return", f"type:{BIRTH_DATE}", "Return")
        for _question in range(QUESTIONS):
            enter("n")
        turn("v")
        enter(*typed(VITAL_SIGNS))
        self._screen.picture("pre-checks")
        enter("c")
        enter(f"type:{BARCODE}", "Return")
        enter("1")
        turn("b")
        enter("space", "Tab", "Tab", "space", "Tab", "Tab", "type:B778", "Return")
        for key in ("a", "i", "m", "1", "e"):
            enter(key)
        turn("k")
        self._screen.press("space")
        time.sleep(1)
        enter(f"type:{LOT}", "Return", "type:15", "Return", f"type:{RECORD_NO}", "Return", PIN, "Return")
        turn("l")
        enter("space", *["Tab"] * SITES, "Return")
        self._screen.picture("prepared")
        turn("c")
        enter("Return")
        self._screen.picture("infusion-running")
        return f"{self.entries()} entries"

    def go_on(self) -> str:
        """After the new start: the same infusion, which ran on, by the sheet that says what happened meanwhile."""
        self._screen.turn(f"type:{RECORD_NO}", "Return")
        self._screen.picture("resumed")
        self._screen.turn("Return")
        self._screen.picture("infusion-goes-on")
        return f"{self.entries()} entries"

    def until_closed(self) -> str:
        """Vital signs, stopped for good, left early, the visit closed."""
        turn, enter = self._screen.turn, self.enter
        turn("v")
        enter(*typed(LATER_SIGNS))
        turn("s")
        enter("space", *["Tab"] * REASONS_TO_STOP, "Return")
        self._screen.picture("observation")
        turn("l")
        enter("space", *["Tab"] * REASONS_TO_LEAVE, "type:Dr SAMPLE", "Return", "type:555", "Return")
        self._screen.picture("discharge")
        enter("c")
        self._screen.picture("closed")
        return f"{self.entries()} entries"

    def one_boot(self) -> str:
        """Whether every entry of the visit has the same start of the machine, and an uptime that never goes back."""
        [file] = (self.records / "visits").glob("*/*.jsonl")
        readings = [BOOT.findall(line) for line in file.read_text(encoding="utf-8").splitlines()]
        boots = {boot for line in readings for boot in line}
        if len(boots) != 1:
            raise NotShownError(f"{len(boots)} starts of the machine in one visit: {sorted(boots)}")
        return f"{boots.pop()}, {len(readings)} entries"


def typed(values: tuple[str, ...]) -> list[str]:
    """Each value and the key behind it."""
    return [key for value in values for key in (f"type:{value}", "Return")]


def processes_of(wine: w.Wine, name: str) -> list[int]:
    """The processes of a Windows program in this Wine folder, and in no other."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            around = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].decode(errors="replace").replace("\\", "/").endswith(f"/{name}") and (
            f"WINEPREFIX={wine.prefix}".encode() in around
        ):
            found.append(int(folder.name))
    return found
