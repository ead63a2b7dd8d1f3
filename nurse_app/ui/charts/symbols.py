"""The spots of a drawing as pictures, drawn once for each look and colour scheme."""

import math
from functools import lru_cache

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import renderSymbol
from PySide6.QtGui import QColor, QFont, QImage, QPainterPath, QTransform

from nurse_app.presentation.lab_drawing import Mark, Shape
from nurse_app.ui.theme import FAMILY, current_theme
from nurse_app.ui.widgets.kinds import Tone, colour_role

# pyqtgraph's name and the size in pixels.
_FORMS: dict[Shape, tuple[str, int]] = {
    "dot": ("o", 7),
    "diamond": ("d", 12),
    "open": ("o", 7),
    "at-most": ("t", 11),
    "at-least": ("t1", 11),
    "cross": ("x", 9),
    "square": ("s", 8),
    "open-square": ("s", 8),
    "triangle": ("t1", 11),
    "tick": ("|", 9),
    "question": ("question", 11),
}
_OPEN = ("open", "at-most", "at-least", "open-square")
# Drawn with the pen alone.
_STROKES = ("cross", "tick", "question")
_OPEN_WIDTH = 1.6

# A dot in range where dots are so close that they would hide the course.
_SMALL = 4

Look = tuple[Shape, Tone, bool]


def look_of(mark: Mark, *, crowded: bool) -> Look:
    """What decides how a spot looks; in a crowd those in range are small, and the others stand out."""
    return mark.shape, mark.tone, crowded


def symbol_image(look: Look, sharpness: float) -> QImage:
    """The picture of a look, its middle where the value is; ``sharpness`` is device pixels a pixel."""
    shape, tone, is_crowded = look
    theme = current_theme()
    role = "brand" if tone in ("neutral", "information") else colour_role(tone)
    size = _SMALL if is_crowded and shape == "dot" else _FORMS[shape][1]
    return _drawn(shape, size, theme.colour(role).name(), theme.colour("surface").name(), math.ceil(sharpness))


@lru_cache(maxsize=128)
def _drawn(shape: Shape, size: int, colour: str, ground: str, sharpness: int) -> QImage:
    form = _FORMS[shape][0]
    ink, surface = QColor(colour), QColor(ground)
    is_open = shape in _OPEN
    # A rim of the ground's colour keeps a spot apart from the line it lies on; a small one has no room for it.
    rim = ink if shape in _STROKES or size == _SMALL else surface
    pen = pg.mkPen(ink, width=_OPEN_WIDTH) if is_open else pg.mkPen(rim, width=1)
    symbol = _question_mark() if shape == "question" else form
    image: QImage = renderSymbol(symbol, size, pen, pg.mkBrush(surface if is_open else ink), dpr=sharpness)
    return image


def _question_mark() -> QPainterPath:
    """A question mark one unit tall around its middle, as pyqtgraph's symbols are."""
    font = QFont(FAMILY)
    font.setBold(True)
    path = QPainterPath()
    path.addText(0, 0, font, "?")
    box = path.boundingRect()
    path.translate(-box.center())
    return QTransform.fromScale(1 / box.height(), 1 / box.height()).map(path)
