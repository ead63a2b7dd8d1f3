"""A panel's frame: the drawing in the middle, words in gutters beside it and never on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from nurse_app.presentation.formats import number
from nurse_app.presentation.lab_axis import month_marks
from nurse_app.presentation.lab_drawing import Drawing, Zone
from nurse_app.presentation.lab_scale import Scale
from nurse_app.ui.theme import FAMILY, current_theme

_LABEL_SIZE = 11
_GAP, _UNDER = 5, 8
_MONTH_WIDTH = 78
# Room for the ring above the highest value, and under the lowest for it and the marks of the infusions, in pixels.
_ROOM_ABOVE, _ROOM_BELOW = 11.0, 22.0
_LEAST_HEIGHT = 20.0
_LINE_SPACING = 1.2


@dataclass(frozen=True, slots=True)
class Labels:
    """Words beside a drawing: at heights left and right, at days below."""

    left: tuple[tuple[float, str], ...] = ()
    right: tuple[tuple[float, str], ...] = ()
    below: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """The widths of the gutters in pixels, and whether the months are written below."""

    left: int
    right: int
    months: bool = True


PANEL_ROOM = Room(40, 72)
LANE_ROOM = Room(40, 92, months=False)
LAST_LANE_ROOM = Room(40, 92)


class PanelFrame(pg.GraphicsWidget):
    """Holds the view box ``box`` and writes the labels round it; ``resized`` when the box has another size."""

    resized = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        # The crosshair moves over a picture of the words.
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.box = pg.ViewBox(parent=self, enableMenu=False)
        self.box.setMouseEnabled(x=False, y=False)
        self.box.setDefaultPadding(0.0)
        self.box.disableAutoRange()
        self._labels = Labels()
        self._drawing: Drawing | None = None
        self._font = QFont(FAMILY)
        self.dress()

    def dress(self) -> None:
        """Take the sizes of the theme that is on."""
        self._font.setPixelSize(current_theme().px(_LABEL_SIZE))
        self._place()

    def show_range(self, drawing: Drawing, shown: tuple[float, float]) -> None:
        """Show a stretch of time, and the drawing's heights with room for the ring and the infusions."""
        self._drawing = drawing
        bottom, top = heights(drawing.scale, self.box.height())
        self.box.setRange(xRange=shown, yRange=(bottom, top), padding=0)
        # Else pyqtgraph notices inside the next painting, and everything is painted twice.
        self.box.updateMatrix()
        self._labels = self._fitting(drawing, shown, top - bottom)
        self.update()

    @property
    def labels(self) -> Labels:
        """What is written."""
        return self._labels

    def _fitting(self, drawing: Drawing, shown: tuple[float, float], height: float) -> Labels:
        """The words, leaving out what would touch what stands there already."""
        marks = [(mark, number(mark)) for mark in drawing.scale.marks]
        meanings = [(line.newest, line.label) for line in drawing.lines]
        meanings += [(_middle(zone, drawing.scale), zone.label) for zone in drawing.zones]
        newest = next((mark.height for mark in reversed(drawing.marks) if mark.height is not None), Decimal(0))
        apart = height * current_theme().px(_LABEL_SIZE) * _LINE_SPACING / max(self.box.height(), 1.0)
        room = int(self.box.width() // current_theme().px(_MONTH_WIDTH))
        below = month_marks(*shown, room) if self._room.months else ()
        return Labels(_kept(marks, newest, apart), _kept(meanings, newest, apart), below)

    def _place(self) -> None:
        """Give the box what the gutters leave."""
        theme = current_theme()
        left, right = theme.px(self._room.left), theme.px(self._room.right)
        below = theme.px(_LABEL_SIZE) + _UNDER if self._room.months else 1
        room = self.boundingRect().adjusted(left, 0, -right, -below)
        self.box.setGeometry(room.left(), room.top(), max(room.width(), 1.0), max(room.height(), 1.0))
        self.resized.emit()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        theme, room = current_theme(), self.box.geometry()
        painter.setPen(theme.colour("line"))
        painter.drawLine(QLineF(room.bottomLeft(), room.bottomRight()))
        painter.setFont(self._font)
        painter.setPen(theme.colour("ink_second"))
        line = QFontMetricsF(self._font).height()
        for value, words in self._labels.left:
            y = self._at(0.0, value).y()
            where = QRectF(0.0, y - line / 2, room.left() - _GAP, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        for value, words in self._labels.right:
            y = self._at(0.0, value).y()
            where = QRectF(room.right() + _GAP, y - line / 2, self.boundingRect().right() - room.right() - _GAP, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        for day, words in self._labels.below:
            x = self._at(day, 0.0).x()
            half = theme.px(_MONTH_WIDTH) / 2
            where = QRectF(x - half, room.bottom() + 2, 2 * half, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)

    def _at(self, day: float, value: float) -> QPointF:
        """A day and a value as a place in the frame."""
        return QPointF(self.box.mapToParent(self.box.mapFromView(QPointF(day, value))))


def heights(scale: Scale, pixels: float) -> tuple[float, float]:
    """The lowest and highest value of an axis of so many pixels, with room for the ring and for the infusions."""
    floor, ceiling = float(scale.floor), float(scale.ceiling)
    one_pixel = ((ceiling - floor) or 1.0) / max(pixels - _ROOM_ABOVE - _ROOM_BELOW, _LEAST_HEIGHT)
    return floor - _ROOM_BELOW * one_pixel, ceiling + _ROOM_ABOVE * one_pixel


def _middle(zone: Zone, scale: Scale) -> Decimal:
    low = scale.floor if zone.low is None else zone.low
    return (low + (scale.ceiling if zone.high is None else zone.high)) / 2


def _kept(labels: Iterable[tuple[Decimal, str]], newest: Decimal, apart: float) -> tuple[tuple[float, str], ...]:
    """Labels that keep so much between them; those nearest to the newest value come first."""
    kept: list[tuple[float, str]] = []
    for value, words in sorted(labels, key=lambda label: abs(label[0] - newest)):
        if all(abs(float(value) - other) >= apart for other, _words in kept):
            kept.append((float(value), words))
    return tuple(kept)
