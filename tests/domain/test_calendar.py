"""Whole years, calendar months and days, at the dates that go wrong."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from nurse_app.domain.calendar import add_months, day_of, days_after, last_day, whole_years


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        ("2008-11-22", "2026-11-21", 17),
        ("2008-11-22", "2026-11-22", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
        ("2026-11-22", "2026-11-22", 0),
    ],
)
def test_age_in_whole_years(born: str, today: str, age: int) -> None:
    assert whole_years(date.fromisoformat(born), date.fromisoformat(today)) == age


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-05-22", 6, "2026-11-22"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-11-22", 12, "2027-11-22"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-22", 0, "2026-11-22"),
        ("2026-03-31", -1, "2026-02-28"),
        ("9999-12-31", 0, "9999-12-31"),
        ("9999-12-31", 1, "9999-12-31"),
        ("9999-06-15", 6, "9999-12-15"),
        ("9999-06-15", 7, "9999-12-31"),
        ("0001-01-31", -1, "0001-01-01"),
    ],
)
def test_calendar_months_end_on_the_last_day_there_is(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-11-22", 9, "2026-12-01"),
        ("2026-11-22", -22, "2026-10-31"),
        ("2026-11-22", 0, "2026-11-22"),
        ("9999-12-30", 1, "9999-12-31"),
        ("9999-12-30", 2, "9999-12-31"),
        ("0001-01-02", -2, "0001-01-01"),
    ],
)
def test_days_are_counted_to_the_ends_of_the_calendar_and_not_beyond(day: str, days: int, expected: str) -> None:
    assert days_after(date.fromisoformat(day), days) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("at", "hours"), [(datetime(1, 1, 1, tzinfo=UTC), -1), (datetime(9999, 12, 31, 23, tzinfo=UTC), 1)]
)
def test_a_day_that_a_zone_does_not_have_is_that_of_its_own_offset(at: datetime, hours: int) -> None:
    assert day_of(at, timezone(timedelta(hours=hours))) == at.date()


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "2026-11-22"), (-1, "2026-11-21"), (-12, "2026-11-21"), (24 - 1, "2026-11-22")]
)
def test_a_day_is_that_of_the_offset_it_is_looked_at_from(hours: int, expected: str) -> None:
    at = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    assert day_of(at, timezone(timedelta(hours=hours))) == date.fromisoformat(expected)


def test_a_plain_date_stays_itself() -> None:
    assert day_of(date(2026, 11, 22), timezone(timedelta(hours=-12))) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-08-31", "2027-08-31"),
        ("2027-08", "2027-08-31"),
        ("2028-02", "2028-02-29"),
        ("2027-12", "2027-12-31"),
        ("2027-13", None),
        ("2027-02-30", None),
        ("270831", None),
        ("20270831", None),
        ("", None),
    ],
)
def test_an_expiry_is_a_day_or_the_last_day_of_its_month(text: str, expected: str | None) -> None:
    assert last_day(text) == (date.fromisoformat(expected) if expected else None)
