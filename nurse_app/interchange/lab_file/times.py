"""When a sample was collected, as laboratories write it: nothing that could be two days is taken."""

import re
from datetime import date, datetime, time, tzinfo
from typing import Literal

from nurse_app.domain.local_time import clear_instant

DayOrder = Literal["day-first", "month-first"]
_YEAR_FIRST = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](.+))?", re.ASCII)
_DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})(?:,? +(.+))?", re.ASCII)
_SLASHED = re.compile(r"(\d\d?)([/-])(\d\d?)\2(\d{4})(?:,? +(.+))?", re.ASCII)
_CLOCK = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d*)?)?(?: ?(Z|[+-]\d\d:?\d\d))?", re.ASCII)


class UnclearTimeError(ValueError):
    """A text that is no day or time, or could be two; the text is one part of a sentence."""


class UnclearOrderError(UnclearTimeError):
    """A day that could be two as long as nobody declares the order of dates."""


def collected_at(text: str, zone: tzinfo | None, order: DayOrder | None) -> datetime | date:
    """The day or the instant. A time without an offset is one of ``zone``. Raises UnclearTimeError."""
    day, clock = _parts(text, order)
    if not clock:
        return day
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise UnclearTimeError(f"“{text}” is no time such as 2026-11-22 08:00")
    hour, minute, second, fraction, offset = found.groups()
    try:
        places = (fraction or "").ljust(6, "0")
        shown = datetime.combine(day, time(int(hour), int(minute), int(second or 0), int(places)))
        if offset:
            return datetime.fromisoformat(f"{shown.isoformat()}{offset.replace('Z', '+00:00')}")
    except ValueError:
        raise UnclearTimeError(f"“{text}” is no time of the clock") from None
    instant = clear_instant(shown, zone)
    if instant is None:
        raise UnclearTimeError(f"“{text}” comes twice or never, as the clocks change then; it needs its offset")
    return instant


def born_on(text: str, order: DayOrder | None) -> date:
    """A day of birth. Raises UnclearTimeError."""
    day, clock = _parts(text, order)
    if clock:
        raise UnclearTimeError(f"the birth date “{text}” has a time")
    return day


def _parts(text: str, order: DayOrder | None) -> tuple[date, str]:
    """The day, and what is left of the text behind it."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, clock = found.groups()
    elif found := _DOTTED.fullmatch(text):
        day, month, year, clock = found.groups()
    elif (found := _SLASHED.fullmatch(text)) and order is not None:
        first, _, second, year, clock = found.groups()
        day, month = (first, second) if order == "day-first" else (second, first)
    elif found:
        raise UnclearOrderError(f"“{text}” does not say which is the day and which the month")
    else:
        raise UnclearTimeError(f"“{text}” is no date such as 2026-11-22")
    try:
        return date(int(year), int(month), int(day)), clock or ""
    except ValueError:
        raise UnclearTimeError(f"“{text}” is no date of the calendar") from None
