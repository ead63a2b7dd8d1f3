"""All visits to look up: by lot, record number or name; Open leads to a visit's record, and a key to the check."""

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoHome, GoToCheck, GoToRecord
from nurse_app.presentation.reports import ReportRow, ReportsView
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text

_BACK_KEY, _CHECK_KEY = "Esc", "F2"


class ReportsScreen(HomeFrame):
    """Shows a ReportsView; ``searched`` follows what is typed into the search field."""

    intent_requested = Signal(object)
    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Reports"), search_hint=_("Lot, record number or name…"), name="reports")
        self._view: ReportsView | None = None
        self._headline = Text("", "heading", name="reports.headline")
        self._table = DataTable(_columns(), name="reports.table")
        self._more = Text("", "note", name="reports.more")
        self._empty = Text("", "lead", name="reports.empty")
        self._unreadable = Text("", "body", "caution", name="reports.unreadable")
        page = Column(gap=PAGE_GAP)
        for widget in (self._headline, self._table, self._more, self._empty, self._unreadable):
            widget.hide()
            page.add(widget)
        page.add_stretch()
        self.set_page(page)
        check = Button(_("Check the records"), _CHECK_KEY, name="reports.check")
        check.clicked.connect(lambda: self.intent_requested.emit(GoToCheck()))
        bind_key(check, _CHECK_KEY)
        self.add_action(check)
        back = Button(_("Back to the ward"), _BACK_KEY, name="reports.back")
        back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
        bind_key(back, _BACK_KEY)
        self.add_action(back)
        self.search.searched.connect(self.searched)
        self.search.submitted.connect(self._on_submitted)
        self._table.row_activated.connect(lambda visit_id: self.intent_requested.emit(GoToRecord(visit_id)))

    def show_view(self, view: ReportsView) -> None:
        """Show the list; cheap when it is the same as before."""
        if view == self._view:
            return
        self._view = view
        self.set_title(view.title)
        self._table.show_rows(tuple(_row(row) for row in view.rows))
        self._table.setVisible(bool(view.rows))
        texts = (
            (self._headline, view.headline),
            (self._more, view.more),
            (self._empty, view.empty),
            (self._unreadable, "\n".join(view.unreadable)),
        )
        for text, words in texts:
            text.set_text(words)
            text.setVisible(bool(words))

    def first_focus(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()

    def _on_submitted(self, _text: str) -> None:
        """Enter opens the only visit that was found, or goes to the list."""
        rows = self._view.rows if self._view else ()
        if len(rows) == 1:
            self.intent_requested.emit(GoToRecord(rows[0].visit_id))
        elif rows:
            self._table.setFocus()


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(_("Patient"), strong=True),
        TableColumn(_("Record no.")),
        TableColumn(_("Started")),
        TableColumn(_("Lot")),
        TableColumn(_("How it ended")),
    )


def _row(row: ReportRow) -> TableRow:
    cells = (row.name, row.record_no, row.started, row.lot, row.outcome)
    return TableRow(row.visit_id, cells, ("neutral", "neutral", "neutral", "neutral", row.tone), _("Open"))
