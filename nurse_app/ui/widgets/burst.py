"""Tells a scanner from a hand: an Enter that ends a burst of keys must open and press nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# A scanner types faster than this, a hand slower.
BURST_MS = 60
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Burst:
    """Watches the keys one widget gets."""

    def __init__(self) -> None:
        self._typed_at: int | None = None

    def is_press(self, event: QKeyEvent) -> bool:
        """Whether this key is an Enter pressed by hand, once. Other keys are remembered."""
        if event.key() not in ENTER_KEYS:
            if event.text():
                self._typed_at = event.timestamp()
            return False
        in_burst = self._typed_at is not None and event.timestamp() - self._typed_at < BURST_MS
        return not in_burst and not event.isAutoRepeat()

    def forget(self) -> None:
        """Begin anew, as when the focus comes."""
        self._typed_at = None
