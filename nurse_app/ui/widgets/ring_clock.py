"""The ring: how much of an hour is left, readable from the door."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import Tone, colour_role

SMALLEST = 260
_LARGEST = 560
_PREFERRED = 340
_STEPS = 360
_DESIGN = 324
_THICKNESS = 22
_DIGITS, _CAPTION = 66, 15
_FULL_CIRCLE = 16 * 360
_TOP = 16 * 90


@dataclass(frozen=True, slots=True)
class RingView:
    """What the ring shows. ``progress`` runs from 0 to 1; ``paused_word`` makes the pause visible."""

    digits: str = ""
    caption: str = ""
    note: str = ""
    progress: float = 0.0
    tone: Tone = "brand"
    paused_word: str = ""


class RingClock(QWidget):
    """A ring that fills clockwise round large digits. Paused, it is hatched and says so."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._view = RingView()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def view(self) -> RingView:
        return self._view

    def show_ring(self, view: RingView) -> None:
        """Show a new state; painted again only when something to be seen has changed."""
        before, self._view = self._view, view
        if _seen(before) == _seen(view):
            return
        self.setAccessibleName(view.caption)
        parts = (view.paused_word, view.digits, view.note)
        self.setAccessibleDescription(", ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().layout_px(_DESIGN)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST, SMALLEST)

    def heightForWidth(self, width: int) -> int:
        return max(SMALLEST, min(width, _PREFERRED))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(self.width(), self.height(), current_theme().layout_px(_LARGEST))
        square = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter, square, side / _DESIGN)
        self._paint_words(painter, square, side / _DESIGN)

    def _paint_ring(self, painter: QPainter, square: QRectF, scale: float) -> None:
        theme = current_theme()
        width = _THICKNESS * scale
        ring = square.adjusted(width / 2 + 1, width / 2 + 1, -width / 2 - 1, -width / 2 - 1)
        painter.setPen(_pen(QBrush(theme.colour("track")), width))
        painter.drawEllipse(ring)
        colour = theme.colour(colour_role(self._view.tone))
        span = -round(_FULL_CIRCLE * _step(self._view.progress) / _STEPS)
        painter.setPen(_pen(_hatched(colour) if self._view.paused_word else QBrush(colour), width))
        if span:
            painter.drawArc(ring, _TOP, span)

    def _paint_words(self, painter: QPainter, square: QRectF, scale: float) -> None:
        theme = current_theme()
        view = self._view
        inner = square.width() - 2 * (_THICKNESS + 14) * scale
        digits = _font(self.font(), min(_DIGITS * scale, _fitting(self.font(), view.digits, inner)), bold=True)
        small = _font(self.font(), min(max(theme.px(_CAPTION), _CAPTION * scale), 0.085 * square.width()), bold=False)
        digit_height = digits.pixelSize() * 1.15
        middle = square.center().y()
        line = small.pixelSize() * 1.3
        digit_box = QRectF(square.x(), middle - digit_height / 2, square.width(), digit_height)
        painter.setFont(digits)
        painter.setPen(theme.colour("ink"))
        painter.drawText(digit_box, Qt.AlignmentFlag.AlignCenter, view.digits)
        note_width = inner * 0.8
        above = QRectF(square.center().x() - note_width / 2, digit_box.top() - 2 * line, note_width, 2 * line)
        below = QRectF(above.x(), digit_box.bottom(), note_width, 3 * line)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
        painter.setFont(small)
        painter.setPen(theme.colour("ink_second"))
        painter.drawText(above, wrap | Qt.AlignmentFlag.AlignBottom, view.caption)
        if view.paused_word:
            self._paint_paused(painter, below, _font(small, small.pixelSize() * 1.2, bold=True))
            below = below.translated(0, line * 1.4)
            painter.setFont(small)
            painter.setPen(theme.colour("ink_second"))
        painter.drawText(below, wrap | Qt.AlignmentFlag.AlignTop, view.note)

    def _paint_paused(self, painter: QPainter, place: QRectF, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(current_theme().colour("ink"))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, flags, self._view.paused_word)


def _seen(view: RingView) -> tuple[str, str, str, int, Tone, str]:
    return (view.digits, view.caption, view.note, _step(view.progress), view.tone, view.paused_word)


def _step(progress: float) -> int:
    return round(min(max(progress, 0.0), 1.0) * _STEPS)


def _pen(brush: QBrush, width: float) -> QPen:
    return QPen(brush, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


def _hatched(colour: QColor) -> QBrush:
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)


def _font(base: QFont, pixels: float, *, bold: bool) -> QFont:
    font = QFont(base)
    font.setPixelSize(max(round(pixels), 1))
    font.setBold(bold)
    return font


def _fitting(base: QFont, text: str, width: float) -> float:
    """The type size at which the text is as wide as ``width``."""
    advance = QFontMetricsF(_font(base, 100, bold=True)).horizontalAdvance(text)
    return 100 * width / advance if advance else width
