"""Days and times as HL7 v2 writes them: nothing that could be two instants is taken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from nurse_app.domain.local_time import clear_instant
from nurse_app.interchange.lab_file.hl7_encoding import Encoding, UnclearPartError, given, quoted

_TIME = re.compile(
    r"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,6}))?)?)?)?)?)?([+-]\d{4})?", re.ASCII
)
_LESS_THAN_A_DAY = re.compile(r"\d{0,7}", re.ASCII)
_FURTHEST_OFFSET = timedelta(hours=14)
# Differences of times must stay within the calendar; no sample and nobody alive lies outside these.
_FIRST_YEAR, _LAST_YEAR = 1850, 2200
# The second component of a time in older versions: how exact it is, whatever the digits.
_OF_A_DAY, _EXACT = "D", ("", "M", "S")


@dataclass(frozen=True, slots=True)
class Clock:
    """What a time without an offset is in: ``zone``. ``is_elsewhere``: the message was written in another."""

    zone: tzinfo | None
    is_elsewhere: bool = False


def clock_of(sent_at: str, encoding: Encoding, zone: tzinfo | None) -> Clock:
    """The clock of a message by its MSH-7, whose offset says where it was written.

    HL7 lets that offset go for all its times; taken so, the same time in a message that is sent again after the clocks
    were changed would be another one. So it only shows whether the sender’s clocks are those of this place.
    """
    found = _TIME.fullmatch(encoding.components(sent_at)[0].strip())
    if found is None or found[8] is None:
        return Clock(zone)
    try:
        said, here = _offset(found[8]), clear_instant(_shown(found), zone)
    except (ValueError, UnclearPartError):
        return Clock(zone)
    return Clock(zone, is_elsewhere=here is not None and here.utcoffset() != said)


def collected_at(parts: Sequence[str], encoding: Encoding, clock: Clock) -> datetime | date | None:
    """The day or the instant of a time and its precision; None when it is empty. Raises UnclearPartError."""
    text, precision = encoding.text(parts[0]), encoding.text(parts[1]) if len(parts) > 1 else ""
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        raise UnclearPartError(f"the time of collection {quoted(text)} cannot be read")
    year, month, day, hour, minute, _second, _fraction, offset = found.groups()
    if not day or precision not in (_OF_A_DAY, *_EXACT) or (hour and not minute and precision != _OF_A_DAY):
        raise UnclearPartError(f"the time of collection {quoted('^'.join(parts))} is not exact enough")
    try:
        if not hour or precision == _OF_A_DAY:
            return _possible(date(int(year), int(month), int(day)))
        shown = _shown(found)
    except ValueError:
        raise UnclearPartError(f"the time of collection {quoted(text)} cannot be") from None
    return shown.replace(tzinfo=timezone(_offset(offset))) if offset else _local(shown, clock)


def _shown(found: re.Match[str]) -> datetime:
    """What a clock showed. Raises ValueError for what none can show."""
    year, month, day, hour, minute, second, fraction, _ = found.groups()
    places = int((fraction or "").ljust(6, "0"))
    at = _possible(date(int(year), int(month or 0), int(day or 0)))
    return datetime.combine(at, time(int(hour or 0), int(minute or 0), int(second or 0), places))


def born_on(field: str, encoding: Encoding) -> date | None:
    """A day of birth; None when it is empty or less than a day. Raises UnclearPartError."""
    text = encoding.text(encoding.components(given(field))[0])
    if _LESS_THAN_A_DAY.fullmatch(text):
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        raise UnclearPartError(f"the birth date {quoted(text)} cannot be read")
    try:
        return _possible(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        raise UnclearPartError(f"the birth date {quoted(text)} cannot be") from None


def _possible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError
    return day


def _offset(text: str) -> timedelta:
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:]))
    if offset > _FURTHEST_OFFSET or int(text[3:]) >= 60:
        raise UnclearPartError(f"the offset {quoted(text)} cannot be")
    return -offset if text[0] == "-" else offset


def _local(shown: datetime, clock: Clock) -> datetime:
    """The instant at which the ward's clocks show this, with its offset fixed."""
    if clock.is_elsewhere:
        raise UnclearPartError(
            f"the time of collection {quoted(str(shown))} has no offset, and its message (MSH-7) comes from a place "
            "with other clocks"
        )
    instant = clear_instant(shown, clock.zone)
    if instant is None:
        raise UnclearPartError(
            f"the time of collection {quoted(str(shown))} comes twice or never, as the clocks change then; "
            "it needs its offset"
        )
    return instant
