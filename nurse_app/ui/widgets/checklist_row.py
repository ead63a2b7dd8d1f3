"""One line of work: done with what was recorded, to do now, or waiting for its turn."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.kinds import GAP, Tone, set_look
from nurse_app.ui.widgets.text import Text

RowState = Literal["done", "current", "open", "next"]


@dataclass(frozen=True, slots=True)
class RowView:
    """What a line shows. "open" may be done at any time, "next" waits for the lines before it."""

    title: str
    note: str = ""
    state: RowState = "next"
    done_text: str = ""
    done_tone: Tone = "done"
    action: str = ""
    action_key: str | None = None
    next_text: str | None = None
    emphasis: bool = False


class ChecklistRow(QFrame):
    """Shows one line; its button asks for the act, and the line changes when it is told to."""

    action_requested = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "row")
        self._view: RowView | None = None
        self._editor: QWidget | None = None
        self._title = Text(name=f"{name}.title")
        self._note = Text(role="note", name=f"{name}.note")
        self._chip = Chip(name=f"{name}.chip")
        self._waits = Text(role="lead", name=f"{name}.waits")
        self._button = Button("", role="primary", name=f"{name}.action")
        self._button.clicked.connect(self.action_requested)
        self._texts = QVBoxLayout()
        self._build()
        self.show_row(RowView(""))

    @property
    def button(self) -> Button:
        return self._button

    def set_editor(self, editor: QWidget) -> None:
        """Put an entry widget under the title; it is seen while the line is current."""
        self._editor = editor
        self._texts.insertWidget(self._texts.count() - 1, editor)
        editor.setVisible(self._view is not None and self._view.state == "current")

    def show_row(self, view: RowView) -> None:
        """Show the line as it now stands."""
        if view == self._view:
            return
        self._view = view
        active = view.state in ("current", "open")
        self._title.set_text(view.title)
        self._title.set_role("heading" if view.emphasis and active else "body")
        self._note.set_text(view.note)
        self._note.setVisible(bool(view.note))
        self._chip.show_state(view.done_text, view.done_tone)
        self._chip.setVisible(view.state == "done" and bool(view.done_text))
        waits = _(words.WAITS) if view.next_text is None else view.next_text
        self._waits.set_text(waits)
        self._waits.setVisible(view.state == "next" and bool(waits))
        self._button.set_label(view.action, view.action_key)
        self._button.set_role("primary" if view.state == "current" else "secondary")
        set_look(self._button, "scale", "large" if view.emphasis else "")
        self._button.setVisible(active and bool(view.action))
        if self._editor is not None:
            self._editor.setVisible(view.state == "current")
        set_look(self, "state", f"{view.state}-emphasis" if view.emphasis and active else view.state)
        self.setAccessibleName(view.title)
        self.setAccessibleDescription(view.done_text if view.state == "done" else view.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A long record wraps before the title is squeezed.
        self._chip.setMaximumWidth(self.width() * 11 // 20)

    def _build(self) -> None:
        self._texts.setSpacing(2)
        self._texts.addStretch()
        self._texts.addWidget(self._title)
        self._texts.addWidget(self._note)
        self._texts.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 7, 16, 7)
        layout.setSpacing(2 * GAP)
        layout.addLayout(self._texts, 1)
        layout.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._waits)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
