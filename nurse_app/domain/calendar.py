"""Whole years, calendar months and days; no zone arithmetic.

A sum beyond the calendar ends at its first or last day: a mistyped year must never keep a record from being shown.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta, tzinfo


def whole_years(born: date, today: date) -> int:
    """Completed years of age. Someone born on 29 February turns older on 1 March of a common year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later, clamped to that month's last day and to the calendar's ends."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """The day so many days later, or earlier for a negative number, clamped to the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def day_of(when: datetime | date, zone: tzinfo | None) -> date:
    """The calendar day of ``when`` as seen in ``zone``; a plain date stays itself."""
    if not isinstance(when, datetime):
        return when
    try:
        return when.astimezone(zone).date()
    except OverflowError:
        # On the calendar's first or last day the zone's own day may not exist.
        return when.date()


def last_day(text: str) -> date | None:
    """The last valid day of an expiry such as 2027-08-31 or 2027-08; None when it is neither."""
    try:
        if len(text) == len("2027-08"):
            first = date.fromisoformat(f"{text}-01")
            return first.replace(day=monthrange(first.year, first.month)[1])
        return date.fromisoformat(text) if len(text) == len("2027-08-31") else None
    except ValueError:
        return None
