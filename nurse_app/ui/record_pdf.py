"""The printed record as PDF/A-1b on A4: a head with the patient, bands and foot on every page, lines to sign."""

import logging
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontDatabase,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
)

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.ui.record_body import RecordBody
from nurse_app.ui.record_style import BAND_GROUND, BLACK, FAMILY, GREY, record_font

_log = logging.getLogger("nurse_app.record")

RESOLUTION = 600
_MM_PER_INCH = 25.4
# All in millimetres.
_SIDE, _TOP, _BOTTOM = 16.0, 11.0, 10.0
_BAND, _HEAD, _FOOT, _GAP = 7.0, 12.0, 19.0, 3.0
_TITLE_PT, _HEAD_PT, _FOOT_PT, _BAND_PT = 12.0, 9.0, 6.5, 10.5
# Name, birth date and record number head every page.
_PAIRS_IN_HEAD = 3


def load_record_fonts(resources: Path) -> None:
    """Load the bundled fonts for a program that wears no theme; harmless when they are loaded already."""
    if FAMILY not in QFontDatabase.families():
        for font in sorted((resources / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(font))


def write_record_pdf(document: RecordDocument, path: Path) -> str:
    """Write the record whole or not at all, in place of what was there; returns "" or a sentence that says why not."""
    content = record_pdf(document)
    # Qt writes beside the target, then puts the new file in its place.
    file = QSaveFile(str(path))
    done = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit()
    if done:
        return ""
    _log.warning("the record could not be written: %s", file.errorString())
    return _("The record was not written: {why}. Choose another place and save it again.").format(
        why=file.errorString().rstrip(".")
    )


def record_pdf(document: RecordDocument) -> bytes:
    """The pages. Needs a running Qt application and the bundled fonts."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setTitle(document.title)
    writer.setCreator("nurse-app")
    _Pages(document, writer).paint()
    buffer.close()
    return bytes(content.data())


class _Pages:
    """Lays the body out once, then paints page after page with the same head and foot."""

    def __init__(self, document: RecordDocument, writer: QPdfWriter) -> None:
        self._document = document
        self._writer = writer
        paper = writer.pageLayout().fullRectPixels(RESOLUTION)
        band = _px(_BAND + _GAP) if document.banners else 0.0
        left, width = _px(_SIDE), paper.width() - 2 * _px(_SIDE)
        self._band = QRectF(left, _px(_TOP), width, _px(_BAND))
        self._head = QRectF(left, _px(_TOP) + band, width, _px(_HEAD))
        self._foot = QRectF(left, paper.height() - _px(_BOTTOM + _FOOT), width, _px(_FOOT))
        top = self._head.bottom() + _px(_GAP)
        self._area = QRectF(left, top, width, self._foot.top() - _px(_GAP) - top)
        self._body = RecordBody(document, writer, QSizeF(self._area.width(), self._area.height()))

    def paint(self) -> None:
        painter = QPainter(self._writer)
        count = self._body.page_count
        for page in range(count):
            if page:
                self._writer.newPage()
            if self._document.banners:
                self._paint_band(painter)
            self._paint_head(painter)
            self._paint_body(painter, page)
            self._paint_foot(painter, _("Page {n} of {all}").format(n=page + 1, all=count))
        painter.end()

    def _paint_band(self, painter: QPainter) -> None:
        painter.fillRect(self._band, BAND_GROUND)
        painter.setPen(QPen(BLACK, _px(0.5), Qt.PenStyle.DashLine))
        painter.drawRect(self._band)
        painter.setPen(BLACK)
        painter.setFont(record_font(_BAND_PT, bold=True))
        painter.drawText(self._band, Qt.AlignmentFlag.AlignCenter, " · ".join(self._document.banners))

    def _paint_head(self, painter: QPainter) -> None:
        painter.setPen(BLACK)
        painter.setFont(record_font(_TITLE_PT, bold=True))
        painter.drawText(self._head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._document.title)
        painter.setFont(record_font(_HEAD_PT))
        (_label, name), *others = self._document.subject[:_PAIRS_IN_HEAD]
        who = " · ".join((name, *(f"{label} {value}" for label, value in others)))
        line = QRectF(self._head.left(), self._head.top() + _px(5.6), self._head.width(), _px(5))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, who)
        painter.setPen(QPen(BLACK, _px(0.4)))
        painter.drawLine(self._head.bottomLeft(), self._head.bottomRight())

    def _paint_body(self, painter: QPainter, page: int) -> None:
        height = self._area.height()
        painter.save()
        painter.translate(self._area.topLeft() - QPointF(0, page * height))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * height, self._area.width(), height)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, BLACK)
        context.palette = palette
        painter.setClipRect(context.clip)
        self._body.document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_foot(self, painter: QPainter, page_words: str) -> None:
        painter.setPen(QPen(GREY, _px(0.2)))
        painter.drawLine(self._foot.topLeft(), self._foot.topRight())
        painter.setPen(BLACK)
        painter.setFont(record_font(_HEAD_PT, bold=True))
        room = QRectF(self._foot.right() - _px(30), self._foot.top() + _px(1.5), _px(30), _px(6))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, page_words)
        painter.setFont(record_font(_FOOT_PT))
        words = QRectF(self._foot.left(), self._foot.top() + _px(1.5), self._foot.width() - _px(34), _px(_FOOT - 1.5))
        text = "\n".join((" ".join(self._document.notices), *self._document.foot))
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(words, wrapped, text)


def _px(millimetres: float) -> float:
    return millimetres * RESOLUTION / _MM_PER_INCH
