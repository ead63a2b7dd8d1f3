"""Trends as files: drawings and table as PDF, the drawings alone as PNG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from nurse_app.interchange.record_document import RecordDocument
from nurse_app.ui.paper import LANDSCAPE, pdf_of
from nurse_app.ui.record_body import RecordBody
from nurse_app.ui.record_page import PageFrame, paper_of
from nurse_app.ui.saved_file import free_path
from nurse_app.ui.theme import Scheme, current_theme
from nurse_app.ui.trend_pages import DrawingPages

# Twice a screen's, so that it stays sharp in a letter.
PNG_DOTS_PER_INCH = 192
# The pens of a drawing are one dot wide wherever it is painted: on finer dots they would be hairs.
PDF_DOTS_PER_INCH = 144
_MM_PER_INCH, _INCHES_PER_METRE = 25.4, 39.3701
_WIDTH_MM = 297


@dataclass(frozen=True, slots=True)
class TrendSheets:
    """What goes on paper: the table as a document, the cards that are drawn, and a note above them.

    A card is any widget that paints itself, at the size it has on the screen.
    """

    document: RecordDocument
    cards: Sequence[QWidget]
    note: str


def trends_pdf(sheets: TrendSheets) -> bytes:
    """A4 across: first the drawings, then the table."""
    return pdf_of(
        lambda writer: paint_trends(sheets, writer),
        sheets.document.title,
        layout=LANDSCAPE,
        dots_per_inch=PDF_DOTS_PER_INCH,
    )


def paint_trends(sheets: TrendSheets, device: QPagedPaintDevice) -> bool:
    """All pages on a device that has pages, such as a printer; False when it takes none."""
    frame = PageFrame(sheets.document, device, paper_of(device))
    body = RecordBody(sheets.document, device, frame.area.size())
    with current_theme().worn_by(sheets.cards, Scheme.LIGHT):
        drawings = DrawingPages(sheets.cards, sheets.note, frame.area, frame.gap, device)
        pages = drawings.page_count + body.page_count
        painter = QPainter()
        if not painter.begin(device):
            return False
        try:
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            for page in range(pages):
                if page:
                    device.newPage()
                frame.paint(painter, page + 1, pages)
                if page < drawings.page_count:
                    drawings.paint(painter, page)
                else:
                    body.paint(painter, frame.area.topLeft(), page - drawings.page_count)
        finally:
            # A device must not go while somebody paints on it.
            is_done = painter.end()
        return is_done


def trends_png(sheets: TrendSheets) -> bytes:
    """All drawings on one sheet as high as they need, as wide as A4 across, with the head and foot of a page."""
    width = round(_WIDTH_MM / _MM_PER_INCH * PNG_DOTS_PER_INCH)
    with current_theme().worn_by(sheets.cards, Scheme.LIGHT):
        probe = _image(1, 1)
        frame = PageFrame(sheets.document, probe, QSizeF(width, width))
        drawings = DrawingPages(sheets.cards, sheets.note, frame.area, frame.gap, probe, one_sheet=True)
        height = width - frame.area.height() + drawings.height + frame.gap
        image = _image(width, round(height))
        frame = PageFrame(sheets.document, image, QSizeF(image.size()))
        drawings = DrawingPages(sheets.cards, sheets.note, frame.area, frame.gap, image, one_sheet=True)
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame.paint(painter, 1, 1)
            drawings.paint(painter, 0)
        finally:
            painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


def file_for(folder: Path, at: datetime, ending: str) -> Path:
    """Where a file goes: named after the time only, with a number when that is taken."""
    return free_path(folder, f"trends-{at:%Y-%m-%d-%H%M}", ending)


def _image(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(PNG_DOTS_PER_INCH * _INCHES_PER_METRE))
    image.setDotsPerMeterY(round(PNG_DOTS_PER_INCH * _INCHES_PER_METRE))
    image.fill(Qt.GlobalColor.white)
    return image
