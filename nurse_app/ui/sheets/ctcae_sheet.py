"""The CTCAE grade of a reaction, when it was left open or has to be changed."""

from nurse_app.domain.after_reaction_commands import GradeReaction
from nurse_app.i18n import _
from nurse_app.presentation.ctcae_sheet import CtcaeView
from nurse_app.ui.blocks.grade_block import GradeBlock
from nurse_app.ui.sheets.sheet_form import SheetForm


class CtcaeSheet(SheetForm):
    """One term, one grade."""

    def __init__(self, view: CtcaeView) -> None:
        super().__init__(name="ctcae_sheet", submit=_("Record the grade"))
        self._reaction = view.reaction
        self._block = GradeBlock(view, name="ctcae_sheet.grading")
        self.add(self._block)
        self.finish()

    def _submit(self) -> None:
        chosen = self._block.chosen()
        if chosen is None:
            self.show_refusal(_("Choose one term, then its grade."))
        else:
            self.intent_requested.emit(GradeReaction(*chosen, self._reaction))
