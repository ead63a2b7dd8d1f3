"""Laboratory trends: small drawings on one time axis, or the same results as a table."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.lab_infusions import pointed_words
from nurse_app.presentation.lab_legend import legend
from nurse_app.presentation.lab_table import LabRow
from nurse_app.presentation.lab_trend import TrendsView
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import PAGE_GAP, Tone
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.time_controls import TimeControls
from nurse_app.ui.widgets.trend_grid import TrendGrid

_TABLE_KEY = "B"


class TrendsPage(QWidget):
    """Shows a TrendsView. The window of time and the table are this page's own state; the rest comes with the view."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trends")
        self._view: TrendsView | None = None
        self._title = PageTitle("", "", name="trends.title")
        self._controls = TimeControls("trends")
        self._table_button = Button(_("Table"), _TABLE_KEY, name="trends.as_table")
        self._table_button.clicked.connect(self._turn_over)
        bind_key(self._table_button, _TABLE_KEY)
        self._legend = Text("", "small", name="trends.legend")
        self._empty = Text("", "lead", name="trends.empty")
        self.grid = TrendGrid()
        self._table = DataTable(_columns(), name="trends.table")
        self._table.hide()
        self._none_yet = Text("", "note", name="trends.none_yet")
        self._controls.changed.connect(self._show_results)
        self.grid.day_pointed.connect(self._on_pointed)
        self.grid.stretch_drawn.connect(self._controls.draw_closer)
        self._lay_out()

    def show_view(self, view: TrendsView) -> None:
        """Show the results; cheap when they are the same as before."""
        if view == self._view:
            return
        is_first = self._view is None
        self._view = view
        self._title.set_title(view.head.title)
        self._controls.set_ranges(view.ranges, view.default_range)
        if is_first:
            self._controls.add(self._table_button)
        self._say_legend(None)
        for widget, words in ((self._empty, view.empty), (self._none_yet, view.none_yet)):
            widget.set_text(words)
            widget.setVisible(bool(view.empty))
        self._show_results()

    def first_focus(self) -> None:
        """Put the focus on the range that is shown."""
        self._controls.focus_range()

    @property
    def shows_table(self) -> bool:
        return self._table.isVisibleTo(self)

    def _lay_out(self) -> None:
        page = Column(gap=PAGE_GAP)
        page.add_row(self._title, self._controls, shares=(0, 1))
        for widget in (self._legend, self._empty, self._none_yet):
            page.add(widget)
        page.add(self.grid, 1)
        page.add(self._table)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(page)

    def _turn_over(self) -> None:
        """Curves or table: the same results either way."""
        self._table.setVisible(not self.shows_table)
        self._table_button.set_label(_("Curves") if self.shows_table else _("Table"), _TABLE_KEY)
        self._show_results()
        if self.shows_table:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pointed(self, day: float | None) -> None:
        self._controls.set_about(day)
        self._say_legend(day)

    def _say_legend(self, day: float | None) -> None:
        """What the signs mean, or which day the crosshair stands at."""
        if self._view is None:
            return
        words = pointed_words(self._view.treatment, day) if day is not None else ""
        if not words:
            words = "   ".join(part for part in (legend(self._view), self._view.none_yet) if part)
        self._legend.set_text(words)

    def _show_results(self) -> None:
        shown = self._controls.shown
        if self._view is None or shown is None:
            return
        has_results = not self._view.empty
        self._controls.setVisible(has_results)
        self._legend.setVisible(has_results and not self.shows_table)
        self.grid.setVisible(not self.shows_table)
        if self.shows_table:
            rows = [row for row in self._view.table if shown.start <= row.at <= shown.end]
            self._table.show_rows(tuple(_row(place, row) for place, row in enumerate(rows)))
        else:
            self.grid.show_panels(self._view, shown.span)


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(_("Test"), strong=True),
        TableColumn(_("Collected")),
        TableColumn(_("Result")),
        TableColumn(_("Range")),
        TableColumn(_("How it stands")),
    )


def _row(place: int, row: LabRow) -> TableRow:
    plain: tuple[Tone, ...] = ("neutral", "neutral", "neutral", "neutral")
    cells = (row.test, row.day, row.value, row.limits, row.standing)
    return TableRow(str(place), cells, (*plain, row.tone))
