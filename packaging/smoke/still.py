"""Makes the window of a running program stand still, and nothing else of it: its first thread is held by ptrace."""

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smoke.steps import NotSoError

_SEIZE, _INTERRUPT, _GO_ON, _DETACH = 0x4206, 0x4207, 7, 17
_ALL_CHILDREN = 0x40000000
# Waiting for events the thread holds nothing that others need, not Python's lock either. x86-64 and arm64.
_WAITING = {"poll": (7, 73), "ppoll": (271,), "epoll_wait": (232, 22), "select": (23,), "pselect6": (270, 72)}
_TRIES = 50


@contextmanager
def standing_still(pid: int) -> Iterator[None]:
    """Hold the first thread while it waits for events. Raises NotSoError when it never does, OSError if not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)

    def ask(what: int) -> None:
        if libc.ptrace(ctypes.c_long(what), ctypes.c_long(pid), None, None) < 0:
            raise OSError(ctypes.get_errno(), "the window cannot be held")

    ask(_SEIZE)
    try:
        for _try in range(_TRIES):
            ask(_INTERRUPT)
            os.waitpid(pid, _ALL_CHILDREN)
            if _waits(pid):
                break
            ask(_GO_ON)
            time.sleep(0.02)
        else:
            raise NotSoError("the window never waits for events")
        yield
    finally:
        # A thread that runs has to stand before it can be let go.
        if libc.ptrace(ctypes.c_long(_DETACH), ctypes.c_long(pid), None, None) < 0:
            ask(_INTERRUPT)
            os.waitpid(pid, _ALL_CHILDREN)
            ask(_DETACH)


def _waits(pid: int) -> bool:
    number = Path(f"/proc/{pid}/syscall").read_text(encoding="ascii").split()[0]
    # −1: stopped on the way out of a call that was broken off, or outside one.
    return number.isdecimal() and any(int(number) in numbers for numbers in _WAITING.values())
