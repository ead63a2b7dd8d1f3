"""A bag that is empty before its time."""

from nurse_app.domain.commands import EmptyBag
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import ReasonView
from nurse_app.ui.sheets.reason_sheet import ReasonSheet


class BagEmptySheet(ReasonSheet):
    """Why the bag was empty so early; flushing comes next."""

    def __init__(self, view: ReasonView) -> None:
        super().__init__(view, name="bag_empty_sheet")

    def intent_of(self, reason: str) -> Intent:
        return EmptyBag(reason)
