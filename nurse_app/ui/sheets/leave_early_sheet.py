"""The patient leaves before the observation is over."""

from nurse_app.domain.commands import LeaveEarly
from nurse_app.i18n import _
from nurse_app.presentation.running_sheets import LeaveEarlyView, leaving_reason
from nurse_app.ui.sheets.reason_entry import ReasonEntry
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text


class LeaveEarlySheet(SheetForm):
    """Why, who was told, and a number to call back; the last two may stay empty."""

    def __init__(self, view: LeaveEarlyView) -> None:
        super().__init__(name="leave_early_sheet", submit=_("Left early"))
        if view.advice:
            self.add(Text(view.advice, "strong", name="leave_early_sheet.advice"))
        self._reason = ReasonEntry(self, _("Why?"), view.reasons, name="leave_early_sheet")
        self._told = TextField(_("Who was told"), name="leave_early_sheet.told")
        self._call_back = TextField(_("Number to call back"), name="leave_early_sheet.call_back")
        self.ask(self._told, self._call_back)
        self.finish()

    def _submit(self) -> None:
        reason = leaving_reason(self._reason.text(), self._told.text(), self._call_back.text())
        self.intent_requested.emit(LeaveEarly(reason))
