"""What is drawn inside a trend: made once, given new data ever after. Loaded with lab_trend_plot, never by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPen

from nurse_app.presentation.lab_points import TrendPoint
from nurse_app.presentation.lab_scale import Band, Scale, Stretch, TrendLine
from nurse_app.presentation.lab_trend import TrendPanel
from nurse_app.presentation.view_parts import Tone
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import colour_role

_DOT, _DIAMOND, _TRIANGLE, _RING, _TICK = 7, 12, 11, 18, 18
_COURSE_WIDTH, _LINE_WIDTH, _OPEN_WIDTH = 2.0, 1.0, 1.6
# Room for the ring above the highest value, and under the lowest for it and the marks of the infusions, in pixels.
_ROOM_ABOVE, _ROOM_BELOW, _TICK_DEPTH = 11.0, 22.0, 15.0
_LEAST_HEIGHT = 20.0
_NOT_A_NUMBER = float("nan")


@dataclass(frozen=True, slots=True)
class Heights:
    """Where things stand on the axis of values, for a drawing of a certain height."""

    bottom: float
    infusions: float
    floor: float
    top: float


def heights(scale: Scale, pixels: float) -> Heights:
    """The values at the edges of a drawing, with room for the ring and for the infusions."""
    floor, ceiling = float(scale.floor), float(scale.ceiling)
    one_pixel = ((ceiling - floor) or 1.0) / max(pixels - _ROOM_ABOVE - _ROOM_BELOW, _LEAST_HEIGHT)
    return Heights(
        bottom=floor - _ROOM_BELOW * one_pixel,
        infusions=floor - _TICK_DEPTH * one_pixel,
        floor=floor,
        top=ceiling + _ROOM_ABOVE * one_pixel,
    )


class TrendItems:
    """Band, lines, course, points, infusions and the ring of the chosen point, from back to front."""

    def __init__(self, box: pg.ViewBox) -> None:
        self._box = box
        self._bands = pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[])
        self._course = pg.PlotDataItem()
        self._infusions = pg.ScatterPlotItem(symbol=_tick())
        self._points = pg.ScatterPlotItem()
        self._ring = pg.ScatterPlotItem(symbol="o", size=_RING, brush=None)
        self._lines: list[pg.PlotDataItem] = []
        for depth, item in enumerate((self._bands, self._infusions, self._course, self._points, self._ring)):
            item.setZValue(depth)
            box.addItem(item, ignoreBounds=True)
        # The constructor's own parameter fails on PySide6 (pyqtgraph 0.14.0).
        self._course.setClipToView(True)

    def draw(self, panel: TrendPanel) -> None:
        """Show a panel's results in the colours of the theme that is on."""
        self._course.setPen(pg.mkPen(current_theme().colour("brand"), width=_COURSE_WIDTH))
        self._course.setData([point.at for point in panel.points], [float(point.value) for point in panel.points])
        self._draw_points(panel.points)

    def place(self, panel: TrendPanel, infusions: Iterable[float], shown: tuple[float, float], at: Heights) -> None:
        """Fit what reaches from edge to edge to the days and heights that are shown."""
        theme = current_theme()
        self._draw_bands(panel.bands, at, shown)
        self._draw_lines(panel.lines, shown)
        days = [day for day in infusions if shown[0] <= day <= shown[1]]
        pen = pg.mkPen(theme.colour("brand"), width=_OPEN_WIDTH)
        self._infusions.setData(days, [at.infusions] * len(days), size=_TICK, pen=pen, brush=None)

    def mark(self, panel: TrendPanel, index: int) -> None:
        """Put the ring round one point; -1 takes it away."""
        point = panel.points[index] if 0 <= index < len(panel.points) else None
        pen = pg.mkPen(current_theme().colour("focus"), width=_COURSE_WIDTH)
        self._ring.setData([point.at] if point else [], [float(point.value)] if point else [], pen=pen)

    def _draw_bands(self, bands: Iterable[Band], at: Heights, shown: tuple[float, float]) -> None:
        sides = [(_ends(band.over, shown), band) for band in bands]
        ground = current_theme().colour("done_ground")
        self._bands.setOpts(
            x0=[start for (start, _end), _band in sides],
            x1=[end for (_start, end), _band in sides],
            y0=[at.floor if band.low is None else float(band.low) for _sides, band in sides],
            y1=[at.top if band.high is None else float(band.high) for _sides, band in sides],
            pen=None,
            brush=ground,
        )

    def _draw_lines(self, lines: tuple[TrendLine, ...], shown: tuple[float, float]) -> None:
        while len(self._lines) < len(lines):
            item = pg.PlotDataItem(connect="finite")
            item.setZValue(1)
            self._box.addItem(item, ignoreBounds=True)
            self._lines.append(item)
        for place, item in enumerate(self._lines):
            item.setVisible(place < len(lines))
            if place < len(lines):
                days, values = _path(lines[place], shown)
                item.setPen(_dashed(lines[place].tone))
                item.setData(days, values)

    def _draw_points(self, points: tuple[TrendPoint, ...]) -> None:
        looks = [_look(point) for point in points]
        self._points.setData(
            [point.at for point in points],
            [float(point.value) for point in points],
            symbol=[symbol for symbol, _size, _pen, _brush in looks],
            size=[size for _symbol, size, _pen, _brush in looks],
            pen=[pen for _symbol, _size, pen, _brush in looks],
            brush=[brush for _symbol, _size, _pen, brush in looks],
        )


def _tick() -> QPainterPath:
    """An upright stroke: an infusion."""
    path = QPainterPath()
    path.moveTo(0.0, -0.25)
    path.lineTo(0.0, 0.25)
    return path


def _ends(over: Stretch, shown: tuple[float, float]) -> tuple[float, float]:
    """A stretch within the days shown."""
    start = shown[0] if over.start is None else min(max(over.start, shown[0]), shown[1])
    end = shown[1] if over.end is None else max(min(over.end, shown[1]), start)
    return start, end


def _path(line: TrendLine, shown: tuple[float, float]) -> tuple[list[float], list[float]]:
    """The line's steps one after another, with a gap between two heights."""
    days: list[float] = []
    values: list[float] = []
    for step in line.steps:
        start, end = _ends(step.over, shown)
        days += [start, end, end]
        values += [float(step.value), float(step.value), _NOT_A_NUMBER]
    return days, values


def _dashed(tone: Tone) -> QPen:
    pen: QPen = pg.mkPen(current_theme().colour(colour_role(tone)), width=_LINE_WIDTH)
    pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def _look(point: TrendPoint) -> tuple[str, int, QPen, object]:
    """Shape before colour: a dot in range, a diamond out of range, an open triangle where only a bound is known."""
    theme = current_theme()
    minded = point.tone not in ("neutral", "information")
    role = colour_role(point.tone) if minded else "brand"
    colour = theme.colour(role)
    # An index or a score has no range and no word for it: its dot is full.
    is_open = bool(point.comparator) or (point.standing == "unknown" and bool(point.words))
    pen = pg.mkPen(colour, width=_OPEN_WIDTH) if is_open else pg.mkPen(theme.colour("surface"), width=1)
    brush = pg.mkBrush(theme.colour("surface") if is_open else colour)
    if point.comparator:
        return ("t" if point.comparator == "<" else "t1"), _TRIANGLE, pen, brush
    is_out = point.standing in ("above", "below")
    return ("d" if is_out else "o"), (_DIAMOND if is_out else _DOT), pen, brush
