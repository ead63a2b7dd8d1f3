"""A treatment with its dose and route."""

from nurse_app.domain.commands import GiveTreatment
from nurse_app.i18n import _
from nurse_app.presentation.reaction_sheets import TreatmentChoice, TreatmentSheetView
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import TextField


class TreatmentSheet(SheetForm):
    """What was given; dose and route of the standing order are filled in, others may stay empty."""

    def __init__(self, view: TreatmentSheetView) -> None:
        super().__init__(name="treatment_sheet", submit=_("Given now"))
        self._choices: dict[str, TreatmentChoice] = {choice.name: choice for choice in view.choices}
        self._which = AskedChips(
            _("Treatment"),
            tuple((choice.name, choice.label) for choice in view.choices),
            name="treatment_sheet.which",
            missing=_("Choose the treatment."),
        )
        self._dose = TextField(_("Dose with unit"), name="treatment_sheet.dose", length=60)
        self._route = TextField(_("Route"), name="treatment_sheet.route", length=40)
        self._which.changed.connect(self._fill_in)
        self.ask(self._which, self._dose, self._route)
        self.finish()
        if view.chosen:
            self._which.chips.choose(view.chosen)

    def _fill_in(self) -> None:
        chosen = self._choices.get(self._which.chosen())
        self._dose.set_text(chosen.dose if chosen is not None else "")
        self._route.set_text(chosen.route if chosen is not None else "")

    def _submit(self) -> None:
        dose, route = self._dose.text() or None, self._route.text() or None
        self.intent_requested.emit(GiveTreatment(self._which.chosen(), dose, route))
