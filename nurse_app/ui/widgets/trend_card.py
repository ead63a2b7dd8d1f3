"""One test on the trends page: its newest value in words, the drawing, and what stands at the chosen point."""

from importlib import import_module
from typing import Literal, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.lab_drawing import Drawing, TreatmentMarks, nearest_mark
from nurse_app.presentation.lab_trend import TrendPanel
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import shape
from nurse_app.ui.widgets.steady_words import SteadyWords
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Text

_LEAST_HEIGHT, _MOST_HEIGHT = 160, 300
_LEAST_LANE, _MOST_LANE = 74, 150
_ICON = 16

Span = tuple[float, float]
Lane = Literal["", "lane", "last"]


class _Chart(Protocol):
    """What the chart can do besides being a widget."""

    @property
    def chosen(self) -> int: ...

    @property
    def mark_chosen(self) -> SignalInstance: ...

    @property
    def day_pointed(self) -> SignalInstance: ...

    @property
    def stretch_drawn(self) -> SignalInstance: ...

    def show_drawing(self, drawing: Drawing, treatment: TreatmentMarks, shown: Span) -> None: ...

    def show_crosshair(self, day: float | None, mark: int) -> None: ...


class TrendCard(BarFrame):
    """Shows one TrendPanel over a stretch of time.

    ``day_pointed`` is the day under the pointer or of the mark that was chosen here, None when there is none any more;
    ``stretch_drawn`` two days that a finger drew.
    """

    day_pointed = Signal(object)
    stretch_drawn = Signal(float, float)

    def __init__(self, panel: TrendPanel, treatment: TreatmentMarks, shown: Span, *, lane: Lane = "") -> None:
        """``lane``: as wide as the page, with the words beside the drawing, and the months under the last one only."""
        super().__init__("card")
        self._wide = bool(lane)
        name = f"trend.{panel.test}"
        self.setObjectName(name)
        self._panel = panel
        self._title = Text("", "heading", name=f"{name}.title")
        self._unit = Text("", "note", name=f"{name}.unit")
        self._icon = Icon("", "neutral", _ICON)
        self._latest = Text("", "strong", name=f"{name}.latest")
        self._latest.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = SteadyWords(f"{name}.note", f"{name}.remark")
        # Loading pyqtgraph takes longer than starting the whole program: only who looks at trends waits for it.
        module = import_module("nurse_app.ui.charts.chart")
        room = {"": module.PANEL_ROOM, "lane": module.LANE_ROOM, "last": module.LAST_LANE_ROOM}[lane]
        made = module.Chart(panel.drawing, treatment, shown, name=f"{name}.plot", room=room)
        self._plot: QWidget = made
        self._chart: _Chart = made
        self._chart.mark_chosen.connect(self._on_chosen)
        self._chart.day_pointed.connect(self.day_pointed)
        self._chart.stretch_drawn.connect(self.stretch_drawn)
        self._lay_out()
        current_theme().changed.connect(self._fit)
        self._fit()
        self._say(panel)

    def show_panel(self, panel: TrendPanel, treatment: TreatmentMarks, shown: Span) -> None:
        """Show a test between two days."""
        if panel != self._panel:
            self._panel = panel
            self._say(panel)
        self._chart.show_drawing(panel.drawing, treatment, shown)

    def show_day(self, day: float | None) -> None:
        """The crosshair at a day and the result nearest to it in words; None: the newest, as before."""
        marks, mark = self._panel.drawing.marks, self._chart.chosen
        # Of two results of one moment the keys have chosen one.
        if day is None or not (mark >= 0 and marks[mark].at == day):
            mark = -1 if day is None else nearest_mark(self._panel.drawing, day)
        self._chart.show_crosshair(day, mark)
        self._say_mark(mark)

    def _say(self, panel: TrendPanel) -> None:
        self._title.set_text(panel.title)
        self._unit.set_text(panel.unit)
        self._unit.setVisible(bool(panel.unit))
        self._latest.set_text(panel.latest)
        self._latest.set_tone(panel.tone)
        self._icon.set_icon(shape(panel.tone), panel.tone)
        self._words.rest(panel.note, panel.remark)
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
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(self._words)
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight if self._wide else QBoxLayout.Direction.TopToBottom, self)
        layout.setContentsMargins(16, 8, 12, 4)
        layout.setSpacing(2)
        layout.addLayout(words, 1 if self._wide else 0)
        layout.addWidget(self._plot, 3 if self._wide else 1)
        if self._wide:
            words.addStretch(1)

    def _fit(self) -> None:
        least, most = (_LEAST_LANE, _MOST_LANE) if self._wide else (_LEAST_HEIGHT, _MOST_HEIGHT)
        self.setMinimumHeight(current_theme().px(least))
        self.setMaximumHeight(current_theme().px(most))

    def _on_chosen(self, mark: int) -> None:
        self.day_pointed.emit(self._panel.drawing.marks[mark].at if mark >= 0 else None)

    def _say_mark(self, mark: int) -> None:
        """Say what stands at a mark, in the place of the day and age of the newest."""
        marks, words = self._panel.drawing.marks, ""
        if mark >= 0:
            words = _("{n} of {all}: {text}").format(text=marks[mark].text, n=mark + 1, all=len(marks))
        self._words.say_instead(words)
        self._plot.setAccessibleDescription(words or self._panel.note)
