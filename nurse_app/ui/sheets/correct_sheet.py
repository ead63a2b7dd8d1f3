"""Marking an earlier entry in error."""

from nurse_app.domain.commands import CorrectEntry
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import ReasonView
from nurse_app.ui.sheets.reason_sheet import ReasonSheet


class CorrectSheet(ReasonSheet):
    """Why an entry was wrong; it stays in the record, marked."""

    def __init__(self, view: ReasonView) -> None:
        super().__init__(view, name="correct_sheet")
        self._entry = view.entry

    def intent_of(self, reason: str) -> Intent:
        return CorrectEntry(self._entry, reason)
