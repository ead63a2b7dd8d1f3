"""A second tap of the same finger presses nothing that came under it meanwhile."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

# Beats of the ticker that must pass after something else came under the finger: 0.75 to 1 s.
WAIT_BEATS = 3
# Two taps of one finger land within a target's width of each other.
SAME_SPOT_PX = 44
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_OTHER_ACTS = frozenset({QEvent.Type.KeyPress, QEvent.Type.Wheel})

_Under = tuple[QWidget | None, str]


class SecondTap(QObject):
    """Watches the presses of one window. A tap closes a sheet; the tap after it, in a glove, must not sign the page.

    Only the spot of the last press is guarded, and only for a moment: a press anywhere else counts at once, and so does
    the same button pressed again. A key or a turn of the wheel is an act of its own and ends the guard.
    """

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage
        self._spot: QPoint | None = None
        self._under: _Under = (None, "")
        self._wait = 0
        self._is_swallowing = False

    def start(self) -> None:
        """Begin, once the window is shown."""
        window = self._stage.windowHandle()
        if window is not None:
            window.installEventFilter(self)

    def beat(self) -> None:
        """Look whether something else came under the finger; called by the ticker."""
        if self._spot is None:
            return
        if not self._has_changed() and self._wait:
            self._wait -= 1

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _OTHER_ACTS:
            self._spot = None
        elif isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress:
                self._is_swallowing = self._is_second(event.position().toPoint())
            swallowed = self._is_swallowing
            if kind == QEvent.Type.MouseButtonRelease:
                self._is_swallowing = False
            return swallowed and kind in (*_PRESSES, QEvent.Type.MouseButtonRelease)
        return False

    def _is_second(self, spot: QPoint) -> bool:
        near = self._spot is not None and (spot - self._spot).manhattanLength() <= SAME_SPOT_PX
        if near and (self._has_changed() or self._wait):
            return True
        self._spot = spot
        self._under = self._seen(spot)
        self._wait = 0
        return False

    def _has_changed(self) -> bool:
        if self._spot is None:
            return False
        seen = self._seen(self._spot)
        if seen == self._under:
            return False
        self._under = seen
        self._wait = WAIT_BEATS
        return True

    def _seen(self, spot: QPoint) -> _Under:
        """What is there now; a button that says something else is another one."""
        widget = self._stage.childAt(spot)
        return widget, widget.accessibleName() if isinstance(widget, QAbstractButton) else ""
