"""The entries of a visit as CSV for spreadsheets, in which no cell can start a formula."""

import csv
from io import StringIO

from nurse_app.interchange.record_document import MachineRecord

COLUMNS = ("entry", "kind", "happened_at", "recorded_at", "author", "what", "marks", "in_error", "event_id")
_BYTE_ORDER_MARK = "\ufeff"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def record_csv(record: MachineRecord) -> str:
    """One row an entry, every cell quoted, with the mark that makes spreadsheets read UTF-8."""
    page = StringIO()
    page.write(_BYTE_ORDER_MARK)
    writer = csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry, stored in zip(record.document.entries, record.entries, strict=True):
        cells = (
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
        writer.writerow(_harmless(cell) for cell in cells)
    return page.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell
