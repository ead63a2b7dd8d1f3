"""One set of vital signs, with the questions of the round and the figures of before."""

from dataclasses import replace

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.vital_signs_entry import VitalSignsSheetView, command_from, slips
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
        self.add(self._form)
        self.add_stretch()

    def first_focus(self) -> None:
        """Into the first field."""
        self._form.first_focus()

    def show_refusal(self, text: str) -> None:
        """Say why the set was not taken."""
        self._form.set_message(text)

    def _submit(self, values: dict[str, str]) -> None:
        found = slips(self._view, values)
        self._form.show_messages(found)
        if not found:
            self.intent_requested.emit(command_from(values))


def _fields(view: VitalSignsSheetView) -> tuple[VitalField, ...]:
    """The form's own fields with the protocol's names, and what was measured before beside each name."""
    known = {field.key: field for field in VITAL_FIELDS}
    return tuple(
        replace(
            known[entry.key],
            label=_("{name} · {before}").format(name=entry.label, before=entry.before) if entry.before else entry.label,
            unit=entry.unit,
        )
        for entry in view.fields
    )
