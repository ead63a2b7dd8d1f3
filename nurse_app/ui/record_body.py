"""The running text of a printed record: sections and tables, broken over pages so that nothing is torn apart."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.ui.record_paging import CELL_PADDING, keep_together
from nurse_app.ui.record_style import BLACK, GREY, HEAD_GROUND, record_font

_TEXT_PT, _SECTION_PT, _SIGNATURE_PT = 7.8, 9.6, 18.0
# Lengths of Qt's text tables are pixels of a screen; Qt scales them to the paper.
_RULE, _SECTION_GAP = 0.6, 6.0
_LABEL_PERCENT = 17.0
_SIGNATURE_SHARES = (32.0, 2.0, 32.0, 2.0, 32.0)
_SIGNATURES_IN_A_ROW = 3
_SUBJECT_SHARES = (12.0, 35.0, 16.0, 37.0)
# Padding on both sides, in lines of text.
_CELL_EDGE = 0.8
_ROWS_OF_A_PART = 100
_WORD_JOINER = "\u2060"


def parts_of(document: RecordDocument) -> Iterator[RecordDocument]:
    """A document in parts that begin on pages of their own: a list of thousands would be laid out anew at each page.

    Nothing is parted that has no more than one part's rows.
    """
    *before, last = document.sections
    rows = last.table.rows if last.table is not None else ()
    if last.table is None or len(rows) <= _ROWS_OF_A_PART:
        yield document
        return
    pieces = [rows[place : place + _ROWS_OF_A_PART] for place in range(0, len(rows), _ROWS_OF_A_PART)]
    tables = [replace(last, table=RecordTable(last.table.columns, piece)) for piece in pieces]
    yield replace(document, sections=(*before, tables[0]), signatures=())
    for number, table in enumerate(tables[1:], start=2):
        signatures = document.signatures if number == len(tables) else ()
        yield replace(document, subject=(), sections=(table,), signatures=signatures)


class RecordBody:
    """A QTextDocument with everything but head and foot, laid out for one page size of the writer.

    The columns are as wide as the tables of ``like`` need them.
    """

    def __init__(
        self,
        document: RecordDocument,
        writer: QPagedPaintDevice,
        page: QSizeF,
        like: RecordDocument | None = None,
        *,
        writing_pt: float = 0.0,
    ) -> None:
        self._writing_pt = writing_pt
        self._width = page.width()
        self._metrics = QFontMetricsF(record_font(_TEXT_PT, bold=True), writer)
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.documentLayout().setPaintDevice(writer)
        self.document.setDocumentMargin(0)
        self.document.setDefaultTextOption(_wrapping())
        self.document.setDefaultFont(record_font(_TEXT_PT))
        self._cursor = QTextCursor(self.document)
        self._tables: list[QTextTable] = []
        self._content = [section.table for section in (like or document).sections if section.table is not None]
        # Without one block around all of it Qt would lay everything out anew after each cell.
        self._cursor.beginEditBlock()
        if document.subject:
            self._add_subject(document.subject)
        for section in document.sections:
            self._add_section(section)
        if document.signatures:
            self._add_signatures(document.signatures)
        self._cursor.endEditBlock()
        self.document.setPageSize(page)
        keep_together(
            self.document,
            self._tables,
            # A form is filled in part by part: each is on one page.
            self._tables if writing_pt else self._tables[-1:] if document.signatures else (),
            line_height=self._metrics.height(),
            dots_per_inch=writer.logicalDpiY(),
        )

    @property
    def page_count(self) -> int:
        return self.document.pageCount()

    def paint(self, painter: QPainter, at: QPointF, page: int) -> None:
        """Paint the part of a page, counted from 0, with its upper left corner at a point."""
        height = self.document.pageSize().height()
        painter.save()
        painter.translate(at - QPointF(0, page * height))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * height, self._width, height)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, BLACK)
        context.palette = palette
        painter.setClipRect(context.clip)
        self.document.documentLayout().draw(painter, context)
        painter.restore()

    # --- what is in it ---

    def _add_subject(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value, two pairs beside each other, read down the left side first."""
        half = (len(pairs) + 1) // 2
        table = self._table(half, _SUBJECT_SHARES)
        for place, (label, value) in enumerate(pairs):
            row, column = place % half, 2 * (place // half)
            self._write(table.cellAt(row, column), label)
            self._write(table.cellAt(row, column + 1), value, bold=True)

    def _add_section(self, section: RecordSection) -> None:
        title = section.title
        if section.pairs:
            self._add_rows(title, section.pairs, (_LABEL_PERCENT, 100 - _LABEL_PERCENT))
            title = ""
        if section.table is not None:
            self._add_table(title, section.table)
            title = ""
        if section.lines:
            self._add_rows(title, [(line,) for line in section.lines], (100.0,))

    def _add_rows(self, title: str, rows: Sequence[tuple[str, ...]], shares: Sequence[float]) -> None:
        heads = self._heads(title)
        table = self._table(len(rows) + heads, shares, title=title, heads=heads)
        for row, cells in enumerate(rows, start=heads):
            for column, text in enumerate(cells):
                self._write(table.cellAt(row, column), text, bold=bool(column))

    def _add_table(self, title: str, content: RecordTable) -> None:
        heads = self._heads(title) + 1
        table = self._table(len(content.rows) + heads, self._shares(content.columns), title=title, heads=heads)
        for column, words in enumerate(content.columns):
            self._write(table.cellAt(heads - 1, column), _unbroken(words), bold=True, ground=HEAD_GROUND)
        for row, record in enumerate(content.rows, start=heads):
            for column in range(len(record.cells)):
                self._write_entry(table.cellAt(row, column), record, column)

    def _add_signatures(self, signatures: Sequence[str]) -> None:
        """A rule to sign on over each name, three beside each other."""
        rows = -(-len(signatures) // _SIGNATURES_IN_A_ROW)
        table = self._table(2 * rows + 1, _SIGNATURE_SHARES, title=_("Signatures"), heads=1, ruled=False)
        for place, words in enumerate(signatures):
            down, beside = divmod(place, _SIGNATURES_IN_A_ROW)
            row, column = 2 * down + 1, 2 * beside
            # A blank in large type keeps the room to sign in.
            self._write(table.cellAt(row, column), " ", points=_SIGNATURE_PT)
            _rule_below(table.cellAt(row, column), BLACK)
            self._write(table.cellAt(row + 1, column), words)

    # --- how it is made ---

    def _heads(self, title: str) -> int:
        return 1 if title else 0

    def _table(
        self, rows: int, shares: Sequence[float], *, title: str = "", heads: int = 0, ruled: bool = True
    ) -> QTextTable:
        """An empty table of so many rows; its title is its first row, so that it is repeated on the next page."""
        form = QTextTableFormat()
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setCellPadding(CELL_PADDING)
        form.setCellSpacing(0)
        form.setTopMargin(_SECTION_GAP if self._tables else 0)
        form.setHeaderRowCount(heads)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        table = self._cursor.insertTable(rows, len(shares), form)
        for row in range(rows if ruled else 0):
            for column in range(len(shares)):
                _rule_below(table.cellAt(row, column), GREY)
        if title:
            if len(shares) > 1:
                table.mergeCells(0, 0, 1, len(shares))
            self._write(table.cellAt(0, 0), title, bold=True, points=_SECTION_PT)
        self._tables.append(table)
        return table

    def _write(
        self,
        cell: QTextTableCell,
        text: str,
        *,
        bold: bool = False,
        struck: bool = False,
        points: float = _TEXT_PT,
        ground: QColor | None = None,
    ) -> None:
        """Put a text into a cell: as plain text, so that nothing in it can be taken for a tag."""
        if not text and self._writing_pt:
            # A blank in large type keeps the room to write.
            text, points = " ", self._writing_pt
        font = record_font(points, bold=bold)
        font.setStrikeOut(struck)
        form = QTextCharFormat()
        form.setFont(font)
        form.setForeground(QBrush(BLACK))
        cell.lastCursorPosition().insertText(text, form)
        if ground is not None:
            cell_form = cell.format().toTableCellFormat()
            cell_form.setBackground(QBrush(ground))
            cell.setFormat(cell_form)

    def _write_entry(self, cell: QTextTableCell, record: RecordRow, column: int) -> None:
        """A struck entry; what is said about it behind it stays plain, for that is what is true."""
        said = record.cells[column]
        self._write(cell, said, struck=record.struck)
        marks = record.text(column)[len(said) :]
        if marks:
            self._write(cell, marks)

    def _shares(self, columns: tuple[str, ...]) -> list[float]:
        """Per cent of the width for each column; tables with the same columns get the same, so that they line up."""
        rows = [row for table in self._content if table.columns == columns for row in table.rows]
        edge = self._metrics.height() * _CELL_EDGE
        natural: list[float] = []
        for place, title in enumerate(columns):
            texts = (title, *(row.text(place) for row in rows))
            natural.append(max(map(self._metrics.horizontalAdvance, texts)) + edge)
        found = fair_widths(natural, self._width)
        return [width / sum(found) * 100 for width in found]


def _wrapping() -> QTextOption:
    """Between words; inside a word only when it is wider than its cell."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _unbroken(title: str) -> str:
    """A column's title that is not broken inside its unit."""
    return title.replace("/", f"/{_WORD_JOINER}")


def fair_widths(natural: Sequence[float], room: float) -> list[float]:
    """Columns that need less than their equal part get what they need; the others share what is left equally.

    Spare room goes to the widest column.
    """
    widths = dict.fromkeys(range(len(natural)), 0.0)
    left, wide = room, list(widths)
    while wide:
        fair = left / len(wide)
        narrow = [place for place in wide if natural[place] <= fair]
        if not narrow:
            widths.update(dict.fromkeys(wide, fair))
            break
        for place in narrow:
            widths[place] = natural[place]
            left -= natural[place]
        wide = [place for place in wide if place not in narrow]
    widest = max(widths, key=lambda place: natural[place])
    widths[widest] += room - sum(widths.values())
    return list(widths.values())


def _rule_below(cell: QTextTableCell, colour: QColor) -> None:
    form = cell.format().toTableCellFormat()
    form.setBottomBorder(_RULE)
    form.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBottomBorderBrush(QBrush(colour))
    cell.setFormat(form)
