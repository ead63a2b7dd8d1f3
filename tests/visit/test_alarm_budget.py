"""T-46: how often an uneventful visit rings, over 1,000 visits (200 in every check) of nurses who answer as nurses do.

A ring is an alarm that begins to sound; every burst is counted as well. Response: median 15 s, 95 of 100 within 50 s,
none longer than 59 s (published target: median below 20 s, 95 of 100 within 60 s; peers, 5). Vital signs are taken
before they are due in three cases of ten.
"""

import math
import random
from collections import Counter
from copy import copy
from datetime import datetime

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.visit.alarm_watch import AlarmPicture, AlarmWatch
from nurse_app.visit.open_visit import OpenVisit
from tests.figures import figure
from tests.kit import WELL, MemoryLog, TestVisit

VISITS, IN_EVERY_CHECK = 1000, 200
MOST_RINGS, MOST_MEDIUM = 8, 2
MEDIAN_S, SPREAD, SLOWEST_S = 15, 0.73, 59
EARLY_SHARE, EARLY_S = 0.3, 120


def another(visit: TestVisit) -> TestVisit:
    """A visit that has come as far as this one, with a record of its own."""
    twin = copy(visit)
    twin.log = MemoryLog()
    twin.log.items = list(visit.log.items)
    twin.visit = OpenVisit(twin.log, twin.log.items)
    return twin


class Watched:
    """A visit that only its nurse moves on; every burst is counted, and every alarm that begins one."""

    def __init__(self, visit: TestVisit, figures: SignalFigures, seed: int) -> None:
        self.chance = random.Random(seed)
        self.visit = another(visit)
        self.watch = AlarmWatch(figures)
        self.bursts: Counter[str] = Counter()
        self.rings: Counter[str] = Counter()
        self.early: dict[datetime, float] = {}

    def go(self) -> "Watched":
        """From the start of the infusion to the discharge."""
        while self.visit.state.phase != "discharge":
            picture = self._look()
            if picture.signals.of:
                self._pass(min(self.chance.lognormvariate(math.log(MEDIAN_S), SPREAD), SLOWEST_S))
                self._see_to_it()
            else:
                self._wait(picture)
        return self

    def _look(self) -> AlarmPicture:
        picture = self.watch.look({"v-1": self.visit.visit}, self.visit.reading())
        ring = picture.signals.ring
        if ring is not None:
            self.bursts[ring] += 1
            self.rings[ring] += bool(picture.signals.first_heard)
        for note in picture.notes:
            self.visit.do(note.command, "program")
        return picture

    def _pass(self, seconds: float) -> None:
        """Time goes by; the window looks whenever something changes by itself."""
        while seconds > 0:
            wait = self._look().look_in
            step = seconds if wait is None else min(max(wait.total_seconds(), 0.001), seconds)
            self.visit.wait(seconds=step)
            seconds -= step

    def _wait(self, picture: AlarmPicture) -> None:
        """Until something falls due; vital signs are sometimes taken before."""
        assert picture.look_in is not None
        wait, due = max(picture.look_in.total_seconds(), 0.001), vital_signs_due(self.visit.state, self.visit.now)
        if due is None:
            self.visit.wait(seconds=wait)
            return
        is_early = self.chance.random() < EARLY_SHARE
        before = self.early.setdefault(due.latest, self.chance.uniform(1, EARLY_S) if is_early else 0)
        act_in = (due.latest - self.visit.now.latest).total_seconds() - before
        if not before or act_in > wait:
            self.visit.wait(seconds=wait)
            return
        self.visit.wait(seconds=max(act_in, 0.001))
        self.visit.do(c.RecordVitalSigns(WELL))

    def _see_to_it(self) -> None:
        """Acknowledge everything; then measure, hang the flush, or let the patient go."""
        for _visit_id, alarm in self._look().signals.of:
            self.watch.answer(("v-1", alarm))
            self.visit.do(c.AcknowledgeAlarm(alarm))
        self._pass(self.chance.uniform(20, 120))
        names = {condition.name for condition in self._look().conditions.values()}
        if "infusion-time-over" in names:
            self.visit.do(c.EmptyBag())
        if "vital-signs-due" in names:
            self.visit.do(c.RecordVitalSigns(WELL))
        if self.visit.state.phase == "flush":
            self._pass(self.chance.uniform(120, 420))
            self.visit.do(c.FinishFlush(self.visit.state.protocol.infusion.rate_ml_h / 29))
        elif self.visit.state.phase == "observe" and watch(self.visit.state, self.visit.now).ready:
            self.visit.do(c.CompleteObservation())


def test_an_uneventful_visit_rings_at_most_eight_times(
    protocol: InfusionProtocol, alarm_figures: SignalFigures, request: pytest.FixtureRequest
) -> None:
    count = VISITS if request.config.getoption("--sweep") else IN_EVERY_CHECK
    begun = TestVisit(protocol).to("infuse")
    visits = [Watched(begun, alarm_figures, seed).go() for seed in range(count)]

    rings = [visit.rings.total() for visit in visits]
    bursts = [visit.bursts.total() for visit in visits]
    mediums = [visit.rings["medium"] for visit in visits]
    high = sum(visit.bursts["high"] for visit in visits)
    figure(
        f"T-46  {count:,} uneventful visits: {sum(rings) / count:.1f} rings a visit, at most {max(rings)}, "
        f"of them medium at most {max(mediums)}, high {high}; "
        f"with every repeat {sum(bursts) / count:.1f} bursts, at most {max(bursts)}"
    )
    assert max(bursts) <= MOST_RINGS
    assert max(mediums) == MOST_MEDIUM
    assert high == 0
