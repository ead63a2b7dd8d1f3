"""Curves over time: laboratory trends or the MS timeline, on one axis, or the same as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.lab_drawing import TreatmentMarks
from nurse_app.presentation.lab_infusions import pointed_words
from nurse_app.presentation.lab_table import LabRow
from nurse_app.presentation.lab_trend import TrendsView
from nurse_app.presentation.ms_timeline import MsRow
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import PAGE_GAP, Tone
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.steady_words import SteadyWords
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.time_controls import TimeControls
from nurse_app.ui.widgets.trend_grid import TrendGrid

_TABLE_KEY = "B"


@dataclass(frozen=True, slots=True)
class PageLook:
    """What tells the page of trends from that of the MS timeline."""

    name: str
    wide: bool
    columns: tuple[TableColumn, ...]
    cells: Callable[[Any], tuple[str, ...]]


class CurvesPage(QWidget):
    """Shows a TrendsView. The window of time and the table are this page's own state; the rest comes with the view."""

    intent_requested = Signal(object)

    def __init__(self, look: PageLook) -> None:
        super().__init__()
        name = look.name
        self.setObjectName(name)
        self._look = look
        self._view: TrendsView | None = None
        self._title = PageTitle("", "", name=f"{name}.title")
        self._controls = TimeControls(name)
        self._table_button = Button(_("Table"), _TABLE_KEY, name=f"{name}.as_table")
        self._table_button.clicked.connect(self._turn_over)
        bind_key(self._table_button, _TABLE_KEY)
        self._legend = SteadyWords(f"{name}.legend", role="small", lines=1)
        self._empty = Text("", "lead", name=f"{name}.empty")
        self.grid = TrendGrid(wide=look.wide)
        self._table = DataTable(look.columns, name=f"{name}.table")
        self._table.hide()
        self._none_yet = Text("", "note", name=f"{name}.none_yet")
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
        self._legend.rest("   ".join(part for part in (view.legend, view.none_yet) if part))
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

    @property
    def shown_days(self) -> tuple[float, float] | None:
        """The first and the last day that are drawn (proleptic ordinals)."""
        shown = self._controls.shown
        return shown.span if shown else None

    def another(self) -> "CurvesPage":
        """A page with the same curves of the same days, never in a table: for paper."""
        made = CurvesPage(self._look)
        if self._view is not None:
            made.show_view(self._view)
        if self.shown_days is not None:
            made.show_days(*self.shown_days)
        return made

    def show_days(self, start: float, end: float) -> None:
        """Show from one day to another, whatever range was chosen."""
        self._controls.draw_closer(start, end)

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
        """In place of what the signs mean: which day the crosshair stands at. Keys may lead out of what is shown."""
        if day is not None:
            self._controls.follow(day)
        self._controls.set_about(day)
        words = pointed_words(self._view.treatment, day) if self._view is not None and day is not None else ""
        self._legend.say_instead(words)

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
            self._table.show_rows(tuple(self._row(place, row) for place, row in enumerate(rows)))
        else:
            # The timeline has a lane for the infusions.
            treatment = TreatmentMarks() if self._look.wide else self._view.treatment
            self.grid.show_panels(self._view.panels, treatment, shown.span)

    def _row(self, place: int, row: LabRow | MsRow) -> TableRow:
        cells = self._look.cells(row)
        plain: list[Tone] = ["neutral" for _cell in cells[1:]]
        return TableRow(str(place), cells, (*plain, row.tone))


def trends_page() -> CurvesPage:
    """The page of laboratory trends."""
    columns = (
        TableColumn(_("Test"), strong=True),
        TableColumn(_("Collected")),
        TableColumn(_("Result")),
        TableColumn(_("Range")),
        TableColumn(_("How it stands")),
    )
    return CurvesPage(PageLook("trends", wide=False, columns=columns, cells=_lab_cells))


def timeline_page() -> CurvesPage:
    """The page of the MS timeline."""
    columns = (TableColumn(_("What"), strong=True), TableColumn(_("Date")), TableColumn(_("Finding")))
    return CurvesPage(PageLook("timeline", wide=True, columns=columns, cells=_ms_cells))


def _lab_cells(row: LabRow) -> tuple[str, ...]:
    return row.test, row.day, row.value, row.limits, row.standing


def _ms_cells(row: MsRow) -> tuple[str, ...]:
    return row.lane, row.day, row.text
