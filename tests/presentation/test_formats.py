"""Numbers, durations and times in words: ISMP figures, 24-hour clock, the offset of the moment."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from nurse_app.domain.moment import Reading, first_moment
from nurse_app.presentation import formats

AT = datetime(2026, 11, 22, 9, 42, 7, tzinfo=UTC)
EAST = timezone(timedelta(hours=5, minutes=30))
WEST = timezone(timedelta(hours=-3))


def test_days_and_times_name_the_month_and_use_24_hours() -> None:
    assert formats.day(date(2026, 3, 5)) == "05-Mar-2026"
    assert formats.day(None) == ""
    assert formats.clock(AT, EAST) == "15:12"
    assert formats.clock_with_seconds(AT, WEST) == "06:42:07"
    assert formats.day_and_clock(AT, EAST) == "22-Nov-2026 15:12 +05:30"
    assert formats.day_and_clock(AT.replace(hour=1), WEST) == "21-Nov-2026 22:42 -03:00"
    moment = first_moment(Reading(AT, timedelta(hours=1), "boot-1"))
    assert formats.moment_clock(moment, UTC) == "09:42"


REPEATED = (
    (ZoneInfo("Europe/Berlin"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 60, "02:30 +02:00", "02:30 +01:00"),
    (ZoneInfo("America/New_York"), datetime(2026, 11, 1, 5, 30, tzinfo=UTC), 60, "01:30 -04:00", "01:30 -05:00"),
    (ZoneInfo("Australia/Lord_Howe"), datetime(2026, 4, 4, 14, 45, tzinfo=UTC), 30, "01:45 +11:00", "01:45 +10:30"),
)


@pytest.mark.parametrize(("zone", "at", "later", "first", "second"), REPEATED, ids=str)
def test_in_the_hour_that_comes_twice_the_offset_tells_which(
    zone: ZoneInfo, at: datetime, later: int, first: str, second: str
) -> None:
    again = at + timedelta(minutes=later)
    assert (formats.clock(at, zone), formats.clock(again, zone)) == (first, second)
    seconds = (formats.clock_with_seconds(at, zone), formats.clock_with_seconds(again, zone))
    assert seconds == (first.replace(" ", ":00 "), second.replace(" ", ":00 "))
    assert formats.day_and_clock(at, zone).endswith(f" {first}")
    assert formats.clock(at - timedelta(hours=2), zone).count(":") == 1
    assert formats.clock(again + timedelta(hours=2), zone).count(":") == 1


def test_a_time_that_the_machine_cannot_reckon_with_comes_once() -> None:
    assert not formats.comes_twice(datetime.min.replace(tzinfo=UTC), None)


def test_the_machine_s_own_zone_is_asked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("this system keeps its zone outside the program's surroundings")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        shown = [formats.clock(at + timedelta(hours=hours), None) for hours in (-1, 0, 1, 2)]
    time.tzset()
    assert shown == ["01:30", "02:30 +02:00", "02:30 +01:00", "03:30"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00"), (59.9, "00:59"), (2480, "41:20"), (3600, "1:00:00"), (3900, "1:05:00"), (-130, "+02:10")],
)
def test_a_countdown_shows_whole_seconds_and_a_plus_for_time_over(seconds: float, text: str) -> None:
    assert formats.countdown(timedelta(seconds=seconds)) == text


def test_a_duration_is_rounded_down_to_minutes() -> None:
    assert formats.hours_and_minutes(timedelta(hours=7, minutes=32, seconds=59)) == "7 h 32 min"
    assert formats.hours_and_minutes(timedelta(minutes=5)) == "0 h 05 min"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("300.0", "300"),
        ("0.50", "0.5"),
        ("1.0", "1"),
        ("999.9", "999.9"),
        ("1000", "1,000"),
        ("12345.60", "12,345.6"),
        ("-1500", "-1,500"),
    ],
)
def test_figures_have_no_trailing_zeros_and_commas_from_a_thousand_on(value: str, text: str) -> None:
    assert formats.number(Decimal(value)) == text


def test_rounding_is_to_the_place_that_is_asked_for() -> None:
    assert formats.whole(Decimal("114.5")) in ("114", "115")
    assert formats.whole(Decimal("114.6")) == "115"
    assert formats.tenth(Decimal("36.64")) == "36.6"
    assert formats.hundredth(Decimal("0.305")) in ("0.3", "0.31")
    assert formats.hundredth(Decimal("0.306")) == "0.31"


def test_a_unit_stands_apart_from_its_figure() -> None:
    assert formats.with_unit("300", "mg") == "300 mg"
    assert formats.with_unit("0.9", "") == "0.9"
