"""A small drawing beside a text, in the colour of its tone."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import Tone, colour_role, show_part


class Icon(QWidget):
    """One of resources/icons; grows with the text. It repeats what a text says, so screen readers need not hear it."""

    def __init__(self, icon_name: str, tone: Tone = "neutral", size: int = 20) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        show_part(self, shown=bool(icon_name))

    @property
    def icon_name(self) -> str:
        return self._icon_name

    def set_icon(self, icon_name: str, tone: Tone) -> None:
        """Draw another icon; "" hides it."""
        if (icon_name, tone) == (self._icon_name, self._tone):
            return
        self._icon_name = icon_name
        self._tone = tone
        show_part(self, shown=bool(icon_name))
        self.update()

    def sizeHint(self) -> QSize:
        size = current_theme().px(self._size)
        return QSize(size, size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Without a drawing it is hidden and never painted.
        pixmap = current_theme().pixmap(self._icon_name, colour_role(self._tone), self.sizeHint().width())
        QPainter(self).drawPixmap(0, 0, pixmap)
