"""Keeping a window above others on Windows, answered by functions of ours with the shapes that Windows' own have."""

import ctypes
from types import SimpleNamespace

import pytest

from nurse_app.system.window_order import machine_keep_above
from nurse_app.system.windows import WindowsCalls

SET_WINDOW_POS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, *(ctypes.c_int,) * 4, ctypes.c_uint)
# HWND_TOPMOST and HWND_NOTOPMOST as the pointers that they are; SWP_NOSIZE, SWP_NOMOVE, SWP_NOACTIVATE.
TOPMOST, NOT_TOPMOST = 2**64 - 1, 2**64 - 2
FLAGS = 0x0001 | 0x0002 | 0x0010


def test_elsewhere_qt_does_it() -> None:
    assert machine_keep_above("linux") is None


@pytest.mark.parametrize("answer", [1, 0])
def test_windows_neither_moves_nor_resizes_nor_activates_it(answer: int) -> None:
    asked: list[tuple[object, ...]] = []

    def place(*given: object) -> int:
        asked.append(given)
        return answer

    calls = WindowsCalls(lambda _name: SimpleNamespace(SetWindowPos=SET_WINDOW_POS(place)))
    keep_above = machine_keep_above("win32", calls)
    assert keep_above is not None
    assert [keep_above(4711, True), keep_above(4711, False)] == [bool(answer)] * 2
    assert asked == [(4711, TOPMOST, 0, 0, 0, 0, FLAGS), (4711, NOT_TOPMOST, 0, 0, 0, 0, FLAGS)]


def test_a_windows_without_the_call_leaves_it_to_qt() -> None:
    def load(name: str) -> ctypes.CDLL:
        raise OSError(name)

    assert machine_keep_above("win32", WindowsCalls(load)) is None
