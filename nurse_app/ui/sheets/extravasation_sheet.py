"""Grade of a slipped line, and the volume lost."""

from decimal import Decimal

from nurse_app.domain.reaction_commands import RecordExtravasation
from nurse_app.i18n import _
from nurse_app.presentation.extravasation import ExtravasationView
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.fields import NumberField


class ExtravasationSheet(SheetForm):
    """One touch for the grade; the volume is an estimate and may be left out."""

    def __init__(self, view: ExtravasationView) -> None:
        super().__init__(name="extravasation_sheet", submit=_("Record"))
        self._grade = ChoiceChips(view.grades, name="extravasation_sheet.grade", label=_("CTCAE grade"))
        self._lost = NumberField(_("About how much went beside the vein"), "mL", name="extravasation_sheet.lost")
        self.add(self._grade)
        self.ask(self._lost)
        self.finish()

    def first_focus(self) -> None:
        self._grade.setFocus()

    def _submit(self) -> None:
        grade = next(iter(self._grade.chosen()), "")
        lost = self._lost.value()
        lost_ml = None if lost is None else Decimal(lost)
        self.intent_requested.emit(RecordExtravasation(int(grade) if grade else None, lost_ml))
