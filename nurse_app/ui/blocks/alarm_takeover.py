"""An alarm that has the screen to itself: nobody is here, and nobody has answered for long or no sound is heard."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from nurse_app.i18n import _
from nurse_app.presentation.ward_alarms import WardAlarm
from nurse_app.ui.blocks.reaction_row import REACTION_KEY
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.alert_bar import ACKNOWLEDGE_KEY, TICKS_A_PHASE, TONES
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.flash_frame import Cover
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import set_look
from nurse_app.ui.widgets.text import Text

_MARGIN = 48
_ICON = 120
_GAP = 20


class AlarmTakeover(QFrame):
    """Lies over the whole window; what is beneath hears no key and keeps what is half typed.

    All three signals carry the alarm's key; ``reaction`` is that of its visit. No button has the focus: an Enter that
    was meant for what was there before presses nothing.
    """

    acknowledged = Signal(str)
    opened = Signal(str)
    reaction = Signal(str)

    def __init__(self, window: QWidget, beneath: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("takeover")
        self.setProperty("kind", "takeover")
        self._beneath = beneath
        self._alarm: WardAlarm | None = None
        self._focus: QWidget | None = None
        self._ticks = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon = Icon("", "neutral", _ICON)
        self._word = Text("", "mark", name="takeover.word")
        self._whose = Text("", "name", name="takeover.whose")
        self._text = Text("", "takeover", name="takeover.text")
        self._note = Text("", "lead", name="takeover.note")
        self._help = Text(_("Nobody has answered. Look at the patient, fetch a colleague."), "title")
        self._acknowledge = Button(_(words.ACKNOWLEDGE), ACKNOWLEDGE_KEY, "primary", name="takeover.acknowledge")
        self._open = Button(_("Show the visit"), name="takeover.open")
        self._reaction = Button(_(words.REACTION), REACTION_KEY, "danger-outline", name="takeover.reaction")
        for button in (self._acknowledge, self._open, self._reaction):
            button.setProperty("scale", "large")
        self._reaction.clicked.connect(lambda: self._tell(self.reaction))
        self._acknowledge.clicked.connect(lambda: self._tell(self.acknowledged))
        self._open.clicked.connect(lambda: self._tell(self.opened))
        bind_key(self._acknowledge, ACKNOWLEDGE_KEY)
        bind_key(self._reaction, REACTION_KEY)
        self._build()
        self._cover = Cover(self, window)
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether an alarm has the screen."""
        return self._alarm is not None

    def show_alarm(self, alarm: WardAlarm | None) -> None:
        """Give the screen to an alarm; None gives it back."""
        before, self._alarm = self._alarm, alarm
        if alarm is None:
            if before is not None:
                self._give_back()
            return
        if alarm != before:
            self._show(alarm)
        if before is None:
            self._take()

    def _take(self) -> None:
        self._focus = QApplication.focusWidget()
        self._beneath.setEnabled(False)
        self._cover.fit()
        self.show()
        self.raise_()
        self.setFocus()

    def _give_back(self) -> None:
        self.hide()
        self._beneath.setEnabled(True)
        focus, self._focus = self._focus, None
        if focus is not None and Shiboken.isValid(focus) and focus.isVisible():
            focus.setFocus()

    def advance(self) -> None:
        """One beat: the edge flashes at the rate of the priority."""
        if self._alarm is None:
            return
        self._ticks += 1
        phase = TICKS_A_PHASE[self._alarm.priority]
        lit = not phase or (self._ticks // phase) % 2 == 1
        set_look(self, "lit", TONES[self._alarm.priority] if lit else "no")

    def _show(self, alarm: WardAlarm) -> None:
        tone, word = TONES[alarm.priority], _(words.PRIORITY_WORDS[alarm.priority])
        self._icon.set_icon(alarm.priority, tone)
        self._word.set_text(word)
        self._word.set_tone(tone)
        self._whose.set_text(alarm.whose)
        self._whose.setVisible(bool(alarm.whose))
        self._text.set_text(alarm.text)
        self._note.set_text(alarm.note)
        set_look(self, "tone", tone)
        self.setAccessibleName(f"{word}: {alarm.whose} {alarm.text}")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self._icon)
        names = QVBoxLayout()
        names.addStretch()
        names.addWidget(self._word)
        names.addWidget(self._whose)
        names.addStretch()
        head.addLayout(names, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        for button in (self._acknowledge, self._open, self._reaction):
            buttons.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_GAP)
        layout.addStretch()
        layout.addLayout(head)
        for text in (self._text, self._note, self._help):
            layout.addWidget(text)
        layout.addStretch()
        layout.addLayout(buttons)

    def _tell(self, signal: SignalInstance) -> None:
        if self._alarm is not None:
            signal.emit(self._alarm.key)
