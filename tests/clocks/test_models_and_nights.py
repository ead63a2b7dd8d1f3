"""T-29 and T-31: the same outcome on every system's clocks, and nights in which the wall clock does strange things."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.domain.moment import NOTICED_FROM
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.restarts import open_question
from nurse_app.domain.run import running_time
from nurse_app.domain.snapshot import snapshot
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.presentation.timeline import present_timeline
from nurse_app.visit.open_visit import Author
from tests.clocks.machine import MODELS, Machine
from tests.clocks.visits import VisitOn, on
from tests.figures import figure
from tests.kit import NURSE, SECOND

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


# --- T-29 ---


def plain_run(visit: VisitOn) -> None:
    visit.wait(minutes=40)


def wall_forward(visit: VisitOn) -> None:
    visit.machine.move_wall(HOUR)
    visit.wait(minutes=40)


def wall_back(visit: VisitOn) -> None:
    visit.machine.move_wall(-25 * HOUR)
    visit.wait(minutes=40)


def asleep(visit: VisitOn) -> None:
    visit.wait(minutes=10).machine.sleep(30 * MINUTE)


def asleep_and_wall_moved(visit: VisitOn) -> None:
    visit.machine.sleep(30 * MINUTE)
    visit.machine.move_wall(-HOUR)
    visit.wait(minutes=10)


def program_restarted(visit: VisitOn) -> None:
    visit.wait(minutes=20).machine.clock = visit.machine.start_program()
    visit.wait(minutes=1).reopen()


def program_restarted_after_a_sleep(visit: VisitOn) -> None:
    visit.machine.sleep(50 * MINUTE)
    visit.machine.clock = visit.machine.start_program()
    visit.reopen()


def machine_restarted(visit: VisitOn) -> None:
    seen = visit.wait(minutes=20).reading()
    visit.machine.reboot(12 * MINUTE, 2 * MINUTE)
    visit.reopen(seen)


def machine_restarted_with_an_empty_clock(visit: VisitOn) -> None:
    visit.wait(minutes=20).machine.reboot(12 * MINUTE, 2 * MINUTE)
    visit.machine.set_wall(datetime(1970, 1, 1, tzinfo=UTC))
    visit.reopen()


def machine_restarted_and_time_confirmed(visit: VisitOn) -> None:
    machine_restarted_with_an_empty_clock(visit)
    visit.do(c.ConfirmClock(visit.machine.truth.replace(second=0, microsecond=0)))


SCENARIOS: tuple[Callable[[VisitOn], None], ...] = (
    plain_run,
    wall_forward,
    wall_back,
    asleep,
    asleep_and_wall_moved,
    program_restarted,
    program_restarted_after_a_sleep,
    machine_restarted,
    machine_restarted_with_an_empty_clock,
    machine_restarted_and_time_confirmed,
)


def outcome(visit: VisitOn) -> tuple[object, ...]:
    """All that a nurse can see of it, and what the record holds."""
    ran = running_time(visit.state.run, visit.now)
    events = [type(item.event).__name__ for item in visit.visit.record]
    asked = open_question(visit.state.restarts, visit.now)
    return ran, visit.now, asked, visit.alarms(), events, snapshot(visit.state, visit.now)


def test_every_system_s_clocks_lead_to_the_same_outcome(protocol: InfusionProtocol, tmp_path: Path) -> None:
    differences: list[str] = []
    for scenario in SCENARIOS:
        outcomes = []
        for model in MODELS:
            visit = on(model, protocol, tmp_path).infuse()
            scenario(visit)
            visit.look()
            outcomes.append(outcome(visit))
        differing = [model for model, found in zip(MODELS, outcomes, strict=True) if found != outcomes[0]]
        differences += [f"{scenario.__name__}: {model}" for model in differing]
    assert differences == []
    figure(f"T-29 {len(MODELS)} models x {len(SCENARIOS)} scenarios, {len(differences)} differences")


# --- T-31 ---

NIGHTS = {
    "Berlin, summer time ends": ("Europe/Berlin", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
    "Berlin, summer time begins": ("Europe/Berlin", datetime(2026, 3, 29, 0, 10, tzinfo=UTC)),
    "New York, summer time ends": ("America/New_York", datetime(2026, 11, 1, 4, 30, tzinfo=UTC)),
    "New York, summer time begins": ("America/New_York", datetime(2026, 3, 8, 6, 10, tzinfo=UTC)),
    "Lord Howe, summer time ends": ("Australia/Lord_Howe", datetime(2026, 4, 4, 14, 10, tzinfo=UTC)),
    "Lord Howe, summer time begins": ("Australia/Lord_Howe", datetime(2026, 10, 3, 14, 40, tzinfo=UTC)),
    "midnight": ("Europe/Berlin", datetime(2026, 11, 22, 22, 10, tzinfo=UTC)),
    "29 February": ("Europe/Berlin", datetime(2024, 2, 28, 22, 10, tzinfo=UTC)),
    "end of 29 February": ("America/New_York", datetime(2024, 3, 1, 4, 10, tzinfo=UTC)),
    "end of the year": ("Asia/Kathmandu", datetime(2026, 12, 31, 17, 30, tzinfo=UTC)),
}


def night(protocol: InfusionProtocol, folder: Path, name: str) -> VisitOn:
    zone, begins = NIGHTS[name]
    return VisitOn(protocol, Machine("Linux", folder, begins, ZoneInfo(zone)))


@pytest.mark.parametrize("name", NIGHTS)
def test_a_visit_through_a_strange_night_keeps_every_time_exact(
    protocol: InfusionProtocol, tmp_path: Path, name: str
) -> None:
    visit = night(protocol, tmp_path, name).infuse()
    for _half_minute in range(120):
        visit.machine.run(MINUTE / 2)
        assert visit.look() is None
    ran = running_time(visit.state.run, visit.now)
    assert ran.least == ran.most == HOUR
    visit.do(c.EmptyBag())
    visit.wait(minutes=5).do(c.FinishFlush(protocol.preparation.total_ml / 20))
    early = visit.wait(minutes=59, seconds=59).reading()
    assert isinstance(visit.visit.handle(c.CompleteObservation(), Author(NURSE), early), Rejected)
    visit.wait(seconds=1).do(c.CompleteObservation())
    assert visit.state.phase == "discharge"
    assert not any(isinstance(item.event, e.ClockStepNoticed) for item in visit.visit.record)
    figure(f"T-31 {name}: 1:00:00 ran, 1:00:00 watched, no step")


@pytest.mark.parametrize("name", [name for name in NIGHTS if name.endswith("ends")])
def test_the_hour_that_comes_twice_can_be_told_apart_on_screen_and_print(
    protocol: InfusionProtocol, tmp_path: Path, name: str
) -> None:
    visit = night(protocol, tmp_path, name).infuse()
    for quarter in range(12):
        visit.wait(minutes=15).do(c.AddNote(f"note {quarter}"))
    zone = ZoneInfo(NIGHTS[name][0])
    names = {NURSE: "SAMPLE, Nurse One", SECOND: "SAMPLE, Nurse Two"}
    context = VisitContext("v-1", visit.state, visit.visit.record, visit.now, zone, NURSE, names.__getitem__)
    rows = present_timeline(context).rows[-12:]
    times = [(row.day, row.time) for row in rows]
    assert len({row.time for row in rows}) == 12, times
    twice = [row.time for row in rows if row.time.count(":") == 3]
    assert len(twice) in (4, 8)
    assert len({time[:8] for time in twice}) == len(twice) // 2
    printed = str(record_document(RecordSource(context, "digest", sample=True, training=True)))
    assert all(time in printed for time in twice)
    figure(f"T-31 {name}: {len(twice)} of 12 entries carry their offset, 12 of 12 times differ on screen and print")


def test_a_smeared_leap_second_is_no_step_and_changes_no_duration(protocol: InfusionProtocol, tmp_path: Path) -> None:
    begins = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
    visit = VisitOn(protocol, Machine("Linux", tmp_path, begins)).infuse()
    start = visit.now
    looks = 24 * 60
    for _minute in range(looks):
        visit.machine.run(MINUTE)
        visit.machine.move_wall(timedelta(seconds=-1) / looks)
        assert visit.look() is None
    assert visit.now.since(start).least == visit.now.since(start).most == timedelta(hours=24)
    off = abs(visit.reading().wall - visit.machine.truth)
    assert timedelta(0) < off < NOTICED_FROM
    figure(
        f"T-31 leap second smeared over 24 h: wall clock off by {off.total_seconds():.3f} s, duration exact, no step"
    )


def test_the_visit_s_day_in_the_zone_is_the_day_on_the_wall(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit = night(protocol, tmp_path, "midnight")
    visit.do(c.AddNote("before"))
    visit.wait(minutes=60).do(c.AddNote("after"))
    zone = ZoneInfo("Europe/Berlin")
    context = VisitContext("v-1", visit.state, visit.visit.record, visit.now, zone, NURSE, str)
    assert [row.day for row in present_timeline(context).rows] == ["22-Nov-2026", "", "23-Nov-2026"]
