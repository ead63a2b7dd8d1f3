"""A reason from a few words and a line of one's own; not given, discard and correct are made of it."""

from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reasons import OTHER, ReasonView
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text


class ReasonSheet(SheetForm):
    """Several reasons may be chosen; "another reason" needs words. Subclasses say what the reason is for."""

    def __init__(self, view: ReasonView, *, name: str) -> None:
        super().__init__(name=name, submit=view.submit)
        self._view = view
        self._words = dict(view.reasons)
        self._reasons = AskedChips(
            view.question, view.reasons, name=f"{name}.reason", multiple=True, missing=_("Choose at least one reason.")
        )
        self._more = TextField(view.more_label, name=f"{name}.more")
        self._more.entered.connect(self.submit)
        self.ask(self._reasons)
        self.add(self._more)
        for place, note in enumerate(view.notes):
            self.add(_note(note, f"{name}.note{place}"))
        self.finish()

    def intent_of(self, reason: str) -> Intent:
        """What a reason leads to."""
        raise NotImplementedError

    def _submit(self) -> None:
        chosen, more = self._reasons.chips.chosen(), self._more.text()
        if OTHER in chosen and not more:
            self._more.set_message(_("Say which."))
            self._more.setFocus()
            return
        parts = [self._words[key] for key in chosen if key != OTHER]
        self.intent_requested.emit(self.intent_of("; ".join([*parts, more] if more else parts)))


def _note(note: str, name: str) -> QWidget:
    return Text(note, "lead", name=name)
