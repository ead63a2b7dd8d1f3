"""The Windows calls, answered by functions of ours with the shapes that Windows' own have."""

import ctypes
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from nurse_app.system.windows import WindowsCalls

TICKS_2026_11_22 = 134_398_188_000_000_000
QUERY_TIME = ctypes.CFUNCTYPE(None, ctypes.POINTER(ctypes.c_uint64))
GET_COUNT = ctypes.CFUNCTYPE(ctypes.c_uint64)
SET_STATE = ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_uint32)
QUERY_SYSTEM = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32, ctypes.POINTER(ctypes.c_uint32)
)


def windows_with(**libraries: dict[str, object]) -> WindowsCalls:
    def load(name: str) -> object:
        if name not in libraries:
            raise OSError(name)
        return SimpleNamespace(**libraries[name])

    return WindowsCalls(load)


def windows_started_at(boot_time: int, *, bias: int, status: int = 0, length: int = 48) -> WindowsCalls:
    def answer(kind: int, buffer: int, size: int, returned: object) -> int:
        assert (kind, size) == (3, 48)
        # Boot time, current time, zone bias, zone id with a reserved word, boot time bias, sleep bias.
        words = (ctypes.c_uint64 * 6)(boot_time, boot_time + 5, 0, 0, bias % 2**64, 7)
        ctypes.memmove(buffer, words, size)
        returned[0] = length
        return status

    return windows_with(ntdll={"NtQuerySystemInformation": QUERY_SYSTEM(answer)})


def test_the_interrupt_time_is_read_anew_each_time_in_nanoseconds() -> None:
    ticks = iter([10_000_000, 30_000_000])

    def query(count: object) -> None:
        count[0] = next(ticks)

    read = windows_with(kernelbase={"QueryInterruptTime": QUERY_TIME(query)}).interrupt_time()

    assert [read(), read()] == [1_000_000_000, 3_000_000_000]


def test_the_tick_count_beyond_32_bits_comes_in_nanoseconds() -> None:
    read = windows_with(kernel32={"GetTickCount64": GET_COUNT(lambda: 2**32 + 1)}).tick_count()

    assert read() == (2**32 + 1) * 1_000_000


@pytest.mark.parametrize("hours_moved", [0, 1, -1, 24 * 365])
def test_the_boot_instant_stays_when_somebody_sets_the_clock(hours_moved: int) -> None:
    moved = hours_moved * 36_000_000_000

    windows = windows_started_at(TICKS_2026_11_22 + moved, bias=moved)

    assert windows.boot_instant() == TICKS_2026_11_22


@pytest.mark.parametrize(
    "windows",
    [
        windows_started_at(TICKS_2026_11_22, bias=0, status=-1073741820),
        windows_started_at(TICKS_2026_11_22, bias=0, length=32),
        windows_started_at(0, bias=0),
    ],
    ids=["refused", "an older and shorter answer", "nothing in it"],
)
def test_an_answer_without_a_boot_instant_is_none(windows: WindowsCalls) -> None:
    assert windows.boot_instant() is None


def test_the_execution_state_is_handed_over_and_back() -> None:
    given: list[int] = []

    def set_state(state: int) -> int:
        given.append(state)
        return 0x80000000

    call = windows_with(kernel32={"SetThreadExecutionState": SET_STATE(set_state)}).execution_state()

    assert (call(0x80000003), given) == (0x80000000, [0x80000003])


@pytest.mark.parametrize("windows", [windows_with(), windows_with(kernelbase={}, kernel32={}, ntdll={})])
@pytest.mark.parametrize(
    "ask",
    [
        WindowsCalls.interrupt_time,
        WindowsCalls.tick_count,
        WindowsCalls.boot_instant,
        WindowsCalls.execution_state,
    ],
)
def test_a_call_that_is_not_there_is_none(windows: WindowsCalls, ask: Callable[[WindowsCalls], object]) -> None:
    assert ask(windows) is None
