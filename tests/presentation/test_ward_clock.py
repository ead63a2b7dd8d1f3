"""A time read off a clock on the wall: how it may be typed, which day it is of, and when it could be two."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.restarts import ClockRange
from nurse_app.presentation.ward_clock import UnclearTimeError, read_ward_clock

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ASKED = ClockRange(NINE, NINE + timedelta(hours=2))
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("text", ["9:41", "09:41", "0941", "941", "9.41", " 09:41 "])
def test_a_time_may_be_typed_in_any_clear_way(text: str) -> None:
    assert read_ward_clock(text, None, ASKED, UTC) == NINE + timedelta(minutes=41)


@pytest.mark.parametrize("text", ["", "nine", "24:00", "9:60", "9:4", "09:41:00", "-9:41", "٠٩:٤١", "99"])
def test_what_is_no_time_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UnclearTimeError, match=r"Write the time such as 14:05\."):
        read_ward_clock(text, None, ASKED, UTC)


def test_the_time_is_of_the_zone_and_keeps_its_offset() -> None:
    read = read_ward_clock("10:41", None, ASKED, BERLIN)
    assert read == NINE + timedelta(minutes=41)
    assert read.tzinfo == timezone(timedelta(hours=1))


def test_past_midnight_the_day_is_the_one_that_is_possible() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    asked = ClockRange(late, late + timedelta(hours=1))
    assert read_ward_clock("00:10", None, asked, UTC) == datetime(2026, 11, 23, 0, 10, tzinfo=UTC)
    assert read_ward_clock("23:40", None, asked, UTC) == datetime(2026, 11, 22, 23, 40, tzinfo=UTC)


def test_two_minutes_outside_are_the_unevenness_of_clocks() -> None:
    assert read_ward_clock("08:58", None, ASKED, UTC) == NINE - timedelta(minutes=2)
    assert read_ward_clock("11:02", None, ASKED, UTC) == NINE + timedelta(minutes=122)


def test_where_the_clock_runs_behind_a_whole_day_is_possible() -> None:
    asked = ClockRange(NINE, None)
    assert read_ward_clock("15:00", None, asked, UTC) == NINE + timedelta(hours=6)
    assert read_ward_clock("08:00", None, asked, UTC) == NINE + timedelta(hours=23)


def test_a_time_that_is_not_possible_comes_back_for_the_rules_to_refuse() -> None:
    assert read_ward_clock("15:00", None, ASKED, UTC) == NINE + timedelta(hours=6)


def test_with_a_day_it_is_of_that_day() -> None:
    asked = ClockRange(NINE, NINE + timedelta(days=3))
    assert read_ward_clock("10:00", date(2026, 11, 24), asked, UTC) == NINE + timedelta(days=2, hours=1)


def test_in_the_hour_that_comes_twice_it_asks_for_the_offset_and_takes_it() -> None:
    night = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    asked = ClockRange(night, night + timedelta(hours=3))
    with pytest.raises(UnclearTimeError, match=r"This time comes twice.* such as 02:30 \+02:00\."):
        read_ward_clock("02:30", None, asked, BERLIN)
    assert read_ward_clock("02:30 +02:00", None, asked, BERLIN) == night + timedelta(minutes=30)
    assert read_ward_clock("0230+0100", None, asked, BERLIN) == night + timedelta(minutes=90)


def test_in_the_hour_that_comes_twice_one_that_is_possible_is_taken() -> None:
    night = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    asked = ClockRange(night, night + timedelta(minutes=45))
    assert read_ward_clock("02:30", None, asked, BERLIN) == night + timedelta(minutes=30)


def test_a_time_that_the_night_leaves_out_or_an_offset_it_has_not_is_never_possible() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    asked = ClockRange(night, night + timedelta(hours=2))
    for text in ("02:30", "01:30 +05:00"):
        latest = asked.latest
        assert latest is not None
        assert read_ward_clock(text, None, asked, BERLIN) > latest + timedelta(hours=1)
