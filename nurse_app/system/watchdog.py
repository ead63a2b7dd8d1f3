"""Rings when the window stands still while a visit is open: then nothing that falls due would be shown or heard.

On a thread of its own. A program that is stuck inside a library which lets no other thread run silences it, too.
"""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread

_log = logging.getLogger(__name__)
# The window looks at the clocks twice a second; a look older than this is a window that stands still.
LIMIT_S = 5.0
RING_EVERY_S = 10.0
LOOK_EVERY_S = 0.5
# A look of the dog itself that comes so late: the whole program was stopped, not the window alone.
STOPPED_S = 3.0


class StandstillWatch:
    """``ring`` makes the sound and says whether it could; ``uptime_s`` counts seconds that the machine is awake."""

    def __init__(self, ring: Callable[[], bool], uptime_s: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._uptime_s = uptime_s
        self._ended = Event()
        self._seen_s: float | None = None
        self._looked_s = uptime_s()
        self._rang_s: float | None = None
        self._thread = Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; harmless when it was never started."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def seen(self, *, visit_open: bool) -> None:
        """The window has looked at the clocks; without an open visit nothing is watched until the next time."""
        self._seen_s = self._uptime_s() if visit_open else None
        self._rang_s = None

    def look(self) -> None:
        """Ring when the last look of the window is too old, and again as long as it is."""
        now, before = self._uptime_s(), self._looked_s
        self._looked_s = now
        seen = self._seen_s
        if seen is None:
            return
        if now - before > STOPPED_S:
            self._seen_s = now
        elif now - seen > LIMIT_S and (self._rang_s is None or now - self._rang_s >= RING_EVERY_S):
            self._rang_s = now
            heard = "rang" if self._ring() else "could not ring: no sound"
            _log.error("the window has stood still for %.1f s while a visit is open; %s", now - seen, heard)

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_EVERY_S):
            self.look()
