"""The last look before the drug runs."""

from decimal import Decimal

from nurse_app.domain.commands import StartInfusion
from nurse_app.i18n import _
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.start import StartView
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import NumberField
from nurse_app.ui.widgets.finding import FindingLine
from nurse_app.ui.widgets.text import Text


class StartSheet(SheetForm):
    """What to set on the pump; the end follows the clock until the start."""

    def __init__(self, view: StartView) -> None:
        super().__init__(name="start_sheet", submit=_("Started now"))
        self._rate_ml_h = view.rate_ml_h
        self._cards = {card.id: Card(name=f"start_sheet.{card.id}") for card in view.pump}
        self._repeat = FindingStrips(name="start_sheet.repeat")
        self._measure = Button(_("Record vital signs…"), "V", name="start_sheet.vital_signs")
        self._measure.clicked.connect(lambda: self.intent_requested.emit(OpenSheet(SheetKind.VITAL_SIGNS)))
        bind_key(self._measure, "V")
        self._cautions = FindingStrips(name="start_sheet.caution")
        self._cautions.why_requested.connect(lambda rule: self.intent_requested.emit(OpenSheet(SheetKind.WHY, rule)))
        self._other = Button(_("Another rate…"), role="quiet", name="start_sheet.other")
        self._other.clicked.connect(self._ask_rate)
        self._rate = NumberField(
            _("Rate on the pump"), "mL/h", name="start_sheet.other_rate", decimals=1, required=True
        )
        self._rate.hide()
        self.add(Text(_("Set on the pump"), "strong"))
        self.add_row(*self._cards.values(), gap=12)
        self.ask(self._rate)
        self._baseline = self.add_row(self._repeat, self._measure, gap=12, shares=(3, 1))
        self.add(self._cautions)
        self.add(self._steps(view))
        self.finish()
        self.add_left(self._other)
        self.show_view(view)

    def first_focus(self) -> None:
        """On the button, so that Enter starts once everything was read."""
        self.submit_button.setFocus()

    def show_view(self, view: StartView) -> None:
        """Show the same start a little later."""
        for card in view.pump:
            self._cards[card.id].show_card(card.title, card.value, card.note, card.tone)
        line = FindingLine("repeat", "caution", view.repeat, why=False)
        self._repeat.show_lines((line,) if view.repeat else ())
        self._baseline.setVisible(bool(view.repeat))
        self._cautions.show_lines(finding_lines(view.cautions))

    def _steps(self, view: StartView) -> Column:
        steps = Column(gap=4)
        for place, step in enumerate(view.steps):
            steps.add(Text(step, "body", name=f"start_sheet.step{place}"))
        return steps

    def _ask_rate(self) -> None:
        self._rate.setVisible(True)
        self._other.hide()
        self._rate.setFocus()

    def _submit(self) -> None:
        typed = self._rate.value() if self._rate.isVisibleTo(self) else None
        self.intent_requested.emit(StartInfusion(self._rate_ml_h if typed is None else Decimal(typed)))
