"""Keeps the machine awake while a visit runs, as far as the system allows, and says honestly whether it does.

Windows and a desktop's idle suspend are held off; a closed lid and the power key still win.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from nurse_app.system.companion import Companion, EchoingCompanion
from nurse_app.system.windows import WindowsCalls

_ES_SYSTEM_REQUIRED = 0x00000001
_ES_DISPLAY_REQUIRED = 0x00000002
_ES_CONTINUOUS = 0x80000000

StartCompanion = Callable[[Sequence[str]], Companion]


class SleepInhibitor(Protocol):
    """Holds off sleep from ``hold`` to ``release``; both may be called again without harm."""

    @property
    def holds(self) -> bool:
        """Whether the system has agreed and still does. May turn true a moment after ``hold``."""
        ...

    def hold(self) -> None: ...

    def release(self) -> None: ...


class NoSleepInhibitor:
    """For systems without a way: never holds."""

    holds = False

    def hold(self) -> None:
        """Do nothing."""

    def release(self) -> None:
        """Do nothing."""


class WindowsSleepInhibitor:
    """By SetThreadExecutionState, which lasts as long as the calling thread: call it from the window's own."""

    def __init__(self, set_state: Callable[[int], int]) -> None:
        self._set_state = set_state
        self.holds = False

    def hold(self) -> None:
        self.holds = self._set_state(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED) != 0

    def release(self) -> None:
        self._set_state(_ES_CONTINUOUS)
        self.holds = False


class LinuxSleepInhibitor:
    """By systemd-inhibit, which holds the lock while its own child runs; the child starts only once the lock is got."""

    def __init__(self, program: str, start: StartCompanion) -> None:
        self._command = (
            program,
            "--what=idle:sleep",
            "--mode=block",
            "--who=nurse-app",
            "--why=An infusion visit is open",
            "cat",
        )
        self._start = start
        self._companion: Companion | None = None

    @property
    def holds(self) -> bool:
        return self._companion is not None and self._companion.has_answered() and self._companion.is_running()

    def hold(self) -> None:
        # One try until release: a system that refuses would be asked again at every call.
        if self._companion is None:
            try:
                self._companion = self._start(self._command)
            except OSError:
                self._companion = None

    def release(self) -> None:
        if self._companion is not None:
            self._companion.end()
            self._companion = None


def sleep_inhibitor(
    platform: str, windows: WindowsCalls, find: Callable[[str], str | None], start: StartCompanion
) -> SleepInhibitor:
    """What ``platform`` (as ``sys.platform`` names it) offers; ``find`` says where a program is, None if nowhere."""
    if platform == "win32":
        set_state = windows.execution_state()
        return NoSleepInhibitor() if set_state is None else WindowsSleepInhibitor(set_state)
    program = find("systemd-inhibit") if platform == "linux" else None
    return NoSleepInhibitor() if program is None else LinuxSleepInhibitor(program, start)


def machine_sleep_inhibitor() -> SleepInhibitor:
    """What this machine offers."""
    start = partial(EchoingCompanion, environment=os.environ)
    return sleep_inhibitor(sys.platform, WindowsCalls(), shutil.which, start)
