"""Has the last look at the clocks kept every few seconds, on a thread of its own: no entry ever waits for it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from nurse_app.domain.moment import Reading, passed_between

# At most five seconds apart (reliability notes, 2.2 rule 2), and the clocks are looked at twice a second.
BEAT_EVERY = timedelta(seconds=4)
# Without a visit it only has to show later that the wall clock was put back.
QUIET_BEAT_EVERY = timedelta(minutes=1)


class Heartbeat:
    """``keep`` writes a look down; what the disk refuses is let go, because the next beat comes soon."""

    def __init__(self, keep: Callable[[Reading], None]) -> None:
        self._keep = keep
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="heartbeat")
        self._beating: Future[None] | None = None
        self._last: Reading | None = None

    def look(self, reading: Reading, *, visit_open: bool) -> None:
        """Keep this look when the last one is old enough. Call from one thread only."""
        every = BEAT_EVERY if visit_open else QUIET_BEAT_EVERY
        if self._last is not None and passed_between(self._last, reading).most < every:
            return
        if self._beating is not None and not self._beating.done():
            return
        self.settle()
        self._last = reading
        self._beating = self._pool.submit(self._keep, reading)

    def settle(self) -> None:
        """Wait for the beat that is under way. Raises what went wrong in it, unless the disk refused."""
        beating, self._beating = self._beating, None
        error = beating.exception() if beating is not None else None
        if error is not None and not isinstance(error, OSError):
            raise error

    def stop(self) -> None:
        """Finish what was begun, then end the thread."""
        self._pool.shutdown(wait=True)
