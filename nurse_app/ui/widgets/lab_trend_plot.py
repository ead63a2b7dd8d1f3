"""One test's results over time, drawn with pyqtgraph.

Importing this module loads pyqtgraph: do it when trends are shown, never at the start. Labels stand in gutters beside
the drawing and never on it: heights of limits left, meanings of lines right, months below.
"""

from collections.abc import Iterable
from decimal import Decimal

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from nurse_app.presentation.formats import number
from nurse_app.presentation.lab_axis import month_marks
from nurse_app.presentation.lab_trend import TrendPanel
from nurse_app.ui.theme import FAMILY, current_theme
from nurse_app.ui.widgets.kinds import set_look
from nurse_app.ui.widgets.lab_trend_items import Heights, TrendItems, heights

_LABEL_SIZE = 11
_LEFT_GUTTER, _RIGHT_GUTTER, _MONTH_WIDTH = 40, 72, 78
# A finger is wider than a point.
_TOUCH = 28.0
_LEAST_HEIGHT = 66
_LINE_SPACING = 1.2
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class LabTrendPlot(QFrame):
    """Shows a TrendPanel. Arrows step from point to point while it has the focus; ``point_chosen`` carries which.

    The index is -1 when none is chosen any more. Nothing zooms by wheel or mouse: the wheel scrolls the page.
    """

    point_chosen = Signal(int)

    def __init__(
        self, panel: TrendPanel, infusions: tuple[float, ...], shown: tuple[float, float], *, name: str
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "choices")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pg.setConfigOptions(antialias=True, segmentedLineMode="on")
        self._panel, self._infusions, self._range = panel, infusions, shown
        self._chosen = -1
        self._view = pg.GraphicsLayoutWidget()
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFocusProxy(self)
        self._view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._view.ci.layout.setSpacing(0)
        self._left = self._axis("left", 0, 0)
        self._box = self._view.addViewBox(row=0, col=1, enableMenu=False)
        self._right = self._axis("right", 0, 2)
        self._bottom = self._axis("bottom", 1, 1)
        self._box.setMouseEnabled(x=False, y=False)
        self._box.setDefaultPadding(0.0)
        self._box.disableAutoRange()
        for axis in (self._left, self._right, self._bottom):
            axis.linkToView(self._box)
        self._items = TrendItems(self._box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._box.sigResized.connect(lambda _box: self._place())
        self._view.scene().sigMouseClicked.connect(self._on_click)
        current_theme().changed.connect(self._dress)
        self._dress()

    @property
    def chosen(self) -> int:
        """The index of the chosen point; -1 without any."""
        return self._chosen

    def show_panel(self, panel: TrendPanel, infusions: tuple[float, ...], shown: tuple[float, float]) -> None:
        """Draw these results between two days; nothing happens when all is as before."""
        if (panel, infusions, shown) == (self._panel, self._infusions, self._range):
            return
        is_new = panel != self._panel
        if is_new:
            self._choose(-1)
        self._panel, self._infusions, self._range = panel, infusions, shown
        if is_new:
            self._items.draw(panel)
        self._place()

    def _axis(self, side: str, row: int, column: int) -> pg.AxisItem:
        axis = pg.AxisItem(side)
        axis.setStyle(tickLength=0, hideOverlappingLabels=False, autoExpandTextSpace=False)
        self._view.addItem(axis, row=row, col=column)
        return axis

    def _dress(self) -> None:
        """Colours and sizes of the theme that is on."""
        theme = current_theme()
        font = QFont(FAMILY)
        font.setPixelSize(theme.px(_LABEL_SIZE))
        self._view.setBackground(theme.colour("surface"))
        for axis in (self._left, self._right, self._bottom):
            axis.setStyle(tickFont=font)
            axis.setTextPen(theme.colour("ink_second"))
            axis.setTickPen(pg.mkPen(None))
            axis.setPen(theme.colour("line") if axis is self._bottom else None)
        self._left.setWidth(theme.px(_LEFT_GUTTER))
        self._right.setWidth(theme.px(_RIGHT_GUTTER))
        self._bottom.setHeight(theme.px(_LABEL_SIZE) + 8)
        self._items.draw(self._panel)
        self._items.mark(self._panel, self._chosen)
        self._place()

    def _place(self) -> None:
        """Fit everything to the days shown and to the room there is."""
        at = heights(self._panel.scale, self._box.height())
        self._box.setXRange(*self._range, padding=0)
        self._box.setYRange(at.bottom, at.top, padding=0)
        self._items.place(self._panel, self._infusions, self._range, at)
        self._write_labels(at)

    def _write_labels(self, at: Heights) -> None:
        """Put the words into the gutters, leaving out what would touch what stands there already."""
        panel = self._panel
        marks = [(mark, number(mark)) for mark in panel.scale.marks]
        meanings = [(line.newest, line.label) for line in panel.lines]
        newest = panel.points[-1].value
        apart = (at.top - at.bottom) * current_theme().px(_LABEL_SIZE) * _LINE_SPACING / max(self._box.height(), 1.0)
        self._left.setTicks([_kept(marks, newest, apart)])
        self._right.setTicks([_kept(meanings, newest, apart)])
        room = int(self._box.width() // current_theme().px(_MONTH_WIDTH))
        self._bottom.setTicks([list(month_marks(*self._range, room))])

    # --- point by point ---

    def _choose(self, index: int) -> None:
        if index != self._chosen:
            self._chosen = index
            self._items.mark(self._panel, index)
            self.point_chosen.emit(index)

    def _on_click(self, event: object) -> None:
        """The point nearest to a finger, when it is near enough."""
        position = getattr(event, "scenePos", QPointF)()
        spots = [self._box.mapViewToScene(QPointF(point.at, float(point.value))) for point in self._panel.points]
        distances = [(spot - position).manhattanLength() for spot in spots]
        nearest = distances.index(min(distances))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if distances[nearest] <= _TOUCH:
            self._choose(nearest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        count = len(self._panel.points)
        if key in _STEPS:
            self._choose(min(max(self._chosen + _STEPS[key], 0), count - 1))
        elif key in _ENDS:
            self._choose(_ENDS[key] % count)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_look(self, "focused", "yes")
        self._choose(len(self._panel.points) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_look(self, "focused", "no")
        self._choose(-1)


def _kept(labels: Iterable[tuple[Decimal, str]], newest: Decimal, apart: float) -> list[tuple[float, str]]:
    """Labels that keep so much between them; those nearest to the newest value come first."""
    kept: list[tuple[float, str]] = []
    for value, words in sorted(labels, key=lambda label: abs(label[0] - newest)):
        if all(abs(float(value) - other) >= apart for other, _words in kept):
            kept.append((float(value), words))
    return kept
