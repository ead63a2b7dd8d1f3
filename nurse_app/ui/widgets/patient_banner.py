"""Who this is: on top of every screen of a visit, all of the time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import Tone, set_look
from nurse_app.ui.widgets.text import Text

_FIELD_GAP = 28


class PatientBanner(QFrame):
    """Name, labelled facts, allergies. Wraps, never cuts. Hidden behind one sentence while the program is locked."""

    def __init__(self, *, name: str = "patient_banner") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self._fields: tuple[tuple[str, str], ...] = ()
        self._private = ""
        self._said = ""
        self._name = Text("", "name", name=f"{name}.name")
        self._private_text = Text("", "name", name=f"{name}.private")
        self._private_text.hide()
        self._facts = QWidget()
        self._flow = FlowLayout(self._facts, gap=_FIELD_GAP, line_gap=4)
        self._flow.addWidget(self._name)
        self._fact_widgets: list[QWidget] = []
        self._allergy = QFrame()
        self._allergy_icon = Icon("allergy", "neutral", 18)
        self._allergy_text = Text("", "strong", name=f"{name}.allergy")
        self._build()

    def show_patient(
        self, name: str, fields: tuple[tuple[str, str], ...], allergy: str, allergy_tone: Tone = "neutral"
    ) -> None:
        """Show a patient: facts as (label, value), and the sentence about allergies ("" when nothing is to say)."""
        self._name.set_text(name)
        if fields != self._fields:
            self._fields = fields
            self._remake_facts()
        self._allergy_text.set_text(allergy)
        self._allergy_text.set_tone(allergy_tone)
        self._allergy_icon.set_icon("allergy", allergy_tone)
        set_look(self._allergy, "tone", allergy_tone)
        said = [*(f"{label} {value}" for label, value in fields), allergy]
        self._said = ", ".join(part for part in said if part)
        self._show_parts()

    def set_private(self, text: str) -> None:
        """Hide who it is behind this sentence; "" shows the patient again."""
        self._private = text
        self._private_text.set_text(text)
        self._show_parts()

    def _show_parts(self) -> None:
        self.setAccessibleName(self._private or self._name.text())
        self.setAccessibleDescription("" if self._private else self._said)
        self._private_text.setVisible(bool(self._private))
        self._facts.setVisible(not self._private)
        self._allergy.setVisible(not self._private and bool(self._allergy_text.text()))

    def _remake_facts(self) -> None:
        for widget in self._fact_widgets:
            self._flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._fact_widgets = [_fact(label, value) for label, value in self._fields]
        for widget in self._fact_widgets:
            self._flow.addWidget(widget)
        self._facts.updateGeometry()

    def _build(self) -> None:
        self._allergy.setProperty("kind", "allergy")
        chip = QHBoxLayout(self._allergy)
        chip.setContentsMargins(10, 5, 10, 5)
        chip.setSpacing(8)
        chip.addWidget(self._allergy_icon)
        chip.addWidget(self._allergy_text, 1)
        self._facts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 13, 24, 13)
        layout.setSpacing(_FIELD_GAP)
        layout.addWidget(self._private_text, 1)
        layout.addWidget(self._facts, 1)
        layout.addWidget(self._allergy, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def _fact(label: str, value: str) -> QWidget:
    fact = QWidget()
    layout = QVBoxLayout(fact)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(Text(label, "small"))
    layout.addWidget(Text(value, "strong"))
    return fact
