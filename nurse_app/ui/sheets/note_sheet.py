"""A note in the record, in the nurse's own words."""

from nurse_app.domain.commands import AddNote
from nurse_app.i18n import _
from nurse_app.presentation.small_sheets import NoteView
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.fields import TextField

_LENGTH = 1000


class NoteSheet(SheetForm):
    """One field."""

    def __init__(self, view: NoteView) -> None:
        super().__init__(name="note_sheet", submit=_("Save the note"))
        self._text = TextField(view.label, name="note_sheet.text", required=True, length=_LENGTH)
        self.ask(self._text)
        self.finish()

    def _submit(self) -> None:
        self.intent_requested.emit(AddNote(self._text.text()))
