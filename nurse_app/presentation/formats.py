"""The only place that turns numbers, durations and times into text (ISMP: no trailing zeros, 24-hour time)."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from nurse_app.domain.moment import Moment
from nurse_app.domain.quantity import HUNDREDTH, TENTH, rounded, shown

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
THOUSAND = 1000


def day(value: date | None) -> str:
    """22-Nov-2026; empty when not known."""
    return "" if value is None else f"{value.day:02d}-{MONTHS[value.month - 1]}-{value.year:04d}"


def clock(at: datetime, zone: tzinfo | None) -> str:
    """10:42 in the zone shown; 02:30 +01:00 in the hour that the end of summer time repeats."""
    return _shown(at.astimezone(zone), zone, "minutes")


def clock_with_seconds(at: datetime, zone: tzinfo | None) -> str:
    """10:42:07 in the zone shown; with the offset where the hour comes twice."""
    return _shown(at.astimezone(zone), zone, "seconds")


def day_and_clock(at: datetime, zone: tzinfo | None) -> str:
    """22-Nov-2026 10:42 +01:00, with the offset at that moment."""
    local = at.astimezone(zone)
    # Many times each second: strftime looks up a module at every call.
    return f"{day(local.date())} {local.time().isoformat('minutes')} {_offset(local)}"


def _shown(local: datetime, zone: tzinfo | None, exactly: str) -> str:
    text = local.time().isoformat(exactly)
    return f"{text} {_offset(local)}" if comes_twice(local, zone) else text


def comes_twice(local: datetime, zone: tzinfo | None) -> bool:
    """Does the zone's clock show this time twice, because summer time ends?"""
    # The machine's own zone is only asked for a time without an offset.
    shown = local.replace(tzinfo=zone)
    first, second = shown.replace(fold=0), shown.replace(fold=1)
    if zone is None:
        try:
            first, second = first.astimezone(), second.astimezone()
        except (OSError, OverflowError, ValueError):
            # Where a clock shows the first day of 1970, Windows has no day before it to compare with.
            return False
    return first.utcoffset() != second.utcoffset()


def _offset(local: datetime) -> str:
    return local.isoformat(timespec="minutes")[-6:]


def moment_clock(moment: Moment, zone: tzinfo | None) -> str:
    return clock(moment.latest, zone)


def countdown(left: timedelta) -> str:
    """41:20; above an hour 1:05:00; past zero with a plus sign for time over: +02:10."""
    sign = "+" if left < timedelta(0) else ""
    whole = abs(left) // timedelta(seconds=1)
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    body = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"
    return sign + body


def hours_and_minutes(duration: timedelta) -> str:
    """7 h 32 min, rounded down."""
    whole = duration // timedelta(minutes=1)
    return f"{whole // 60} h {whole % 60:02d} min"


def number(value: Decimal) -> str:
    """A figure without trailing zeros, with commas from 1,000 on."""
    text = shown(value)
    whole, _, part = text.partition(".")
    grouped = f"{int(whole):,}" if abs(value) >= THOUSAND else whole
    return f"{grouped}.{part}" if part else grouped


def whole(value: Decimal) -> str:
    return number(rounded(value, Decimal(1)))


def tenth(value: Decimal) -> str:
    return number(rounded(value, TENTH))


def hundredth(value: Decimal) -> str:
    return number(rounded(value, HUNDREDTH))


def with_unit(value: str, unit: str) -> str:
    """300 mg: never without the space."""
    return f"{value} {unit}" if unit else value
