"""One test on the trends page: its newest value in words, the drawing, and what stands at the chosen point."""

from importlib import import_module
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.lab_trend import TrendPanel
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import shape
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Text

_LEAST_HEIGHT, _MOST_HEIGHT = 160, 300
_ICON = 16


class _Drawing(Protocol):
    """What the plot can do besides being a widget."""

    @property
    def point_chosen(self) -> SignalInstance: ...

    def show_panel(self, panel: TrendPanel, infusions: tuple[float, ...], shown: tuple[float, float]) -> None: ...


class TrendCard(BarFrame):
    """Shows one TrendPanel over a range of time."""

    def __init__(self, panel: TrendPanel, infusions: tuple[float, ...], shown: tuple[float, float]) -> None:
        super().__init__("card")
        name = f"trend.{panel.test}"
        self.setObjectName(name)
        self._panel = panel
        self._title = Text("", "heading", name=f"{name}.title")
        self._unit = Text("", "note", name=f"{name}.unit")
        self._icon = Icon("", "neutral", _ICON)
        self._latest = Text("", "strong", name=f"{name}.latest")
        self._latest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note = Text("", "note", name=f"{name}.note")
        self._remark = Text("", "small", name=f"{name}.remark")
        # Loading pyqtgraph takes longer than starting the whole program: only who looks at trends waits for it.
        module = import_module("nurse_app.ui.widgets.lab_trend_plot")
        made = module.LabTrendPlot(panel, infusions, shown, name=f"{name}.plot")
        self._plot: QWidget = made
        self._drawing: _Drawing = made
        self._drawing.point_chosen.connect(self._on_point)
        self._lay_out()
        current_theme().changed.connect(self._fit)
        self._fit()
        self._say(panel)

    def show_panel(self, panel: TrendPanel, infusions: tuple[float, ...], shown: tuple[float, float]) -> None:
        """Show a test between two days."""
        if panel != self._panel:
            self._panel = panel
            self._say(panel)
        self._drawing.show_panel(panel, infusions, shown)

    def _say(self, panel: TrendPanel) -> None:
        self._title.set_text(panel.title)
        self._unit.set_text(panel.unit)
        self._unit.setVisible(bool(panel.unit))
        self._latest.set_text(panel.latest)
        self._latest.set_tone(panel.tone)
        self._icon.set_icon(shape(panel.tone), panel.tone)
        self._note.set_text(panel.note)
        self._remark.set_text(panel.remark)
        self._remark.setVisible(bool(panel.remark))
        self.set_bar("neutral" if panel.tone == "information" else panel.tone)
        self._plot.setAccessibleName(_("{test}: {latest}").format(test=panel.title, latest=panel.latest))
        self._plot.setAccessibleDescription(panel.note)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self._icon)
        head.addWidget(self._latest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 4)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._note)
        layout.addWidget(self._remark)
        layout.addWidget(self._plot, 1)

    def _fit(self) -> None:
        self.setMinimumHeight(current_theme().px(_LEAST_HEIGHT))
        self.setMaximumHeight(current_theme().px(_MOST_HEIGHT))

    def _on_point(self, index: int) -> None:
        """Say what stands at a point, in the place of the day and age of the newest."""
        count = len(self._panel.points)
        words = self._panel.note
        if 0 <= index < count:
            text = self._panel.points[index].text
            words = _("{n} of {all}: {text}").format(text=text, n=index + 1, all=count)
        self._note.set_text(words)
        self._plot.setAccessibleDescription(words)
