"""What a nurse typed, understood strictly: a number, a date, or a sentence that says how to write it."""

import re
from datetime import date
from decimal import Decimal

from nurse_app.i18n import _
from nurse_app.ui.widgets import words

_NUMBER = re.compile(r"(\d{1,6})(?:[.,](\d+))?", re.ASCII)
_BARE_POINT = re.compile(r"[.,]\d+", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
_NAMED = re.compile(r"(?P<day>\d{1,2})[-. ]*(?P<name>[A-Za-z]{3,9})[-. ,]*(?P<year>\d{4})", re.ASCII)
_ORDER_UNCLEAR = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-. ]*([A-Za-z]{3,9}|\d{1,2})[-. ]*\d{2}", re.ASCII)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class EntryError(ValueError):
    """What was typed cannot be understood; the text says how to write it."""


def read_number(text: str, decimals: int) -> str:
    """The number in canonical form ("36.7", "37"), at most ``decimals`` digits after the point. Raises EntryError."""
    typed = text.strip()
    if _BARE_POINT.fullmatch(typed):
        raise EntryError(_(words.ZERO_FIRST))
    found = _NUMBER.fullmatch(typed)
    if found is None or (len(found[1]) > 1 and found[1].startswith("0")) or (found[2] and not decimals):
        asked = _(words.NUMBER_ONLY) if decimals else _(words.WHOLE_NUMBER_ONLY)
        raise EntryError(asked.format(example="36.7" if decimals else "72"))
    if found[2] and len(found[2]) > decimals:
        raise EntryError(_(words.TOO_MANY_DECIMALS).format(count=decimals))
    number = Decimal(f"{found[1]}.{found[2]}" if found[2] else found[1])
    return format(number.normalize(), "f")


def read_date(text: str) -> date:
    """The date typed as 1988-03-14, 14-Mar-1988 or 14.03.1988. Raises EntryError, also when it could be another."""
    typed = text.strip()
    found = _ISO.fullmatch(typed) or _DOTTED.fullmatch(typed)
    if found is not None:
        return _in_calendar(found["year"], int(found["month"]), found["day"])
    named = _NAMED.fullmatch(typed)
    if named is not None:
        return _in_calendar(named["year"], _month(named["name"]), named["day"])
    if _ORDER_UNCLEAR.fullmatch(typed):
        raise EntryError(_(words.DATE_AMBIGUOUS))
    raise EntryError(_(words.DATE_YEAR) if _SHORT_YEAR.fullmatch(typed) else _(words.DATE_ONLY))


def shown_date(day: date) -> str:
    """The date as the screens write it: 14-Mar-1988."""
    return f"{day.day:02}-{_MONTHS[day.month - 1][:3].capitalize()}-{day.year:04}"


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if name.lower() in (month, month[:3]):
            return number
    raise EntryError(_(words.DATE_ONLY))


def _in_calendar(year: str, month: int, day: str) -> date:
    try:
        return date(int(year), month, int(day))
    except ValueError as error:
        raise EntryError(_(words.DATE_NOT_IN_CALENDAR)) from error
