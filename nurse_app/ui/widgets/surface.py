"""A surface with a bar of its tone down the left edge."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import Tone, colour_role, set_look

_BAR = 6
_RADIUS = 10.0


class BarFrame(QFrame):
    """Draws the bar inside the rounded corners; the style sheet alone would bend it round them."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._bar: Tone = "neutral"
        self.setProperty("kind", kind)

    def set_bar(self, tone: Tone) -> None:
        """Give it the bar and ground of a tone; "neutral" and "muted" have none."""
        if tone != self._bar:
            self._bar = tone
            self.update()
        set_look(self, "tone", tone)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._bar in ("neutral", "muted"):
            return
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(corners)
        painter.fillRect(0, 0, _BAR, self.height(), current_theme().colour(colour_role(self._bar)))
