"""A field for a barcode: it knows whether a scanner or a hand filled it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from nurse_app.domain.events import HowEntered
from nurse_app.ui.widgets.burst import BURST_MS
from nurse_app.ui.widgets.fields import TextField

GROUP_SEPARATOR = "\x1d"
_SHORTEST_SCAN = 4
_LONGEST_SCAN = 400


class ScanField(TextField):
    """Takes what a scanner types and keeps the separators of its code, which a line of text cannot show.

    Scanned means: every character came at a scanner's pace and nothing was pasted, deleted or put in between.
    ``letters_are_keys``: no code begins with a letter here, so a letter in the empty field presses the page's button.
    """

    def __init__(
        self, label: str, *, name: str, hint: str = "", required: bool = False, letters_are_keys: bool = False
    ) -> None:
        super().__init__(label, name=name, hint=hint, required=required, length=_LONGEST_SCAN)
        self._letters_are_keys = letters_are_keys
        self._burst = ""
        self._typed_at: int | None = None
        self._entry.installEventFilter(self)

    def how(self) -> HowEntered:
        """Scanned or typed; what was pasted counts as typed."""
        shown = self._burst.replace(GROUP_SEPARATOR, "").strip()
        return "scanned" if len(shown) >= _SHORTEST_SCAN and shown == self.text() else "typed"

    def code(self) -> str:
        """The whole code with its separators when it was scanned, else what was typed."""
        return self._burst.strip(" ") if self.how() == "scanned" else self.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._notice(event)
            if event.type() == QEvent.Type.ShortcutOverride and self._is_key(event):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _is_key(self, event: QKeyEvent) -> bool:
        return self._letters_are_keys and not self._entry.text() and event.text().isalpha()

    def _notice(self, event: QKeyEvent) -> bool:
        """Follow the pace of the keys; a separator is kept here and not passed on."""
        text = event.text()
        is_code = bool(text) and (text == GROUP_SEPARATOR or text.isprintable())
        if not is_code:
            return False
        is_quick = self._typed_at is not None and event.timestamp() - self._typed_at <= BURST_MS
        if not self._entry.text():
            self._burst = text
        elif is_quick and self._burst:
            self._burst += text
        else:
            self._burst = ""
        self._typed_at = event.timestamp()
        return text == GROUP_SEPARATOR
