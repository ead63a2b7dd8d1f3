"""The time axis that all panels share: the ranges to choose from, and the months written under them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nurse_app.domain.calendar import add_months
from nurse_app.i18n import _
from nurse_app.presentation.formats import MONTHS

QUARTER, YEAR, ALL = "quarter", "year", "all"
# Steps between two months that are written, in months.
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
_MONTHS_OF = {QUARTER: 3, YEAR: 12}
# A point of today or of the first day must not lie on the edge.
_MARGIN_SHARE = 40


@dataclass(frozen=True, slots=True)
class TimeRange:
    """One range to look at; ``start`` and ``end`` are days, margins included."""

    id: str
    label: str
    key: str
    start: float
    end: float


def time_ranges(today: date, days: Iterable[date]) -> tuple[TimeRange, ...]:
    """The last 3 months, the last 12 months, everything."""
    year_ago = add_months(today, -_MONTHS_OF[YEAR])
    first = min([year_ago, *days])
    return (
        _range(QUARTER, _months_words(QUARTER), "M", add_months(today, -_MONTHS_OF[QUARTER]), today),
        _range(YEAR, _months_words(YEAR), "Y", year_ago, today),
        _range(ALL, _("All"), "L", first, today),
    )


def _months_words(range_id: str) -> str:
    return _("{n} months").format(n=_MONTHS_OF[range_id])


def _range(range_id: str, label: str, key: str, first: date, today: date) -> TimeRange:
    start, end = first.toordinal(), today.toordinal() + 1
    margin = (end - start) / _MARGIN_SHARE
    # The calendar begins with day 1.
    return TimeRange(range_id, label, key, max(start - margin, 1), end + margin)


def month_marks(start: float, end: float, most: int) -> tuple[tuple[float, str], ...]:
    """The first days of months between two days, with their words, at most so many (at least one step apart)."""
    first, last = _month_from(start), _month_of(end)
    for step in _STEPS:
        # Counted from the beginning of the calendar, so that marks stay where they are when the range moves.
        months = range(first + -first % step, last + 1, step)
        if len(months) <= max(most, 1):
            return tuple(_mark(month) for month in months)
    return ()


def _month_of(day: float) -> int:
    """The number of the month that a day lies in."""
    within = date.fromordinal(max(int(day), 1))
    return within.year * _MONTHS_OF[YEAR] + within.month - 1


def _month_from(day: float) -> int:
    """The number of the first month that begins at or after a day."""
    month = _month_of(day)
    return month if _first_day(month) >= day else month + 1


def _first_day(month: int) -> float:
    year, place = divmod(month, _MONTHS_OF[YEAR])
    return float(date(year, place + 1, 1).toordinal())


def _mark(month: int) -> tuple[float, str]:
    year, place = divmod(month, _MONTHS_OF[YEAR])
    return _first_day(month), f"{MONTHS[place]} {year}"
