"""The scripted clock against what the domain makes of its readings."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.moment import Reading, Span, first_moment, moment_after, wall_step
from nurse_app.interchange.scripted_clock import ScriptedClock

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=1)))
MINUTE = timedelta(minutes=1)


def test_it_stands_still_until_told() -> None:
    clock = ScriptedClock(NINE)

    assert clock.read() == clock.read() == Reading(NINE, timedelta(0), "boot-1")


def test_time_that_passes_moves_both_clocks() -> None:
    clock = ScriptedClock(NINE, uptime=timedelta(hours=5))

    clock.advance(90 * MINUTE)

    assert clock.read() == Reading(NINE + 90 * MINUTE, timedelta(hours=6, minutes=30), "boot-1")
    assert clock.passed == 90 * MINUTE


def test_moving_the_wall_clock_lets_no_time_pass() -> None:
    clock = ScriptedClock(NINE)
    before = clock.read()

    clock.set_wall_by(-60 * MINUTE)

    assert wall_step(before, clock.read()) == -60 * MINUTE
    assert clock.passed == timedelta(0)


def test_a_restart_of_the_machine_leaves_the_time_it_was_off_unproven() -> None:
    clock = ScriptedClock(NINE, uptime=timedelta(days=5))
    before = clock.read()

    clock.reboot(off_for=10 * MINUTE)
    clock.advance(MINUTE)

    start = first_moment(before)
    assert moment_after(start, before, clock.read()).since(start) == Span(MINUTE, 11 * MINUTE)
    assert clock.passed == 11 * MINUTE


def test_every_restart_has_a_name_of_its_own() -> None:
    clock = ScriptedClock(NINE)
    names = [clock.boot_id]

    for _ in range(2):
        clock.reboot(off_for=MINUTE)
        names.append(clock.boot_id)

    assert len(set(names)) == 3


def test_each_hand_can_be_set() -> None:
    clock = ScriptedClock(NINE)

    clock.wall, clock.uptime, clock.boot_id = NINE + MINUTE, MINUTE, "other"

    assert clock.read() == Reading(NINE + MINUTE, MINUTE, "other")


def test_the_offset_stays_when_its_zone_would_change_to_winter_time() -> None:
    clock = ScriptedClock(datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")))

    clock.advance(timedelta(hours=2))

    assert clock.read().wall.isoformat() == "2026-10-25T03:30:00+02:00"
    assert clock.read().wall == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_wall_clock_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        ScriptedClock(NINE.replace(tzinfo=None))


def test_time_does_not_go_back() -> None:
    clock = ScriptedClock(NINE)

    with pytest.raises(ValueError, match="go back"):
        clock.advance(-MINUTE)

    assert clock.read().wall == NINE
