"""Which stretch of time the drawings show: ranges to choose, steps earlier and closer, and the way back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.presentation.lab_axis import TimeRange
from nurse_app.presentation.time_window import TimeWindow
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.flow_layout import FlowLayout

Change = Callable[[TimeWindow], TimeWindow]


class TimeControls(QWidget):
    """Holds the window that is shown; ``changed`` follows every other one."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}.controls")
        self._name = name
        self._window: TimeWindow | None = None
        self._range = ""
        self._about: float | None = None
        self._ranges: dict[str, tuple[TimeRange, Choice]] = {}
        self._flow = FlowLayout(self)
        self._back = Button("↶", None, "chip", name=f"{name}.undo")

    @property
    def shown(self) -> TimeWindow | None:
        return self._window

    def set_ranges(self, ranges: tuple[TimeRange, ...], default: str) -> None:
        """The ranges to choose from, the last of them all there is; the one that is chosen stays so."""
        if not self._ranges:
            self._make(ranges)
        self._ranges = {each.id: (each, self._ranges[each.id][1]) for each in ranges}
        if not self._range:
            self._range = default
        if self._window is None or not self._window.before:
            self._show_range(self._range)

    def set_about(self, day: float | None) -> None:
        """The day that closer and wider keep in its place; None: the newest end."""
        self._about = day

    def follow(self, day: float) -> None:
        """Show a day that lies outside, in the middle of as long a stretch."""
        if self._window is not None:
            self._take(self._window.around(day))

    def draw_closer(self, start: float, end: float) -> None:
        """Show a stretch that a finger drew."""
        if self._window is not None:
            self._take(self._window.stretch(start, end))

    def add(self, button: Button) -> None:
        """One more button behind the others."""
        self._flow.addWidget(button)

    def focus_range(self) -> None:
        """Put the focus on the range that is chosen."""
        if self._range in self._ranges:
            self._ranges[self._range][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, ranges: tuple[TimeRange, ...]) -> None:
        for each in ranges:
            choice = Choice(each.label, "chip", name=f"{self._name}.{each.id}")
            choice.set_label(each.label, each.key)
            choice.clicked.connect(partial(self._choose, each.id))
            bind_key(choice, each.key)
            self._flow.addWidget(choice)
            self._ranges[each.id] = (each, choice)
        steps: tuple[tuple[str, str, str, str, Change], ...] = (
            ("earlier", "◀", ",", _("Earlier"), lambda window: window.moved(-1)),
            ("later", "▶", ".", _("Later"), lambda window: window.moved(1)),
            ("closer", "+", "+", _("Closer"), lambda window: window.closer(self._about)),
            ("wider", "−", "-", _("Wider"), lambda window: window.wider(self._about)),
        )
        for step, sign, key, meaning, change in steps:
            button = Button(sign, None, "chip", name=f"{self._name}.{step}")
            button.setAccessibleName(_("{meaning}, key {key}").format(meaning=meaning, key=key))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(partial(self._change, change))
            bind_key(button, key)
            self._flow.addWidget(button)
        self._back.setAccessibleName(_("Back from the last zoom, key Z"))
        self._back.setToolTip(self._back.accessibleName())
        self._back.clicked.connect(partial(self._change, TimeWindow.back))
        bind_key(self._back, "Z")
        self._flow.addWidget(self._back)

    def _choose(self, range_id: str) -> None:
        self._range = range_id
        self._show_range(range_id)
        self.changed.emit()

    def _show_range(self, range_id: str) -> None:
        chosen = self._ranges[range_id][0]
        whole = list(self._ranges.values())[-1][0]
        self._window = TimeWindow(chosen.start, chosen.end, (whole.start, whole.end))
        self._dress()

    def _change(self, change: Change) -> None:
        if self._window is not None:
            self._take(change(self._window))

    def _take(self, window: TimeWindow) -> None:
        if window is not self._window:
            self._window = window
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        """A zoomed window is none of the ranges any more."""
        is_zoomed = self._window is not None and bool(self._window.before)
        for range_id, (_range, choice) in self._ranges.items():
            choice.set_chosen("brand" if range_id == self._range and not is_zoomed else None)
        self._back.setEnabled(is_zoomed)
