"""The bag that the drug goes into."""

from decimal import Decimal

from nurse_app.domain.commands import RecordDiluent
from nurse_app.i18n import _
from nurse_app.presentation.diluent import OTHER, DiluentView
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import NumberField, TextField


class DiluentSheet(SheetForm):
    """What is in the bag, how much, and its lot."""

    def __init__(self, view: DiluentView) -> None:
        super().__init__(name="diluent_sheet", submit=_("Record the bag"))
        self._view = view
        self._diluent = AskedChips(
            _("What is in the bag?"),
            view.diluents,
            name="diluent_sheet.diluent",
            missing=_("Choose what the bag says."),
        )
        self._size = AskedChips(
            _("How much?"), view.sizes, name="diluent_sheet.size", missing=_("Choose the size of the bag.")
        )
        self._other = NumberField(_("Size of the bag"), "mL", name="diluent_sheet.other_size", required=True)
        self._other.hide()
        self._size.changed.connect(lambda: self._other.setVisible(self._size.chosen() == OTHER))
        self._lot = TextField(_("Lot of the bag"), name="diluent_sheet.lot", required=True)
        self.ask(self._diluent, self._size, self._other, self._lot)
        self.finish()

    def _submit(self) -> None:
        size = Decimal(self._other.value() or 0) if self._size.chosen() == OTHER else self._view.bag_ml
        self.intent_requested.emit(RecordDiluent(self._diluent.chosen(), size, self._lot.text()))
