"""The few Windows calls that Python does not offer, by ctypes. A call that this Windows lacks is None, no error."""

import ctypes
from collections.abc import Callable

NANOSECONDS_PER_TICK = 100
NANOSECONDS_PER_MILLISECOND = 1_000_000
_SYSTEM_TIME_OF_DAY = 3


class _TimeOfDay(ctypes.Structure):
    """SYSTEM_TIMEOFDAY_INFORMATION; times in ticks of 100 ns."""

    _fields_ = (
        ("boot_time", ctypes.c_int64),
        ("current_time", ctypes.c_int64),
        ("zone_bias", ctypes.c_int64),
        ("zone_id", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        ("boot_time_bias", ctypes.c_uint64),
        ("sleep_time_bias", ctypes.c_uint64),
    )


class WindowsCalls:
    """Finds calls in Windows' own libraries; ``load`` opens a library by name."""

    # CDLL and not WinDLL: 64-bit Windows, the only one Qt 6 runs on, has a single calling convention, and CDLL
    # exists on every platform, so that this module can be checked and tested anywhere.
    def __init__(self, load: Callable[[str], ctypes.CDLL] = ctypes.CDLL) -> None:
        self._load = load

    def interrupt_time(self) -> Callable[[], int] | None:
        """A reader of the time since Windows started, sleep included, in ns; None before Windows 10."""
        query = self._call("kernelbase", "QueryInterruptTime", None, ctypes.POINTER(ctypes.c_uint64))
        if query is None:
            return None

        def read() -> int:
            ticks = ctypes.c_uint64()
            query(ctypes.byref(ticks))
            return ticks.value * NANOSECONDS_PER_TICK

        return read

    def tick_count(self) -> Callable[[], int] | None:
        """A reader of the same time in steps of some 16 ms, in ns."""
        count = self._call("kernel32", "GetTickCount64", ctypes.c_uint64)
        if count is None:
            return None
        return lambda: count() * NANOSECONDS_PER_MILLISECOND

    def boot_instant(self) -> int | None:
        """When this Windows started by the clock of that moment, in ticks; the same until the next start.

        Windows moves its boot time along with every change of the wall clock and adds up by how much; the difference
        is what it began with, and what its own event tracing calls the boot time.
        """
        query = self._call(
            "ntdll",
            "NtQuerySystemInformation",
            ctypes.c_int32,
            ctypes.c_int32,
            ctypes.c_void_p,
            ctypes.c_uint32,
            ctypes.POINTER(ctypes.c_uint32),
        )
        if query is None:
            return None
        answer = _TimeOfDay()
        length = ctypes.c_uint32()
        size = ctypes.sizeof(answer)
        status = query(_SYSTEM_TIME_OF_DAY, ctypes.byref(answer), size, ctypes.byref(length))
        if status != 0 or length.value != size:
            return None
        instant = ctypes.c_int64(int(answer.boot_time) - int(answer.boot_time_bias)).value
        return instant if instant > 0 else None

    def execution_state(self) -> Callable[[int], int] | None:
        """SetThreadExecutionState: takes the wanted state, answers the state before, 0 when it was refused."""
        return self._call("kernel32", "SetThreadExecutionState", ctypes.c_uint32, ctypes.c_uint32)

    def sound_devices(self) -> Callable[[], int] | None:
        """A counter of the devices that can play a sound."""
        return self._call("winmm", "waveOutGetNumDevs", ctypes.c_uint32)

    def window_placer(self) -> Callable[..., int] | None:
        """SetWindowPos: takes a window, what it goes behind, four figures of its place, and flags; answers not 0."""
        place = (ctypes.c_void_p, ctypes.c_void_p, *(ctypes.c_int,) * 4, ctypes.c_uint)
        return self._call("user32", "SetWindowPos", ctypes.c_int, *place)

    def _call(self, library: str, name: str, result: type | None, *arguments: type) -> Callable[..., int] | None:
        try:
            found = getattr(self._load(library), name)
        except (OSError, AttributeError):
            return None
        found.restype = result
        found.argtypes = arguments
        call: Callable[..., int] = found
        return call
