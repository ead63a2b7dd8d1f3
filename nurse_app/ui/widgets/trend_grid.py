"""The cards of all tests in as many columns as the width carries, with one crosshair over all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from nurse_app.presentation.lab_drawing import TreatmentMarks
from nurse_app.presentation.lab_trend import TrendPanel
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.trend_card import Lane, Span, TrendCard

_PANEL_WIDTH = 376
_MOST_COLUMNS = 3


class TrendGrid(QWidget):
    """``day_pointed`` is the day of the crosshair, None when there is none; ``stretch_drawn`` two days."""

    day_pointed = Signal(object)
    stretch_drawn = Signal(float, float)

    def __init__(self, *, wide: bool = False) -> None:
        """``wide``: one under the other, each as wide as the page."""
        super().__init__()
        self._wide = wide
        self._cards: dict[str, TrendCard] = {}
        self._tests: tuple[str, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(PAGE_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        current_theme().changed.connect(self._arrange)

    def show_panels(self, panels: Sequence[TrendPanel], treatment: TreatmentMarks, shown: Span) -> None:
        """Show these panels; a card stays the same widget as long as its test is there."""
        before, self._cards = self._cards, {}
        for panel in panels:
            card = before.pop(panel.test, None)
            if card is None:
                card = TrendCard(panel, treatment, shown, lane=self._lane(last=panel is panels[-1]))
                card.day_pointed.connect(self._point)
                card.stretch_drawn.connect(self.stretch_drawn)
            card.show_panel(panel, treatment, shown)
            self._cards[panel.test] = card
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        tests = tuple(self._cards)
        if tests != self._tests:
            self._tests, self._columns = tests, 0
            self._arrange()

    def _lane(self, *, last: bool) -> Lane:
        if not self._wide:
            return ""
        return "last" if last else "lane"

    def _point(self, day: float | None) -> None:
        # First the page, which may have to show other days.
        self.day_pointed.emit(day)
        for card in self._cards.values():
            card.show_day(day)

    def _arrange(self) -> None:
        fitting = self.width() // current_theme().layout_px(_PANEL_WIDTH)
        columns = min(max(fitting, 1), 1 if self._wide else _MOST_COLUMNS, max(len(self._cards), 1))
        if columns == self._columns:
            return
        for place in range(max(self._columns, columns)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        self._columns = columns
        for place, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, *divmod(place, columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
