"""The controller's door to the writer thread: entries go out, ends come back, a failure stays visible."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from nurse_app.domain.commands import Command
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.presentation.home import Summaries
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.parts import AppParts
from nurse_app.visit.open_visit import Accepted, Author
from nurse_app.visit.ports import NotSavedError, RecordIndexed, StreamKind, UnreadableRecordError
from nurse_app.visit.writer import Done, Finished, Writer

T = TypeVar("T")
# What may go wrong with a record on a disk; every other error is a defect and goes to the crash report.
EXPECTED = (NotSavedError, UnreadableRecordError, FileNotFoundError)


class Work:
    """Runs the services on the writer thread. ``failed`` is told about every entry that was not saved.

    ``noticed`` is called when there is more in ``told``: what somebody should know though nothing is lost by it.
    """

    def __init__(self, parts: AppParts, failed: Callable[[str], None], noticed: Callable[[], None]) -> None:
        self._parts = parts
        self._failed = failed
        self._noticed = noticed
        self.told: tuple[str, ...] = ()
        self._is_vouching = False
        self._bridge = Bridge()
        self._writer = Writer(self._bridge.deliver)

    @property
    def pending(self) -> int:
        """Entries whose end is not known yet."""
        return self._writer.pending

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way to the disk, no checkpoint either."""
        return not (self.pending or self._is_vouching)

    def submit(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run ``work``; ``done`` gets its result on the window's thread, or the failure is told."""

        def end(ended: Done[T]) -> None:
            if isinstance(ended, Finished):
                done(ended.result)
            elif isinstance(ended.error, EXPECTED):
                self._failed(str(ended.error))
            else:
                raise ended.error

        def end_and_vouch(ended: Done[T]) -> None:
            try:
                end(ended)
            finally:
                self._vouch()

        self._writer.submit(work, end_and_vouch)

    def _vouch(self) -> None:
        """Checkpoints come on the same thread, behind the entries that they vouch for."""

        def end(problem: str) -> None:
            self._is_vouching = False
            if problem:
                self.tell(problem)

        checkpoints = self._parts.checkpoints
        if checkpoints.is_due and not self._is_vouching:
            self._is_vouching = True
            self._writer.submit_behind(checkpoints.make_due, end)

    def command(
        self, visit_id: str, command: Command, author: Author, done: Callable[[Accepted | Rejected], None]
    ) -> None:
        """One command to a visit."""
        self.submit(lambda: self._parts.service.handle(visit_id, command, author), done)

    def patients(self, done: Callable[[Summaries], None]) -> None:
        """The list of patients as it is after everything that was asked before."""
        self.submit(lambda: _summaries(self._parts.index.at_hand(StreamKind.PATIENT)), done)

    def visits(self, done: Callable[[Summaries], None]) -> None:
        """The list of all visits."""
        self.submit(lambda: _summaries(self._parts.index.known(StreamKind.VISIT)), done)

    def unreadable(self, done: Callable[[tuple[str, ...]], None]) -> None:
        """The sentences of all records that cannot be read."""
        self.submit(self._parts.index.problems, done)

    def catch_up(self, done: Callable[[int | None], None]) -> None:
        """Let the index do a small piece of what is left; ``done`` hears how many records are, None when it is done."""
        index = self._parts.index
        self._writer.submit_behind(lambda: index.left if index.catch_up() else None, done)

    def piece(self, work: Callable[[], T], done: Callable[[Finished[T] | None], None]) -> None:
        """A piece of something long: nobody waits for it, and it is given up when the program ends.

        ``done`` gets None after a failure, which is told as every other.
        """

        def end(ended: Done[T]) -> None:
            if isinstance(ended, Finished):
                done(ended)
                return
            done(None)
            if not isinstance(ended.error, EXPECTED):
                raise ended.error
            self._failed(str(ended.error))

        self._writer.submit_piece(work, end)

    def tell(self, sentence: str) -> None:
        """Say on home, as long as the program runs, what somebody should know."""
        self.told = (*self.told, sentence)
        self._noticed()

    def stop(self) -> None:
        """Finish everything that was asked, then end."""
        self._writer.stop()
        self._bridge.close()


def _summaries(entries: Mapping[str, RecordIndexed]) -> Summaries:
    return {key: entry.summary for key, entry in entries.items()}
