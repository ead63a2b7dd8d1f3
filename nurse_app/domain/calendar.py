"""Whole years, calendar months and days; no zone arithmetic."""

from calendar import monthrange
from datetime import date, datetime, timedelta, tzinfo


def whole_years(born: date, today: date) -> int:
    """Completed years of age. Someone born on 29 February turns older on 1 March of a common year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later, clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_of(when: datetime | date, zone: tzinfo | None) -> date:
    """The calendar day of ``when`` as seen in ``zone``; a plain date stays itself."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def last_day(text: str) -> date | None:
    """The last valid day of an expiry such as 2027-08-31 or 2027-08; None when it is neither."""
    try:
        if len(text) == len("2027-08"):
            first = date.fromisoformat(f"{text}-01")
            return add_months(first, 1) - timedelta(days=1)
        return date.fromisoformat(text) if len(text) == len("2027-08-31") else None
    except ValueError:
        return None
