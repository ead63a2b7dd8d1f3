"""What the program notices by looking at the clocks: an idle keyboard, a moved clock, a visit to stay awake for.

Each look is also handed on to be kept, so that a later start knows until when the program ran.
"""

from PySide6.QtWidgets import QWidget

from nurse_app.domain.alarms import runs_a_clock
from nurse_app.domain.clock_commands import NoticeClockStep
from nurse_app.domain.moment import Reading
from nurse_app.domain.record import PROGRAM
from nurse_app.ui.idle import TouchWatch
from nurse_app.ui.parts import AppParts
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.open_visit import Author
from nurse_app.visit.watch import ClockWatch


class Lookout:
    """Called on every tick; missing one costs nothing but the delay."""

    def __init__(self, parts: AppParts, work: Work, session: Session) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._clocks = ClockWatch(parts.clock.read())
        self._touches = TouchWatch()

    def start(self, stage: QWidget) -> None:
        """Notice whoever touches the window."""
        self._touches.watch(stage)

    def look(self, reading: Reading) -> bool:
        """Whether the names must be hidden now."""
        if self._touches.touched():
            self._session.touch(reading)
        step = self._clocks.step(reading)
        visits = self._parts.service.visits()
        if step is not None:
            for visit_id, visit in visits.items():
                if visit.state.is_open:
                    self._work.command(visit_id, NoticeClockStep(step), Author(PROGRAM), lambda _result: None)
        is_open = any(visit.state.is_open for visit in visits.values())
        self._parts.heartbeat.look(reading, visit_open=is_open)
        self._parts.watchdog.seen(visit_open=is_open)
        self._parts.keep_awake(wanted=any(runs_a_clock(visit.state) for visit in visits.values()))
        return self._session.should_lock(reading)
