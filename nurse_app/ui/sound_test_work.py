"""The sound test at work: plays one sound after another by the clock, and records the answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.moment import Reading
from nurse_app.presentation.sound_test import (
    SoundTestState,
    SoundTestView,
    playing_in,
    present_sound_test,
    turn_is_over,
)
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.sound_test_screen import SoundTestScreen
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work


class SoundTestWork:
    """Makes the page anew each time somebody goes there. Whoever leaves it ends the sounds."""

    def __init__(self, parts: AppParts, work: Work, session: Session, intent: SignalInstance) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._intent = intent
        self._state = SoundTestState()
        self._begun: Reading | None = None
        self._is_keeping = False
        self._screen: SoundTestScreen | None = None

    def open_page(self, show: Callable[[QWidget], None]) -> None:
        """Show the page; nothing is played before somebody asks for it."""
        self._state, self._begun = SoundTestState(), None
        self._parts.alarm_sound.look_again()
        screen = SoundTestScreen(self._view())
        screen.intent_requested.connect(self._intent)
        screen.play_requested.connect(self._play)
        screen.heard.connect(lambda: self._answer(heard=True))
        screen.not_heard.connect(lambda: self._answer(heard=False))
        self._screen = screen
        show(screen)
        screen.first_focus()

    def refresh(self) -> None:
        """Another look at the clock: the next sound may have its turn."""
        if self._screen is None:
            return
        if self._begun is not None and turn_is_over(self._state, self._passed(self._begun), self._parts.sound_plan):
            self._next()
        self._screen.show_view(self._view())

    def _next(self) -> None:
        turn = self._state.turn
        self._state, self._begun = SoundTestState(0 if turn is None else turn + 1), self._parts.clock.read()
        priority = playing_in(self._state)
        if priority is not None:
            self._parts.alarm_sound.ring(priority)

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on: a sound of the test that still plays would be taken for an alarm."""
        if self._screen is not None and screen is not self._screen:
            self._screen = None
            self._stop()

    def _passed(self, begun: Reading) -> timedelta:
        return self._parts.clock.read().uptime - begun.uptime

    def _play(self) -> None:
        """Begin or, while they play, end the sounds."""
        if not self._stop():
            self._state, self._is_keeping = SoundTestState(), False
            self._next()
        self.refresh()

    def _stop(self) -> bool:
        """Whether there was something to end."""
        if playing_in(self._state) is None:
            return False
        self._state, self._begun = SoundTestState(), None
        self._parts.alarm_sound.stop()
        return True

    def _answer(self, *, heard: bool) -> None:
        """Her word is an entry of the station, beside what the machine knew."""
        if self._is_keeping:
            return
        self._is_keeping = True
        sound, users, by = self._parts.alarm_sound, self._parts.users, self._session.author.by
        device, trouble = sound.device(), sound.trouble()

        def keep() -> None:
            users.note_sound_test(heard=heard, device=device, trouble=trouble, by=by)

        def kept(_nothing: None) -> None:
            self._state = replace(self._state, answer="heard" if heard else "not-heard")
            self.refresh()

        self._work.submit(keep, kept)

    def _view(self) -> SoundTestView:
        parts = self._parts
        trouble = parts.alarm_sound.trouble()
        return present_sound_test(self._state, parts.users.station.sound, trouble, parts.zone)
