"""A PIN by touch or keyboard; never shown, never kept."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.kinds import GAP, TARGET, Tone
from nurse_app.ui.widgets.text import Text

_DIGITS = "1234567890"
_EDITING_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MASK = "●"
_COLUMN_WIDTH = 100


class PinPad(QWidget):
    """Ten digits, Clear and Done. ``entered`` carries the PIN; the pad forgets it at once."""

    entered = Signal(str)

    def __init__(self, *, name: str, prompt: str = "PIN", minimum: int = 4, maximum: int = 12) -> None:
        super().__init__()
        self.setObjectName(name)
        self._minimum = minimum
        self._maximum = maximum
        self._typed = ""
        self._prompt = Text(prompt, "note", name=f"{name}.prompt")
        self._mask = Text("", "pin", name=f"{name}.mask")
        self._message = Text("", "note", "hold", name=f"{name}.message")
        self._message.hide()
        self._clear = Button(_(words.CLEAR), role="quiet", name=f"{name}.clear")
        self._done = Button(_(words.DONE), "Enter", "primary", name=f"{name}.done")
        self._clear.clicked.connect(self.clear)
        self._done.clicked.connect(self._finish)
        self._grid = QGridLayout()
        self._build()
        self._size_columns()
        current_theme().changed.connect(self._size_columns)
        self.setAccessibleName(prompt)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def clear(self) -> None:
        """Forget what was typed."""
        self._typed = ""
        self._show_mask()

    def set_prompt(self, prompt: str) -> None:
        self._prompt.set_text(prompt)
        self.setAccessibleName(prompt)

    def set_message(self, text: str, tone: Tone = "hold") -> None:
        """Say something under the pad; "" takes it away."""
        self._message.set_text(text)
        self._message.set_tone(tone)
        self._message.setVisible(bool(text))

    def event(self, event: QEvent) -> bool:
        # Digits belong to the PIN even when the page gives them to its buttons.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _takes(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
            self._show_mask()
        elif event.key() in _EDITING_KEYS:
            self._finish()
        else:
            self._add(event.text())

    def _build(self) -> None:
        grid = self._grid
        grid.setSpacing(GAP)
        for index, digit in enumerate(_DIGITS):
            button = Button(digit, role="digit", name=f"{self.objectName()}.{digit}")
            button.clicked.connect(partial(self._add, digit))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(button, index // 3, index % 3 if digit != "0" else 1)
        for button, column in ((self._clear, 0), (self._done, 2)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            grid.addWidget(button, 3, column)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self._mask.setMinimumHeight(TARGET)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(GAP)
        for widget in (self._prompt, self._mask):
            layout.addWidget(widget)
        layout.addLayout(grid)
        layout.addWidget(self._message)
        layout.addStretch(1)

    def _size_columns(self) -> None:
        for column in range(3):
            self._grid.setColumnMinimumWidth(column, current_theme().px(_COLUMN_WIDTH))

    def _add(self, digit: str, *_: object) -> None:
        if len(self._typed) < self._maximum:
            self._typed += digit
            self.set_message("")
            self._show_mask()

    def _finish(self) -> None:
        typed = self._typed
        if len(typed) < self._minimum:
            self.set_message(_(words.PIN_TOO_SHORT).format(count=self._minimum))
            return
        self.clear()
        self.entered.emit(typed)

    def _show_mask(self) -> None:
        self._mask.set_text(_MASK * len(self._typed))
        self.setAccessibleDescription(_(words.DIGITS_ENTERED).format(count=len(self._typed)))


def _takes(event: QKeyEvent) -> bool:
    return event.key() in _EDITING_KEYS or (event.text() != "" and event.text() in _DIGITS)
