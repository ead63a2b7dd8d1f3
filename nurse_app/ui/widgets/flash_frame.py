"""An edge round the whole window that flashes when no sound can be heard. Touches go through it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.alert_bar import TICKS_A_PHASE, TONES
from nurse_app.ui.widgets.kinds import Priority, colour_role

EDGE = 14


class Cover(QObject):
    """Keeps a widget as large as the window it lies over."""

    def __init__(self, widget: QWidget, window: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._window = window
        window.installEventFilter(self)

    def fit(self) -> None:
        self._widget.setGeometry(self._window.rect())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return False


class FlashFrame(QWidget):
    """Lies over a window and follows its size. Lit at the rate of a priority; low stays lit."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("flash_frame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self._priority: Priority | None = None
        self._ticks = 0
        self._lit = False
        self._cover = Cover(self, window)
        self.hide()

    @property
    def lit(self) -> bool:
        return self._lit

    def show_alarm(self, priority: Priority | None) -> None:
        """Flash for a priority; None: nothing flashes."""
        if priority == self._priority:
            return
        self._priority = priority
        self._lit = priority is not None
        self.setVisible(priority is not None)
        # Nothing of the window lies under the edge.
        edge = EDGE if priority is not None else 0
        self._window.setContentsMargins(edge, edge, edge, edge)
        if priority is not None:
            self._cover.fit()
            self.raise_()
            self.update()

    def advance(self) -> None:
        """One beat."""
        if self._priority is None:
            return
        self._ticks += 1
        phase = TICKS_A_PHASE[self._priority]
        lit = not phase or (self._ticks // phase) % 2 == 1
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._priority is None:
            return
        theme = current_theme()
        colour = theme.colour(colour_role(TONES[self._priority]) if self._lit else "surface")
        painter = QPainter(self)
        painter.setPen(QPen(colour, 2 * EDGE))
        painter.drawRect(self.rect())
