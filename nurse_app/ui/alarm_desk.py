"""Alarms at work in the window: at every look they are sounded, noted in the records, shown, brought to the front."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.alarm_commands import PauseAudio
from nurse_app.domain.alarm_signals import FRONT
from nurse_app.domain.commands import AcknowledgeAlarm, Command, OpenReaction
from nurse_app.domain.moment import Reading
from nurse_app.domain.record import PROGRAM
from nurse_app.domain.sound import SoundTrouble, sound_trouble
from nurse_app.i18n import _
from nurse_app.presentation.intents import GoToVisit
from nurse_app.presentation.ward_alarms import WardAlarm, alarm_key, present_ward_alarms
from nurse_app.ui.attention import Level
from nurse_app.ui.blocks.alarm_takeover import AlarmTakeover
from nurse_app.ui.contexts import Contexts
from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.people_screen import SignInScreen
from nurse_app.ui.session import Session
from nurse_app.ui.stage import Stage
from nurse_app.ui.widgets.alert_bar import AlertLine
from nurse_app.ui.widgets.flash_frame import FlashFrame
from nurse_app.ui.work import Work
from nurse_app.visit.alarm_watch import STATION, AlarmNote, AlarmPicture, AlarmWatch
from nurse_app.visit.open_visit import Author
from nurse_app.visit.service import VisitService


class Caller(Protocol):
    """Brings the window to whoever is in the room."""

    def call(self, level: Level) -> None: ...

    def release(self) -> None: ...


CommandOf = Callable[[str, Command], None]


class AlarmDesk:
    """Follows the alarms of all visits. What it is told to ``listen`` to takes a nurse’s commands and shows visits."""

    def __init__(self, parts: AppParts, stage: Stage, work: Work, session: Session, contexts: Contexts) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._contexts = contexts
        self._watch = AlarmWatch(parts.alarm_figures)
        self._picture = AlarmPicture()
        self.look_in: Callable[[timedelta | None], None] = lambda _wait: None
        # None: nobody sits before this window.
        self.attention: Caller | None = None
        self._reading: Reading | None = None
        self._writing: set[str] = set()
        self._sound_noted: tuple[SoundTrouble | None, ...] = ()
        self._flash = FlashFrame(stage)
        self._takeover = AlarmTakeover(stage, stage.screens)

    def listen(self, command: CommandOf, intent: SignalInstance, reaction_of: SignalInstance) -> None:
        """Connect what alarms lead to."""
        self._command = command
        self._intent = intent
        self._takeover.acknowledged.connect(self.acknowledge)
        self._takeover.opened.connect(self.open)
        self._takeover.reaction.connect(lambda key: reaction_of.emit(alarm_key(key)[0], OpenReaction()))

    def wire(self, screen: HomeFrame | VisitFrame) -> None:
        """Connect the alarms of one screen."""
        screen.bands.alerts.acknowledged.connect(self.acknowledge)
        screen.bands.alerts.action_requested.connect(self.open)
        screen.bands.alerts.pause_requested.connect(self.pause)

    # --- a look ---

    def look(self, reading: Reading) -> None:
        """Look at the alarms of now, sound them, and ask for a look at the moment of the next change."""
        self._reading = reading
        machine = self._parts.alarm_sound.trouble()
        trouble = sound_trouble(machine, self._parts.users.station.sound)
        self._picture = self._watch.look(self._parts.service.visits(), reading, trouble)
        if self._picture.signals.ring is not None:
            self._parts.alarm_sound.ring(self._picture.signals.ring)
        self._note()
        self._note_sound(machine)
        self._call_attention()
        self.look_in(self._picture.look_in)

    def _note(self) -> None:
        """Bring the records up to date, one command after the other; nobody waits for it."""
        service = self._parts.service
        for visit_id, notes in groupby(self._picture.notes, key=lambda note: note.visit_id):
            if visit_id in self._writing:
                continue
            self._writing.add(visit_id)
            self._work.piece(partial(_handle, service, tuple(notes)), partial(self._noted, visit_id))

    def _noted(self, visit_id: str, _ended: object) -> None:
        self._writing.discard(visit_id)

    def _note_sound(self, trouble: SoundTrouble | None) -> None:
        """That the sound was lost or came back while a visit is open; once for each change."""
        is_open = any(visit.state.is_open for visit in self._parts.service.visits().values())
        if not is_open or trouble == self._parts.users.station.sound.lost or self._sound_noted == (trouble,):
            return
        self._sound_noted = (trouble,)
        self._work.piece(partial(self._parts.users.note_sound, trouble), _done)

    def _call_attention(self) -> None:
        if self.attention is None:
            return
        unanswered = self._picture.unanswered
        if not unanswered:
            self.attention.release()
        elif any(signal.stage >= FRONT or signal.priority == "high" for signal in unanswered):
            self.attention.call("front-and-keep")
        else:
            self.attention.call("taskbar")

    # --- what a screen shows ---

    def show_on(self, screen: QWidget | None, here: str) -> None:
        """Show the alarms on the screen that is on; ``here`` is the visit on it, or empty."""
        here = here if isinstance(screen, VisitFrame) else ""
        visits = {visit.visit_id: visit for visit in self._contexts.of_open_visits()}
        private = self._session.locked
        shown = present_ward_alarms(self._picture, visits, here, self._parts.zone, private=private)
        if isinstance(screen, HomeFrame | VisitFrame):
            lines = tuple(_line(alarm) for alarm in shown.alarms)
            screen.bands.alerts.show_alerts(lines, may_pause=shown.may_pause, few=screen.helps_now)
        self._flash.show_alarm(shown.silent)
        helps = isinstance(screen, HomeFrame | VisitFrame) and screen.helps_now
        was_on = self._takeover.is_on
        self._takeover.show_alarm(None if helps or self._somebody_is_here() else shown.alone)
        if was_on and not self._takeover.is_on and isinstance(screen, SignInScreen):
            # It came on beneath, where nothing could take the focus: whoever comes types a PIN.
            screen.first_focus()

    def beat(self, screen: QWidget | None) -> None:
        """What flashes goes on flashing."""
        if isinstance(screen, HomeFrame | VisitFrame):
            screen.bands.alerts.advance()
        self._flash.advance()
        self._takeover.advance()

    def _somebody_is_here(self) -> bool:
        """Who touches the program has the screen in hand: it is not covered."""
        if self._reading is None:
            return True
        return self._session.idle_for(self._reading).total_seconds() < self._parts.alarm_figures.here_s

    # --- what a nurse does about them ---

    def acknowledge(self, shown_key: str) -> None:
        """Somebody has seen it: quiet at once, and on record as soon as the disk has it."""
        key = alarm_key(shown_key)
        self._touched()
        self._watch.answer(key)
        if all(signal.key == key for signal in self._picture.loud):
            # What sounds for another alarm goes on.
            self._parts.alarm_sound.stop()
        if key[0] != STATION:
            self._command(key[0], AcknowledgeAlarm(key[1]))

    def _touched(self) -> None:
        if self._reading is not None:
            self._session.touch(self._reading)

    def pause(self) -> None:
        """No sound for a while from what sounds now."""
        if self._reading is None:
            return
        paused = self._watch.pause(self._reading)
        self._parts.alarm_sound.stop()
        for visit_id, keys in groupby(sorted(paused), key=lambda key: key[0]):
            if visit_id != STATION:
                alarms = tuple(alarm for _visit_id, alarm in keys)
                self._command(visit_id, PauseAudio(alarms, self._parts.alarm_figures.pause_s))

    def open(self, shown_key: str) -> None:
        """Show the visit that an alarm is about."""
        visit_id, _alarm = alarm_key(shown_key)
        self._touched()
        if visit_id != STATION:
            self._intent.emit(GoToVisit(visit_id))


def _done(_ended: object) -> None:
    """Nobody waits for it."""


def _handle(service: VisitService, notes: Sequence[AlarmNote]) -> None:
    for note in notes:
        service.handle(note.visit_id, note.command, Author(PROGRAM), note.happened_at)


def _line(alarm: WardAlarm) -> AlertLine:
    notes = tuple(note for note in (alarm.note, alarm.paused) if note)
    text = f"{alarm.whose}: {alarm.text}" if alarm.opens else alarm.text
    action = _("Open") if alarm.opens else ""
    return AlertLine(alarm.key, alarm.priority, text, " · ".join(notes), alarm.acknowledged, action)
