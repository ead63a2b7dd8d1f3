"""All that a panel draws, in one item: bands, lines, infusions, pauses, course and spots.

Painted in pixels of the scene: pyqtgraph's curves stroke their pen through the view's transform, which takes Qt eight
times as long for a thick, smooth line.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nurse_app.presentation.lab_drawing import Bar, Drawing, InfusionMark, Mark, TreatmentMarks, Zone
from nurse_app.presentation.lab_scale import Band, LineStep, Stretch
from nurse_app.ui.charts.course import Course, Pixels, course_of, lines_of, shown_places
from nurse_app.ui.charts.symbols import Look, look_of, symbol_image
from nurse_app.ui.theme import FAMILY, current_theme
from nurse_app.ui.widgets.kinds import Tone, colour_role, ground_role

_COURSE_WIDTH, _TICK_WIDTH, _THIN, _PAUSE_WIDTH = 2.0, 1.6, 1.0, 3.0
# From the lowest edge up, in pixels: where infusions are marked, and how tall.
TICKS_UP, _TICK, _TALL_TICK = 7.0, 9.0, 12.0
# Pixels that each spot has to itself: below the first none is drawn, below the second they are close together.
_LEAST_ROOM, _CLOSE = 1.0, 5.0
_WORDS = 10


class PanelInk(pg.GraphicsObject):
    """Draws a Drawing over the view's range; the layers from back to front are those of ``_Layers``."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self._treatment = TreatmentMarks()
        self._days = np.empty(0)
        self._course = course_of(self._days, self._days, (), stepped=False)
        # What moves over the drawing, such as the crosshair, finds a picture of it and paints nothing anew.
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def draw(self, drawing: Drawing, treatment: TreatmentMarks) -> None:
        """Show these marks."""
        self._drawing, self._treatment = drawing, treatment
        self._days = np.array([mark.at for mark in drawing.marks], dtype=float)
        heights = np.array([float(mark.height or 0) for mark in drawing.marks], dtype=float)
        self.draw_course(course_of(self._days, heights, drawing.runs, stepped=drawing.stepped))

    def draw_course(self, course: Course) -> None:
        """Show another course in the same drawing."""
        self._course = course
        self.update()

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return QRectF(box.viewRect()) if box is not None else QRectF()

    def viewRangeChanged(self) -> None:
        """The view shows another stretch: everything is drawn anew."""
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        box = self.getViewBox()
        if box is None or self._drawing is None:
            return
        own = self.sceneTransform()
        room = own.mapRect(self.boundingRect())
        # From the scene's pixels to the device: nothing on the screen, a scale on paper.
        to_device = own.inverted()[0] * painter.worldTransform()
        painter.setWorldTransform(to_device)
        pixels = Pixels(own.m11(), own.dx(), own.m22(), own.dy())
        (first, last), _heights = box.viewRange()
        layers = _Layers(painter, pixels, room, (first, last))
        layers.paint(self._drawing, self._treatment, self._course)
        layers.spots(self._drawing.marks[slice(*shown_places(self._days, first, last))])


class _Layers:
    """One painting of a panel."""

    def __init__(self, painter: QPainter, pixels: Pixels, room: QRectF, shown: tuple[float, float]) -> None:
        self._painter = painter
        self._pixels = pixels
        self._room = room
        self._shown = shown
        self._theme = current_theme()

    def paint(self, drawing: Drawing, treatment: TreatmentMarks, course: Course) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._zones(drawing.zones)
        self._bars(drawing.bars)
        self._bands(drawing.bands)
        for line in drawing.lines:
            self._limit(line.steps, line.tone)
        if treatment.unnoted is not None:
            self._dotted((treatment.unnoted,), "ink_second", _TICK_WIDTH)
        self._dotted(treatment.pauses, "caution", _PAUSE_WIDTH)
        self._infusions(treatment.infusions)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        self._painter.setPen(self._pen("brand", _COURSE_WIDTH))
        self._painter.drawLines(lines_of(course, self._shown, self._pixels, self._room.width()))

    def _pen(self, role: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self._theme.colour(role), width, style)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _sides(self, over: Stretch) -> tuple[float, float]:
        """A stretch in pixels, within the room."""
        left, right = self._room.left(), self._room.right()
        start = left if over.start is None else over.start * self._pixels.across + self._pixels.left
        end = right if over.end is None else over.end * self._pixels.across + self._pixels.left
        return min(max(start, left), right), min(max(end, left), right)

    def _height(self, value: float) -> float:
        return value * self._pixels.up + self._pixels.top

    @property
    def _strip(self) -> float:
        """The middle of the strip under the values."""
        return self._room.bottom() - TICKS_UP

    def _zones(self, zones: Iterable[Zone]) -> None:
        floor = self._strip - TICKS_UP
        for zone in zones:
            top = self._room.top() if zone.high is None else self._height(float(zone.high))
            bottom = floor if zone.low is None else self._height(float(zone.low))
            sides = QPointF(self._room.left(), top), QPointF(self._room.right(), min(bottom, floor))
            self._painter.fillRect(QRectF(*sides), self._theme.colour(ground_role(zone.tone)))

    def _bars(self, bars: Iterable[Bar]) -> None:
        """Stretches as bars with their words, where there is room for them."""
        font = QFont(FAMILY)
        font.setPixelSize(self._theme.px(_WORDS))
        self._painter.setFont(font)
        for bar in bars:
            start, end = self._sides(bar.over)
            if end <= start:
                continue
            place = QRectF(start, self._strip - TICKS_UP, end - start, 2 * TICKS_UP)
            self._painter.fillRect(place, self._theme.colour(ground_role(bar.tone)))
            self._painter.setPen(self._pen(colour_role(bar.tone), 1.0))
            self._painter.drawLine(place.bottomLeft(), place.bottomRight())
            words = QFontMetricsF(font).horizontalAdvance(bar.label)
            if words + TICKS_UP <= place.width():
                self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, bar.label)

    def _bands(self, bands: Iterable[Band]) -> None:
        ground = self._theme.colour("done_ground")
        floor = self._strip - TICKS_UP
        for band in bands:
            start, end = self._sides(band.over)
            top = self._room.top() if band.high is None else self._height(float(band.high))
            bottom = floor if band.low is None else self._height(float(band.low))
            if end > start:
                self._painter.fillRect(QRectF(QPointF(start, top), QPointF(end, bottom)), ground)

    def _limit(self, steps: Iterable[LineStep], tone: Tone) -> None:
        self._painter.setPen(self._pen(colour_role(tone), 1.0, Qt.PenStyle.DashLine))
        for step in steps:
            start, end = self._sides(step.over)
            if end > start:
                y = self._height(float(step.value))
                self._painter.drawLine(QPointF(start, y), QPointF(end, y))

    def _dotted(self, stretches: Iterable[Stretch], role: str, width: float) -> None:
        """Along the infusions, where there are none to mark."""
        self._painter.setPen(self._pen(role, width, Qt.PenStyle.DotLine))
        y = self._strip
        for stretch in stretches:
            start, end = self._sides(stretch)
            if end > start:
                self._painter.drawLine(QPointF(start, y), QPointF(end, y))

    def _infusions(self, infusions: tuple[InfusionMark, ...]) -> None:
        """Upright strokes: whole doses thin, a part of a dose half as tall, a reaction taller, thick, and crossed."""
        y = self._strip
        plain: list[QLineF] = []
        grave: list[QLineF] = []
        for mark in infusions:
            if not self._shown[0] <= mark.at <= self._shown[1]:
                continue
            x = mark.at * self._pixels.across + self._pixels.left
            if mark.kind == "reaction":
                half = _TALL_TICK / 2
                grave += (QLineF(x, y - half, x, y + half), QLineF(x - half / 2, y - half, x + half / 2, y - half))
            else:
                half = _TICK / (2 if mark.kind == "given" else 4)
                plain.append(QLineF(x, y - half, x, y + half))
        is_close = len(plain) * _CLOSE > self._room.width()
        self._painter.setPen(self._pen("brand", _THIN if is_close else _TICK_WIDTH))
        self._painter.drawLines(plain)
        self._painter.setPen(self._pen("stop", 2 * _TICK_WIDTH))
        self._painter.drawLines(grave)

    def spots(self, marks: Sequence[Mark]) -> None:
        """Each mark as the picture of its look; none where they would be one stroke of ink."""
        room = self._room.width() / max(len(marks), 1)
        if room < _LEAST_ROOM:
            return
        crowded = room < _CLOSE
        sharpness = max(self._painter.deviceTransform().m11(), 1.0)
        pictures: dict[Look, tuple[QImage, float, float]] = {}
        for mark in marks:
            look = look_of(mark, crowded=crowded)
            if look not in pictures:
                image = symbol_image(look, sharpness)
                size = image.deviceIndependentSize()
                pictures[look] = (image, size.width() / 2, size.height() / 2)
            image, half_width, half_height = pictures[look]
            x = mark.at * self._pixels.across + self._pixels.left - half_width
            y = self._strip if mark.height is None else self._height(float(mark.height))
            self._painter.drawImage(QPointF(x, y - half_height), image)
