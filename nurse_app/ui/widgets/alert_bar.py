"""Alarm conditions, the most urgent first, each with its word, shape and what to do; they stay until resolved."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from nurse_app.i18n import _
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import GAP, Priority, Tone, set_look
from nurse_app.ui.widgets.text import Text

ACKNOWLEDGE_KEY = "F6"
PAUSE_KEY = "F10"
_MOST = 3
_MOST_LARGE = 2
_FEWEST = 1
_LARGE_TEXT = 125
_ORDER: tuple[Priority, ...] = ("high", "medium", "low")
TONES: dict[Priority, Tone] = {"high": "stop", "medium": "caution", "low": "brand"}
# With four ticks a second: high changes at 2 Hz, medium at 0.67 Hz, low never (IEC 60601-1-8: 1.4-2.8 and 0.4-0.8).
TICKS_A_PHASE: dict[Priority, int] = {"high": 1, "medium": 3, "low": 0}


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One condition. ``note`` says since when; ``action`` labels a button of its own, such as "Open"."""

    condition: str
    priority: Priority
    text: str
    note: str = ""
    acknowledged: bool = False
    action: str = ""


class AlertBar(QFrame):
    """A line for each condition, at most three at once, the rest behind a button."""

    acknowledged = Signal(str)
    action_requested = Signal(str)
    pause_requested = Signal()

    def __init__(self, *, name: str = "alert_bar") -> None:
        super().__init__()
        self.setObjectName(name)
        self._alerts: tuple[AlertLine, ...] = ()
        self._may_pause = False
        self._all = False
        self._ticks = 0
        self._lines: list[_Line] = []
        self._more = Button("", role="quiet", name=f"{name}.more")
        self._more.clicked.connect(self._toggle_all)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._most = _MOST
        # The first line is kept for ever: the way to the others stands in it.
        self._add_line().add_button(self._more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_alerts(self, alerts: tuple[AlertLine, ...], *, may_pause: bool = False, few: bool = False) -> None:
        """Show these conditions: those not acknowledged first, then by priority, else in the order given.

        ``may_pause``: something sounds whose sound can be paused. ``few``: the page needs the room.
        """
        most = _FEWEST if few else _MOST if current_theme().text_percent <= _LARGE_TEXT else _MOST_LARGE
        ordered = tuple(sorted(alerts, key=lambda alert: (alert.acknowledged, _ORDER.index(alert.priority))))
        if (ordered, may_pause, most) != (self._alerts, self._may_pause, self._most):
            self._alerts, self._may_pause, self._most = ordered, may_pause, most
            self._show_lines()

    def advance(self) -> None:
        """One beat: whatever is not acknowledged flashes at the rate of its priority."""
        self._ticks += 1
        for line in self._lines:
            line.flash(self._ticks)

    def _show_lines(self) -> None:
        shown = self._alerts if self._all else self._alerts[: self._most]
        while len(self._lines) > max(len(shown), 1):
            line = self._lines.pop()
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self._lines) < len(shown):
            self._add_line()
        first = next((alert.condition for alert in shown if not alert.acknowledged), "")
        for line, alert in zip(self._lines, shown, strict=False):
            is_first = alert.condition == first
            line.show_alert(alert, has_key=is_first, may_pause=is_first and self._may_pause)
        hidden = len(self._alerts) - self._most
        self._more.set_label(_(words.FEWER_ALERTS) if self._all else _(words.MORE_ALERTS).format(count=hidden))
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(self._alerts))

    def _add_line(self) -> "_Line":
        line = _Line(f"{self.objectName()}.{len(self._lines)}")
        line.acknowledged.connect(self.acknowledged)
        line.action_requested.connect(self.action_requested)
        line.pause_requested.connect(self.pause_requested)
        self._layout.addWidget(line)
        self._lines.append(line)
        return line

    def _toggle_all(self) -> None:
        self._all = not self._all
        self._show_lines()


class _Line(QFrame):
    acknowledged = Signal(str)
    action_requested = Signal(str)
    pause_requested = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "alert")
        self._alert = AlertLine("", "low", "")
        self._mark = QFrame()
        self._mark.setProperty("kind", "alert-mark")
        self._icon = Icon("", "neutral", 22)
        self._word = Text("", "mark", name=f"{name}.word")
        self._text = Text("", "strong", name=f"{name}.text")
        self._note = Text("", "foot", name=f"{name}.note")
        self._action = Button("", name=f"{name}.action")
        self._pause = Button(_(words.PAUSE_SOUND), PAUSE_KEY, "quiet", name=f"{name}.pause")
        self._pause.clicked.connect(self.pause_requested)
        bind_key(self._pause, PAUSE_KEY)
        self._acknowledge = Button(_(words.ACKNOWLEDGE), name=f"{name}.acknowledge")
        self._shortcut = bind_key(self._acknowledge, ACKNOWLEDGE_KEY)
        self._action.clicked.connect(self._on_action)
        self._acknowledge.clicked.connect(self._on_acknowledge)
        self._build()

    def show_alert(self, alert: AlertLine, *, has_key: bool, may_pause: bool = False) -> None:
        self._pause.setVisible(may_pause)
        self._shortcut.setEnabled(has_key)
        self._acknowledge.set_label(_(words.ACKNOWLEDGE), ACKNOWLEDGE_KEY if has_key else None)
        if alert == self._alert:
            return
        self._alert = alert
        tone = TONES[alert.priority]
        word = _(words.PRIORITY_WORDS[alert.priority])
        self._icon.set_icon(alert.priority, tone)
        self._word.set_text(word)
        self._word.set_tone(tone)
        self._text.set_text(alert.text)
        note = ", ".join(part for part in (alert.note, _(words.ACKNOWLEDGED) if alert.acknowledged else "") if part)
        self._note.set_text(note)
        self._note.setVisible(bool(note))
        self._action.set_label(alert.action)
        self._action.setVisible(bool(alert.action))
        self._acknowledge.setVisible(not alert.acknowledged)
        set_look(self, "tone", tone)
        set_look(self._mark, "lit", "no")
        self.setAccessibleName(f"{word}: {alert.text}")
        self.setAccessibleDescription(note)

    def add_button(self, button: Button) -> None:
        """A button beside those of the line."""
        self._row.insertWidget(self._row.indexOf(self._pause), button, 0, Qt.AlignmentFlag.AlignVCenter)

    def flash(self, ticks: int) -> None:
        """Light or darken the mark, as the count of ticks asks for."""
        phase = TICKS_A_PHASE[self._alert.priority]
        lit = bool(phase) and not self._alert.acknowledged and (ticks // phase) % 2 == 1
        set_look(self._mark, "lit", TONES[self._alert.priority] if lit else "no")

    def _build(self) -> None:
        mark = QHBoxLayout(self._mark)
        mark.setContentsMargins(10, 4, 10, 4)
        mark.setSpacing(GAP)
        mark.addWidget(self._icon)
        mark.addWidget(self._word)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(self._text)
        texts.addWidget(self._note)
        texts.addStretch()
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 24, 4)
        layout.setSpacing(14)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(texts, 1)
        for button in (self._pause, self._action):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._acknowledge, 0, Qt.AlignmentFlag.AlignVCenter)

    def _on_action(self) -> None:
        self.action_requested.emit(self._alert.condition)

    def _on_acknowledge(self) -> None:
        self.acknowledged.emit(self._alert.condition)
