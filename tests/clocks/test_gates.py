"""T-25 and T-26: “finished” at every second, and gates that are never early and never late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms, current_bag_age
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Reason, Rejected
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import InfusionProtocol, minutes
from nurse_app.domain.schedule import vital_signs_due
from tests.domain.generated import MOVES, REBOOTS, UNSEEN, WAITS
from tests.domain.kit import Tape
from tests.figures import figure
from tests.kit import NURSE, TestVisit

NewTape = Callable[[], Tape]
SECOND = timedelta(seconds=1)
COUNTED: dict[str, int] = {}


def test_finished_before_the_hour_is_proven_needs_a_reason(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    needed = minutes(protocol.infusion.planned_minutes)
    state, start, right = visit.state, visit.now, 0
    for second in range(3701):
        verdict = decide(c.EmptyBag(), Context(state, start.plus(second * SECOND), NURSE))
        refused = isinstance(verdict, Rejected) and verdict.reason == Reason.REASON_MISSING
        taken = isinstance(verdict, tuple) and isinstance(verdict[0], e.BagEmptied)
        right += refused if second * SECOND < needed else taken
    assert right == 3701
    figure(f"T-25 {right:,} of 3,701")


def happen(tape: Tape, course: list[Any]) -> Tape:
    for item in course:
        item.happen(tape)
    return tape


def count(name: str) -> int:
    COUNTED[name] = COUNTED.get(name, 0) + 1
    return COUNTED[name]


def run(name: str, words: str) -> None:
    figure(f"T-26 {name}: {COUNTED.pop(name, 0):,} cases, {words}")


@given(course=st.lists(WAITS | MOVES | UNSEEN | REBOOTS, min_size=1, max_size=10))
def _watch_is_never_early(new_tape: NewTape, course: list[Any]) -> None:
    tape = new_tape().observing()
    began, drug_began = tape.truth, tape.truth - timedelta(minutes=65)
    happen(tape, course)
    limits = tape.state.protocol.observation
    if watch(tape.state, tape.now).ready:
        assert tape.truth - began >= minutes(limits.minutes)
        assert tape.truth - drug_began >= minutes(limits.not_before_start_minutes)
    count("end of the watch")


def test_the_watch_never_ends_early_whatever_the_clocks_do(new_tape: NewTape) -> None:
    _watch_is_never_early(new_tape)
    run("end of the watch", "0 early")


@given(course=st.lists(WAITS | MOVES | REBOOTS, min_size=1, max_size=12))
def _limits_are_never_late(new_tape: NewTape, course: list[Any]) -> None:
    tape = new_tape().note(e.DilutionFinished()).infusing()
    mixed = tape.truth
    for item in course:
        item.happen(tape)
        passed, limits = tape.truth - mixed, tape.state.protocol.preparation
        age = current_bag_age(tape.state, tape.now)
        assert age is not None
        if passed > timedelta(hours=float(min(limits.max_room_hours, limits.max_total_age_hours))):
            assert not age.usable
        shown = {condition.name for condition in alarms(tape.state, tape.now)}
        due = vital_signs_due(tape.state, tape.now)
        assert due is not None
        if due.earliest <= tape.truth and passed >= due.latest - tape.state.started_at.latest:
            assert "vital-signs-due" in shown
        if passed >= minutes(tape.state.protocol.infusion.planned_minutes):
            assert "infusion-time-over" in shown
        count("bag, vital signs, end of the infusion")


def test_no_limit_is_noticed_late_while_the_wall_clock_is_watched(new_tape: NewTape) -> None:
    _limits_are_never_late(new_tape)
    run("bag, vital signs, end of the infusion", "0 late")


@given(course=st.lists(WAITS | REBOOTS, min_size=1, max_size=8), away=st.integers(0, 59))
def _confirmed_times_keep_the_truth(new_tape: NewTape, course: list[Any], away: int) -> None:
    tape = happen(new_tape().infusing(), course).wait(seconds=away)
    shown = tape.truth.replace(second=0, microsecond=0)
    verdict = decide(c.ConfirmClock(shown), Context(tape.state, tape.now, NURSE))
    if isinstance(verdict, tuple):
        tape.note(*verdict)
    assert tape.now.earliest <= tape.truth <= tape.now.latest
    count("after a confirmation")


def test_a_confirmed_time_keeps_the_truth_between_its_bounds(new_tape: NewTape) -> None:
    _confirmed_times_keep_the_truth(new_tape)
    run("after a confirmation", "the truth lies between the bounds in each")
