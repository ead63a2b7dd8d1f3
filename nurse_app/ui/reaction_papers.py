"""The hand-over sheet and the report data of a reaction, put into a file or on paper."""

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QWidget

from nurse_app.interchange.adverse_event import adverse_event_json
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.hand_over_paper import hand_over_document
from nurse_app.presentation.intents import SavePages
from nurse_app.presentation.reaction_fhir import adverse_event
from nurse_app.presentation.reaction_report import report_document
from nurse_app.presentation.save_trends import not_written_words, written_words
from nurse_app.ui.paper import PORTRAIT, RESOLUTION
from nurse_app.ui.parts import AppParts
from nurse_app.ui.record_pdf import paint_records, record_pdf
from nurse_app.ui.saved_file import free_path, save_whole
from nurse_app.visit.ports import UnreadableRecordError

Say = Callable[[str], None]


def save_pages(parts: AppParts, intent: SavePages, context: VisitContext, window: QWidget, say: Say) -> None:
    """Do what the sheet asks; ``say`` hears what came of it. Nobody’s name or number is in the name of a file."""
    if not context.state.reactions:
        return
    if intent.way == "json":
        content = adverse_event_json(adverse_event(context, intent.serious)).encode()
        _write(parts, intent, context, content, say)
        return
    document = _document(parts, intent, context)
    if intent.way == "print":
        printing = import_module("nurse_app.ui.trend_printing")
        printing.ask_and_print(
            window, lambda device: paint_records((document,), device), say, say, PORTRAIT, RESOLUTION
        )
        return
    _write(parts, intent, context, record_pdf(document), say)


def _document(parts: AppParts, intent: SavePages, context: VisitContext) -> RecordDocument:
    sample, training = _is_sample(parts, context), parts.training
    if intent.what == "hand-over":
        return hand_over_document(context, training=training, sample=sample)
    return report_document(context, intent.serious, training=training, sample=sample)


def _is_sample(parts: AppParts, context: VisitContext) -> bool:
    try:
        return parts.service.patient(context.state.patient_id).state.sample
    except UnreadableRecordError:
        # A visit goes on without its patient’s record.
        return False


def _write(parts: AppParts, intent: SavePages, context: VisitContext, content: bytes, say: Say) -> None:
    began = context.state.reactions[-1].opened_at.latest.astimezone(parts.zone)
    stem = f"{intent.what}-{began:%Y-%m-%d-%H%M}-{context.visit_id[-6:]}"
    path = free_path(parts.documents_folder, stem, intent.way)
    why = save_whole(content, path)
    say(not_written_words(why) if why else written_words(path))
