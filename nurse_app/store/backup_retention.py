"""Which automatic backups are kept, and when the last one is too old. Pure: days in, days out."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

Period = tuple[int, int]
# What went wrong is mostly noticed within days: then every day counts. After that a week, after that a month is as
# good as another. Together at most 23 files.
KEPT_DAYS = 7
KEPT_WEEKS = 4
KEPT_MONTHS = 12
# A weekend with the computer off is no fault; a third day without a backup is.
OVERDUE_AFTER = timedelta(days=2)


def no_longer_kept(days: Collection[date], today: date) -> tuple[date, ...]:
    """The days whose backups may go: neither among the last days, nor the last of one of the last weeks or months.

    Never the newest, and never one of a day to come, which a clock set wrong has made.
    """
    past = sorted((day for day in days if day <= today), reverse=True)
    kept = {*past[:KEPT_DAYS], *_last_of_each(past, KEPT_WEEKS, _week), *_last_of_each(past, KEPT_MONTHS, _month)}
    return tuple(sorted(day for day in past if day not in kept))


def is_overdue(last: date, today: date) -> bool:
    """Whether the last backup is too old."""
    return today - last > OVERDUE_AFTER


def _last_of_each(newest_first: list[date], count: int, period: Callable[[date], Period]) -> list[date]:
    """The newest day of each of the ``count`` newest periods that have any."""
    last: dict[Period, date] = {}
    for day in newest_first:
        last.setdefault(period(day), day)
    return list(last.values())[:count]


def _week(day: date) -> Period:
    year, week, _ = day.isocalendar()
    return year, week


def _month(day: date) -> Period:
    return day.year, day.month
