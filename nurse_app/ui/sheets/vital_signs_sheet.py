"""One set of vital signs, with the questions of the round and the figures of before."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal

from nurse_app.presentation.vital_signs_entry import VitalSignsSheetView, command_from, entry_note, slips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.vitals_form import VITAL_FIELDS, VitalField, VitalsForm


class VitalSignsSheet(Column):
    """Enter goes from field to field; the last one sends. A figure that cannot be is asked about beside its field."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: VitalSignsSheetView) -> None:
        super().__init__(gap=12, name="vital_signs_sheet")
        self._view = view
        if view.ask:
            self.add(Text(" ".join(view.ask), "lead", name="vital_signs_sheet.ask"))
        self._form = VitalsForm(name="vital_signs_sheet.form", required=False, fields=_fields(view))
        self._form.submitted.connect(self._submit)
        self._form.cancelled.connect(self.closed)
        self._form.typed.connect(partial(self._note, left=False))
        self._form.left.connect(partial(self._note, left=True))
        for field in view.fields:
            self._note(field.key, left=False)
        self.add(self._form)
        self.add_stretch()

    def first_focus(self) -> None:
        """Into the first field."""
        self._form.first_focus()

    def show_refusal(self, text: str) -> None:
        """Say why the set was not taken."""
        self._form.set_message(text)

    def _note(self, key: str, *, left: bool) -> None:
        note = entry_note(self._view, key, self._form.value(key), left=left)
        self._form.set_note(key, note.text, note.tone)

    def _submit(self, values: dict[str, str]) -> None:
        found = slips(self._view, values)
        self._form.show_messages(found)
        if not found:
            self.intent_requested.emit(command_from(values))


def _fields(view: VitalSignsSheetView) -> tuple[VitalField, ...]:
    """The form's own fields with the protocol's names and units."""
    known = {field.key: field for field in VITAL_FIELDS}
    return tuple(
        replace(
            known[entry.key],
            label=entry.label,
            unit=entry.unit,
        )
        for entry in view.fields
    )
