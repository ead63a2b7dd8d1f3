"""True time from the machine's clocks: never more than is proven, never moved by whoever moves the wall clock."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.moment import (
    NO_TIME,
    ZERO,
    Moment,
    Reading,
    Span,
    first_moment,
    moment_after,
    runs_behind,
    wall_step,
)

WALL = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FIRST = Reading(WALL, 5 * HOUR, "boot-1")
START = first_moment(FIRST)


def later(passed: timedelta, wall_moved: timedelta = ZERO) -> Reading:
    """A reading of the same start of the machine."""
    return Reading(WALL + passed + wall_moved, 5 * HOUR + passed, "boot-1")


def restarted(wall: datetime, uptime: timedelta) -> Reading:
    return Reading(wall, uptime, "boot-2")


def test_the_wall_clock_is_believed_once_in_utc() -> None:
    local = Reading(WALL.astimezone(timezone(5 * HOUR + 30 * MINUTE)), ZERO, "boot-1")
    assert first_moment(local) == Moment(WALL, WALL)
    assert first_moment(local).latest.tzinfo is UTC


@pytest.mark.parametrize("wall_moved", [ZERO, HOUR, -HOUR, timedelta(days=-20000), timedelta(seconds=1)])
def test_within_one_start_of_the_machine_only_the_uptime_counts(wall_moved: timedelta) -> None:
    now = moment_after(START, FIRST, later(42 * MINUTE, wall_moved))
    assert now == Moment(WALL + 42 * MINUTE, WALL + 42 * MINUTE)


def test_a_reading_that_comes_late_never_turns_time_back() -> None:
    assert moment_after(START, FIRST, later(-MINUTE)) == START


@pytest.mark.parametrize(
    ("wall", "uptime", "least", "most"),
    [
        pytest.param(WALL + 30 * MINUTE, 2 * MINUTE, 2 * MINUTE, 30 * MINUTE, id="a right clock"),
        pytest.param(WALL + 2 * MINUTE, 2 * MINUTE, 2 * MINUTE, 2 * MINUTE, id="off for no time at all"),
        pytest.param(WALL - HOUR, 2 * MINUTE, 2 * MINUTE, 2 * MINUTE, id="a clock put back"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), 2 * MINUTE, 2 * MINUTE, 2 * MINUTE, id="an empty clock battery"),
        pytest.param(WALL + 9 * HOUR, 2 * MINUTE, 2 * MINUTE, 9 * HOUR, id="a clock put forward"),
        pytest.param(WALL + HOUR, -MINUTE, ZERO, HOUR, id="an uptime that cannot be"),
    ],
)
def test_after_a_restart_at_least_the_uptime_has_passed_and_at_most_what_the_wall_clock_says(
    wall: datetime, uptime: timedelta, least: timedelta, most: timedelta
) -> None:
    now = moment_after(START, FIRST, restarted(wall, uptime))
    assert now == Moment(WALL + least, WALL + most)


def test_the_width_of_two_restarts_adds_up() -> None:
    once_reading = restarted(WALL + HOUR, 10 * MINUTE)
    once = moment_after(START, FIRST, once_reading)
    twice = moment_after(once, once_reading, Reading(WALL + 3 * HOUR, 5 * MINUTE, "boot-3"))
    assert twice.since(START) == Span(15 * MINUTE, 3 * HOUR)


def test_the_time_between_two_moments_is_never_negative() -> None:
    assert START.since(START.plus(MINUTE)) == NO_TIME
    assert START.plus(MINUTE).since(START) == Span(MINUTE, MINUTE)


def test_spans_add_end_by_end() -> None:
    assert Span(MINUTE, HOUR) + Span(2 * MINUTE, HOUR) == Span(3 * MINUTE, 2 * HOUR)


@pytest.mark.parametrize(
    ("reading", "moved"),
    [
        pytest.param(later(MINUTE), ZERO, id="nobody touched it"),
        pytest.param(later(MINUTE, HOUR), HOUR, id="put forward"),
        pytest.param(later(MINUTE, -HOUR), -HOUR, id="put back"),
        pytest.param(restarted(WALL - HOUR, ZERO), ZERO, id="after a restart nobody can tell"),
    ],
)
def test_how_far_the_wall_clock_was_moved(reading: Reading, moved: timedelta) -> None:
    assert wall_step(FIRST, reading) == moved


def test_summer_time_is_no_step_of_the_clock() -> None:
    before = Reading(datetime(2026, 10, 25, 2, 59, tzinfo=timezone(2 * HOUR)), ZERO, "boot-1")
    after = Reading(datetime(2026, 10, 25, 2, 0, tzinfo=timezone(HOUR)), MINUTE, "boot-1")
    assert wall_step(before, after) == ZERO
    assert moment_after(first_moment(before), before, after).since(first_moment(before)) == Span(MINUTE, MINUTE)


def test_two_readings_of_one_zone_are_not_subtracted_as_they_look() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = Reading(datetime(2026, 10, 25, 1, 30, tzinfo=berlin), ZERO, "boot-1")
    after = Reading(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=berlin), 2 * HOUR, "boot-1")
    assert wall_step(before, after) == ZERO
    started_anew = Reading(after.wall, MINUTE, "boot-2")
    assert moment_after(first_moment(before), before, started_anew).since(first_moment(before)) == Span(
        MINUTE, 2 * HOUR
    )


@pytest.mark.parametrize(
    ("reading", "behind"),
    [
        pytest.param(later(MINUTE, -HOUR), False, id="within one start the uptime is enough"),
        pytest.param(restarted(WALL + HOUR, MINUTE), False, id="a right clock"),
        pytest.param(restarted(WALL + MINUTE - timedelta(seconds=2), MINUTE), False, id="its own unevenness"),
        pytest.param(restarted(WALL + MINUTE - timedelta(seconds=3), MINUTE), True, id="less than the uptime"),
        pytest.param(restarted(datetime(1970, 1, 1, tzinfo=UTC), MINUTE), True, id="an empty clock battery"),
    ],
)
def test_a_wall_clock_that_shows_less_than_has_surely_passed_runs_behind(reading: Reading, behind: bool) -> None:
    assert runs_behind(FIRST, reading) == behind
