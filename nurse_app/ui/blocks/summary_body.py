"""The middle of discharge and of a closed visit: notices, advice to read out, and the day line by line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.presentation.summary_page import SummaryPageView, SummaryRow
from nurse_app.ui.blocks.notice_list import NoticeList
from nurse_app.ui.blocks.page_column import PageColumn
from nurse_app.ui.widgets.row import Row
from nurse_app.ui.widgets.text import Text

_PAD = 14
_COMFORT = 300


class SummaryBody(PageColumn):
    """Shows a SummaryPageView."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__(gap=12, name=name)
        self._shown: SummaryPageView | None = None
        self._notices = NoticeList(name="notices")
        self._panels: QWidget = QWidget()
        place = QWidget()
        self._place = QVBoxLayout(place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addWidget(self._panels)
        self.add(self._notices)
        self.add(place)
        self.add_stretch()

    def show_view(self, view: SummaryPageView) -> None:
        """Show the day; built anew only when a line changed."""
        self._notices.show_notices(view.notices)
        if self._shown is None or (self._shown.advice, self._shown.rows) != (view.advice, view.rows):
            self._rebuild(view)
        self._shown = view

    def first_focus(self) -> None:
        """Nothing here takes the focus: what is next stands in the right column."""

    def _rebuild(self, view: SummaryPageView) -> None:
        rows = _rows(view.rows_title, view.rows)
        panels = Row(_advice(view.advice_title, view.advice), rows, gap=12, comfort=_COMFORT) if view.advice else rows
        before = self._panels
        self._place.replaceWidget(before, panels)
        before.hide()
        before.deleteLater()
        self._panels = panels


def _panel(title: str, name: str) -> tuple[QFrame, QVBoxLayout]:
    panel = QFrame()
    panel.setObjectName(name)
    panel.setAccessibleName(title)
    panel.setProperty("kind", "row")
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(_PAD, 10, _PAD, 12)
    layout.setSpacing(8)
    layout.addWidget(Text(title, "heading"))
    panel.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return panel, layout


def _grid(layout: QVBoxLayout, pairs: list[tuple[Text, Text]]) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    for row, (left, right) in enumerate(pairs):
        grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(right, row, 1)
    layout.addLayout(grid)
    layout.addStretch(1)


def _advice(title: str, advice: tuple[str, ...]) -> QFrame:
    panel, layout = _panel(title, "advice")
    _grid(layout, [(Text(f"{n}", "strong", "brand"), Text(text)) for n, text in enumerate(advice, start=1)])
    return panel


def _rows(title: str, rows: tuple[SummaryRow, ...]) -> QFrame:
    panel, layout = _panel(title, "summary")
    _grid(layout, [(Text(row.label, "lead"), Text(row.value)) for row in rows])
    return panel
