"""Pages of the help and forms for downtime, put into a file or on paper."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtGui import QPagedPaintDevice

from nurse_app.domain.patient_record import PatientRecord
from nurse_app.presentation.intents import MakePaper
from nurse_app.presentation.paper_form import FormSource, paper_form
from nurse_app.presentation.save_trends import not_written_words, written_words
from nurse_app.ui.help_files import help_folder
from nurse_app.ui.help_print import help_page, paint_help
from nurse_app.ui.paper import PORTRAIT, RESOLUTION, pdf_of
from nurse_app.ui.parts import AppParts
from nurse_app.ui.record_pdf import paint_records
from nurse_app.ui.saved_file import free_path, save_whole
from nurse_app.ui.work import Work

if TYPE_CHECKING:
    from nurse_app.ui.screens.help_screen import HelpScreen

# About 6 mm a row: room for a pen.
WRITING_PT = 11.0
Paint = Callable[[QPagedPaintDevice], bool]


class HelpPaper:
    """Does what the help’s buttons for paper ask, and has the help say what came of it."""

    def __init__(self, parts: AppParts, work: Work) -> None:
        self._parts = parts
        self._work = work

    def make(self, intent: MakePaper, screen: "HelpScreen", whose: tuple[str, ...], is_on: Callable[[], bool]) -> None:
        """A page of the help, or forms: the blank one, or one for each patient of ``whose``.

        ``is_on`` says whether the help is still there: who left it, or locked, gets no paper with names any more.
        """
        if intent.what == "topic":
            folder = help_folder(self._parts.resources)
            page = help_page(screen.topic, self._parts.service.protocol)
            self._put(intent, screen, f"help-{screen.topic.key}", lambda device: paint_help(page, folder, device))
        elif intent.what == "blank":
            self._forms(intent, screen, (None,))
        else:
            service = self._parts.service
            self._work.submit(
                lambda: tuple(service.patient(patient_id).state for patient_id in whose),
                lambda records: self._forms(intent, screen, records) if is_on() else None,
            )

    def _forms(self, intent: MakePaper, screen: "HelpScreen", records: tuple[PatientRecord | None, ...]) -> None:
        parts, made_at = self._parts, self._parts.clock.read().wall
        sources = (
            FormSource(parts.service.protocol, made_at, parts.zone, parts.training, record) for record in records
        )
        documents = tuple(paper_form(source) for source in sources)
        self._put(
            intent,
            screen,
            f"paper-form-{made_at.astimezone(parts.zone):%Y-%m-%d-%H%M}",
            lambda device: paint_records(documents, device, writing_pt=WRITING_PT),
        )

    def _put(self, intent: MakePaper, screen: "HelpScreen", name: str, paint: Paint) -> None:
        if intent.way == "print":
            printing = import_module("nurse_app.ui.trend_printing")
            printing.ask_and_print(
                screen, paint, screen.say, lambda text: screen.say(text, is_problem=True), PORTRAIT, RESOLUTION
            )
            return
        path = free_path(self._parts.documents_folder, name, "pdf")
        why = save_whole(pdf_of(paint, screen.topic.title), path)
        screen.say(not_written_words(why) if why else written_words(path), is_problem=bool(why))
