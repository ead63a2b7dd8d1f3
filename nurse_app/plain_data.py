"""Plain JSON-like data into frozen dataclasses and back, strictly: nothing unknown or guessed, every error has a place.

Own code because the libraries that do this cost more start-up time than Qt itself (cattrs: 270 ms to import) or
refuse unknown keys only on classes of their own (msgspec).
"""

import dataclasses
import re
import types
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_NUMBER_LENGTH = 40


class MisfitError(ValueError):
    """Data that does not fit its description; ``place`` is the path to it, ``problem`` one clear sentence part."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place or 'the whole'}: {problem}")
        self.place = place
        self.problem = problem


def build(kind: type[T], data: object, place: str = "") -> T:
    """Make a ``kind`` from plain data. Raises MisfitError at the first thing that does not fit."""
    return cast("T", _build(kind, data, place))


def plain(value: object) -> Any:
    """Turn a value made of frozen dataclasses into what ``json.dumps`` takes; the reverse of ``build``."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return format(Decimal(value // timedelta(microseconds=1)).scaleb(-6), "f")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    return value


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _name(data: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(data), "a number")


def _build(kind: Any, data: object, place: str) -> object:
    origin = get_origin(kind)
    if origin is Union or origin is types.UnionType:
        return _build_optional(get_args(kind), data, place)
    if origin is Literal:
        return _build_choice(get_args(kind), data, place)
    if origin is tuple:
        return _build_tuple(get_args(kind)[0], data, place)
    if origin is not None:
        return _build_mapping(get_args(kind)[1], data, place)
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(kind, data, place)
    if issubclass(kind, Enum):
        return kind(_build_choice(tuple(member.value for member in kind), data, place))
    return _LEAVES[kind](data, place)


def _build_optional(kinds: tuple[Any, ...], data: object, place: str) -> object:
    wanted = [kind for kind in kinds if kind is not type(None)]
    if data is None and len(wanted) < len(kinds):
        return None
    for kind in wanted[:-1]:
        try:
            return _build(kind, data, place)
        except MisfitError:
            continue
    return _build(wanted[-1], data, place)


def _build_choice(choices: tuple[object, ...], data: object, place: str) -> object:
    if any(data == choice and type(data) is type(choice) for choice in choices):
        return data
    raise MisfitError(place, f"must be one of {', '.join(str(choice) for choice in choices)}, not {_show(data)}")


def _build_tuple(item: Any, data: object, place: str) -> tuple[object, ...]:
    if not isinstance(data, list):
        raise MisfitError(place, f"must be a list, not {_name(data)}")
    return tuple(_build(item, element, f"{place}[{index}]") for index, element in enumerate(data))


def _build_mapping(item: Any, data: object, place: str) -> dict[str, object]:
    if not isinstance(data, dict):
        raise MisfitError(place, f"must be an object, not {_name(data)}")
    return {str(key): _build(item, element, _join(place, str(key))) for key, element in data.items()}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build_dataclass(kind: Any, data: object, place: str) -> object:
    if not isinstance(data, dict):
        raise MisfitError(place, f"must be an object, not {_name(data)}")
    fields = {field.name: field for field in dataclasses.fields(kind)}
    for key in data:
        if key not in fields:
            raise MisfitError(_join(place, str(key)), "is not known here")
    values: dict[str, object] = {}
    hints = _hints(kind)
    for name, field in fields.items():
        if name in data:
            values[name] = _build(hints[name], data[name], _join(place, name))
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise MisfitError(_join(place, name), "is missing")
    try:
        return kind(**values)
    except ValueError as error:
        raise MisfitError(place, str(error)) from error


def _show(data: object) -> str:
    return f"“{data}”" if isinstance(data, str | int | Decimal) and len(str(data)) <= _NUMBER_LENGTH else _name(data)


def _text(data: object, place: str) -> str:
    if isinstance(data, str):
        return data
    raise MisfitError(place, f"must be text, not {_name(data)}")


def _flag(data: object, place: str) -> bool:
    if isinstance(data, bool):
        return data
    raise MisfitError(place, f"must be true or false, not {_name(data)}")


def _whole(data: object, place: str) -> int:
    if isinstance(data, int) and not isinstance(data, bool):
        return data
    if isinstance(data, str) and re.fullmatch(r"-?\d{1,18}", data, re.ASCII):
        return int(data)
    raise MisfitError(place, f"must be a whole number, not {_show(data)}")


def _decimal(data: object, place: str) -> Decimal:
    is_text = isinstance(data, str) and len(data) <= _NUMBER_LENGTH and _NUMBER.fullmatch(data)
    if isinstance(data, bool) or not (is_text or isinstance(data, int | Decimal)):
        raise MisfitError(place, f"must be a number such as “0.5”, not {_show(data)}")
    value = Decimal(cast("str | int | Decimal", data))
    if not value.is_finite() or abs(value.adjusted()) > _NUMBER_LENGTH:
        raise MisfitError(place, "must be an ordinary number")
    return value


def _instant(data: object, place: str) -> datetime:
    try:
        instant = datetime.fromisoformat(_text(data, place))
    except ValueError as error:
        if isinstance(error, MisfitError):
            raise
        raise MisfitError(place, f"is not a date and time: {_show(data)}") from error
    if instant.tzinfo is None:
        raise MisfitError(place, f"needs an offset such as +00:00: {_show(data)}")
    return instant


def _day(data: object, place: str) -> date:
    text = _text(data, place)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError as error:
        raise MisfitError(place, f"is not a date of the calendar: {_show(data)}") from error
    raise MisfitError(place, f"is not a date such as 2026-11-22: {_show(data)}")


def _seconds(data: object, place: str) -> timedelta:
    try:
        return timedelta(microseconds=int(_decimal(data, place).scaleb(6)))
    except (InvalidOperation, OverflowError) as error:
        raise MisfitError(place, "is too long a time") from error


_LEAVES: dict[Any, Any] = {
    str: _text,
    bool: _flag,
    int: _whole,
    Decimal: _decimal,
    datetime: _instant,
    date: _day,
    timedelta: _seconds,
}
