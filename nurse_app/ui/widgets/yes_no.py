"""Yes or No, and unanswered as the third thing that is neither."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.kinds import GAP, Answer, Tone, set_look

_YES_KEYS = (Qt.Key.Key_Y, Qt.Key.Key_Left)
_NO_KEYS = (Qt.Key.Key_N, Qt.Key.Key_Right)


class YesNo(QFrame):
    """Two buttons, one tab stop; Y, N, Left and Right answer. Shows the answer it is told, not the one pressed."""

    answered = Signal(bool)

    def __init__(self, *, name: str, yes_tone: Tone = "neutral", no_tone: Tone = "done") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "choices")
        self._tones = (yes_tone, no_tone)
        self._answer: Answer = None
        self._yes = Choice(_(words.YES), "choice", name=f"{name}.yes")
        self._no = Choice(_(words.NO), "choice", name=f"{name}.no")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(GAP)
        for button in (self._yes, self._no):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(button)
        self._yes.clicked.connect(partial(self._say, yes=True))
        self._no.clicked.connect(partial(self._say, yes=False))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def answer(self) -> Answer:
        return self._answer

    def set_answer(self, answer: Answer) -> None:
        """Show an answer, or none."""
        self._answer = answer
        self._yes.set_chosen(self._tones[0] if answer is True else None)
        self._no.set_chosen(self._tones[1] if answer is False else None)
        self._describe()

    def set_question(self, question: str) -> None:
        """Name the question for screen readers."""
        self.setAccessibleName(question)
        self._yes.setAccessibleName(f"{question} {_(words.YES)}")
        self._no.setAccessibleName(f"{question} {_(words.NO)}")

    def event(self, event: QEvent) -> bool:
        # Y and N answer here even when the page gives these letters to its buttons.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._takes(event):
            super().keyPressEvent(event)
        else:
            self._say(yes=event.key() in _YES_KEYS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        shown = event.reason() != Qt.FocusReason.MouseFocusReason
        set_look(self, "focused", "yes" if shown else "no")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        set_look(self, "focused", "no")
        super().focusOutEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return not held and event.key() in (*_YES_KEYS, *_NO_KEYS)

    def _say(self, *, yes: bool) -> None:
        self.answered.emit(yes)

    def _describe(self) -> None:
        said = {True: _(words.YES), False: _(words.NO), None: _(words.NOT_ANSWERED)}[self._answer]
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
