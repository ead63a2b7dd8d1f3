"""The recall list at work: read from the index, shown, and written as PDF into the documents folder."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.presentation.home import Summaries
from nurse_app.presentation.recall import RecallList, present_recall, recall_document, recall_list
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.parts import AppParts
from nurse_app.ui.record_pdf import write_record_pdf
from nurse_app.ui.screens.recall_screen import RecallScreen
from nurse_app.ui.work import Work


class RecallWork:
    """Makes the page anew each time somebody goes there; the list is that of the day and the records as they are.

    The pages of thousands take seconds: they are written on a thread of their own, and every clock goes on.
    """

    def __init__(self, parts: AppParts, work: Work, intent: SignalInstance) -> None:
        self._parts = parts
        self._work = work
        self._intent = intent
        self._bridge = Bridge()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recall")
        self._screen: RecallScreen | None = None
        self._day: date | None = None
        self.is_running = False

    def open_page(self, show: Callable[[QWidget], None]) -> None:
        """Show the page; the list comes as soon as it is read."""
        screen = RecallScreen()
        screen.intent_requested.connect(self._intent)
        screen.save_requested.connect(self._save)
        self._screen, self._day = screen, self._now().date()
        show(screen)
        screen.first_focus()
        self._work.patients(self.take)

    def refresh(self) -> None:
        """Another look at the clock: on another day other things are due. Cheap on the same day."""
        if self._screen is not None and self._now().date() != self._day:
            self._day = self._now().date()
            self._work.patients(self.take)

    def take(self, patients: Summaries) -> None:
        """The patients as they are now, after a change too."""
        if self._screen is not None:
            self._screen.show_view(present_recall(self._list_of(patients, self._now())))

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on."""
        if screen is not self._screen:
            self._screen = None

    def stop(self) -> None:
        """Finish the file that is being written, and the thread."""
        self._thread.shutdown(wait=True)

    def _now(self) -> datetime:
        return self._parts.clock.read().wall.astimezone(self._parts.zone)

    def _list_of(self, patients: Summaries, now: datetime) -> RecallList:
        return recall_list(patients, now.date(), self._parts.service.protocol)

    def _save(self) -> None:
        """What is printed is the list of this moment, not the one that has been on the screen for days."""
        self._work.patients(self._write)

    def _write(self, patients: Summaries) -> None:
        if self.is_running:
            return
        self.is_running = True
        self.take(patients)
        parts, made_at = self._parts, self._now()
        document = recall_document(
            self._list_of(patients, made_at),
            parts.service.protocol,
            made_at,
            parts.zone,
            parts.settings.ward_name,
            training=parts.training,
        )
        # Nobody's name or number is in the name of the file.
        path = parts.documents_folder / f"recall-{made_at:%Y-%m-%d-%H%M}.pdf"
        done = _("List written to {path}").format(path=path)
        future = self._thread.submit(_write, document, path)
        future.add_done_callback(lambda ended: self._bridge.deliver(lambda: self._end(ended, done)))
        self._say(_("Writing the list…"))

    def _end(self, ended: Future[str], done: str) -> None:
        self.is_running = False
        problem = ended.result()
        self._say(problem or done, is_problem=bool(problem))

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        if self._screen is not None:
            self._screen.show_saved(text, is_problem=is_problem)


def _write(document: RecordDocument, path: Path) -> str:
    """On the list's own thread. A layout of Qt starts timers, and those want a thread that has a loop of events."""
    loop = QEventLoop()
    problem = write_record_pdf(document, path)
    del loop
    return problem
