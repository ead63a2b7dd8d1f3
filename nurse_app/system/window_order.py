"""Keeping a window above those of other programs, where the system has a call for it that Qt does not use as wanted."""

import sys
from collections.abc import Callable

from nurse_app.system.windows import WindowsCalls

_TOPMOST, _NOT_TOPMOST = -1, -2
_NO_SIZE, _NO_MOVE, _NO_ACTIVATE = 0x0001, 0x0002, 0x0010


def machine_keep_above(
    platform: str = sys.platform, calls: WindowsCalls | None = None
) -> Callable[[int, bool], bool] | None:
    """Takes a window's number and whether it must stay above; answers whether the system did. None: Qt does it itself.

    On Windows Qt's own flag would take the frame of the window apart and ask for the foreground, which Windows refuses
    to a program that nobody is typing into; this neither moves, resizes nor activates.
    """
    if platform != "win32":
        return None
    place = (calls or WindowsCalls()).window_placer()
    if place is None:
        return None

    def keep_above(window: int, above: bool) -> bool:  # noqa: FBT001
        order = _TOPMOST if above else _NOT_TOPMOST
        return bool(place(window, order, 0, 0, 0, 0, _NO_SIZE | _NO_MOVE | _NO_ACTIVATE))

    return keep_above
