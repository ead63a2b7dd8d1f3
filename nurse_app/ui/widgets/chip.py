"""A small label with a mark that says how something stands."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import Tone, set_look, shape
from nurse_app.ui.widgets.text import Text


class Chip(QFrame):
    """A state in a word or two, with shape and colour; wraps when it is long."""

    def __init__(self, text: str = "", tone: Tone = "done", *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "chip")
        self.setProperty("tone", tone)
        self._icon = Icon(shape(tone), tone, 13)
        self._text = Text(text, "chip", tone, name=f"{name}.text" if name else "")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(5)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def text(self) -> str:
        return self._text.text()

    def show_state(self, text: str, tone: Tone) -> None:
        """Say another state."""
        self._text.set_text(text)
        self._text.set_tone(tone)
        self._icon.set_icon(shape(tone), tone)
        set_look(self, "tone", tone)
