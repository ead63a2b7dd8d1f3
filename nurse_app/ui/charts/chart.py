"""One drawing over time: keys step from mark to mark, a finger chooses a mark or draws a stretch to look at closer.

Importing this module loads pyqtgraph: do it when curves are shown, never at the start.
"""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsEllipseItem,
    QGraphicsLineItem,
    QGraphicsRectItem,
    QSizePolicy,
    QVBoxLayout,
)

from nurse_app.presentation.lab_drawing import Drawing, Mark, TreatmentMarks
from nurse_app.ui.charts.gutters import LANE_ROOM, LAST_LANE_ROOM, PANEL_ROOM, PanelFrame, Room
from nurse_app.ui.charts.ink import TICKS_UP, PanelInk
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import set_look

__all__ = ["LANE_ROOM", "LAST_LANE_ROOM", "PANEL_ROOM", "Chart"]

# A finger is wider than a point; a drawn stretch is longer than a trembling hand.
_TOUCH, _DRAWN = 28.0, 24.0
_RING, _RING_WIDTH = 18.0, 2.0
_LEAST_HEIGHT = 54
# A drawn stretch lies over the curve, which stays visible.
_SHADE = 0.2
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_OVER, _SELECTION = 10, 5


class _View(pg.GraphicsView):
    """pyqtgraph's view without its own mouse: the wheel scrolls the page, everything else is the chart's."""

    moved = Signal(QPointF)
    left = Signal()
    pressed = Signal(QPointF)
    released = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.viewport().setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.released.emit(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()


class Chart(QFrame):
    """Shows a Drawing between two days.

    ``mark_chosen`` carries the place of the mark that keys or a finger chose, -1 when none is any more;
    ``day_pointed`` the day under the pointer, None when it left; ``stretch_drawn`` two days.
    """

    mark_chosen = Signal(int)
    day_pointed = Signal(object)
    stretch_drawn = Signal(float, float)

    def __init__(
        self,
        drawing: Drawing,
        treatment: TreatmentMarks,
        shown: tuple[float, float],
        *,
        name: str,
        room: Room = PANEL_ROOM,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "choices")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._drawing, self._treatment, self._shown = drawing, treatment, shown
        self._chosen = -1
        self._pressed_at: QPointF | None = None
        self._view = _View()
        self._view.setFocusProxy(self)
        self._frame = PanelFrame(room)
        self._view.setCentralItem(self._frame)
        self.ink = PanelInk()
        self._frame.box.addItem(self.ink, ignoreBounds=True)
        self._line = QGraphicsLineItem()
        self._ring = QGraphicsEllipseItem(-_RING / 2, -_RING / 2, _RING, _RING)
        self._selection = QGraphicsRectItem()
        for item, depth in ((self._selection, _SELECTION), (self._line, _OVER), (self._ring, _OVER)):
            item.setZValue(depth)
            item.hide()
            self._view.scene().addItem(item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._frame.resized.connect(self._place)
        self._view.moved.connect(self.point_at)
        self._view.left.connect(lambda: self.day_pointed.emit(None))
        self._view.pressed.connect(self._on_pressed)
        self._view.released.connect(self._on_released)
        current_theme().changed.connect(self._dress)
        self.ink.draw(drawing, treatment)
        self._dress()

    @property
    def chosen(self) -> int:
        """The place of the chosen mark; -1 without any."""
        return self._chosen

    def show_drawing(self, drawing: Drawing, treatment: TreatmentMarks, shown: tuple[float, float]) -> None:
        """Draw these marks between two days; nothing happens when all is as before."""
        if (drawing, treatment) != (self._drawing, self._treatment):
            if drawing != self._drawing:
                self._choose(-1)
            self._drawing, self._treatment, self._shown = drawing, treatment, shown
            self.ink.draw(drawing, treatment)
            self._place()
        elif shown != self._shown:
            self._shown = shown
            self._place()

    def show_crosshair(self, day: float | None, mark: int) -> None:
        """A line over all heights at a day, and the ring round a mark (-1: none)."""
        self._line.setVisible(day is not None and self._shown[0] <= day <= self._shown[1])
        if day is not None:
            x, room = self._scene_at(day, 0.0).x(), self._frame.box.sceneBoundingRect()
            self._line.setLine(x, room.top(), x, room.bottom())
        is_shown = 0 <= mark < len(self._drawing.marks)
        if is_shown:
            found = self._drawing.marks[mark]
            place = self._place_of(found)
            is_shown = self._frame.box.sceneBoundingRect().contains(place)
            self._ring.setPos(place)
        self._ring.setVisible(is_shown)

    def _dress(self) -> None:
        """Colours and sizes of the theme that is on."""
        theme = current_theme()
        self._view.setBackground(theme.colour("surface"))
        self._line.setPen(QPen(theme.colour("edge"), 1.0))
        self._ring.setPen(QPen(theme.colour("focus"), _RING_WIDTH))
        self._selection.setPen(QPen(Qt.PenStyle.NoPen))
        shade = theme.colour("brand")
        shade.setAlphaF(_SHADE)
        self._selection.setBrush(shade)
        self._frame.dress()
        self.ink.update()

    def _place(self) -> None:
        """Fit everything to the days shown and to the room there is."""
        self._frame.show_range(self._drawing, self._shown)
        self.show_crosshair(None, self._chosen)

    def _scene_at(self, day: float, value: float) -> QPointF:
        return QPointF(self._frame.box.mapViewToScene(QPointF(day, value)))

    def _place_of(self, mark: Mark) -> QPointF:
        """Where a mark is drawn."""
        place = self._scene_at(mark.at, float(mark.height or 0))
        if mark.height is None:
            place.setY(self._frame.box.sceneBoundingRect().bottom() - TICKS_UP)
        return place

    def _day_at(self, place: QPointF) -> float:
        return float(self._frame.box.mapSceneToView(place).x())

    # --- by mouse or finger ---

    def point_at(self, place: QPointF) -> None:
        """The pointer is at a place of the view, in pixels."""
        if self._pressed_at is None:
            room = self._frame.box.sceneBoundingRect()
            inside = room.left() <= place.x() <= room.right()
            self.day_pointed.emit(self._day_at(place) if inside else None)
            return
        is_drawn = abs(place.x() - self._pressed_at.x()) >= _DRAWN
        self._selection.setVisible(is_drawn)
        if is_drawn:
            room = self._frame.box.sceneBoundingRect()
            sides = sorted((self._pressed_at.x(), place.x()))
            self._selection.setRect(QRectF(QPointF(sides[0], room.top()), QPointF(sides[1], room.bottom())) & room)

    def _on_pressed(self, place: QPointF) -> None:
        self._pressed_at = place
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_released(self, place: QPointF) -> None:
        """A short press chooses the mark nearest to it, a long way sideways the stretch between."""
        began, self._pressed_at = self._pressed_at, None
        self._selection.hide()
        if began is None:
            return
        if abs(place.x() - began.x()) >= _DRAWN:
            self.stretch_drawn.emit(*sorted((self._day_at(began), self._day_at(place))))
        else:
            self._choose_near(place)

    def _choose_near(self, place: QPointF) -> None:
        """The mark nearest to a finger, when it is near enough."""
        spots = [self._place_of(mark) for mark in self._drawing.marks]
        distances = [(spot - place).manhattanLength() for spot in spots]
        nearest = min(range(len(distances)), key=distances.__getitem__, default=-1)
        if nearest >= 0 and distances[nearest] <= _TOUCH:
            self._choose(nearest)

    # --- by keys ---

    def _choose(self, place: int) -> None:
        if place != self._chosen:
            self._chosen = place
            self.mark_chosen.emit(place)

    def _newest_shown(self) -> int:
        """The place of the last mark within the days shown; -1 without any."""
        start, end = self._shown
        shown = (place for place, mark in enumerate(self._drawing.marks) if start <= mark.at <= end)
        return max(shown, default=-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._drawing.marks)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not count:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._choose(min(max(self._chosen + _STEPS[key], 0), count - 1))
        elif key in _ENDS:
            self._choose(_ENDS[key] % count)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_look(self, "focused", "yes")
        if self._chosen < 0:
            self._choose(self._newest_shown())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_look(self, "focused", "no")
        self._choose(-1)
