"""A visit in progress on the home screen: who, where, the one clock that counts, and the way in."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import Tone, set_look, shape
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Digits, Text


@dataclass(frozen=True, slots=True)
class VisitCardView:
    """What a card shows; ``key`` comes back in ``opened``."""

    key: str
    patient: str
    place: str
    value: str
    note: str = ""
    tone: Tone = "neutral"
    action: str = ""
    action_key: str | None = None


class VisitCard(BarFrame):
    """Shows one visit; its button opens it."""

    opened = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__("card")
        self.setObjectName(name)
        self._key = ""
        self._patient = Text("", "heading", name=f"{name}.patient")
        self._place = Text("", "note", name=f"{name}.place")
        self._icon = Icon("", "neutral", 18)
        self._value = Digits(name=f"{name}.value")
        self._note = Text("", "note", name=f"{name}.note")
        self._button = Button("", role="primary", name=f"{name}.open")
        self._button.clicked.connect(self._open)
        head = QHBoxLayout()
        head.addWidget(self._patient, 1)
        head.addWidget(self._icon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 16, 16)
        layout.setSpacing(3)
        layout.addLayout(head)
        for widget in (self._place, self._value, self._note):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addSpacing(5)
        layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def button(self) -> Button:
        return self._button

    def show_visit(self, view: VisitCardView) -> None:
        """Show a visit."""
        self._key = view.key
        self._patient.set_text(view.patient)
        self._place.set_text(view.place)
        self._icon.set_icon(shape(view.tone), view.tone)
        self._value.set_text(view.value)
        set_look(self._value, "tone", view.tone)
        self._note.set_text(view.note)
        self._button.set_label(view.action, view.action_key)
        self._button.setAccessibleName(f"{view.action} {view.patient}")
        self.set_bar(view.tone)
        self.setAccessibleName(f"{view.patient}, {view.place}")

    def _open(self) -> None:
        self.opened.emit(self._key)
