"""How a reaction ended, what the visit does then, and its CTCAE grade, which may stay open."""

from nurse_app.domain.after_reaction_commands import GradeReaction
from nurse_app.domain.commands import CloseReaction
from nurse_app.i18n import _
from nurse_app.presentation.reaction_sheets import CloseReactionView, OutcomeChoice
from nurse_app.ui.blocks.action_row import ActionRow
from nurse_app.ui.blocks.notice_list import NoticeList
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.text import Text

_NAME = "close_reaction_sheet"


class CloseReactionSheet(SheetForm):
    """Four outcomes to choose from; what comes after the chosen one stands below, then the grades of the likely term.

    An end that does not fit what is marked is said first, with the way out; it keeps nobody from closing.
    Another term, or a grade later, has a sheet of its own: whoever closes a reaction must not have to scroll.
    """

    def __init__(self, view: CloseReactionView) -> None:
        super().__init__(name=_NAME, submit=_("Close the reaction"))
        self._choices: dict[str, OutcomeChoice] = {choice.outcome: choice for choice in view.choices}
        self._is_unmarked = view.is_unmarked
        self._unmarked = NoticeList(name=f"{_NAME}.unmarked")
        self._raises = ActionRow(name=f"{_NAME}.raises")
        self._raises.intent_requested.connect(self.intent_requested)
        self._missing = NoticeList(name=f"{_NAME}.missing")
        self._outcomes = AskedChips(
            _("Outcome"),
            tuple((choice.outcome, choice.label) for choice in view.choices),
            name=f"{_NAME}.outcome",
            missing=_("Choose how the reaction ended."),
        )
        self._then = Text("", "strong", name=f"{_NAME}.then")
        grades = tuple((str(grade), _("Grade {n}").format(n=grade)) for grade in view.grades)
        self._grade = ChoiceChips(grades, name=f"{_NAME}.grade", label=view.grade_title)
        self._why = Text("", "note", name=f"{_NAME}.why")
        self._term = view.term
        self._outcomes.changed.connect(self._show_then)
        for part in (self._unmarked, self._raises, self._missing):
            self.add(part)
        self.ask(self._outcomes)
        self.add(self._then)
        self.add(self._grade)
        self.add(self._why)
        for widget in (self._grade, self._why):
            widget.setHidden(not view.grades)
        self.finish()
        self._missing.show_notices(view.notices)
        self._unmarked.show_notices((view.unmarked,))
        self._raises.show_actions(view.raises)
        self._show_unmarked(shown=self._is_unmarked)

    def _show_then(self) -> None:
        chosen = self._choices.get(self._outcomes.chosen())
        self._then.set_text(chosen.then if chosen is not None else "")
        self._why.set_text(chosen.grade_why if chosen is not None else "")
        self._show_unmarked(shown=self._is_unmarked if chosen is None else chosen.is_unmarked)

    def _show_unmarked(self, *, shown: bool) -> None:
        for part in (self._unmarked, self._raises):
            part.setVisible(shown)

    def _submit(self) -> None:
        grade = next(iter(self._grade.chosen()), "")
        outcome = self._choices[self._outcomes.chosen()].outcome
        # The grade goes first: what follows takes this sheet away.
        if grade:
            self.intent_requested.emit(GradeReaction(self._term, int(grade)))
        self.intent_requested.emit(CloseReaction(outcome))
