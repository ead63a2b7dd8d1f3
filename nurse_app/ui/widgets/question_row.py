"""One question with its answer, and right under it whatever the answer brought up."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.kinds import GAP, Answer, Tone, show_part
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.yes_no import YesNo


class QuestionRow(QFrame):
    """A question, a note in small type, Yes and No, and the findings that follow from the answer."""

    answered = Signal(bool)
    why_requested = Signal(str)

    def __init__(
        self, question: str, note: str = "", *, name: str, yes_tone: Tone = "neutral", no_tone: Tone = "done"
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._name = name
        self._findings: tuple[FindingLine, ...] = ()
        self._strips: list[FindingStrip] = []
        self._note = Text(note, "note", name=f"{name}.note")
        show_part(self._note, shown=bool(note))
        self._yes_no = YesNo(name=f"{name}.answer", yes_tone=yes_tone, no_tone=no_tone)
        self._yes_no.set_question(question)
        self._yes_no.answered.connect(self.answered)
        self.setFocusProxy(self._yes_no)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._row(question))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def answer(self) -> Answer:
        return self._yes_no.answer

    def set_answer(self, answer: Answer) -> None:
        """Show an answer, or none."""
        self._yes_no.set_answer(answer)

    def set_note(self, note: str) -> None:
        self._note.set_text(note)
        show_part(self._note, shown=bool(note))

    def show_findings(self, findings: tuple[FindingLine, ...]) -> None:
        """Show these findings under the row, in this order."""
        if findings == self._findings:
            return
        self._findings = findings
        for strip in self._strips[len(findings) :]:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        del self._strips[len(findings) :]
        for strip, finding in zip(self._strips, findings, strict=False):
            strip.show_finding(finding)
        for finding in findings[len(self._strips) :]:
            strip = FindingStrip(finding, name=f"{self._name}.finding{len(self._strips)}")
            strip.why_requested.connect(self.why_requested)
            self._strips.append(strip)
            self._column.addWidget(strip)

    def _row(self, question: str) -> QFrame:
        row = QFrame()
        row.setProperty("kind", "row")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch()
        texts.addWidget(Text(question, "body", name=f"{self._name}.question"))
        texts.addWidget(self._note)
        texts.addStretch()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(16, 6, 12, 6)
        layout.setSpacing(16)
        layout.addLayout(texts, 1)
        layout.addWidget(self._yes_no)
        return row
