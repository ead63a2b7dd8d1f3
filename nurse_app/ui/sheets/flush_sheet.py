"""The end of the flush: how much went in."""

from decimal import Decimal

from nurse_app.domain.commands import FinishFlush
from nurse_app.i18n import _
from nurse_app.presentation.running_sheets import FlushSheetView
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.fields import NumberField


class FlushSheet(SheetForm):
    """One figure. More than the infusion's rate would have made cautions, and is taken."""

    def __init__(self, view: FlushSheetView) -> None:
        super().__init__(name="flush_sheet", submit=_("Flush finished now"))
        self._view = view
        self._volume = NumberField(_("Flushed with"), "mL", name="flush_sheet.volume", decimals=1, required=True)
        self._volume.changed.connect(self._look)
        self.ask(self._volume)
        self.finish()

    def show_view(self, view: FlushSheetView) -> None:
        """The same flush a little later: more may have gone in by now."""
        self._view = view
        if self._volume.message() == view.caution and not self._is_faster():
            self._volume.set_message("")

    def _is_faster(self) -> bool:
        volume = self._volume.value()
        return volume is not None and Decimal(volume) > self._view.slow_enough_ml

    def _look(self) -> None:
        if self._is_faster():
            self._volume.set_message(self._view.caution, "caution")

    def _submit(self) -> None:
        self.intent_requested.emit(FinishFlush(Decimal(self._volume.value() or 0)))
