"""Chips to choose from: one or several of a few words."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import GAP, Tone
from nurse_app.ui.widgets.text import Text

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChoiceChips(QWidget):
    """A choice being made: single (choosing one lets go of the other) or multiple. Arrows move, Space chooses.

    Choosing what is chosen lets go of it, unless ``keeps_one``. ``picked`` follows every press, changed or not.
    """

    changed = Signal()
    picked = Signal()

    def __init__(
        self,
        options: tuple[tuple[str, str], ...],
        *,
        name: str,
        label: str = "",
        multiple: bool = False,
        keeps_one: bool = False,
        tone: Tone = "brand",
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._multiple = multiple
        self._keeps_one = keeps_one
        self._tone = tone
        self._chips: dict[str, Choice] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if label:
            column.addWidget(Text(label, "note", name=f"{name}.label"))
        flow = FlowLayout(gap=GAP)
        for key, text in options:
            chip = Choice(text, "chip", name=f"{name}.{key}")
            chip.clicked.connect(partial(self._press, key))
            chip.installEventFilter(self)
            self._chips[key] = chip
            flow.addWidget(chip)
        column.addLayout(flow)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if options:
            self.setFocusProxy(self._chips[options[0][0]])

    def chosen(self) -> tuple[str, ...]:
        """The keys chosen, in the order of the options."""
        return tuple(key for key, chip in self._chips.items() if chip.chosen)

    def choose(self, *keys: str) -> None:
        """Choose exactly these."""
        before = self.chosen()
        for key, chip in self._chips.items():
            chip.set_chosen(self._tone if key in keys else None)
        if self.chosen() != before:
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            chips = list(self._chips.values())
            if step is not None and watched in chips:
                following = chips[(chips.index(watched) + step) % len(chips)]
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _press(self, key: str) -> None:
        chosen = set(self.chosen())
        if key not in chosen:
            chosen = chosen | {key} if self._multiple else {key}
        elif not self._keeps_one:
            chosen.discard(key)
        self.choose(*chosen)
        self.picked.emit()


class SignChip(Choice):
    """A sign of a reaction: pressing it asks to record it, and it shows what is recorded."""

    sign_pressed = Signal(str)

    def __init__(self, key: str, text: str, *, name: str) -> None:
        super().__init__(text, "chip", name=name)
        self._key = key
        self.clicked.connect(self._press)

    def set_seen(self, *, seen: bool) -> None:
        """Show whether the sign is recorded."""
        self.set_chosen("stop" if seen else None)

    def _press(self) -> None:
        self.sign_pressed.emit(self._key)
