"""Six vital signs, entered one after the other by number pad, keyboard or touch."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.fields import NumberField
from nurse_app.ui.widgets.kinds import GAP, PAGE_GAP, Tone
from nurse_app.ui.widgets.text import Text

_COLUMNS = 2
# A line that says nothing yet keeps its room.
_NOTHING = "\u00a0"


@dataclass(frozen=True, slots=True)
class VitalField:
    """One vital sign to enter: its key in the record, its label, unit and digits after the point."""

    key: str
    label: str
    unit: str
    decimals: int = 0


VITAL_FIELDS = (
    VitalField("systolic", "Systolic pressure", "mmHg"),
    VitalField("diastolic", "Diastolic pressure", "mmHg"),
    VitalField("pulse", "Pulse", "/min"),
    VitalField("respiration", "Respiration", "/min"),
    VitalField("spo2", "SpO₂", "%"),
    VitalField("temperature_c", "Temperature", "°C", 1),
)


class VitalsForm(QWidget):
    """Gives the values as canonical texts by key. ``required`` asks for all of them, else for at least one.

    ``typed`` and ``left`` name the field that is being filled in or was left; ``set_note`` says something under it,
    where there is always room, so that nothing moves.
    """

    submitted = Signal(dict)
    cancelled = Signal()
    typed = Signal(str)
    left = Signal(str)

    def __init__(self, *, name: str, required: bool = True, fields: tuple[VitalField, ...] = VITAL_FIELDS) -> None:
        super().__init__()
        self.setObjectName(name)
        self._required = required
        self._fields = {field.key: self._made(field) for field in fields}
        self._notes = {key: Text(_NOTHING, "note", name=f"{name}.{key}.note") for key in self._fields}
        self._message = Text("", "strong", "hold", name=f"{name}.message")
        self._message.hide()
        self._save = Button(_(words.SAVE), "Enter", "primary", name=f"{name}.save")
        self._cancel = Button(_(words.CANCEL), name=f"{name}.cancel")
        self._save.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.cancelled)
        self._build()
        self.setFocusProxy(next(iter(self._fields.values())))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def first_focus(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self._fields.values())).entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        for field in self._fields.values():
            field.clear()
        self.set_message("")

    def set_message(self, text: str) -> None:
        """Say something about the whole form; "" takes it away."""
        self._message.set_text(text)
        self._message.setVisible(bool(text))

    def show_messages(self, messages: dict[str, str]) -> None:
        """Say something under single fields, by key."""
        for key, field in self._fields.items():
            field.set_message(messages.get(key, ""))

    def value(self, key: str) -> str | None:
        """What one field holds, in canonical form; None when it is empty or not clear."""
        return self._fields[key].value()

    def set_note(self, key: str, text: str, tone: Tone) -> None:
        """Say something under a field, beside what may be wrong with it."""
        self._notes[key].set_text(text or _NOTHING)
        self._notes[key].set_tone(tone)

    def _made(self, field: VitalField) -> NumberField:
        made = NumberField(
            field.label,
            field.unit,
            name=f"{self.objectName()}.{field.key}",
            decimals=field.decimals,
            required=self._required,
        )
        made.entered.connect(partial(self._go_on, field.key))
        made.changed.connect(partial(self.typed.emit, field.key))
        made.entry.editingFinished.connect(partial(self.left.emit, field.key))
        return made

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GAP)
        grid.setVerticalSpacing(GAP)
        for index, (key, field) in enumerate(self._fields.items()):
            noted = QVBoxLayout()
            noted.setSpacing(2)
            noted.addWidget(field)
            noted.addWidget(self._notes[key])
            noted.addStretch(1)
            grid.addLayout(noted, index // _COLUMNS, index % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(PAGE_GAP)
        buttons.addWidget(self._save, 2)
        buttons.addWidget(self._cancel, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GAP)
        layout.addLayout(grid)
        layout.addWidget(self._message)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def _go_on(self, key: str) -> None:
        keys = list(self._fields)
        following = keys.index(key) + 1
        if following < len(keys):
            self._fields[keys[following]].entry.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._submit()

    def _submit(self) -> None:
        wrong = [field for field in self._fields.values() if not field.is_complete()]
        if wrong:
            wrong[0].entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values = {key: field.value() for key, field in self._fields.items()}
        entered = {key: value for key, value in values.items() if value is not None}
        self.set_message("" if entered else _(words.ENTER_SOMETHING))
        if entered:
            self.submitted.emit(entered)
