"""The import of results at work: read on a thread of its own, judged and recorded in pieces behind the entries."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.kept import Kept, KeptFile
from nurse_app.interchange.lab_file.reading import content_of
from nurse_app.interchange.lab_file.rows import LabFile, UnreadableFileError
from nurse_app.presentation.chrome import saved_words
from nurse_app.presentation.import_page import (
    ImportState,
    Phase,
    declared,
    finished_words,
    present_import,
    taken_words,
)
from nurse_app.presentation.intents import GoHome, GoToImport
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.lab_taking import HowEnded, LabTaking, Taking
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.import_screen import ImportScreen
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.lab_import import ImportOutcome, PatientShare, shares_of
from nurse_app.visit.writer import Finished

_BUSY: tuple[Phase, ...] = ("reading", "looking", "taking")


class LabImportWork:
    """Makes the page, and knows how far the import is as long as nobody leaves it."""

    def __init__(
        self, parts: AppParts, work: Work, session: Session, intent: SignalInstance, taken: Callable[[str], None]
    ) -> None:
        """``taken`` hears, in words, of every import that recorded something."""
        self._parts = parts
        self._work = work
        self._session = session
        self._intent = intent
        self._taken = taken
        self._bridge = Bridge()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="results")
        self._taking = LabTaking(parts, work, self._read_kept, self._on_rest_taken)
        self._state = ImportState()
        self._place: GoToImport | None = None
        self._screen: ImportScreen | None = None
        # What comes back from an earlier round is of no use any more.
        self._round = 0
        self._content = b""
        self._file = LabFile(())
        self._is_stopping = False

    @property
    def is_running(self) -> bool:
        return self._state.phase in _BUSY or self._taking.is_running

    def open_page(self, place: GoToImport, show: Callable[[QWidget], None]) -> None:
        """Show the page; who comes back to it after signing in finds it as it was."""
        screen = ImportScreen(str(self._parts.documents_folder))
        screen.left.connect(self._leave)
        screen.file_chosen.connect(self._open)
        screen.take_requested.connect(self._take)
        screen.stop_requested.connect(self._stop)
        screen.again_requested.connect(self._read_again)
        self._screen = screen
        is_new, self._place = place is not self._place, place
        if is_new and self._state.phase != "taking":
            self._forget()
            if place.path:
                self._open(place.path)
        self._show()
        show(screen)
        screen.first_focus()

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on; what was begun goes on."""
        if screen is not self._screen:
            self._screen = None

    def finish(self, kept: Kept) -> None:
        """Take the rest of an import that was broken off, and say so on home."""
        self._taking.finish(kept)

    def stop(self) -> None:
        """End the thread. What is being taken is kept, and finished at the next start."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._bridge.close()
        self._taking.stop()
        self._state = ImportState()

    # --- reading ---

    def _open(self, path: str) -> None:
        self._round += 1
        self._become(ImportState("reading", Path(path).name))
        self._read(lambda: content_of(Path(path)))

    def _read_again(self, answers: Mapping[str, str]) -> None:
        form, content = declared(self._state.form, self._state.question, answers), self._content
        self._round += 1
        self._become(ImportState("reading", self._state.file, form))
        self._read(lambda: content)

    def _read(self, content: Callable[[], bytes]) -> None:
        form = self._state.form

        def read() -> tuple[bytes, LabFile | UnreadableFileError]:
            found = content()
            return found, self._read_file(found, form)

        future = self._thread.submit(read)
        done = partial(self._on_read, self._round)
        future.add_done_callback(lambda ended: self._bridge.deliver(lambda: done(ended)))

    def _read_file(self, content: bytes, form: CsvForm) -> LabFile | UnreadableFileError:
        try:
            return self._parts.lab_imports().read(content, form)
        except UnreadableFileError as error:
            return error

    def _on_read(self, asked: int, ended: Future[tuple[bytes, LabFile | UnreadableFileError]]) -> None:
        if asked != self._round:
            return
        error = ended.exception()
        if error is not None:
            reason = error.strerror if isinstance(error, OSError) else _("an internal error")
            problem = _("{name} cannot be read: {reason}.").format(name=self._state.file, reason=reason)
            self._become(replace(self._state, phase="choose", problem=problem))
            if not isinstance(error, OSError):
                raise error
            return
        self._content, file = ended.result()
        if isinstance(file, UnreadableFileError):
            words = _("This file cannot be read yet: {reason}.") if file.question else _("Nothing was taken: {reason}.")
            problem = words.format(reason=file)
            self._become(replace(self._state, phase="unreadable", problem=problem, question=file.question))
        else:
            self._file = file
            self._look(asked)

    def _read_kept(self, kept: KeptFile, done: Callable[[LabFile | None], None]) -> None:
        def end(ended: Future[LabFile | UnreadableFileError]) -> None:
            file = ended.result()
            done(file if isinstance(file, LabFile) else None)

        future = self._thread.submit(self._read_file, kept.content, kept.form)
        future.add_done_callback(lambda ended: self._bridge.deliver(lambda: end(ended)))

    # --- looking ---

    def _look(self, asked: int) -> None:
        left = list(shares_of(self._file.rows))
        left.reverse()
        shares: list[PatientShare] = []
        self._become(replace(self._state, phase="looking", total=len(left), refused=self._file.refused))

        def next_piece() -> None:
            if not left:
                self._become(replace(self._state, phase="preview", outcome=ImportOutcome(tuple(shares))))
                return
            record_no, rows = left.pop()
            importing = self._parts.lab_imports().importing
            self._work.piece(lambda: importing.share(record_no, rows, self._parts.clock.read().wall), looked)

        def looked(done: Finished[PatientShare] | None) -> None:
            if asked != self._round:
                return
            if done is None:
                problem = _("The records could not be looked at. Nothing was recorded. Choose the file again.")
                self._become(replace(self._state, phase="choose", problem=problem))
                return
            shares.append(done.result)
            self._become(replace(self._state, done=len(shares)))
            next_piece()

        next_piece()

    # --- taking ---

    def _take(self) -> None:
        self._is_stopping = False
        total = len(list(shares_of(self._file.rows)))
        before = self._state
        self._become(replace(before, phase="taking", done=0, total=total, outcome=ImportOutcome(), problem=""))
        kept = KeptFile(self._content, before.form, None, self._session.author.by)

        def step(shares: tuple[PatientShare, ...]) -> None:
            self._become(replace(self._state, done=len(shares), outcome=ImportOutcome(shares)))

        def ended(how: HowEnded) -> None:
            if how == "not-kept":
                problem = _("Nothing could be recorded. Look at the bar above, then take the results again.")
                self._become(replace(before, problem=problem))
                return
            self._become(replace(self._state, phase=how))
            self._say_taken(self._state.outcome, len(self._state.refused))

        author = self._session.author
        self._taking.take(Taking(kept, self._file, author, step, ended, lambda: self._is_stopping))

    def _on_rest_taken(self, outcome: ImportOutcome, refused: int, how: HowEnded) -> None:
        if how == "taken":
            self._work.tell(finished_words(outcome, refused))
        self._say_taken(outcome, refused)

    def _say_taken(self, outcome: ImportOutcome, refused: int) -> None:
        if outcome.shares:
            what = taken_words(outcome, refused)
            self._taken(saved_words(self._parts.clock.read(), what, self._parts.zone))

    def _stop(self) -> None:
        """Before the next patient; while nothing is recorded yet, at once."""
        if self._state.phase == "taking":
            self._is_stopping = True
        else:
            self._forget()

    def _leave(self) -> None:
        if self._state.phase != "taking":
            self._forget()
        self._intent.emit(GoHome())

    def _forget(self) -> None:
        self._round += 1
        self._content, self._file = b"", LabFile(())
        self._become(ImportState())

    def _become(self, state: ImportState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        if self._screen is not None:
            self._screen.show_view(present_import(self._state, self._parts.service.protocol))
