"""The steps of the visit down the left side: which are done, which is now, which come."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.burst import Burst
from nurse_app.ui.widgets.kinds import GAP, set_look
from nurse_app.ui.widgets.text import Text

StepState = Literal["done", "current", "todo", "skipped"]
_DISC = 30
_MARKS = {"done": "check", "skipped": "skipped"}
_GROUNDS = {"done": "done", "current": "brand", "todo": "surface", "skipped": "surface"}
_INKS = {"done": "on_done", "current": "on_brand", "todo": "ink_second", "skipped": "ink_second"}


@dataclass(frozen=True, slots=True)
class StepItem:
    """One step; ``openable`` lets the nurse look at it again."""

    key: str
    number: int
    title: str
    note: str = ""
    state: StepState = "todo"
    openable: bool = False


class StepRail(QWidget):
    """All steps in order; ``step_requested`` carries the key of an openable one."""

    step_requested = Signal(str)

    def __init__(self, *, name: str = "step_rail") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps: tuple[StepItem, ...] = ()
        self._entries: list[_StepEntry] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 14, 0, 14)
        self._layout.setSpacing(GAP)
        self._layout.addStretch(1)

    def show_steps(self, steps: tuple[StepItem, ...]) -> None:
        """Show these steps."""
        if steps == self._steps:
            return
        self._steps = steps
        while len(self._entries) > len(steps):
            entry = self._entries.pop()
            self._layout.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        while len(self._entries) < len(steps):
            entry = _StepEntry(steps[len(self._entries)])
            entry.chosen.connect(self.step_requested)
            self._layout.insertWidget(len(self._entries), entry)
            self._entries.append(entry)
        for entry, step in zip(self._entries, steps, strict=True):
            entry.show_step(step)


class _StepEntry(QFrame):
    chosen = Signal(str)

    def __init__(self, step: StepItem) -> None:
        super().__init__()
        self.setProperty("kind", "step")
        self._step = step
        self._burst = Burst()
        self._disc = _Disc()
        self._title = Text("", "strong")
        self._note = Text("", "note")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self._disc)
        layout.addLayout(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._tell()

    def show_step(self, step: StepItem) -> None:
        if step != self._step:
            self._step = step
            self._tell()

    def _tell(self) -> None:
        step = self._step
        self.setObjectName(f"step.{step.key}")
        self._title.set_text(step.title)
        self._note.set_text(step.note or "—")
        self._disc.show_state(step.number, step.state)
        set_look(self, "state", step.state)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if step.openable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if step.openable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{step.number} {step.title}, {_(words.STEP_WORDS[step.state])}")
        self.setAccessibleDescription(step.note)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._step.openable and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._step.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = self._burst.is_press(event) or event.key() == Qt.Key.Key_Space
        if self._step.openable and pressed:
            self.chosen.emit(self._step.key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._burst.forget()
        set_look(self, "focused", "yes")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        set_look(self, "focused", "no")
        super().focusOutEvent(event)


class _Disc(QWidget):
    """The number of a step, or the mark that it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._state: StepState = "todo"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, number: int, state: StepState) -> None:
        self._number = number
        self._state = state
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().layout_px(_DISC)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = self.sizeHint().width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = "edge" if self._state in ("todo", "skipped") else _GROUNDS[self._state]
        painter.setPen(QPen(theme.colour(border), 2))
        painter.setBrush(theme.colour(_GROUNDS[self._state]))
        painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
        if self._state in _MARKS:
            mark = round(side * 0.5)
            start = (side - mark) // 2
            painter.drawPixmap(start, start, theme.pixmap(_MARKS[self._state], _INKS[self._state], mark))
            return
        font = self.font()
        font.setBold(True)
        font.setPixelSize(round(side * 0.5))
        painter.setFont(font)
        painter.setPen(theme.colour(_INKS[self._state]))
        painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, str(self._number))
