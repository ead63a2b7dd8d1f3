"""Laboratory trends: small drawings on one time axis, or the same results as a table."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.lab_axis import TimeRange
from nurse_app.presentation.lab_table import LabRow
from nurse_app.presentation.lab_trend import TrendsView
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import PAGE_GAP, Tone
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.trend_card import TrendCard

_PANEL_WIDTH = 376
_MOST_COLUMNS = 3
_TABLE_KEY = "B"


class TrendsPage(QWidget):
    """Shows a TrendsView. The range and the table are this page's own state; the rest comes with the view."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trends")
        self._view: TrendsView | None = None
        self._range = ""
        self._title = PageTitle("", "", name="trends.title")
        self._controls = QWidget()
        self._flow = FlowLayout(self._controls)
        self._ranges: dict[str, Choice] = {}
        self._table_button = Button(_("Table"), _TABLE_KEY, name="trends.as_table")
        self._table_button.clicked.connect(self._turn_over)
        bind_key(self._table_button, _TABLE_KEY)
        self._legend = Text("", "small", name="trends.legend")
        self._empty = Text("", "lead", name="trends.empty")
        self._panels = _Panels()
        self._table = DataTable(_columns(), name="trends.table")
        self._table.hide()
        self._none_yet = Text("", "note", name="trends.none_yet")
        self._lay_out()

    def show_view(self, view: TrendsView) -> None:
        """Show the results; cheap when they are the same as before."""
        if view == self._view:
            return
        self._view = view
        self._title.set_title(view.head.title)
        self._title.set_subtitle(view.head.lead)
        if not self._ranges:
            self._add_controls(view)
        self._range = self._range or view.default_range
        self._legend.set_text("   ".join(words for words in (_legend(), view.none_yet) if words))
        for widget, words in ((self._empty, view.empty), (self._none_yet, view.none_yet)):
            widget.set_text(words)
            widget.setVisible(bool(view.empty))
        self._show_results()

    def first_focus(self) -> None:
        """Put the focus on the range that is shown."""
        if self._range in self._ranges:
            self._ranges[self._range].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shows_table(self) -> bool:
        return self._table.isVisibleTo(self)

    def _lay_out(self) -> None:
        page = Column(gap=PAGE_GAP)
        page.add_row(self._title, self._controls, shares=(2, 5))
        for widget in (self._legend, self._empty, self._none_yet):
            page.add(widget)
        page.add(self._panels, 1)
        page.add(self._table)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(page)

    def _add_controls(self, view: TrendsView) -> None:
        for each in view.ranges:
            choice = Choice(each.label, "chip", name=f"trends.{each.id}")
            choice.set_label(each.label, each.key)
            choice.clicked.connect(partial(self._choose_range, each.id))
            bind_key(choice, each.key)
            self._ranges[each.id] = choice
            self._flow.addWidget(choice)
        self._flow.addWidget(self._table_button)

    def _choose_range(self, range_id: str) -> None:
        self._range = range_id
        self._show_results()

    def _turn_over(self) -> None:
        """Curves or table: the same results either way."""
        self._table.setVisible(not self.shows_table)
        self._table_button.set_label(_("Curves") if self.shows_table else _("Table"), _TABLE_KEY)
        self._show_results()
        if self.shows_table:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_results(self) -> None:
        if self._view is None:
            return
        for range_id, choice in self._ranges.items():
            choice.set_chosen("brand" if range_id == self._range else None)
        shown = next(each for each in self._view.ranges if each.id == self._range)
        has_results = not self._view.empty
        self._controls.setVisible(has_results)
        self._legend.setVisible(has_results and not self.shows_table)
        self._panels.setVisible(not self.shows_table)
        if self.shows_table:
            rows = [row for row in self._view.table if shown.start <= row.at <= shown.end]
            self._table.show_rows(tuple(_row(place, row) for place, row in enumerate(rows)))
        else:
            self._panels.show_panels(self._view, shown)


class _Panels(QWidget):
    """The drawings in as many columns as the width carries."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, TrendCard] = {}
        self._tests: tuple[str, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(PAGE_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        current_theme().changed.connect(self._arrange)

    def show_panels(self, view: TrendsView, shown: TimeRange) -> None:
        """Show these panels; a card stays the same widget as long as its test is there."""
        before, self._cards = self._cards, {}
        days = (shown.start, shown.end)
        for panel in view.panels:
            card = before.pop(panel.test, None) or TrendCard(panel, view.infusions, days)
            card.show_panel(panel, view.infusions, days)
            self._cards[panel.test] = card
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        tests = tuple(self._cards)
        if tests != self._tests:
            self._tests, self._columns = tests, 0
            self._arrange()

    def _arrange(self) -> None:
        fitting = self.width() // current_theme().layout_px(_PANEL_WIDTH)
        columns = min(max(fitting, 1), _MOST_COLUMNS, max(len(self._cards), 1))
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


def _legend() -> str:
    return _(
        "● in range   ◆ out of range   △ ▽ known only to lie above, below   ❘ infusion   "
        "shaded: the laboratory’s range at that time"
    )


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
