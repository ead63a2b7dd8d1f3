"""How a reaction ended, what the visit does then, and its CTCAE grade, which may stay open."""

from nurse_app.domain.after_reaction_commands import GradeReaction
from nurse_app.domain.commands import CloseReaction
from nurse_app.i18n import _
from nurse_app.presentation.reaction_sheets import CloseReactionView, OutcomeChoice
from nurse_app.ui.blocks.grade_block import GradeBlock
from nurse_app.ui.blocks.notice_list import NoticeList
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.text import Text


class CloseReactionSheet(SheetForm):
    """Four outcomes to choose from; what comes after the chosen one stands below, then the grade."""

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
        self._grading: GradeBlock | None = None
        if view.choices[0].grading.terms:
            self._grading = GradeBlock(view.choices[0].grading, name="close_reaction_sheet.grading")
            heading = _("CTCAE grade. It may stay open and be recorded later.")
            self.add(Text(heading, "lead", name="close_reaction_sheet.grade_heading"))
            self.add(self._grading)
        self.finish()
        self._missing.show_notices(view.notices)

    def _show_then(self) -> None:
        chosen = self._choices.get(self._outcomes.chosen())
        self._then.set_text(chosen.then if chosen is not None else "")
        if self._grading is not None and chosen is not None:
            self._grading.show_view(chosen.grading)

    def _submit(self) -> None:
        grade = self._grading.chosen() if self._grading is not None else None
        outcome = self._choices[self._outcomes.chosen()].outcome
        # The grade goes first: what follows takes this sheet away.
        if grade is not None:
            self.intent_requested.emit(GradeReaction(*grade))
        self.intent_requested.emit(CloseReaction(outcome))
