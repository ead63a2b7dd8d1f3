"""Cells for spreadsheets: CSV as RFC 4180 has it, and no cell that starts a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

# Without it common spreadsheets take UTF-8 for the local code page, and a µ or an é for two letters.
_BYTE_ORDER_MARK = "\ufeff"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# -1, +2 and -0.5 are no formulas: whoever calculates with them gets what the laboratory wrote.
_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)?", re.ASCII)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A page with a head and one line a row, every cell quoted."""
    page = StringIO()
    page.write(_BYTE_ORDER_MARK)
    writer = csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(harmless(cell) for cell in row)
    return page.getvalue()


def as_it_was(cell: str) -> str:
    """A cell of such a page without what ``harmless`` put before it."""
    found = cell.removeprefix("'")
    return found if harmless(found) == cell else cell


def harmless(cell: str) -> str:
    """The cell as a text, where a spreadsheet would run it; a number stays as it is."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) and not _NUMBER.fullmatch(cell) else cell
