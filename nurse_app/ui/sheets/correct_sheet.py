"""Marking an earlier entry in error."""

from functools import partial

from nurse_app.domain.commands import CorrectEntry
from nurse_app.i18n import _
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import ReasonView
from nurse_app.ui.sheets.reason_sheet import ReasonSheet
from nurse_app.ui.widgets.button import Button


class CorrectSheet(ReasonSheet):
    """Why an entry was wrong; it stays in the record, marked."""

    def __init__(self, view: ReasonView) -> None:
        super().__init__(view, name="correct_sheet")
        self._entry = view.entry
        if view.retime is not None:
            only_time = Button(_("Only the time is wrong…"), name="correct_sheet.time")
            only_time.clicked.connect(partial(self.intent_requested.emit, view.retime))
            self.add(only_time)

    def intent_of(self, reason: str) -> Intent:
        return CorrectEntry(self._entry, reason)
