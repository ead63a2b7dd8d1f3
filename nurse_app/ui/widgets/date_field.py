"""A date typed in any of the clear ways, and shown back as it was understood."""

from datetime import date

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.entry_text import EntryError, read_date, shown_date
from nurse_app.ui.widgets.fields import TextField


class DateField(TextField):
    """Takes 1980-12-31, 31-Dec-1980 and 31.12.1980; refuses what could be read in two ways."""

    def __init__(self, label: str, *, name: str, required: bool = False) -> None:
        super().__init__(label, name=name, hint="31-Dec-1980", required=required, length=20)
        self._entry.editingFinished.connect(self._show_understood)

    def value(self) -> date | None:
        """The date; None when there is none or it is not clear."""
        try:
            return read_date(self.text())
        except EntryError:
            return None

    def set_date(self, day: date) -> None:
        self.set_text(shown_date(day))

    def _problem(self) -> str:
        if not self.text():
            return super()._problem()
        try:
            read_date(self.text())
        except EntryError as error:
            return str(error)
        return ""

    def _show_understood(self) -> None:
        day = self.value()
        if day is not None:
            self.set_message(_(words.UNDERSTOOD).format(date=shown_date(day)), "muted")
        elif self.text():
            self.is_complete()

    def _on_typed(self) -> None:
        super()._on_typed()
        day = self.value()
        if day is not None:
            self.set_message(_(words.UNDERSTOOD).format(date=shown_date(day)), "muted")
