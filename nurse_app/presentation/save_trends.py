"""Taking the trends along: in which forms, and what is said after it."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from nurse_app.i18n import _
from nurse_app.presentation.formats import day, day_and_clock
from nurse_app.presentation.intents import OpenSheet, SaveTrends, SheetKind
from nurse_app.presentation.view_parts import ActionView, StepHead


@dataclass(frozen=True, slots=True)
class WayOut:
    """One form to take the trends along in: its button, and what is in it."""

    action: ActionView
    note: str


@dataclass(frozen=True, slots=True)
class SaveTrendsView:
    """The sheet."""

    head: StepHead
    ways: tuple[WayOut, ...]


def save_trends_action(patient_id: str) -> ActionView:
    """What opens the sheet."""
    return ActionView(
        "save_trends", _("Save or print…"), OpenSheet(SheetKind.SAVE_TRENDS, patient_id), "S", "secondary"
    )


def present_save_trends(patient_id: str, folder: Path, *, has_drawings: bool) -> SaveTrendsView:
    """The sheet; without a curve there is nothing for a picture to show."""
    nothing = _("No curve is drawn.")
    ways = (
        WayOut(
            ActionView("save_trends.pdf", _("Save as PDF"), SaveTrends(patient_id, "pdf"), "F", "primary"),
            _("To print or to send: the curves as they are drawn now, then a table of all results on record."),
        ),
        WayOut(
            ActionView(
                "save_trends.png",
                _("Save as PNG"),
                SaveTrends(patient_id, "png"),
                "I",
                enabled=has_drawings,
                why_not="" if has_drawings else nothing,
            ),
            _("A picture of the curves as they are drawn now."),
        ),
        WayOut(
            ActionView("save_trends.csv", _("Save as CSV"), SaveTrends(patient_id, "csv"), "C"),
            _("For spreadsheets: all results on record, also those that were corrected."),
        ),
        WayOut(
            ActionView("save_trends.copy", _("Copy the table"), SaveTrends(patient_id, "text"), "X"),
            _("As text, to paste into a letter or another program."),
        ),
        WayOut(
            ActionView("save_trends.print", _("Print…"), SaveTrends(patient_id, "print"), "N"),
            _("The same pages as the PDF."),
        ),
    )
    lead = _("Files go to {folder}. Their names say when they were made, not whose they are.").format(folder=folder)
    return SaveTrendsView(StepHead(_("Save the trends"), lead), ways)


def written_words(path: Path) -> str:
    """After a file was written."""
    return _("Written to {path}").format(path=path)


def not_written_words(why: str) -> str:
    """When a file could not be written; ``why`` is the computer’s reason."""
    return _("Not written: {why}. Make room or ask who looks after this computer, then save again.").format(why=why)


def failed_words(*, printed: bool = False) -> str:
    """When the program itself failed at it."""
    words = _("Nothing was printed: {why}.") if printed else _("Nothing was written: {why}.")
    advice = _("Try another form, or ask who looks after this computer.")
    return f"{words.format(why=_('an internal error'))} {advice}"


def copied_words() -> str:
    """After the table was copied."""
    return _("The table was copied. Paste it where you need it.")


def printed_words(printer: str) -> str:
    """After the pages were handed to a printer."""
    return _("Sent to {printer}").format(printer=printer)


def not_printed_words(printer: str) -> str:
    """When a printer took nothing."""
    return _("{printer} took nothing. Look at the printer, or save as PDF.").format(printer=printer)


def not_during_visit_words() -> str:
    """Why nothing is printed now: the system's own window would hold the program up."""
    return _("A visit is in progress, and the print window of this system would cover it. Save as PDF and print later.")


def no_printer_words() -> str:
    """When the computer knows no printer."""
    return _("This computer knows no printer. Save as PDF and print that.")


def paper_note(made_at: datetime, zone: tzinfo | None, days: tuple[float, float] | None, legend: str) -> str:
    """Above the curves on paper: when they were made, which days they show, and what their signs mean."""
    parts = [_("Made {when}").format(when=day_and_clock(made_at, zone))]
    if days is not None:
        # An axis has a margin, which may reach beyond the calendar.
        on_calendar = (min(max(int(each), 1), date.max.toordinal()) for each in days)
        first, last = (day(date.fromordinal(each)) for each in on_calendar)
        parts.append(_("drawn from {first} to {last}").format(first=first, last=last))
    return "   ".join((" · ".join(parts), legend)).strip()
