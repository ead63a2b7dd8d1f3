"""Ending the infusion early, for good."""

from nurse_app.domain.commands import StopInfusion
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import ReasonView
from nurse_app.ui.sheets.reason_sheet import ReasonSheet


class StopSheet(ReasonSheet):
    """Why the infusion is stopped and not started again."""

    def __init__(self, view: ReasonView) -> None:
        super().__init__(view, name="stop_sheet")
        self.submit_button.set_role("danger")

    def intent_of(self, reason: str) -> Intent:
        return StopInfusion(reason)
