"""The lists catch up with the records behind everything else: records from outside, an index that was lost."""

from typing import TYPE_CHECKING

from nurse_app.i18n import ngettext
from nurse_app.ui.parts import AppParts
from nurse_app.ui.scenes import Scenes
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.writer import Finished

if TYPE_CHECKING:
    from nurse_app.interchange.lab_file.kept import Kept

# What was found is shown after so many records read, and at the end.
RECORDS_PER_LOOK = 50
# Looks at the clocks, two a second, before it begins.
LOOKS_BEFORE = 4


class KeepingUp:
    """Asks the index for one small piece after another, so that an entry never waits for more than one."""

    def __init__(self, parts: AppParts, work: Work, session: Session, scenes: Scenes) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._scenes = scenes
        self._left = 0
        self._looks_to_wait = 0

    def start(self) -> None:
        """Begin soon: Python runs one thread at a time, and home comes first."""
        self._looks_to_wait = LOOKS_BEFORE

    def tick(self) -> None:
        """Another look at the clocks."""
        if self._looks_to_wait:
            self._looks_to_wait -= 1
            if not self._looks_to_wait:
                self._work.catch_up(self._on_piece)

    def _on_piece(self, left: int | None) -> None:
        before, self._left = self._left, left or 0
        if left is not None:
            self._work.catch_up(self._on_piece)
        if left is None or (left != before and left % RECORDS_PER_LOOK == 0):
            author, seen = self._session.author, self._parts.last_seen
            self._work.submit(lambda: self._parts.service.open_visits(author, seen), self._on_found)
        if left is None:
            self._work.piece(lambda: self._parts.lab_imports().kept(), self._on_kept)

    def _on_found(self, problems: tuple[str, ...]) -> None:
        if self._left:
            words = ngettext(
                "The lists are being made again from the records; {n} record is still to be read.",
                "The lists are being made again from the records; {n} records are still to be read.",
                self._left,
            )
            problems = (*problems, words.format(n=self._left))
        self._scenes.record_problems = problems
        self._scenes.resuming.reopened()
        self._scenes.reload_lists()

    def _on_kept(self, found: "Finished[Kept] | None") -> None:
        """An import of results that was broken off is finished when the lists are complete."""
        if found is not None and found.result != "nothing":
            self._scenes.places.need_import(self._scenes.results_taken).finish(found.result)
