"""Which automatic backups are kept: recent days, then weeks, then months, and never none."""

from datetime import date, timedelta

import pytest

from nurse_app.store.backup_retention import KEPT_DAYS, KEPT_MONTHS, KEPT_WEEKS, is_overdue, no_longer_kept

TODAY = date(2026, 11, 22)


def days_back(*counts: int) -> list[date]:
    return [TODAY - timedelta(days=count) for count in counts]


def kept(days: list[date], today: date = TODAY) -> list[date]:
    gone = no_longer_kept(days, today)
    return [day for day in sorted(days, reverse=True) if day not in gone]


def test_of_two_years_of_days_a_week_four_weeks_and_twelve_months_are_left() -> None:
    left = kept(days_back(*range(730)))

    assert left[:KEPT_DAYS] == days_back(*range(7))
    # 22 November 2026 is a Sunday: the weeks before it end on the 15th, the 8th and the 1st.
    assert left[7:9] == [date(2026, 11, 15), date(2026, 11, 8)]
    assert left[9:11] == [date(2026, 11, 1), date(2026, 10, 31)]
    assert left[-1] == date(2025, 12, 31)
    assert len(left) <= KEPT_DAYS + KEPT_WEEKS + KEPT_MONTHS


def test_removing_day_by_day_comes_to_the_same_and_always_leaves_the_newest() -> None:
    days: list[date] = []
    for count in range(800):
        today = date(2025, 1, 1) + timedelta(days=count)
        days = kept([*days, today], today)
        assert today in days
        assert len(days) <= KEPT_DAYS + KEPT_WEEKS + KEPT_MONTHS
    assert len({(day.year, day.month) for day in days}) == KEPT_MONTHS


@pytest.mark.parametrize("days", [[], days_back(0), days_back(900), days_back(*range(KEPT_DAYS))])
def test_few_backups_all_stay_however_old(days: list[date]) -> None:
    assert no_longer_kept(days, TODAY) == ()


def test_a_backup_of_a_day_to_come_stays_and_pushes_none_out() -> None:
    ahead = days_back(-400, -2, -1)
    days = days_back(*range(60))

    assert kept(ahead + days) == sorted(ahead, reverse=True) + kept(days)


def test_the_third_day_without_a_backup_is_one_too_many() -> None:
    assert [is_overdue(TODAY - timedelta(days=days), TODAY) for days in (0, 1, 2, 3)] == [False, False, False, True]
