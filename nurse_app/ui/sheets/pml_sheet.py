"""The published table of PML risk with the patient's group marked, what that rests on, and the other view."""

from PySide6.QtCore import Qt, Signal

from nurse_app.i18n import _
from nurse_app.presentation.pml_card import PmlCard
from nurse_app.ui.sheets.why_sheet import source_words, text_section
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text


class PmlSheet(Column):
    """To read only."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, card: PmlCard) -> None:
        super().__init__(gap=PAGE_GAP, name="pml_sheet")
        self.add(Text(card.group, "heading", name="pml_sheet.group"))
        if card.certainty:
            self.add(Text(card.certainty, "strong", "caution", name="pml_sheet.certainty"))
        rests_on = (*card.rests_on, *((card.missing,) if card.missing else ()))
        self.add(text_section(_("What it rests on"), rests_on, "pml_sheet.rests_on"))
        self.add(Text(card.table_words, "strong", name="pml_sheet.table_words"))
        columns = (TableColumn(_("Group"), strong=True), *map(TableColumn, card.columns), TableColumn(""))
        self._table = DataTable(columns, name="pml_sheet.table")
        self._table.show_rows(
            tuple(TableRow(str(place), (row.group, *row.figures, row.standing)) for place, row in enumerate(card.rows))
        )
        self.add(self._table)
        self.add(Text(card.note, "body", name="pml_sheet.note"))
        self.add(text_section(_("Where it is from"), tuple(map(source_words, card.sources)), "pml_sheet.source"))
        if card.other_view:
            self.add(text_section(_("The other view"), (card.other_view,), "pml_sheet.other"))
        self.add_stretch()
        # Taking the focus itself lets the arrow keys scroll.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def first_focus(self) -> None:
        """On the text, so that it can be scrolled; Esc goes back."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        """Nothing is asked here, so nothing can be refused."""
