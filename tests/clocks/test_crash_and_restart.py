"""T-23 and T-24: a crash at every second, restarts of the machine with right, wrong and empty wall clocks."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.evolve import begin, evolve
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.restarts import ASKED_ABOVE, open_question
from nurse_app.domain.state import VisitState
from nurse_app.store.heartbeat_file import HeartbeatFile
from nurse_app.visit.heartbeat import BEAT_EVERY
from nurse_app.visit.open_visit import Accepted, Author
from tests.clocks.visits import VisitOn, on
from tests.figures import figure
from tests.kit import TestVisit
from tests.store.kit import system_disk

SECOND = timedelta(seconds=1)
AWAY = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 60, 600, 3600, 7200))
RUN = timedelta(minutes=130)
HEARTBEAT = timedelta(seconds=5)
T0 = TestVisit.T0


@dataclass
class Course:
    """The states of a whole visit by the second from which each holds, and its readings at any second."""

    states: list[tuple[int, VisitState]]
    first: Reading

    def at(self, second: int) -> VisitState:
        return [state for since, state in self.states if since <= second][-1]

    def reading(self, second: int) -> Reading:
        after = second * SECOND
        return Reading(self.first.wall + after, self.first.uptime + after, self.first.boot_id)


@pytest.fixture(scope="module")
def course(protocol: InfusionProtocol, tmp_path_factory: pytest.TempPathFactory) -> Course:
    visit = on("Linux", protocol, tmp_path_factory.mktemp("machine"))
    first = visit.reading()
    visit.observe()
    visit.wait(minutes=60).do(c.CompleteObservation())
    states, state = [], None
    for item in visit.visit.record:
        state = begin(item) if state is None else evolve(state, item)
        states.append(((item.entry.reading.uptime - first.uptime) // SECOND, state))
    return Course(states, first)


def reopened(state: VisitState, seen: Reading | None, reading: Reading) -> VisitState:
    number = state.number + 1
    return evolve(state, Recorded(number, f"e{number}", Entry(e.VisitReopened(0, seen), "program", reading)))


def last_beat(course: Course, second: int) -> Reading | None:
    """The look that was kept last, when beats come as seldom as they ever do."""
    beat = second // 4 * 4
    state = course.at(second)
    seen = course.reading(beat)
    return seen if seen.uptime > state.last_reading.uptime else None


@pytest.mark.parametrize(
    "step", [pytest.param(61, id="every 61st second"), pytest.param(1, id="every second", marks=pytest.mark.sweep)]
)
def test_a_crash_at_any_second_costs_no_more_than_a_heartbeat(course: Course, step: int) -> None:
    assert BEAT_EVERY + SECOND <= HEARTBEAT
    worst_same, worst_new, cases = timedelta(0), timedelta(0), 0
    for second in range(0, RUN // SECOND, step):
        state, seen = course.at(second), last_beat(course, second)
        for away in AWAY:
            truth = course.first.wall + second * SECOND + away
            # The program comes back on the same start of the machine: nothing is lost at all.
            after = course.reading(second + away // SECOND)
            same = reopened(state, seen, after)
            at = same.last_moment
            worst_same = max(worst_same, abs(truth - at.earliest), abs(at.latest - truth))
            # The machine was off for all but the last moments, with a right clock.
            up = min(away, 30 * SECOND)
            new = reopened(state, seen, Reading(after.wall, up, "another"))
            off = away - up
            at = new.last_moment
            assert at.earliest <= truth <= at.latest, (second, away)
            worst_new = max(worst_new, truth - off - at.earliest, at.latest - truth)
            assert (new.phase, new.run, new.observation) == (state.phase, state.run, state.observation)
            assert same.phase == state.phase
            cases += 2
    assert worst_same == timedelta(0)
    assert worst_new <= HEARTBEAT
    figure(
        f"T-23 {cases:,} crashes ({'every second' if step == 1 else f'every {step} s'} of {RUN}): error "
        f"{worst_same.total_seconds():g} s in the same start of the machine, {worst_new.total_seconds():g} s beyond "
        f"the time it was off after a restart"
    )


def test_the_look_kept_on_the_disk_is_what_the_next_start_reckons_from(
    protocol: InfusionProtocol, tmp_path: Path
) -> None:
    visit = on("Linux", protocol, tmp_path).infuse()
    file = HeartbeatFile(tmp_path, system_disk())
    for _beat in range(100):
        visit.wait(seconds=4)
        file.keep(visit.reading())
    started = visit.state.run.started_at
    assert started is not None
    visit.wait(seconds=3).machine.reboot(timedelta(minutes=20), timedelta(minutes=1))
    visit.reopen(HeartbeatFile(tmp_path, system_disk()).last)
    since = visit.now.since(started)
    assert since.least == timedelta(seconds=460)
    assert since.most == timedelta(seconds=403, minutes=21)


# --- T-24 ---

WRONG = (
    timedelta(0),
    *(sign * size for size in (timedelta(seconds=30), timedelta(minutes=7), timedelta(hours=1)) for sign in (1, -1)),
)
EMPTY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Tally:
    early = 0
    asked = 0
    confirmed = 0
    refused = 0
    late = 0


def one_restart(chance: random.Random, visit: VisitOn, tally: Tally) -> None:
    """One restart of the machine with some wall clock; then, where it is asked, what a right clock shows."""
    machine = visit.machine
    seen = visit.reading() if chance.random() < 0.8 else None
    off, up = timedelta(seconds=chance.randint(0, 7200)), timedelta(seconds=chance.randint(1, 600))
    kind = chance.choice(("right", "moved", "empty"))
    if kind == "moved":
        machine.move_wall(chance.choice(WRONG))
    machine.reboot(off, up)
    if kind == "empty":
        machine.set_wall(EMPTY + up)
    visit.reopen(seen)
    check(visit, tally)
    asked = open_question(visit.state.restarts, visit.now)
    unsure = [restart for restart in visit.state.restarts if not restart.confirmed]
    wide = visit.now.latest - visit.now.earliest > ASKED_ABOVE
    assert (asked is not None) == bool(unsure and (wide or any(item.open_ended for item in unsure)))
    if asked is None:
        return
    tally.asked += 1
    visit.wait(seconds=chance.randint(0, 120))
    shown = machine.truth.replace(second=0, microsecond=0)
    result = visit.visit.handle(c.ConfirmClock(shown), Author("nurse"), visit.reading())
    if isinstance(result, Accepted):
        tally.confirmed += 1
        assert open_question(visit.state.restarts, visit.now) is None
    else:
        tally.refused += 1
    check(visit, tally)


def check(visit: VisitOn, tally: Tally) -> None:
    assert visit.now.earliest <= visit.now.latest
    tally.early += visit.now.earliest > visit.machine.truth


@pytest.mark.parametrize(
    "cases", [pytest.param(300, id="300 cases"), pytest.param(3000, id="3000 cases", marks=pytest.mark.sweep)]
)
def test_after_a_restart_no_wall_clock_proves_more_time_than_has_passed(
    protocol: InfusionProtocol, tmp_path: Path, cases: int
) -> None:
    chance, tally = random.Random(24), Tally()
    for case in range(cases):
        if case % 50 == 0:
            # As good as any visit, and not made anew for each case: each begins where the one before began.
            fresh = on("Linux", protocol, tmp_path).infuse()
            kept = fresh.log.recorded(), fresh.machine.truth
        visit = on("Linux", protocol, tmp_path)
        visit.log.items = list(kept[0])
        visit.reopen()
        visit.wait(seconds=chance.randint(0, 3600))
        for _restart in range(chance.choice((1, 1, 1, 2))):
            one_restart(chance, visit, tally)
            visit.wait(seconds=chance.randint(0, 900))
            check(visit, tally)
    assert tally.early == 0
    assert tally.asked > cases // 2
    assert tally.confirmed > tally.refused
    figure(
        f"T-24 {cases:,} cases, {tally.early} early; asked {tally.asked:,} times, {tally.confirmed:,} confirmed, "
        f"{tally.refused:,} refused as not possible"
    )
