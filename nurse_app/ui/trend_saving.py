"""Trends taken along from their page: the sheet that asks in which form, the files, the clipboard, the printer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, cast

from PySide6.QtGui import QGuiApplication, QPagedPaintDevice
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from nurse_app.domain.patient_record import PatientRecord
from nurse_app.presentation.intents import SaveTrends
from nurse_app.presentation.lab_export import ExportSource, results_csv, results_document, results_text, whose_results
from nurse_app.presentation.save_trends import (
    copied_words,
    failed_words,
    not_written_words,
    paper_note,
    present_save_trends,
    written_words,
)
from nurse_app.ui.parts import AppParts
from nurse_app.ui.saved_file import save_whole
from nurse_app.ui.screens.detail_screen import DetailScreen
from nurse_app.ui.sheets.save_trends_sheet import SaveTrendsSheet
from nurse_app.ui.trend_files import TrendSheets, file_for, paint_trends, trends_pdf, trends_png
from nurse_app.ui.trend_printing import ask_and_print
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.trend_card import TrendCard


class TrendsShown(Protocol):
    """What the page can do besides being a widget: it holds a TrendCard for each curve."""

    @property
    def shows_table(self) -> bool: ...

    @property
    def shown_days(self) -> tuple[float, float] | None: ...

    def another(self) -> QWidget: ...


class TrendSaving:
    """For one patient's page; ``record`` is the patient's as it is now."""

    def __init__(self, parts: AppParts, page: QWidget, record: Callable[[], PatientRecord]) -> None:
        self._parts = parts
        self._page = page
        self._record = record
        self._sheet: SaveTrendsSheet | None = None
        table = page.findChild(DataTable)
        if table is not None:
            table.set_copy_head(whose_results(self._source()))

    def open_sheet(self, screen: DetailScreen, patient_id: str) -> None:
        """Ask in which form."""
        view = present_save_trends(patient_id, self._parts.documents_folder, has_drawings=bool(_cards(self._page)))
        self._sheet = SaveTrendsSheet(view)
        screen.open_sheet(self._sheet, view.head.title, view.head.lead)

    def save(self, intent: SaveTrends) -> None:
        """Do it, and say on the sheet what came of it. A defect is said there too, and raised."""
        with self._saying_so(failed_words()):
            self._save(intent)

    def _save(self, intent: SaveTrends) -> None:
        source = self._source()
        match intent.form:
            case "pdf":
                with self._sheets(source) as sheets:
                    self._write(source, "pdf", trends_pdf(sheets))
            case "png":
                with self._sheets(source) as sheets:
                    self._write(source, "png", trends_png(sheets))
            case "csv":
                self._write(source, "csv", results_csv(source).encode())
            case "text":
                QGuiApplication.clipboard().setText(results_text(source))
                self._say(copied_words())
            case "print":
                self._print()

    def _print(self) -> None:
        def paint(printer: QPagedPaintDevice) -> bool:
            with self._saying_so(failed_words(printed=True)), self._sheets(self._source()) as sheets:
                return paint_trends(sheets, printer)

        ask_and_print(self._page, paint, self._say, self._refuse)

    def _source(self) -> ExportSource:
        parts, now = self._parts, self._parts.clock.read().wall
        return ExportSource(self._record(), parts.service.protocol, now, parts.zone, parts.training)

    @contextmanager
    def _sheets(self, source: ExportSource) -> Iterator[TrendSheets]:
        with _drawn(self._page) as page:
            legend = page.findChild(Text, f"{page.objectName()}.legend")
            days = cast("TrendsShown", page).shown_days
            note = paper_note(source.made_at, source.zone, days, legend.text() if legend else "")
            yield TrendSheets(results_document(source), _cards(page), note)

    def _write(self, source: ExportSource, ending: str, content: bytes) -> None:
        path = file_for(self._parts.documents_folder, source.made_at.astimezone(source.zone), ending)
        why = save_whole(content, path)
        if why:
            self._refuse(not_written_words(why))
        else:
            self._say(written_words(path))

    @contextmanager
    def _saying_so(self, words: str) -> Iterator[None]:
        try:
            yield
        except Exception:
            self._refuse(words)
            raise

    def _say(self, text: str) -> None:
        # It may be closed by the time a printer has answered.
        if self._sheet is not None and Shiboken.isValid(self._sheet):
            self._sheet.show_done(text)

    def _refuse(self, text: str) -> None:
        if self._sheet is not None and Shiboken.isValid(self._sheet):
            self._sheet.show_refusal(text)


@contextmanager
def _drawn(page: QWidget) -> Iterator[QWidget]:
    """The page with its curves; while it shows the table, its curves may be older, so another one is made."""
    if not cast("TrendsShown", page).shows_table:
        yield page
        return
    made = cast("TrendsShown", page).another()
    try:
        made.resize(page.width(), made.minimumSizeHint().height())
        # Grabbing a widget that was never on a screen lays it out.
        made.grab()
        yield made
    finally:
        made.deleteLater()


def _cards(page: QWidget) -> list[TrendCard]:
    """The curves in the order in which they are read."""
    cards = [card for card in page.findChildren(TrendCard) if not card.isHidden()]
    return sorted(cards, key=lambda card: (card.y(), card.x()))
