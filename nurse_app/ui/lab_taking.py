"""Results of a file into the records, one patient after the other on the writer thread, behind every entry."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.interchange.lab_file.kept import Kept, KeptFile
from nurse_app.interchange.lab_file.rows import LabFile
from nurse_app.presentation.import_page import unclear_words
from nurse_app.ui.parts import AppParts
from nurse_app.ui.work import Work
from nurse_app.visit.lab_import import BY_COMMAND, ImportOutcome, PatientShare, of_others, shares_of
from nurse_app.visit.open_visit import Author
from nurse_app.visit.writer import Finished

# “not-kept”: nothing was recorded. “not-saved”: the rest is still kept.
HowEnded = Literal["taken", "stopped", "not-kept", "not-saved"]
# Reads a kept file, on neither of the two threads; None when it cannot be read.
ReadKept = Callable[[KeptFile, Callable[[LabFile | None], None]], None]
# Hears what became of a file that was broken off before, and of how many of its places no row could be made.
RestTaken = Callable[[ImportOutcome, int, HowEnded], None]


@dataclass(frozen=True, slots=True)
class Taking:
    """One file to take. ``step`` hears what has become of the patients so far, ``ended`` how it ended.

    ``is_kept``: it was begun before, and the file is kept already. ``is_stopped`` is asked before each patient.
    """

    kept: KeptFile
    file: LabFile
    author: Author
    step: Callable[[tuple[PatientShare, ...]], None]
    ended: Callable[[HowEnded], None]
    is_stopped: Callable[[], bool]
    is_kept: bool = False


class LabTaking:
    """Takes one file at a time; one that was broken off before comes first, so that none is left half taken."""

    def __init__(self, parts: AppParts, work: Work, read_kept: ReadKept, rest_taken: RestTaken) -> None:
        self._parts = parts
        self._work = work
        self._read_kept = read_kept
        self._rest_taken = rest_taken
        self._waiting: deque[Taking] = deque()
        self._now: Taking | None = None
        self._left: deque[tuple[str, list[IncomingResult]]] = deque()
        self._shares: list[PatientShare] = []

    @property
    def is_running(self) -> bool:
        return self._now is not None

    def take(self, taking: Taking) -> None:
        """Take a file, after those that are being taken."""
        self._waiting.append(taking)
        if self._now is None:
            self._next()

    def finish(self, kept: Kept) -> None:
        """Take the rest of what was broken off, if there is any, and say so on home."""
        # What is being taken is what is kept, or sees to it.
        if self._now is not None:
            return
        if isinstance(kept, KeptFile):
            self._read_kept(kept, lambda file: self._finish(kept, file))
        elif kept == "unclear":
            self._work.tell(unclear_words())

    def _finish(self, kept: KeptFile, file: LabFile | None) -> None:
        if file is None:
            self._work.tell(unclear_words())
        elif self._now is None:
            self._waiting.appendleft(self._rest_of(kept, file))
            self._next()

    def _rest_of(self, kept: KeptFile, file: LabFile) -> Taking:
        done: list[PatientShare] = []

        def step(shares: tuple[PatientShare, ...]) -> None:
            done[:] = shares

        def ended(how: HowEnded) -> None:
            self._rest_taken(ImportOutcome((*done, of_others(file.rows, kept.only))), len(file.refused), how)

        author = Author(kept.by) if kept.by else BY_COMMAND
        return Taking(kept, file, author, step, ended, lambda: False, is_kept=True)

    def stop(self) -> None:
        """The program ends; the writer thread takes nothing more."""
        self._now = None
        self._waiting.clear()

    # --- one file ---

    def _next(self) -> None:
        self._now = self._waiting.popleft() if self._waiting else None
        if self._now is None:
            return
        if self._now.is_stopped():
            self._end(self._now, "stopped")
        elif self._now.is_kept:
            self._begin(self._now)
        else:
            taking = self._now
            self._work.piece(lambda: self._parts.lab_imports().kept(), lambda found: self._on_kept(taking, found))

    def _on_kept(self, taking: Taking, found: Finished[Kept] | None) -> None:
        """Keep the file, unless another is kept: that one was broken off and comes first."""
        if found is None:
            self._end(taking, "not-kept")
        elif isinstance(found.result, KeptFile) and found.result != taking.kept:
            other = found.result
            self._read_kept(other, lambda file: self._on_other(taking, other, file))
        else:
            self._keep(taking)

    def _on_other(self, taking: Taking, other: KeptFile, file: LabFile | None) -> None:
        if file is None:
            self._work.tell(unclear_words())
            self._keep(taking)
        else:
            self._waiting.extendleft((taking, self._rest_of(other, file)))
            self._next()

    def _keep(self, taking: Taking) -> None:
        def kept(done: Finished[None] | None) -> None:
            if done is None:
                self._end(taking, "not-kept")
            else:
                self._begin(taking)

        self._work.piece(lambda: self._parts.lab_imports().keep(taking.kept), kept)

    def _begin(self, taking: Taking) -> None:
        self._left = deque(shares_of(taking.file.rows, taking.kept.only))
        self._shares = []
        self._go_on(taking)

    def _go_on(self, taking: Taking) -> None:
        if not self._left or taking.is_stopped():
            how: HowEnded = "stopped" if self._left else "taken"
            # When it cannot be forgotten it is taken once more at the next start, which changes nothing.
            self._work.piece(lambda: self._parts.lab_imports().forget(), lambda _done: self._end(taking, how))
            return
        record_no, rows = self._left.popleft()

        def take() -> PatientShare:
            importing, now = self._parts.lab_imports().importing, self._parts.clock.read().wall
            # Judged again: somebody may have entered a result since it was looked at.
            share = importing.share(record_no, rows, now)
            importing.take(share, taking.author)
            return share

        self._work.piece(take, lambda done: self._on_taken(taking, done))

    def _on_taken(self, taking: Taking, done: Finished[PatientShare] | None) -> None:
        if done is None:
            self._end(taking, "not-saved")
            return
        self._shares.append(done.result)
        taking.step(tuple(self._shares))
        self._go_on(taking)

    def _end(self, taking: Taking, how: HowEnded) -> None:
        self._now = None
        # What cannot be saved now cannot be a moment later either.
        given_up = tuple(self._waiting) if how in ("not-kept", "not-saved") else ()
        if given_up:
            self._waiting.clear()
        taking.ended(how)
        for other in given_up:
            other.ended("not-kept")
        self._next()
