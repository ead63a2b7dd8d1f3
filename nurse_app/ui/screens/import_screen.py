"""The import of results: choose a file, see what is in it, take it; one thing to do next at a time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.presentation.import_page import ImportView, QuestionView
from nurse_app.presentation.import_rows import ImportRow
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.file_dialog import ask_for_file
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import GAP, PAGE_GAP, Tone, set_look
from nurse_app.ui.widgets.strip import Strip
from nurse_app.ui.widgets.text import Text

# The column of the table that says what becomes of a result.
_WHAT = 5
_BACK_KEY, _CHOOSE_KEY, _TAKE_KEY, _STOP_KEY, _AGAIN_KEY = "Esc", "Ctrl+O", "Ctrl+S", "Ctrl+E", "Ctrl+R"


class ImportScreen(HomeFrame):
    """Shows an ImportView. ``again_requested`` carries what was declared: a chosen option for each question."""

    left = Signal()
    file_chosen = Signal(str)
    take_requested = Signal()
    stop_requested = Signal()
    again_requested = Signal(object)

    def __init__(self, folder: str) -> None:
        """``folder`` is where choosing a file begins."""
        super().__init__(_("Import of results"), search_hint="", name="import")
        self.search.hide()
        self._folder = folder
        self._view: ImportView | None = None
        self._result: QWidget | None = None
        self._chips: dict[str, ChoiceChips] = {}
        self._lead = Text("", "lead", name="import.lead")
        self._progress = Text("", "heading", name="import.progress")
        self._results = Column(gap=PAGE_GAP)
        self._table = DataTable(_columns(), name="import.table")
        self._more = Text("", "note", name="import.more")
        self._add_buttons()
        page = Column(gap=PAGE_GAP)
        parts: tuple[QWidget, ...] = (
            self._lead,
            self._progress,
            self._results,
            self._buttons(),
            self._table,
            self._more,
        )
        for part in parts:
            page.add(part)
        page.add_stretch()
        self.set_page(page)

    def _add_buttons(self) -> None:
        self._take = Button("", role="primary", name="import.take")
        self._choose = Button("", name="import.choose")
        self._stop = Button("", name="import.stop")
        self._again = Button("", name="import.again")
        self._back = Button(_("Back to the ward"), _BACK_KEY, name="import.back")
        wired = (
            (self._take, _TAKE_KEY, self.take_requested.emit),
            (self._choose, _CHOOSE_KEY, self._ask_for_file),
            (self._stop, _STOP_KEY, self.stop_requested.emit),
            (self._again, _AGAIN_KEY, self._on_again),
            (self._back, _BACK_KEY, self.left.emit),
        )
        for button, key, act in wired:
            button.clicked.connect(act)
            bind_key(button, key)
        self.add_action(self._back)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=GAP)
        for button in self._in_order():
            flow.addWidget(button)
        return holder

    def show_view(self, view: ImportView) -> None:
        """Show how far the import is; the button that had the focus keeps it while it is there."""
        before, self._view = self._view, view
        self._lead.set_text(view.lead)
        self._progress.set_text(view.progress)
        self._progress.setVisible(bool(view.progress))
        if before is None or _result_of(before) != _result_of(view):
            self._show_result(view)
        # Shown first, while it is empty: many rows are measured once for each width.
        self._table.setVisible(bool(view.rows))
        self._table.set_title(_WHAT, view.what_head)
        self._table.show_rows(tuple(_row(number, row) for number, row in enumerate(view.rows)))
        self._more.set_text(view.more)
        self._more.setVisible(bool(view.more))
        self._show_buttons(view)

    def first_focus(self) -> None:
        """The one thing to do next."""
        shown = [button for button in self._in_order() if not button.isHidden()]
        unanswered = [chips for chips in self._chips.values() if not chips.chosen()]
        first = unanswered[0] if unanswered and self._take.isHidden() else shown[0]
        if self._view is not None and self._view.is_over:
            first = self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_order(self) -> tuple[Button, ...]:
        return self._take, self._stop, self._again, self._choose

    def _show_buttons(self, view: ImportView) -> None:
        shown = (
            (self._take, view.take, _TAKE_KEY),
            (self._again, view.again, _AGAIN_KEY),
            (self._choose, view.choose, _CHOOSE_KEY),
            (self._stop, view.stop, _STOP_KEY),
        )
        changed = False
        for button, words, key in shown:
            changed |= button.isHidden() == bool(words)
            if words:
                button.set_label(words, key)
            button.setVisible(bool(words))
        wanted = (button for button in self._in_order() if not button.isHidden() and button is not self._stop)
        primary = self._back if view.is_over else next(wanted, None)
        for button in (self._take, self._again, self._choose, self._back):
            set_look(button, "role", "primary" if button is primary else "secondary")
        if changed and self.isVisible():
            self.first_focus()

    def _show_result(self, view: ImportView) -> None:
        if self._result is not None:
            self._result.hide()
            self._result.deleteLater()
        result = self._result = Column(gap=PAGE_GAP)
        if view.verdict:
            texts = Column(gap=2)
            texts.add(Text(view.verdict, "heading", name="import.verdict"))
            for place, note in enumerate(view.notes):
                texts.add(Text(note, name=f"import.note.{place}"))
            result.add(Strip(view.tone, "", texts))
        self._chips = {question.key: _chips(question) for question in view.questions}
        for chips in self._chips.values():
            result.add(chips)
        self._results.add(result)

    def _on_again(self) -> None:
        chosen = {key: next(iter(chips.chosen()), "") for key, chips in self._chips.items()}
        self.again_requested.emit(chosen)

    def _ask_for_file(self) -> None:
        """The page stays usable meanwhile: no box over a running clock."""
        title = _("Choose a file of results")
        ask_for_file(self, title, self._folder, self.file_chosen.emit, name="import.dialog")


def _result_of(view: ImportView) -> tuple[object, ...]:
    return view.verdict, view.notes, view.tone, view.questions


def _chips(question: QuestionView) -> ChoiceChips:
    chips = ChoiceChips(question.options, name=f"import.{question.key}", label=question.label, keeps_one=True)
    chips.choose(*((question.chosen,) if question.chosen else ()))
    return chips


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(_("Where")),
        TableColumn(_("Record no.")),
        TableColumn(_("Test"), strong=True),
        TableColumn(_("Value")),
        TableColumn(_("Collected")),
        TableColumn(""),
        TableColumn(_("Why")),
    )


def _row(number: int, row: ImportRow) -> TableRow:
    cells = (row.place, row.record_no, row.test, row.value, row.collected, row.what, row.why)
    tones: tuple[Tone, ...] = ("muted", "neutral", "neutral", "neutral", "neutral", row.tone, "neutral")
    return TableRow(str(number), cells, tones)
