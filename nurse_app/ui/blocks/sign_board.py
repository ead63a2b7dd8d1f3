"""The signs of a reaction as chips, in any order; arrow keys walk through them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.presentation.reaction import SignView
from nurse_app.ui.widgets.choice_chips import SignChip
from nurse_app.ui.widgets.flow_layout import FlowLayout

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class SignBoard(QWidget):
    """One tab stop for all signs: Tab enters at the chip used last, arrows move, Space marks."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str, chip: str = "sign") -> None:
        super().__init__()
        self.setObjectName(name)
        self._chip = chip
        self._flow = FlowLayout(self)
        self._signs: dict[str, SignView] = {}
        self._chips: dict[str, SignChip] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_signs(self, signs: tuple[SignView, ...]) -> None:
        """Show which signs are marked; the chips stay the same as long as the protocol does."""
        for sign in signs:
            if sign.id not in self._chips:
                self._add(sign)
            self._chips[sign.id].set_seen(seen=sign.seen)
        self._signs = {sign.id: sign for sign in signs}

    def _add(self, sign: SignView) -> None:
        chip = SignChip(sign.id, sign.text, name=f"{self._chip}.{sign.id}")
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus if self._chips else Qt.FocusPolicy.StrongFocus)
        chip.sign_pressed.connect(self._press)
        chip.installEventFilter(self)
        self._chips[sign.id] = chip
        self._flow.addWidget(chip)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, SignChip):
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                # In reader mode arrows turn the page, except among the signs.
                event.setAccepted(Qt.Key(event.key()) in _STEPS)
                return event.isAccepted()
            if event.type() == QEvent.Type.FocusIn:
                self._make_tab_stop(watched)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                step = _STEPS.get(Qt.Key(event.key()))
                if step is not None:
                    self._move(watched, step)
                    return True
        return super().eventFilter(watched, event)

    def _move(self, chip: SignChip, step: int) -> None:
        chips = list(self._chips.values())
        chips[(chips.index(chip) + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def _make_tab_stop(self, stop: SignChip) -> None:
        for chip in self._chips.values():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus)

    def _press(self, sign_id: str) -> None:
        self.intent_requested.emit(self._signs[sign_id].intent)
