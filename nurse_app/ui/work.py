"""The controller's door to the writer thread: entries go out, ends come back, a failure stays visible."""

from collections.abc import Callable
from typing import TypeVar

from nurse_app.domain.commands import Command
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.presentation.home import Summaries
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.parts import AppParts
from nurse_app.visit.open_visit import Accepted, Author
from nurse_app.visit.ports import NotSavedError, StreamKind, UnreadableRecordError
from nurse_app.visit.writer import Done, Finished, Writer

T = TypeVar("T")
# What may go wrong with a record on a disk; every other error is a defect and goes to the crash report.
EXPECTED = (NotSavedError, UnreadableRecordError, FileNotFoundError)


class Work:
    """Runs the services on the writer thread. ``failed`` is told about every entry that was not saved.

    ``noticed`` is told what somebody should know though nothing is lost by it.
    """

    def __init__(self, parts: AppParts, failed: Callable[[str], None], noticed: Callable[[str], None]) -> None:
        self._parts = parts
        self._failed = failed
        self._noticed = noticed
        self._is_vouching = False
        self._is_stopped = False
        self._bridge = Bridge()
        self._writer = Writer(self._bridge.deliver)

    @property
    def pending(self) -> int:
        """Entries whose end is not known yet."""
        return self._writer.pending

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

        def end(ended: Done[str]) -> None:
            self._is_vouching = False
            if not isinstance(ended, Finished):
                raise ended.error
            if ended.result:
                self._noticed(ended.result)

        checkpoints = self._parts.checkpoints
        if checkpoints.is_due and not (self._is_vouching or self._is_stopped):
            self._is_vouching = True
            self._writer.submit(checkpoints.make_due, end)

    def command(
        self, visit_id: str, command: Command, author: Author, done: Callable[[Accepted | Rejected], None]
    ) -> None:
        """One command to a visit."""
        self.submit(lambda: self._parts.service.handle(visit_id, command, author), done)

    def patients(self, done: Callable[[Summaries], None]) -> None:
        """The list of patients as it is after everything that was asked before."""
        self.submit(lambda: self._summaries(StreamKind.PATIENT), done)

    def visits(self, done: Callable[[Summaries], None]) -> None:
        """The list of all visits."""
        self.submit(lambda: self._summaries(StreamKind.VISIT), done)

    def unreadable(self, done: Callable[[tuple[str, ...]], None]) -> None:
        """The sentences of all records that cannot be read."""
        self.submit(self._problems, done)

    def _problems(self) -> tuple[str, ...]:
        entries = (entry for kind in StreamKind for entry in self._parts.index.entries(kind).values())
        return tuple(entry.problem for entry in entries if entry.problem is not None)

    def _summaries(self, kind: StreamKind) -> Summaries:
        return {key: entry.summary for key, entry in self._parts.index.entries(kind).items()}

    def stop(self) -> None:
        """Finish everything that was asked, then end."""
        self._is_stopped = True
        self._writer.stop()
