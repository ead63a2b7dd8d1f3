"""Restarts of the machine: what the clocks prove, when a nurse is asked, and what her answer narrows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms
from nurse_app.domain.deciding.outcome import Reason
from nurse_app.domain.moment import Moment, Reading, Span
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.restarts import ClockRange, moments, open_question
from tests.domain.kit import Tape
from tests.domain.stages import at
from tests.kit import NURSE, TestVisit

MINUTE = timedelta(minutes=1)
T0 = TestVisit.T0


def restarted(protocol: InfusionProtocol, *, off: int, up: int, wall_moved: timedelta = timedelta(0)) -> TestVisit:
    """An infusion; the machine goes off after ten minutes and the program is opened again."""
    visit = at(protocol, "infuse").wait(minutes=10 + off + up)
    visit.wall_moved += wall_moved
    visit.reboot(up_for_minutes=up).do(c.ReopenVisit())
    return visit


def asked(visit: TestVisit) -> ClockRange | None:
    return open_question(visit.state.restarts, visit.now)


def seen_after(visit: TestVisit, **after: float) -> Reading:
    """A look at the clocks so long after now."""
    reading, later = visit.reading(), timedelta(**after)
    return Reading(reading.wall + later, reading.uptime + later, reading.boot_id)


def test_a_look_that_was_kept_bounds_the_time_away(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse")
    seen = seen_after(visit, minutes=9)
    before = visit.now
    visit.wait(minutes=30).reboot(up_for_minutes=2).do(c.ReopenVisit(0, seen))
    assert visit.visit.record[-1].event == e.VisitReopened(0, seen)
    assert visit.now.since(before) == Span(11 * MINUTE, 30 * MINUTE)


@pytest.mark.parametrize("after", [0, -60])
def test_a_look_before_the_last_entry_tells_nothing(protocol: InfusionProtocol, after: int) -> None:
    visit = at(protocol, "infuse")
    visit.do(c.ReopenVisit(0, seen_after(visit, seconds=after)))
    assert visit.visit.record[-1].event == e.VisitReopened()


def test_a_look_of_another_start_of_the_machine_tells_nothing(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse")
    before, seen = visit.now, seen_after(visit, minutes=9)
    visit.wait(minutes=30).reboot(up_for_minutes=2)
    visit.do(c.ReopenVisit(0, Reading(seen.wall, seen.uptime, "never")))
    assert visit.visit.record[-1].event == e.VisitReopened()
    assert visit.now.since(before) == Span(2 * MINUTE, 30 * MINUTE)


def test_a_strange_look_in_a_record_is_not_believed(new_tape: Callable[[], Tape]) -> None:
    tape = new_tape()
    strange = Reading(tape.begins, timedelta(days=900000000), "never")
    before = tape.now
    tape.reboot(30 * MINUTE, 2 * MINUTE).note(e.VisitReopened(0, strange))
    assert tape.now.since(before) == Span(2 * MINUTE, 32 * MINUTE)


@pytest.mark.parametrize(("seconds", "is_asked"), [(0, False), (60, False), (61, True), (3600, True)])
def test_the_nurse_is_asked_when_more_than_a_minute_is_unsure(
    protocol: InfusionProtocol, seconds: int, is_asked: bool
) -> None:
    visit = at(protocol, "infuse").wait(seconds=seconds).reboot()
    visit.do(c.ReopenVisit())
    assert (asked(visit) is not None) == is_asked
    found = [item for item in alarms(visit.state, visit.now) if item.name == "time-unsure"]
    assert [(item.id, item.priority, item.since) for item in found] == (
        [(f"time-unsure/{visit.state.number}", "medium", visit.state.last_moment)] if is_asked else []
    )


def test_the_answer_narrows_the_time_since_the_restart(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2)
    started = visit.state.run.started_at
    assert started is not None
    assert visit.now.since(started) == Span(2 * MINUTE, 32 * MINUTE)
    clock = visit.reading().wall - 5 * MINUTE
    (entry,) = visit.do(c.ConfirmClock(clock))
    assert isinstance(entry.event, e.ClockConfirmed)
    assert entry.entry.by == NURSE
    assert (entry.event.ward_clock, entry.event.earliest, entry.event.latest) == (
        clock,
        T0 + (started.latest - T0) + 2 * MINUTE,
        T0 + (started.latest - T0) + 32 * MINUTE,
    )
    assert visit.now.since(started) == Span(27 * MINUTE, 29 * MINUTE)
    assert asked(visit) is None
    assert not any(item.name == "time-unsure" for item in alarms(visit.state, visit.now))


def test_what_was_noted_between_restart_and_answer_gets_the_better_time_too(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2)
    visit.do(c.AddNote("awake"))
    visit.wait(minutes=3).do(c.ConfirmClock(visit.reading().wall))
    noted = {type(item.event): at for item, at in moments(visit.visit.record)}
    assert visit.now.since(noted[e.NoteAdded]) == Span(3 * MINUTE, 3 * MINUTE)
    assert noted[e.NoteAdded].latest - noted[e.NoteAdded].earliest <= 2 * MINUTE


def test_an_answer_that_was_wrong_is_marked_in_error_and_asked_again(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2)
    before = asked(visit)
    (entry,) = visit.do(c.ConfirmClock(visit.reading().wall))
    visit.do(c.CorrectEntry(entry.number, "read the wrong clock"))
    assert asked(visit) == before


@pytest.mark.parametrize("minutes", [-33, -400, 3, 60, 24 * 60])
def test_a_time_that_is_not_possible_is_refused(protocol: InfusionProtocol, minutes: int) -> None:
    visit = restarted(protocol, off=20, up=2)
    refused = visit.refused(c.ConfirmClock(visit.reading().wall + minutes * MINUTE))
    assert refused.reason == Reason.TIME_NOT_POSSIBLE
    assert asked(visit) is not None


@pytest.mark.parametrize("minutes", [-31, 1, 2])
def test_two_minutes_are_the_unevenness_of_clocks_on_a_wall(protocol: InfusionProtocol, minutes: int) -> None:
    visit = restarted(protocol, off=20, up=2)
    before = visit.now
    visit.do(c.ConfirmClock(visit.reading().wall + minutes * MINUTE))
    assert before.earliest <= visit.now.earliest <= visit.now.latest <= before.latest


def test_nobody_is_asked_twice_and_never_without_a_restart(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2)
    visit.do(c.ConfirmClock(visit.reading().wall))
    assert visit.refused(c.ConfirmClock(visit.reading().wall)).reason == Reason.TIME_IS_KNOWN


def test_a_clock_that_runs_behind_leaves_the_end_open_and_the_answer_closes_it(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2, wall_moved=timedelta(days=-20000))
    started = visit.state.run.started_at
    assert started is not None
    assert visit.now.since(started) == Span(2 * MINUTE, 2 * MINUTE)
    assert asked(visit) == ClockRange(visit.now.earliest, None)
    truth = T0 + visit.passed
    (entry,) = visit.do(c.ConfirmClock(truth))
    assert isinstance(entry.event, e.ClockConfirmed)
    assert entry.event.latest is None
    assert visit.now.since(started) == Span(32 * MINUTE, 34 * MINUTE)


def test_of_several_restarts_each_is_narrowed_as_far_as_the_others_allow(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2)
    visit.wait(minutes=8).reboot(up_for_minutes=3).do(c.ReopenVisit())
    started = visit.state.run.started_at
    assert started is not None
    truth = visit.passed - (started.latest - T0)
    visit.do(c.ConfirmClock(visit.reading().wall))
    since = visit.now.since(started)
    assert since.least <= truth <= since.most
    assert since.most - since.least <= 4 * MINUTE
    assert asked(visit) is None


def test_a_confirmation_in_a_record_never_widens_what_the_clocks_prove(new_tape: Callable[[], Tape]) -> None:
    tape = new_tape()
    before = tape.now
    tape.reboot(30 * MINUTE, 2 * MINUTE).note(e.VisitReopened())
    number = len(tape.items)
    gap = e.ConfirmedGap(number, timedelta(days=-4), timedelta(days=4))
    tape.note(e.ClockConfirmed(datetime(2026, 11, 22, 9, tzinfo=UTC), before.earliest, None, (gap,)))
    assert tape.now.since(before) == Span(2 * MINUTE, 32 * MINUTE)
    wrong_way = e.ConfirmedGap(number, timedelta(days=4), timedelta(days=-4))
    tape.note(e.ClockConfirmed(datetime(2026, 11, 22, 9, tzinfo=UTC), before.earliest, None, (wrong_way,)))
    assert tape.now.since(before) == Span(32 * MINUTE, 32 * MINUTE)


def test_the_moments_of_a_record_are_those_of_its_state(protocol: InfusionProtocol) -> None:
    visit = restarted(protocol, off=20, up=2)
    visit.do(c.ConfirmClock(visit.reading().wall))
    *_before, (_item, last) = moments(visit.visit.record)
    assert last == visit.state.last_moment
    assert isinstance(last, Moment)
