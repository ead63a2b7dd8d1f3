"""The one writer thread: takes pieces of work in order, so that no window ever waits for a disk."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
# Python runs one thread at a time and changes over seldom: without this the window would be painted before the entry
# is on the disk. Too short to be felt when a disk is slow.
HEAD_START_SECONDS = 0.003


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """A piece of work that ended well."""

    result: T


@dataclass(frozen=True, slots=True)
class Failed:
    """A piece of work that raised."""

    error: BaseException


Done = Finished[T] | Failed


class Writer:
    """Runs work on its own thread, one piece after another, and delivers each end to the thread that asked."""

    def __init__(self, deliver: Callable[[Callable[[], None]], None]) -> None:
        """``deliver`` brings a callback to the thread that may call it (the window's)."""
        self._deliver = deliver
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._open: set[object] = set()
        self._is_stopped = False

    @property
    def pending(self) -> int:
        """Pieces of work whose end was not delivered yet; the program may not quit above zero."""
        return len(self._open)

    def submit(self, work: Callable[[], T], done: Callable[[Done[T]], None]) -> None:
        """Queue ``work`` and give it a head start; ``done`` gets its end on the caller's thread.

        Call from that thread only.
        """
        future = self._pool.submit(work)
        self._open.add(future)
        future.add_done_callback(lambda ended: self._deliver(lambda: self._end(ended, done)))
        wait((future,), HEAD_START_SECONDS)

    def submit_behind(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Queue something that nobody waits for: no head start, not pending, and given up when the program ends.

        Keep it short: what is submitted meanwhile waits for it. Call from the thread that ``deliver`` serves only.
        """

        def end(ended: Done[T]) -> None:
            if isinstance(ended, Failed):
                raise ended.error
            done(ended.result)

        self.submit_piece(work, end)

    def submit_piece(self, work: Callable[[], T], done: Callable[[Done[T]], None]) -> None:
        """As ``submit_behind``, for a piece that may fail."""

        def end(ended: Future[T]) -> None:
            if not self._is_stopped:
                done(_done(ended))

        self._pool.submit(work).add_done_callback(lambda ended: self._deliver(lambda: end(ended)))

    def _end(self, ended: Future[T], done: Callable[[Done[T]], None]) -> None:
        self._open.discard(ended)
        done(_done(ended))

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._is_stopped = True
        self._pool.shutdown(wait=True)
        # All of it is done; that nobody hears of it any more must not keep a window from closing.
        self._open.clear()


def _done(ended: Future[T]) -> Done[T]:
    error = ended.exception()
    return Failed(error) if error is not None else Finished(ended.result())
