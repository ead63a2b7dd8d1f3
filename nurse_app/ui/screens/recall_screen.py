"""The recall list as a page: a row a patient with all that is due, and a key that writes it as PDF."""

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoHome, GoToReactions, GoToTrends
from nurse_app.presentation.recall import RecallRow, RecallView
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text

_BACK_KEY, _SAVE_KEY = "Esc", "Ctrl+S"


class RecallScreen(HomeFrame):
    """Shows a RecallView. ``save_requested`` is for whoever writes the file."""

    intent_requested = Signal(object)
    save_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("Recall list"), search_hint="", name="recall")
        self.search.hide()
        self._saved = Text("", "strong", name="recall.saved")
        self._lead = Text("", "lead", name="recall.lead")
        self._table = DataTable(_columns(), name="recall.table")
        self._more = Text("", "note", name="recall.more")
        self._note = Text("", "note", name="recall.note")
        self._empty = Text("", "lead", name="recall.empty")
        page = Column(gap=PAGE_GAP)
        for widget in (self._saved, self._lead, self._table, self._more, self._note, self._empty):
            widget.hide()
            page.add(widget)
        page.add_stretch()
        self.set_page(page)
        self._to_call: frozenset[str] = frozenset()
        self._table.row_activated.connect(self._on_row)
        self._save = Button(_("Save as PDF"), _SAVE_KEY, "primary", name="recall.save")
        self._save.clicked.connect(self.save_requested)
        # There is nothing to save before the list is read.
        self._save.setEnabled(False)
        bind_key(self._save, _SAVE_KEY)
        self.add_action(self._save)
        back = Button(_("Back to the ward"), _BACK_KEY, name="recall.back")
        back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
        bind_key(back, _BACK_KEY)
        self.add_action(back)

    def show_view(self, view: RecallView) -> None:
        """Show the list."""
        self.set_title(view.title)
        self._to_call = frozenset(row.patient_id for row in view.rows if row.has_call)
        self._table.show_rows(tuple(map(_row, view.rows)))
        self._table.setVisible(bool(view.rows))
        texts = ((self._lead, view.lead), (self._more, view.more), (self._note, view.note), (self._empty, view.empty))
        for text, words in texts:
            text.set_text(words)
            text.setVisible(bool(words))
        self._save.setEnabled(True)

    def _on_row(self, patient_id: str) -> None:
        """To the results, or to the call that is to be made."""
        to_call = patient_id in self._to_call
        self.intent_requested.emit(GoToReactions(patient_id) if to_call else GoToTrends(patient_id))

    def show_saved(self, text: str, *, is_problem: bool) -> None:
        """Say where the file is, or why there is none."""
        self._saved.set_text(text)
        self._saved.set_tone("hold" if is_problem else "done")
        self._saved.show()
        self.bring_into_view(self._saved)

    def first_focus(self) -> None:
        """On the list, so that the arrow keys move in it."""
        self._table.setFocus()


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(_("Patient"), strong=True),
        TableColumn(_("Record no.")),
        TableColumn(_("What is due, and since when")),
        TableColumn(_("Last infusion")),
    )


def _row(row: RecallRow) -> TableRow:
    cells = (row.name, row.record_no, row.words, row.last_infusion)
    return TableRow(row.patient_id, cells, ("neutral", "neutral", row.tone, "neutral"), _("Open"))
