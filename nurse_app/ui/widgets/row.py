"""Widgets side by side, or one under the other where the width does not carry them."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import GAP


class Row(QWidget):
    """Shares its width among its widgets; stacks them when one would get less than it needs.

    ``comfort`` asks for that many pixels each (at 100 % text) before they stand side by side.
    """

    def __init__(self, *widgets: QWidget, gap: int = GAP, shares: tuple[int, ...] = (), comfort: int = 0) -> None:
        super().__init__()
        self._widgets = widgets
        self._comfort = comfort
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for widget, share in zip(widgets, shares or (1,) * len(widgets), strict=True):
            self._box.addWidget(widget, share)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def minimumSizeHint(self) -> QSize:
        needed = [widget.minimumSizeHint() for widget in self._shown()]
        return QSize(max((size.width() for size in needed), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_direction()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._choose_direction()
        return super().event(event)

    def _choose_direction(self) -> None:
        floor = current_theme().px(self._comfort)
        shown = self._shown()
        needed = sum(max(widget.minimumSizeHint().width(), floor) for widget in shown)
        needed += self._box.spacing() * max(len(shown) - 1, 0)
        beside = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]
