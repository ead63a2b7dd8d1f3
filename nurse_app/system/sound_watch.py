"""Keeps an eye on the sound devices: told by the sound server when something changes, else looking now and then."""

import logging
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Event, Thread
from typing import Protocol

from nurse_app.system.outside import outside_environment
from nurse_app.system.sound_output import OutputFound

_log = logging.getLogger(__name__)
CHANGES = ("pactl", "subscribe")
# What of a sound server may mean another device or another volume; its clients come and go with every look.
_OF_DEVICES = ("on sink #", "on card #", "on server")
# While the server tells of changes a look is only for safety; otherwise each asks other programs, or reads a file.
TOLD_S, ASKING_S, READING_S = 60.0, 5.0, 2.0
# Somebody who turns the volume makes many changes a second; so long there is no second look.
REST_S = 0.25
_GONE_WITHIN_S = 0.5


class Listener(Protocol):
    """Hears of changes to the devices."""

    def hears(self) -> bool:
        """Whether it is told of changes now."""
        ...

    def start(self) -> None:
        """Begin to listen; harmless when that is not possible."""
        ...

    def end(self) -> None: ...


class ChangeListener:
    """A child that says a line for each change, read on a thread of its own. ``changed`` is called there."""

    def __init__(
        self,
        changed: Callable[[], None],
        command: Sequence[str] = CHANGES,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._changed = changed
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None

    def hears(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        if self.hears():
            return
        own = os.environ if self._environment is None else self._environment
        nowhere = subprocess.DEVNULL
        try:
            process = subprocess.Popen(
                self._command,
                stdin=nowhere,
                stdout=subprocess.PIPE,
                stderr=nowhere,
                env=outside_environment(own) | {"LC_ALL": "C"},
                encoding="utf-8",
                errors="replace",
            )
        except OSError:
            return
        self._process = process
        self._thread = Thread(target=self._read, args=(process,), name="sound-changes", daemon=True)
        self._thread.start()

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
        if self._thread is not None:
            self._thread.join(_GONE_WITHIN_S)

    def _read(self, process: "subprocess.Popen[str]") -> None:
        began_s, has_told = time.monotonic(), False
        # Its end lets the system forget it, and closes its output.
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                has_told = True
                if any(word in line for word in _OF_DEVICES):
                    self._changed()
        # One that ends at once without a word would be begun again for ever.
        if has_told or time.monotonic() - began_s >= ASKING_S:
            self._changed()


class OutputWatch:
    """Looks at the devices on a thread of its own, so that no sound waits for a server that hangs.

    ``untold_s`` is how often it looks where no server answers. ``found`` is what the last look found, None before the
    first. ``came_back`` is called when there is a device again.
    """

    def __init__(
        self,
        look: Callable[[], OutputFound],
        listener: Callable[[Callable[[], None]], Listener] = ChangeListener,
        untold_s: float = ASKING_S,
    ) -> None:
        self._look = look
        self._listener = listener(self.look_again)
        self._untold_s = untold_s
        self._wanted = Event()
        self._ended = Event()
        self._thread = Thread(target=self._watch, name="sound-devices", daemon=True)
        self.found: OutputFound | None = None
        self.came_back: Callable[[], None] = lambda: None

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """End the thread; harmless when it was never started."""
        self._ended.set()
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()
        self._listener.end()

    def look_again(self) -> None:
        """Have it looked at soon, on whichever thread this is called."""
        self._wanted.set()

    def look(self) -> float:
        """One look; after how many seconds to look again when nothing happens."""
        before, self.found = self.found, self._look()
        if before is not None and before.devices == 0 and self.found.devices != 0:
            self.came_back()
        if not self.found.server:
            return self._untold_s
        if self._listener.hears():
            return TOLD_S
        # What changed before it listens is seen by the next look.
        self._listener.start()
        return ASKING_S

    def _watch(self) -> None:
        wait_s = self._untold_s
        while not self._ended.is_set():
            try:
                wait_s = self.look()
            except Exception:  # noqa: BLE001
                # A defect here must not leave an old answer standing for ever.
                self.found = OutputFound(None, None)
                _log.exception("a defect in looking at the sound devices")
            self._ended.wait(REST_S)
            self._wanted.wait(wait_s)
            self._wanted.clear()
