"""The entries of a visit as CSV for spreadsheets."""

from nurse_app.interchange.record_document import MachineRecord
from nurse_app.interchange.spreadsheet import csv_text

COLUMNS = ("entry", "kind", "happened_at", "recorded_at", "author", "what", "marks", "in_error", "event_id")


def record_csv(record: MachineRecord) -> str:
    """One row an entry."""
    return csv_text(
        COLUMNS,
        (
            (
                str(entry.number),
                str(stored["kind"]),
                entry.happened_at,
                entry.recorded_at,
                entry.author,
                entry.what,
                "; ".join(entry.marks),
                "yes" if entry.in_error else "no",
                str(stored["event_id"]),
            )
            for entry, stored in zip(record.document.entries, record.entries, strict=True)
        ),
    )
