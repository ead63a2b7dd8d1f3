"""A machine whose true time, sleep, wall clock and starts a test decides, read through the program's own port."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal, cast

from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.system.clock import SystemClock, boot_clock
from nurse_app.system.windows import WindowsCalls

Model = Literal["Linux", "Windows, Python 3.11", "Windows, Python 3.13"]
MODELS: tuple[Model, ...] = ("Linux", "Windows, Python 3.11", "Windows, Python 3.13")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=15625)


def nanoseconds(duration: timedelta) -> int:
    return duration // timedelta(microseconds=1) * 1000


class Machine:
    """What each clock of a system does is in reliability notes, 2.1."""

    def __init__(self, model: Model, folder: Path, begins: datetime, zone: tzinfo = UTC) -> None:
        self.model = model
        self.truth = begins
        self.zone = zone
        self._folder = folder
        self._wall_moved = timedelta(0)
        self._booted = begins - timedelta(hours=5)
        self._slept = timedelta(0)
        self._starts = 1
        self._identifiers = SequentialIdentifiers()
        self.clock = self.start_program()

    # --- what happens ---

    def run(self, lasting: timedelta) -> None:
        self.truth += lasting

    def sleep(self, lasting: timedelta) -> None:
        self.truth += lasting
        self._slept += lasting

    def move_wall(self, by: timedelta) -> None:
        self._wall_moved += by

    def set_wall(self, to: datetime) -> None:
        self._wall_moved = to - self.truth

    def reboot(self, off_for: timedelta, up_for: timedelta) -> None:
        """Off for a while, up for another; then the program is started."""
        self.truth += off_for
        self._booted = self.truth
        self._slept = timedelta(0)
        self._starts += 1
        self.truth += up_for
        self.clock = self.start_program()

    # --- its clocks ---

    def start_program(self) -> SystemClock:
        if self.model == "Linux":
            file = self._folder / "boot_id"
            file.write_text(f"start-{self._starts}\n", encoding="ascii")
            chosen = boot_clock("linux", self._identifiers, steady_ns=self._with_sleep, boot_id_file=file)
        else:
            windows = cast("WindowsCalls", _Windows(self))
            chosen = boot_clock("win32", self._identifiers, steady_ns=self._monotonic, windows=windows)
        return SystemClock(chosen, self._wall, lambda at: at.astimezone(self.zone))

    def boot_instant(self) -> int:
        return nanoseconds(self._booted - EPOCH) // 100 + self._starts

    def _wall(self) -> int:
        return nanoseconds(self.truth + self._wall_moved - EPOCH)

    def _with_sleep(self) -> int:
        return nanoseconds(self.truth - self._booted)

    def _monotonic(self) -> int:
        """Python's own: in 3.11 on Windows it counts sleep in coarse steps, in 3.13 it stands still in sleep here."""
        if self.model == "Windows, Python 3.11":
            return nanoseconds((self.truth - self._booted) // _TICK * _TICK)
        return nanoseconds(self.truth - self._booted - self._slept)

    @property
    def interrupt_time(self) -> Callable[[], int]:
        return self._with_sleep


class _Windows:
    """The calls of Windows 10 and later."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def interrupt_time(self) -> Callable[[], int]:
        return self._machine.interrupt_time

    def tick_count(self) -> Any:
        raise AssertionError("not asked where there is a better clock")

    def boot_instant(self) -> int:
        return self._machine.boot_instant()
