"""Elements of FHIR's JSON, read strictly: a wrong kind is refused, and a number stays as it was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

Element = Mapping[str, object]

_DIGITS = 40
_SHOWN = 60
# FHIR allows tab and line ends below the space, and nothing else.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Years that a calendar in any time zone can hold; FHIR's own pattern goes from year 1 to 9999.
_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?", re.ASCII)
_OFFSET = re.compile(r"Z|[+-](?:0\d|1[0-4]):[0-5]\d", re.ASCII)


class NotTakenError(Exception):
    """Something in the file cannot be taken. The text is the reason, a part of a sentence."""


class Number(str):
    """The digits of a JSON number as they were written. A JSON text is a plain ``str``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource, where in the file it is, and the address that its Bundle gives it ("" for none)."""

    place: str
    body: Element
    url: str = ""

    @property
    def kind(self) -> object:
        return self.body.get("resourceType")


def shown(text: str) -> str:
    """Text of a file in quotes, short enough for a sentence and on one line."""
    start = "".join(letter if letter.isprintable() else " " for letter in text[:_SHOWN])
    return f"“{start}{'…' if len(text) > _SHOWN else ''}”"


def text_at(element: Element, name: str) -> str:
    """A text, without the blanks around it; "" when it is not there."""
    return raw_text_at(element, name).strip()


def raw_text_at(element: Element, name: str) -> str:
    """A text letter by letter; "" when it is not there."""
    value = element.get(name)
    if value is None:
        return ""
    if type(value) is not str:
        raise NotTakenError(f"“{name}” is not a text")
    if not value.isprintable() and _CONTROL.search(value):
        raise NotTakenError(f"“{name}” holds a control character")
    return value


def part_at(element: Element, name: str) -> Element:
    """An object; an empty one when it is not there."""
    value = element.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise NotTakenError(f"“{name}” is not an object")
    return value


def parts_at(element: Element, name: str) -> list[Element]:
    """A list of objects; an empty one when it is not there."""
    value = element.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not set(map(type, value)) <= {dict}:
        raise NotTakenError(f"“{name}” is not a list of objects")
    return value


def number_at(element: Element, name: str) -> Number | None:
    value = element.get(name)
    if value is not None and not isinstance(value, Number):
        raise NotTakenError(f"“{name}” is not a number")
    return value


def choice_at(element: Element, name: str) -> str:
    """The name in use of an element of several types, such as “valueQuantity” for “value”; "" when there is none."""
    present = [key for key in element if key.startswith(name) and element[key] is not None]
    if len(present) > 1:
        raise NotTakenError(f"has several of “{name}”: {', '.join(shown(key) for key in present[:3])}")
    return present[0] if present else ""


def refuse_changed_meaning(element: Element) -> None:
    """What may turn the meaning of all the rest round cannot be passed over."""
    for name in ("modifierExtension", "implicitRules"):
        if element.get(name) is not None:
            raise NotTakenError(f"has “{name}”, which may change its meaning and is not known here")


def decimal_of(digits: str) -> Decimal:
    try:
        value = Decimal(digits)
    except InvalidOperation:
        value = Decimal("Infinity")
    if not value.is_finite() or len(digits) > _DIGITS or abs(value.adjusted()) > _DIGITS:
        raise NotTakenError(f"{shown(digits)} is not an ordinary number")
    return value


def day_of(text: str) -> date:
    """A full date."""
    if not _DAY.fullmatch(text):
        raise NotTakenError(f"{shown(text)} is not a full date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotTakenError(f"{shown(text)} is not a date of the calendar") from None


def day_or_time_of(text: str) -> date | datetime:
    """A full date, or a date with time and offset."""
    day, time, offset = _split_time(text)
    if not time:
        return day_of(text)
    day_of(day)
    if not _TIME.fullmatch(time):
        raise NotTakenError(f"{shown(text)} is not a date and time")
    if not offset:
        raise NotTakenError(f"the time {shown(text)} has no offset from UTC, so it is not clear when that was")
    if not _OFFSET.fullmatch(offset):
        raise NotTakenError(f"{shown(text)} is not a date and time")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise NotTakenError(f"{shown(text)} is not a date and time of the calendar") from None


def _split_time(text: str) -> tuple[str, str, str]:
    """“2026-11-02”, “T08:30:00” and “+01:00”; the last two may be missing."""
    day, mark, rest = text.partition("T")
    at = next((index for index, letter in enumerate(rest) if letter in "Z+-"), len(rest))
    return day, mark + rest[:at], rest[at:]
