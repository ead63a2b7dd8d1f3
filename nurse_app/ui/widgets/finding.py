"""A finding: what is wrong, what to do, and the way to the reasons."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import GAP, Severity, TextRole, shape
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What a strip shows. ``key`` names the finding in ``why_requested``; ``why`` offers the reasons."""

    key: str
    severity: Severity
    title: str
    sentence: str = ""
    why: bool = True


class FindingStrip(BarFrame):
    """One finding across the page, in the colour, shape and word of its severity."""

    why_requested = Signal(str)

    def __init__(self, finding: FindingLine, *, name: str, title_role: TextRole = "strong") -> None:
        super().__init__("strip")
        self.setObjectName(name)
        self._finding = finding
        self._icon = Icon(shape(finding.severity), finding.severity, 24)
        self._word = Text("", "mark", finding.severity)
        self._title = Text("", title_role, name=f"{name}.title")
        self._sentence = Text("", "body", name=f"{name}.sentence")
        self._why = Button(_(words.WHY), role="quiet", name=f"{name}.why")
        self._why.clicked.connect(self._ask_why)
        self._build()
        self.show_finding(finding)

    @property
    def finding(self) -> FindingLine:
        return self._finding

    def show_finding(self, finding: FindingLine) -> None:
        """Show another finding."""
        self._finding = finding
        word = _(words.SEVERITY_WORDS[finding.severity])
        self._icon.set_icon(shape(finding.severity), finding.severity)
        self._word.set_text(word)
        self._word.set_tone(finding.severity)
        self._title.set_text(finding.title)
        self._sentence.set_text(finding.sentence)
        self._sentence.setVisible(bool(finding.sentence))
        self._why.setVisible(finding.why)
        self._why.setAccessibleName(f"{_(words.WHY)} {finding.title}")
        self.setAccessibleName(f"{word}: {finding.title}")
        self.setAccessibleDescription(finding.sentence)
        self.set_bar(finding.severity)

    def _build(self) -> None:
        mark = QVBoxLayout()
        mark.setSpacing(2)
        mark.addStretch()
        mark.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        mark.addWidget(self._word, 0, Qt.AlignmentFlag.AlignHCenter)
        mark.addStretch()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch()
        texts.addWidget(self._title)
        texts.addWidget(self._sentence)
        texts.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 8, GAP, 8)
        layout.setSpacing(14)
        layout.addLayout(mark)
        layout.addLayout(texts, 1)
        layout.addWidget(self._why, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _ask_why(self) -> None:
        self.why_requested.emit(self._finding.key)
