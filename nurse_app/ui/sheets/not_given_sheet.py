"""The ending without a dose."""

from nurse_app.domain.commands import DoNotGive
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import ReasonView
from nurse_app.ui.sheets.reason_sheet import ReasonSheet


class NotGivenSheet(ReasonSheet):
    """Why today's dose is not given; closes the visit."""

    def __init__(self, view: ReasonView) -> None:
        super().__init__(view, name="not_given_sheet")

    def intent_of(self, reason: str) -> Intent:
        return DoNotGive(reason)
