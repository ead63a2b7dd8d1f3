"""Where the pages of a printed record break: between rows, never after a head, never among the signatures."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFormat, QTextTable, QTextTableCell, QTextTableCellFormat

# In pixels of a screen, as Qt wants lengths of text tables; it scales them to the paper.
CELL_PADDING = 1.5
_SCREEN_DOTS_PER_INCH = 96
# The line of an empty row, and too little room for another one.
_EMPTY_LINES = 1.5


def keep_together(
    document: QTextDocument,
    tables: Sequence[QTextTable],
    whole: Sequence[QTextTable],
    *,
    line_height: float,
    dots_per_inch: int,
) -> None:
    """Break pages so that no head stands alone, no row is torn, and the tables of ``whole`` are on one page each.

    The document must have its page size; ``line_height`` is in its pixels, ``dots_per_inch`` theirs.
    """
    paging = _Paging(document, line_height, dots_per_inch)
    for table in tables:
        paging.keep_head(table, whole=table in whole)
        paging.keep_rows(table)


class _Paging:
    """Looks at the layout of a document and changes it where a page ends badly."""

    def __init__(self, document: QTextDocument, line_height: float, dots_per_inch: int) -> None:
        self._document = document
        self._page_height = document.pageSize().height()
        self._line_height = line_height
        self._dots_per_inch = dots_per_inch

    def keep_head(self, table: QTextTable, *, whole: bool) -> None:
        """Move a table to the next page when only its head would stay, or when it must be whole."""
        form = table.format().toTableFormat()
        last = table.rows() - 1 if whole else min(form.headerRowCount(), table.rows() - 1)
        if self._pages_of(table, 0)[0] != self._pages_of(table, last)[1]:
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            table.setFormat(form)

    def keep_rows(self, table: QTextTable) -> None:
        """Move each row that would be torn to the next page as a whole."""
        row = max(table.format().toTableFormat().headerRowCount(), 1)
        while row < table.rows():
            begins, ends = self._pages_of(table, row)
            row += 2 if begins != ends and self._push_down(table, row) else 1

    def _push_down(self, table: QTextTable, row: int) -> bool:
        """Fill the page before a row with an empty one, because Qt breaks between any two lines and keeps no row whole.

        False for a row that is longer than a page: it goes on where it stands.
        """
        top, bottom = self._edges(table, row)
        if bottom - top > self._page_height:
            return False
        left = self._page_height * (top // self._page_height + 1) - top
        spare = left - self._line_height * _EMPTY_LINES
        filling = QTextTableCellFormat()
        filling.setTopPadding(max(spare * _SCREEN_DOTS_PER_INCH / self._dots_per_inch - CELL_PADDING, 0))
        # One block for all of it: Qt lays the rest of the document out anew after each change.
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        table.insertRows(row, 1)
        for cell in _cells(table, row):
            cell.setFormat(QTextTableCellFormat())
        table.cellAt(row, 0).setFormat(filling)
        cursor.endEditBlock()
        return True

    def _pages_of(self, table: QTextTable, row: int) -> tuple[int, int]:
        """The pages on which a row begins and ends."""
        top, bottom = self._edges(table, row)
        return int(top // self._page_height), int(bottom // self._page_height)

    def _edges(self, table: QTextTable, row: int) -> tuple[float, float]:
        boxes = [self._box(cell) for cell in _cells(table, row)]
        return min(box.top() for box in boxes), max(box.bottom() for box in boxes)

    def _box(self, cell: QTextTableCell) -> QRectF:
        return self._document.documentLayout().blockBoundingRect(cell.firstCursorPosition().block())


def _cells(table: QTextTable, row: int) -> list[QTextTableCell]:
    return [table.cellAt(row, column) for column in range(table.columns())]
