"""Entry fields: a label above, a large target, a sentence below when something is missing or unclear."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.entry_text import EntryError, read_number
from nurse_app.ui.widgets.kinds import TARGET, Tone, set_look, show_part
from nurse_app.ui.widgets.text import Text

_LENGTH = 200


class TextField(QWidget):
    """A line of text. ``changed`` follows typing, ``entered`` the Enter key or a scanner's end."""

    changed = Signal()
    entered = Signal()

    def __init__(self, label: str, *, name: str, hint: str = "", required: bool = False, length: int = _LENGTH) -> None:
        super().__init__()
        self.setObjectName(name)
        self._label_text = label
        self._required = required
        self._label = Text(label, "note", name=f"{name}.label")
        show_part(self._label, shown=bool(label))
        self._entry = QLineEdit()
        self._entry.setObjectName(f"{name}.entry")
        self._entry.setMaxLength(length)
        # A file that is dropped here is meant for the window, not for its path to be written.
        self._entry.setAcceptDrops(False)
        self._entry.setPlaceholderText(hint)
        self._entry.setAccessibleName(label or hint)
        self._entry.setMinimumHeight(TARGET)
        self._message = Text("", "note", "hold", name=f"{name}.message")
        self._message.hide()
        self._line = QHBoxLayout()
        self._line.addWidget(self._entry, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._label)
        layout.addLayout(self._line)
        layout.addWidget(self._message)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self._entry)
        self._entry.textChanged.connect(self._on_typed)
        self._entry.returnPressed.connect(self.entered)

    @property
    def entry(self) -> QLineEdit:
        return self._entry

    def set_label(self, text: str) -> None:
        """Ask for something else; what was typed stays."""
        self._label_text = text
        self._label.set_text(text)
        self._entry.setAccessibleName(text)

    def text(self) -> str:
        """What was typed, without blanks around it."""
        return self._entry.text().strip()

    def set_text(self, text: str) -> None:
        self._entry.setText(text)

    def clear(self) -> None:
        self._entry.clear()
        self.set_message("")

    def set_message(self, text: str, tone: Tone = "hold") -> None:
        """Say something under the field; "" takes it away. A tone of hold or stop also marks the field."""
        self._message.set_text(text)
        self._message.set_tone(tone)
        self._message.setVisible(bool(text))
        self._entry.setAccessibleDescription(text)
        set_look(self._entry, "wrong", "yes" if text and tone in ("hold", "stop") else "no")

    def message(self) -> str:
        return self._message.text()

    def is_complete(self) -> bool:
        """Whether it holds what is asked; when not, the sentence under it says what to do."""
        problem = self._problem()
        self.set_message(problem)
        return not problem

    def _problem(self) -> str:
        missing = self._required and not self.text()
        return _(words.ENTER_VALUE).format(label=in_sentence(self._label_text)) if missing else ""

    def _on_typed(self) -> None:
        self.set_message("")
        self.changed.emit()


class NumberField(TextField):
    """A number with its unit; point or comma. Nothing is guessed and nothing is rounded."""

    def __init__(
        self, label: str, unit: str = "", *, name: str, decimals: int = 0, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__(label, name=name, hint=hint, required=required, length=12)
        self._decimals = decimals
        if unit:
            self._line.addWidget(Text(unit, "lead", name=f"{name}.unit"))
            self._line.setSpacing(8)
            self._entry.setAccessibleName(f"{label} {unit}")

    def value(self) -> str | None:
        """The number in canonical form; None when there is none or it is not clear."""
        try:
            return read_number(self.text(), self._decimals)
        except EntryError:
            return None

    def _problem(self) -> str:
        if not self.text():
            return super()._problem()
        try:
            read_number(self.text(), self._decimals)
        except EntryError as error:
            return str(error)
        return ""


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small, unless it is an abbreviation such as SpO₂."""
    return label[:1].lower() + label[1:] if label[1:2].islower() and label[1:].islower() else label
