"""Another rate for the running infusion."""

from decimal import Decimal

from nurse_app.domain.commands import ChangeRate
from nurse_app.i18n import _
from nurse_app.presentation.running_sheets import RateSheetView
from nurse_app.ui.sheets.reason_entry import ReasonEntry
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.fields import NumberField


class ChangeRateSheet(SheetForm):
    """A rate and why. Above the plan it cautions while typing; above the limit it is not taken."""

    def __init__(self, view: RateSheetView) -> None:
        super().__init__(name="change_rate_sheet", submit=_("Change the rate"))
        self._view = view
        self._rate = NumberField(_("New rate"), "mL/h", name="change_rate_sheet.rate", decimals=1, required=True)
        self._rate.changed.connect(self._look)
        self.ask(self._rate)
        self._reason = ReasonEntry(self, _("Why?"), view.reasons, name="change_rate_sheet")
        self.finish()

    def _look(self) -> None:
        rate = self._rate.value()
        if rate is not None and Decimal(rate) > self._view.caution_above:
            self._rate.set_message(self._view.caution, "caution")

    def _submit(self) -> None:
        rate = Decimal(self._rate.value() or 0)
        if rate > self._view.refused_above:
            self._rate.set_message(self._view.refusal)
            self._rate.setFocus()
            return
        self.intent_requested.emit(ChangeRate(rate, self._reason.text()))
