"""A card of the right column: what it is, its value in large type, a note."""

from typing import Literal

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import Tone, set_look, shape
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Digits, Text


class Card(BarFrame):
    """Shows one clock or fact. A tone adds a bar, a shape and the colour of the value."""

    def __init__(
        self,
        title: str = "",
        value: str = "",
        note: str = "",
        tone: Tone = "neutral",
        *,
        name: str,
        size: Literal["clock", "fact", "words"] = "clock",
    ) -> None:
        super().__init__("card")
        self.setObjectName(name)
        self._icon = Icon("", tone, 18)
        self._title = Text(title, "note", name=f"{name}.title")
        self._value = Digits(value, name=f"{name}.value")
        self._value.setProperty("scale", size)
        self._note = Text(note, "small", name=f"{name}.note")
        self._build()
        self.show_card(title, value, note, tone)

    def value(self) -> str:
        return self._value.text()

    def set_title(self, title: str) -> None:
        self._title.set_text(title)

    def set_value(self, value: str) -> None:
        self._value.set_text(value)
        self._describe()

    def set_note(self, note: str) -> None:
        self._note.set_text(note)
        self._note.setVisible(bool(note))
        self._describe()

    def set_tone(self, tone: Tone) -> None:
        self.set_bar(tone)
        set_look(self._value, "tone", tone)
        self._icon.set_icon(shape(tone), tone)

    def show_card(self, title: str, value: str, note: str, tone: Tone) -> None:
        """Show everything at once."""
        self.set_title(title)
        self.set_tone(tone)
        self.set_note(note)
        self.set_value(value)

    def _build(self) -> None:
        title_line = QHBoxLayout()
        title_line.setSpacing(8)
        title_line.addWidget(self._title, 1)
        title_line.addWidget(self._icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 11, 12, 11)
        layout.setSpacing(1)
        layout.addLayout(title_line)
        layout.addWidget(self._value)
        layout.addWidget(self._note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _describe(self) -> None:
        said = ", ".join(part for part in (self._value.text(), self._note.text()) if part)
        self.setAccessibleName(self._title.text())
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
