"""What a nurse reads off another clock, understood as an instant within what is possible."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from nurse_app.domain.local_time import instants as instants_at
from nurse_app.domain.restarts import CLOCK_TOLERANCE, LONGEST_UNKNOWN, ClockRange
from nurse_app.i18n import _

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)(?:\s*([+-])(\d{2}):?(\d{2}))?", re.ASCII)
_DAY = timedelta(days=1)


class UnclearTimeError(ValueError):
    """What was typed is no time, or could be two; the text says how to write it."""


def read_ward_clock(text: str, day: date | None, asked: ClockRange, zone: tzinfo | None) -> datetime:
    """The instant at which a clock on the wall shows ``text`` (14:05, 1405). Raises UnclearTimeError.

    Without a day it is the one at which that is possible. A time that is not possible at all comes back as it is, for
    the rules to refuse.
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise UnclearTimeError(_("Write the time such as 14:05."))
    shown = time(int(found[1]), int(found[2]))
    top = asked.latest or asked.earliest + LONGEST_UNKNOWN
    days = (day,) if day is not None else tuple(_days(asked.earliest, top, zone))
    instants = {instant for each in days for instant in instants_at(datetime.combine(each, shown), zone)}
    if found[3]:
        offset = f"{found[3]}{found[4]}:{found[5]}"
        instants = {instant for instant in instants if instant.isoformat().endswith(offset)}
    ends = (asked.earliest - CLOCK_TOLERANCE, top + CLOCK_TOLERANCE)
    possible = sorted(instant for instant in instants if ends[0] <= instant <= ends[1])
    if len(possible) > 1:
        example = possible[0].isoformat(" ", "minutes").partition(" ")[2]
        clear = _("This time comes twice. Write it with its offset, such as {example}.")
        raise UnclearTimeError(clear.format(example=f"{example[:5]} {example[5:]}"))
    if possible:
        return possible[0]
    return next(iter(sorted(instants)), top + _DAY)


def _days(earliest: datetime, latest: datetime, zone: tzinfo | None) -> Iterator[date]:
    day, last = (earliest - CLOCK_TOLERANCE).astimezone(zone).date(), (latest + CLOCK_TOLERANCE).astimezone(zone).date()
    while day <= last:
        yield day
        day += _DAY
