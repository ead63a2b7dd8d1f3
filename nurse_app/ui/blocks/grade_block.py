"""One CTCAE term and its grade to choose, beside what the record speaks for. Both may stay open."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.ctcae_sheet import CtcaeView, TermChoice
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.text import Text


class GradeBlock(Column):
    """Shows a CtcaeView. The term that is suggested is chosen already, its grade never is."""

    changed = Signal()

    def __init__(self, view: CtcaeView, *, name: str) -> None:
        super().__init__(gap=6, name=name)
        self._terms: Mapping[str, TermChoice] = {}
        self._recorded = Text("", "strong", name=f"{name}.recorded")
        options = tuple((term.term, term.title) for term in view.terms)
        label = _("CTCAE {version} term").format(version=view.version)
        self._term = ChoiceChips(options, name=f"{name}.term", label=label, keeps_one=True)
        self._why = Text("", "strong", "brand", name=f"{name}.why")
        self._grades = {
            term.term: ChoiceChips(
                tuple((str(choice.grade), choice.label) for choice in term.grades),
                name=f"{name}.grade.{term.term}",
                label=_("Grade"),
            )
            for term in view.terms
        }
        self._note = Text(view.note, "note", name=f"{name}.note")
        for widget in (self._recorded, self._term, self._why, *self._grades.values(), self._note):
            self.add(widget)
        for chips in self._grades.values():
            chips.hide()
            chips.changed.connect(self.changed)
        self._term.changed.connect(self._show_term)
        self.show_view(view)
        if view.chosen:
            self._term.choose(view.chosen)
            if view.chosen_grade:
                self._grades[view.chosen].choose(str(view.chosen_grade))
        self._show_term()

    def show_view(self, view: CtcaeView) -> None:
        """Show what is suggested now; what was chosen stays."""
        self._terms = {term.term: term for term in view.terms}
        self._recorded.set_text(view.recorded)
        self._recorded.setVisible(bool(view.recorded))
        self._show_term()

    def chosen(self) -> tuple[str, int] | None:
        """Term and grade; None while no grade is chosen."""
        term = next(iter(self._term.chosen()), "")
        grade = next(iter(self._grades[term].chosen()), "") if term else ""
        return (term, int(grade)) if grade else None

    def _show_term(self) -> None:
        chosen = next(iter(self._term.chosen()), "")
        self._why.set_text(self._terms[chosen].why if chosen else _("Choose one term."))
        for term, chips in self._grades.items():
            chips.setVisible(term == chosen)
        self.changed.emit()
