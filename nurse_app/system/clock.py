"""The machine's clocks. Nothing else in the program asks what time it is.

``Reading.boot_id`` and ``Reading.uptime`` are a pair: a new boot_id promises that the uptime began again at zero after
every reading of the old one, because whoever sees a new boot_id takes the uptime as time that has surely passed. Where
no sound name of the start is to be had, the pair is therefore this process: a new id, and the time since it began.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from nurse_app.domain.moment import Reading
from nurse_app.system.windows import WindowsCalls
from nurse_app.visit.ports import Identifiers

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class BootClock:
    """A count of nanoseconds, sleep included, and the name of what it counts from."""

    boot_id: str
    uptime_ns: Callable[[], int]


class SystemClock:
    """The Clock port on the real machine."""

    def __init__(
        self,
        boot_clock: BootClock,
        wall_ns: Callable[[], int] = time.time_ns,
        to_local: Callable[[datetime], datetime] = datetime.astimezone,
    ) -> None:
        self._boot_clock = boot_clock
        self._wall_ns = wall_ns
        self._to_local = to_local

    def read(self) -> Reading:
        """Both clocks now; the wall clock with the local offset of this moment."""
        uptime = _duration(self._boot_clock.uptime_ns())
        wall = self._to_local(_EPOCH + _duration(self._wall_ns()))
        return Reading(wall, uptime, self._boot_clock.boot_id)


def machine_clock(identifiers: Identifiers) -> SystemClock:
    """The clock of the machine that this runs on."""
    return SystemClock(boot_clock(sys.platform, identifiers, steady_ns=steady_clock()))


def steady_clock() -> Callable[[], int]:
    """The counter that nobody can set, in ns: on Linux with sleep, elsewhere as Python has it."""
    steady_ns: Callable[[], int] = time.monotonic_ns
    if sys.platform == "linux":
        # Python's monotonic clock stands still while Linux sleeps; only this one goes on.
        steady_ns = partial(time.clock_gettime_ns, time.CLOCK_BOOTTIME)
    return steady_ns


def boot_clock(
    platform: str,
    identifiers: Identifiers,
    *,
    steady_ns: Callable[[], int],
    boot_id_file: Path = _LINUX_BOOT_ID,
    windows: WindowsCalls | None = None,
) -> BootClock:
    """The best pair of boot_id and uptime that ``platform`` (as ``sys.platform`` names it) has to offer."""
    if platform == "win32":
        return _windows_clock(windows or WindowsCalls(), identifiers, steady_ns)
    if platform == "linux":
        boot_id = _text_of(boot_id_file)
        if boot_id:
            return BootClock(boot_id, steady_ns)
    return _process_clock(identifiers, steady_ns)


def _windows_clock(windows: WindowsCalls, identifiers: Identifiers, steady_ns: Callable[[], int]) -> BootClock:
    # Not wall time minus uptime: that moves when somebody sets the clock, and would look like a restart.
    boot_instant = windows.boot_instant()
    uptime_ns = windows.interrupt_time() or windows.tick_count()
    if boot_instant is None or uptime_ns is None:
        return _process_clock(identifiers, uptime_ns or steady_ns)
    return BootClock(f"windows-{boot_instant:x}", uptime_ns)


def _process_clock(identifiers: Identifiers, steady_ns: Callable[[], int]) -> BootClock:
    began = steady_ns()
    return BootClock(f"process-{identifiers.new_id()}", lambda: steady_ns() - began)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _duration(nanoseconds: int) -> timedelta:
    return timedelta(microseconds=nanoseconds // 1000)
