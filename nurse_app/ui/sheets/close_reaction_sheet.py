"""How a reaction ended, and what the visit does then."""

from nurse_app.domain.commands import CloseReaction
from nurse_app.i18n import _
from nurse_app.presentation.reaction_sheets import CloseReactionView, OutcomeChoice
from nurse_app.ui.blocks.notice_list import NoticeList
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.text import Text


class CloseReactionSheet(SheetForm):
    """Four outcomes to choose from; what comes after the chosen one stands below."""

    def __init__(self, view: CloseReactionView) -> None:
        super().__init__(name="close_reaction_sheet", submit=_("Close the reaction"))
        self._choices: dict[str, OutcomeChoice] = {choice.outcome: choice for choice in view.choices}
        self._missing = NoticeList(name="close_reaction_sheet.missing")
        self._outcomes = AskedChips(
            _("Outcome"),
            tuple((choice.outcome, choice.label) for choice in view.choices),
            name="close_reaction_sheet.outcome",
            missing=_("Choose how the reaction ended."),
        )
        self._then = Text("", "strong", name="close_reaction_sheet.then")
        self._outcomes.changed.connect(self._show_then)
        self.add(self._missing)
        self.ask(self._outcomes)
        self.add(self._then)
        self.finish()
        self._missing.show_notices(view.notices)

    def _show_then(self) -> None:
        chosen = self._choices.get(self._outcomes.chosen())
        self._then.set_text(chosen.then if chosen is not None else "")

    def _submit(self) -> None:
        self.intent_requested.emit(CloseReaction(self._choices[self._outcomes.chosen()].outcome))
