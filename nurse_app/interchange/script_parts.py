"""Small values of a visit script: times, yes and no, expected refusals."""

import re
from datetime import timedelta

from nurse_app.domain.deciding.outcome import Reason
from nurse_app.domain.rules.names import RULE_NAMES
from nurse_app.plain_data import MisfitError, build

_TIME = re.compile(r"(\d{2,3}):([0-5]\d):([0-5]\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2,3}):([0-5]\d):([0-5]\d)", re.ASCII)


def duration(data: object, place: str) -> timedelta:
    """HH:MM:SS. Raises MisfitError."""
    match = _TIME.fullmatch(build(str, data, place))
    if match is None:
        raise MisfitError(place, "must be a time such as 01:22:00")
    hours, minutes, seconds = (int(part) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def offset(data: object, place: str) -> timedelta:
    """+HH:MM:SS or -HH:MM:SS. Raises MisfitError."""
    match = _OFFSET.fullmatch(build(str, data, place))
    if match is None:
        raise MisfitError(place, "must be an offset such as +01:00:00 or -00:05:00")
    hours, minutes, seconds = (int(part) for part in match.groups()[1:])
    by = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return by if match.group(1) == "+" else -by


def yes_or_no(data: object, place: str) -> bool:
    """The words yes and no. Raises MisfitError."""
    if data not in ("yes", "no"):
        raise MisfitError(place, "must be yes or no")
    return data == "yes"


def text_of(place: str, text: str) -> str:
    """A text that says something. Raises MisfitError."""
    if not text.strip():
        raise MisfitError(place, "must not be empty")
    return text


def rejection(data: object, place: str) -> bool | str:
    """True for any refusal, a code for that one, False for none. Raises MisfitError."""
    if isinstance(data, bool):
        return data
    code = build(str, data, place)
    if code not in set(Reason) | RULE_NAMES:
        raise MisfitError(place, "must be true, or the code of a reason or of a rule")
    return code
