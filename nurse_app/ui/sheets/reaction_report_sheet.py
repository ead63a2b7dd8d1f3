"""The data for a side effect report: what is known, what is missing, what made it serious; then into a file."""

from typing import Literal

from PySide6.QtCore import Qt, Signal

from nurse_app.i18n import _
from nurse_app.presentation.intents import SavePages
from nurse_app.presentation.reaction_report import NOT_SERIOUS, ReactionReportView
from nurse_app.ui.blocks.fact_list import fact_list
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text

_NAME = "reaction_report_sheet"


class ReactionReportSheet(Column):
    """Shows a ReactionReportView. Nothing has to be chosen: what nobody has judged stays open."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: ReactionReportView) -> None:
        super().__init__(gap=PAGE_GAP, name=_NAME)
        self._visit_id = view.visit_id
        self._serious = ChoiceChips(
            view.criteria, name=f"{_NAME}.serious", label=_("Serious because of"), multiple=True
        )
        self._refusal = Text("", "strong", "hold", name=f"{_NAME}.refusal")
        self._refusal.hide()
        self.add(self._serious)
        self.add(self._refusal)
        self.add_row(*self._buttons())
        self.add(Text(view.missing, "strong", "caution", name=f"{_NAME}.missing"))
        self.add(Text(view.note, "note", name=f"{_NAME}.note"))
        for place, part in enumerate(view.parts):
            self.add(Text(part.title, "heading"))
            fields = tuple((label, words or _("missing")) for label, words in part.fields)
            self.add(fact_list(fields, f"{_NAME}.part{place}"))
        self.add_stretch()

    def first_focus(self) -> None:
        """On what makes it serious; Esc goes back."""
        self._serious.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        self._refusal.set_text(text)
        self._refusal.setVisible(bool(text))

    def _buttons(self) -> tuple[Button, Button, Button]:
        pdf = Button(_("Save as PDF"), "Ctrl+S", "primary", name=f"{_NAME}.pdf")
        json = Button(_("Save as JSON"), "Ctrl+J", name=f"{_NAME}.json")
        paper = Button(_("Print…"), "Ctrl+P", name=f"{_NAME}.print", icon="print")
        pdf.clicked.connect(lambda: self._save("pdf"))
        json.clicked.connect(lambda: self._save("json"))
        paper.clicked.connect(lambda: self._save("print"))
        for button, key in ((pdf, "Ctrl+S"), (json, "Ctrl+J"), (paper, "Ctrl+P")):
            bind_key(button, key)
        return pdf, json, paper

    def _save(self, way: Literal["pdf", "json", "print"]) -> None:
        chosen = tuple(self._serious.chosen())
        if NOT_SERIOUS in chosen and len(chosen) > 1:
            self.show_refusal(_("Choose “Not serious” alone, or what made it serious."))
            return
        self.show_refusal("")
        self.intent_requested.emit(SavePages(self._visit_id, "report", way, chosen))
