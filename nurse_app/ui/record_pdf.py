"""The printed record as PDF/A-1b on A4: a head with the patient, bands and foot on every page, lines to sign."""

import logging
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
)

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.ui.record_body import RecordBody, parts_of
from nurse_app.ui.record_style import BAND_GROUND, BLACK, GREY, record_font

_log = logging.getLogger("nurse_app.ui")

RESOLUTION = 600
_MM_PER_INCH = 25.4
# All in millimetres.
_SIDE, _TOP, _BOTTOM = 16.0, 11.0, 12.0
_BAND, _GAP, _PAGE_WORDS = 7.0, 3.0, 34.0
_ENDLESS = 1e7
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_TITLE_PT, _HEAD_PT, _FOOT_PT, _BAND_PT = 12.0, 9.0, 6.5, 10.5
# Name, birth date and record number head every page.
_PAIRS_IN_HEAD = 3


def load_record_fonts(resources: Path) -> None:
    """Load the bundled fonts, for a program that wears no theme."""
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
    """Lays the body out once, then paints page after page with the same head and foot, as high as their words are."""

    def __init__(self, document: RecordDocument, writer: QPdfWriter) -> None:
        self._document = document
        self._writer = writer
        (_name_label, name), *others = document.subject[:_PAIRS_IN_HEAD]
        self._who = " · ".join((name, *(f"{label} {value}" for label, value in others)))
        self._notices = "\n".join((" ".join(document.notices), *document.foot))
        paper = writer.pageLayout().fullRectPixels(RESOLUTION)
        left, width = _px(_SIDE), paper.width() - 2 * _px(_SIDE)
        self._band = QRectF(left, _px(_TOP), width, _px(_BAND) if document.banners else 0.0)
        top = self._band.bottom() + (_px(_GAP) if document.banners else 0.0)
        self._title_room = self._room(left, top, width, (document.title, record_font(_TITLE_PT, bold=True)))
        self._who_room = self._room(left, self._title_room.bottom(), width, (self._who, record_font(_HEAD_PT)))
        self._head_line = self._who_room.bottom() + _px(1.2)
        foot_width = width - _px(_PAGE_WORDS)
        height = self._room(left, 0, foot_width, (self._notices, record_font(_FOOT_PT))).height()
        self._foot = QRectF(left, paper.height() - _px(_BOTTOM) - height, foot_width, height)
        self._foot_line = self._foot.top() - _px(1.5)
        body_top = self._head_line + _px(_GAP)
        self._area = QRectF(left, body_top, width, self._foot_line - _px(_GAP) - body_top)
        room, (first, *rest) = QSizeF(self._area.width(), self._area.height()), parts_of(document)
        self._bodies = [RecordBody(first, writer, room), *(RecordBody(each, writer, room, first) for each in rest)]

    def _room(self, left: float, top: float, width: float, words: tuple[str, QFont]) -> QRectF:
        """The room that words of a font take in a width."""
        text, font = words
        box = QFontMetricsF(font, self._writer).boundingRect(QRectF(left, top, width, _ENDLESS), _WRAPPED, text)
        return QRectF(left, top, width, box.height())

    def paint(self) -> None:
        painter = QPainter(self._writer)
        pages = [(body, page) for body in self._bodies for page in range(body.page_count)]
        for number, (body, page) in enumerate(pages, start=1):
            if number > 1:
                self._writer.newPage()
            if self._document.banners:
                self._paint_band(painter)
            self._paint_head(painter)
            self._paint_body(painter, body, page)
            self._paint_foot(painter, _("Page {n} of {all}").format(n=number, all=len(pages)))
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
        painter.drawText(self._title_room, _WRAPPED, self._document.title)
        painter.setFont(record_font(_HEAD_PT))
        painter.drawText(self._who_room, _WRAPPED, self._who)
        painter.setPen(QPen(BLACK, _px(0.4)))
        painter.drawLine(QPointF(self._area.left(), self._head_line), QPointF(self._area.right(), self._head_line))

    def _paint_body(self, painter: QPainter, body: RecordBody, page: int) -> None:
        height = self._area.height()
        painter.save()
        painter.translate(self._area.topLeft() - QPointF(0, page * height))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * height, self._area.width(), height)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, BLACK)
        context.palette = palette
        painter.setClipRect(context.clip)
        body.document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_foot(self, painter: QPainter, page_words: str) -> None:
        painter.setPen(QPen(GREY, _px(0.2)))
        painter.drawLine(QPointF(self._area.left(), self._foot_line), QPointF(self._area.right(), self._foot_line))
        painter.setPen(BLACK)
        painter.setFont(record_font(_FOOT_PT))
        painter.drawText(self._foot, _WRAPPED, self._notices)
        painter.setFont(record_font(_HEAD_PT, bold=True))
        room = QRectF(self._foot.right(), self._foot.top(), _px(_PAGE_WORDS), self._foot.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, page_words)


def _px(millimetres: float) -> float:
    return millimetres * RESOLUTION / _MM_PER_INCH
