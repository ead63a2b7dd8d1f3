"""Measures how late alarms ring in the real window, for bench.py.

python packaging/benchmarks/bench_alarms.py FOLDER    prints one line of JSON: milliseconds, a list for each way
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench_program import GoingOn, parts_on, settle, visit_on_screen
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.alarms import alarms
from nurse_app.domain.commands import AcknowledgeAlarm, RecordVitalSigns
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.moment import Reading
from nurse_app.domain.reaction import baseline
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.sound import SoundTrouble
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program, make_application
from nurse_app.visit.open_visit import OpenVisit

TRIALS = 12
BEFORE_DUE = timedelta(seconds=0.7)
PATIENCE_MS = 20_000


class Jumping(GoingOn):
    """A clock at true speed that can be moved: time passes unseen, as in a sleep, or somebody sets the wall clock."""

    passed = timedelta(0)
    moved = timedelta(0)

    def read(self) -> Reading:
        true = super().read()
        return Reading(true.wall + self.passed + self.moved, true.uptime + self.passed, true.boot_id)


class Ear:
    """Hears the bursts of the program, and when."""

    def __init__(self, clock: Jumping) -> None:
        self._clock = clock
        self.heard: list[tuple[timedelta, float]] = []
        self.listener: Callable[[], None] = lambda: None

    def ring(self, _priority: Priority) -> None:
        self.heard.append((self._clock.read().uptime, time.monotonic()))
        self.listener()

    def stop(self) -> None:
        """It hears what begins."""

    def look_again(self) -> None:
        """Nothing is wrong with it."""

    def trouble(self) -> SoundTrouble | None:
        return None

    def device(self) -> str:
        return ""


class Trial:
    """The program with a running infusion whose vital signs fall due again and again."""

    program: Program

    def __init__(self, parts: AppParts, clock: Jumping, ear: Ear) -> None:
        self._parts, self.clock, self.ear = parts, clock, ear

    @property
    def visit(self) -> OpenVisit:
        (visit,) = self._parts.service.visits().values()
        return visit

    def due_in(self) -> timedelta:
        now = self.visit.now(self.clock.read())
        due = vital_signs_due(self.visit.state, now)
        if due is None:
            sys.exit("No vital signs fall due.")
        return due.latest - now.latest

    def answer(self) -> None:
        """Vital signs as at the beginning; whatever else there is is acknowledged."""
        self.program.controller.on_intent(RecordVitalSigns(baseline(self.visit.state) or VitalSigns()))
        settle(self.program)
        for condition in alarms(self.visit.state, self.visit.now(self.clock.read())):
            self.program.controller.on_intent(AcknowledgeAlarm(condition.id))
            settle(self.program)
        self.program.controller.tick()

    def lateness_ms(self, step: timedelta, *, asleep: bool) -> float:
        """How late the next reminder rings; ``step`` is how far the wall clock is moved just before.

        ``asleep``: the time until then and some minutes more pass unseen, and it counts from waking.
        """
        due_in = self.due_in()
        loop, heard_before = QEventLoop(), len(self.ear.heard)
        self.ear.listener = loop.quit
        self.clock.passed += due_in - BEFORE_DUE
        self.clock.moved += step
        due_at = self.clock.read().uptime + BEFORE_DUE
        self.program.controller.tick()
        if asleep:
            self.clock.passed += timedelta(minutes=3)
            due_at = self.clock.read().uptime
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        loop.exec()
        self.ear.listener = lambda: None
        if len(self.ear.heard) == heard_before:
            sys.exit("An alarm did not ring.")
        late = self.ear.heard[heard_before][0] - due_at
        self.answer()
        return late / timedelta(milliseconds=1)


def measure(folder: Path) -> dict[str, list[float]]:
    """Milliseconds, each way."""
    trials: list[Trial] = []

    def heard_by(parts: AppParts) -> AppParts:
        clock = parts.clock
        assert isinstance(clock, Jumping)
        trials.append(Trial(parts, clock, Ear(clock)))
        return replace(parts, alarm_sound=trials[0].ear)

    program, _figures = visit_on_screen(folder, until="start-infusion", clock_of=Jumping, heard_by=heard_by)
    trial, clock = trials[0], trials[0].clock
    trial.program = program
    # More than two minutes would be an alarm of its own.
    step = timedelta(seconds=110)
    figures = {
        "running": [trial.lateness_ms(timedelta(0), asleep=False) for _ in range(TRIALS)],
        "stepped": [trial.lateness_ms(step if number % 2 else -step, asleep=False) for number in range(TRIALS)],
        "slept": [trial.lateness_ms(timedelta(0), asleep=True) for _ in range(TRIALS)],
    }
    clock.passed += trial.due_in() - BEFORE_DUE
    program.end()
    clock.passed += timedelta(minutes=4)
    return figures | {"opened": [opened_ms(folder, clock) for _ in range(3)]}


def opened_ms(folder: Path, clock: Jumping) -> float:
    """From the window on the screen until what fell due meanwhile rings."""
    clock.passed += timedelta(minutes=1)
    ear = Ear(clock)
    parts = replace(parts_on(folder, clock, training=False), alarm_sound=ear)
    program = Program(parts, make_application([]))
    loop = QEventLoop()
    ear.listener = loop.quit
    program.start()
    shown = time.monotonic()
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
    if not ear.heard:
        sys.exit("What fell due while the program was closed did not ring.")
    program.end()
    QApplication.processEvents()
    return (ear.heard[0][1] - shown) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
