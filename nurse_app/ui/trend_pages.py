"""Drawings of results on paper: the cards of the trends page side by side, as large as the sheet allows."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from nurse_app.ui.record_style import BLACK, record_font

_NOTE_PT = 7.0
_ENDLESS = 1e7
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_MOST_COLUMNS = 3
_POINTS_PER_INCH, _SCREEN_DOTS_PER_INCH = 72, 96
# A card that is hardly too wide is made a little smaller rather than much larger.
_LEEWAY = 0.1
_LEAST_SHARE = 0.75
# Rows that just fit must not be broken by the rounding of their heights.
_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a card goes, from the top of all drawings, and how many times its size on the screen."""

    card: QWidget
    left: float
    top: float
    scale: float

    @property
    def bottom(self) -> float:
        return self.top + self.card.height() * self.scale


class DrawingPages:
    """Cards laid out for a room in a device's pixels, with a note above them on each page."""

    def __init__(
        self,
        cards: Sequence[QWidget],
        note: str,
        room: QRectF,
        gap: float,
        device: QPaintDevice,
        *,
        one_sheet: bool = False,
    ) -> None:
        """``one_sheet``: the paper gets as high as all rows need."""
        self._note = note
        self._room = room
        self._gap = gap
        box = QFontMetricsF(record_font(_NOTE_PT), device).boundingRect(
            QRectF(0, 0, room.width(), _ENDLESS), _WRAPPED, note
        )
        self._note_height = box.height() + gap
        columns = _columns(cards, room.width() * _SCREEN_DOTS_PER_INCH / device.logicalDpiX())
        each, height = (room.width() - (columns - 1) * gap) / columns, room.height() - self._note_height
        if not one_sheet:
            each *= _shrunk(cards, each, height, gap)
        self._rows = [tuple(row) for row in _rows(cards, columns, each, gap)]
        self._pages = tuple(self._broken(height))

    @property
    def page_count(self) -> int:
        return len(self._pages)

    @property
    def height(self) -> float:
        """What all of it would take one below the other."""
        last = max((place.bottom for row in self._rows for place in row), default=0.0)
        return self._note_height + last

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint the part of a page, counted from 0."""
        painter.setPen(BLACK)
        painter.setFont(record_font(_NOTE_PT))
        painter.drawText(self._room, _WRAPPED, self._note)
        rows = self._pages[page]
        begin = rows[0][0].top
        for place in (place for row in rows for place in row):
            at = self._room.topLeft() + QPointF(place.left, self._note_height + place.top - begin)
            _paint_card(painter, place.card, at, place.scale)

    def _broken(self, height: float) -> Iterator[tuple[tuple[_Place, ...], ...]]:
        """The rows of each page."""
        page: list[tuple[_Place, ...]] = []
        for row in self._rows:
            if page and max(place.bottom for place in row) - page[0][0].top > height + _TOLERANCE:
                yield tuple(page)
                page = []
            page.append(row)
        if page:
            yield tuple(page)


def _columns(cards: Sequence[QWidget], width: float) -> int:
    """So many beside each other that they are about as large as on the screen; ``width`` in pixels of a screen."""
    widest = max((card.width() for card in cards), default=1)
    return min(max(math.ceil(width / widest - _LEEWAY), 1), _MOST_COLUMNS)


def _shrunk(cards: Sequence[QWidget], each: float, height: float, gap: float) -> float:
    """How much smaller the cards become so that one more row fits on a page; 1 when that would be too small to read.

    A card that is higher than the page becomes as small as it must.
    """
    tallest = max((card.height() * each / card.width() for card in cards), default=height)
    rows = int((height + gap) // (tallest + gap)) + 1
    share = ((height + gap) / rows - gap) / tallest
    return share if share >= _LEAST_SHARE or rows == 1 else 1.0


def _rows(cards: Sequence[QWidget], columns: int, each: float, gap: float) -> Iterator[list[_Place]]:
    """The cards from left to right in rows, each so many pixels wide."""
    top = 0.0
    for first in range(0, len(cards), columns):
        row = [
            _Place(card, place * (each + gap), top, each / card.width())
            for place, card in enumerate(cards[first : first + columns])
        ]
        yield row
        top = max(place.bottom for place in row) + gap


def _paint_card(painter: QPainter, card: QWidget, at: QPointF, scale: float) -> None:
    painter.save()
    painter.translate(at)
    painter.scale(scale, scale)
    card.render(painter, QPoint(0, 0))
    painter.restore()
