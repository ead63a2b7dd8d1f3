"""The frame of a printed page: band, head with the patient, foot with notices and page number, and the room between."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice, QPaintDevice, QPainter, QPen

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.ui.record_style import BAND_GROUND, BLACK, GREY, record_font

_MM_PER_INCH = 25.4
# All in millimetres.
_SIDE, _TOP, _BOTTOM = 16.0, 11.0, 12.0
_BAND, _GAP, _PAGE_WORDS = 7.0, 3.0, 34.0
_ENDLESS = 1e7
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_TITLE_PT, _HEAD_PT, _FOOT_PT, _BAND_PT = 12.0, 9.0, 6.5, 10.5
# Name, birth date and record number head every page.
_PAIRS_IN_HEAD = 3


class PageFrame:
    """Head and foot of a document, as high as their words are, on paper of a size in the device's pixels."""

    def __init__(self, document: RecordDocument, device: QPaintDevice, paper: QSizeF) -> None:
        self._document = document
        self._device = device
        (_name_label, name), *others = document.subject[:_PAIRS_IN_HEAD]
        self._who = " · ".join((name, *(f"{label} {value}" for label, value in others)))
        self._notices = "\n".join((" ".join(document.notices), *document.foot))
        left, width = self._px(_SIDE), paper.width() - 2 * self._px(_SIDE)
        self._band = QRectF(left, self._px(_TOP), width, self._px(_BAND) if document.banners else 0.0)
        top = self._band.bottom() + (self.gap if document.banners else 0.0)
        self._title_room = self._room(left, top, width, (document.title, record_font(_TITLE_PT, bold=True)))
        self._who_room = self._room(left, self._title_room.bottom(), width, (self._who, record_font(_HEAD_PT)))
        self._head_line = self._who_room.bottom() + self._px(1.2)
        foot_width = width - self._px(_PAGE_WORDS)
        height = self._room(left, 0, foot_width, (self._notices, record_font(_FOOT_PT))).height()
        self._foot = QRectF(left, paper.height() - self._px(_BOTTOM) - height, foot_width, height)
        self._foot_line = self._foot.top() - self._px(1.5)
        body_top = self._head_line + self.gap
        self.area = QRectF(left, body_top, width, self._foot_line - self.gap - body_top)

    @property
    def gap(self) -> float:
        """Room between two parts of a page, in pixels."""
        return self._px(_GAP)

    def paint(self, painter: QPainter, page: int, count: int) -> None:
        """Paint everything round the body of a page; pages count from 1."""
        if self._document.banners:
            self._paint_band(painter)
        self._paint_head(painter)
        self._paint_foot(painter, _("Page {n} of {all}").format(n=page, all=count))

    def _room(self, left: float, top: float, width: float, words: tuple[str, QFont]) -> QRectF:
        """The room that words of a font take in a width."""
        text, font = words
        box = QFontMetricsF(font, self._device).boundingRect(QRectF(left, top, width, _ENDLESS), _WRAPPED, text)
        return QRectF(left, top, width, box.height())

    def _paint_band(self, painter: QPainter) -> None:
        painter.fillRect(self._band, BAND_GROUND)
        painter.setPen(QPen(BLACK, self._px(0.5), Qt.PenStyle.DashLine))
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
        painter.setPen(QPen(BLACK, self._px(0.4)))
        painter.drawLine(QPointF(self.area.left(), self._head_line), QPointF(self.area.right(), self._head_line))

    def _paint_foot(self, painter: QPainter, page_words: str) -> None:
        painter.setPen(QPen(GREY, self._px(0.2)))
        painter.drawLine(QPointF(self.area.left(), self._foot_line), QPointF(self.area.right(), self._foot_line))
        painter.setPen(BLACK)
        painter.setFont(record_font(_FOOT_PT))
        painter.drawText(self._foot, _WRAPPED, self._notices)
        painter.setFont(record_font(_HEAD_PT, bold=True))
        room = QRectF(self._foot.right(), self._foot.top(), self._px(_PAGE_WORDS), self._foot.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, page_words)

    def _px(self, millimetres: float) -> float:
        return millimetres * self._device.logicalDpiX() / _MM_PER_INCH


def paper_of(device: QPagedPaintDevice) -> QSizeF:
    """The whole sheet in the device's pixels."""
    return QSizeF(device.pageLayout().fullRectPixels(device.logicalDpiX()).size())
