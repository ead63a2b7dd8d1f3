"""What a prescriber decided: about what, how, who, and that it was read back."""

from typing import cast

from nurse_app.domain.commands import RecordDecision
from nurse_app.domain.facts import DecisionWord
from nurse_app.i18n import _
from nurse_app.presentation.decision import DecisionView
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text


class DecisionSheet(SheetForm):
    """Nothing is chosen beforehand but what can be the only thing meant."""

    def __init__(self, view: DecisionView) -> None:
        super().__init__(name="decision_sheet", submit=_("Record the decision"))
        self._view = view
        self._about = AskedChips(
            _("About"), view.about, name="decision_sheet.about", missing=_("Choose what the decision is about.")
        )
        self._word = AskedChips(
            _("Decision"), view.words, name="decision_sheet.word", missing=_("Choose what was decided.")
        )
        self._by = TextField(_("Name of the prescriber (or pharmacist)"), name="decision_sheet.by", required=True)
        self._read_back = AskedChips(
            _("Read back"),
            (("yes", view.read_back),),
            name="decision_sheet.read_back",
            missing=_("Read the decision back, then confirm it here."),
        )
        self._chosen = FindingStrips(name="decision_sheet.chosen")
        self._chosen.why_requested.connect(self._ask_why)
        self._about.changed.connect(self._show_chosen)
        self._show_stops(view)
        self.ask(self._about)
        self.add(self._chosen)
        self.ask(self._word, self._by)
        if view.names:
            self._offer_names(view.names)
        self.ask(self._read_back)
        self.finish()
        if view.only:
            self._about.chips.choose(view.only)

    def _show_stops(self, view: DecisionView) -> None:
        """Stops, which nobody decides here, and the hold that is chosen, to be read out."""
        stops = FindingStrips(name="decision_sheet.stop")
        stops.show_lines(finding_lines(view.stops))
        stops.why_requested.connect(self._ask_why)
        if view.stops:
            text = _("A stop cannot be decided here. Choose “Not given today”.")
            self.add(Text(text, "strong", "stop", name="decision_sheet.stops"))
        self.add(stops)

    def _show_chosen(self) -> None:
        chosen = tuple(item for item in self._view.holds if item.rule == self._about.chosen())
        self._chosen.show_lines(finding_lines(chosen))

    def _offer_names(self, names: tuple[str, ...]) -> None:
        """Names that need no typing."""
        known = ChoiceChips(tuple((name, name) for name in names), name="decision_sheet.known")
        known.changed.connect(lambda: self._by.set_text(next(iter(known.chosen()), "")))
        self.add(known)

    def _ask_why(self, rule: str) -> None:
        self.intent_requested.emit(OpenSheet(SheetKind.WHY, rule))

    def _submit(self) -> None:
        word = cast("DecisionWord", self._word.chosen())
        self.intent_requested.emit(RecordDecision(self._about.chosen(), word, self._by.text(), read_back=True))
