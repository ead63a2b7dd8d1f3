"""Throwing a bag away."""

from nurse_app.domain.commands import DiscardBag
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import ReasonView
from nurse_app.ui.sheets.reason_sheet import ReasonSheet


class DiscardBagSheet(ReasonSheet):
    """Why the bag is discarded; preparing begins again."""

    def __init__(self, view: ReasonView) -> None:
        super().__init__(view, name="discard_bag_sheet")

    def intent_of(self, reason: str) -> Intent:
        return DiscardBag(reason)
