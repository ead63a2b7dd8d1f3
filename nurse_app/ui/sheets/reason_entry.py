"""A reason inside a sheet that asks for more than a reason: chips, and words for another one."""

from nurse_app.i18n import _
from nurse_app.presentation.reasons import OTHER
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import TextField


class ReasonEntry:
    """Places the two entries into a form and reads them. The field shows only for another reason."""

    def __init__(self, form: SheetForm, question: str, reasons: tuple[tuple[str, str], ...], *, name: str) -> None:
        self._words = dict(reasons)
        self._chips = AskedChips(question, reasons, name=f"{name}.reason", missing=_("Choose a reason."))
        self._other = TextField(_("Which reason"), name=f"{name}.other", required=True)
        self._other.hide()
        self._chips.changed.connect(self._on_chosen)
        form.ask(self._chips, self._other)

    def text(self) -> str:
        """The reason in words."""
        chosen = self._chips.chosen()
        return self._other.text() if chosen == OTHER else self._words[chosen]

    def _on_chosen(self) -> None:
        is_other = self._chips.chosen() == OTHER
        self._other.setVisible(is_other)
        if is_other:
            self._other.setFocus()
