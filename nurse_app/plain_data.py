"""Plain JSON-like data into frozen dataclasses and back, strictly: nothing unknown or guessed, every error has a place.

Own code because the libraries that do this cost more start-up time than Qt itself (cattrs: 270 ms to import) or
refuse unknown keys only on classes of their own (msgspec).
"""

import dataclasses
import re
import types
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
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
    """Make a ``kind`` from plain data. Raises MisfitError at the first thing that does not fit.

    A part of it may be there already, as the frozen dataclass that it would become.
    """
    return cast("T", _builder(cast("Hashable", kind))(data, place))


def plain(value: object) -> Any:
    """Turn a value made of frozen dataclasses into what ``json.dumps`` takes; the reverse of ``build``."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if dataclasses.is_dataclass(kind):
        return {name: plain(getattr(value, name)) for name in _fields(kind)}
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
    return [plain(item) for item in value] if isinstance(value, tuple | list | frozenset) else value


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_Builder = Callable[[object, str], object]


@cache
def _fields(kind: type) -> Mapping[str, dataclasses.Field[Any]]:
    return {field.name: field for field in dataclasses.fields(kind)}


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _name(data: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(data), "a number")


@cache
def _builder(kind: Any) -> _Builder:
    """What makes a ``kind``. Worked out once for each: a record of a ward has millions of values."""
    origin = get_origin(kind)
    if origin is Union or origin is types.UnionType:
        return _optional(get_args(kind))
    if origin is Literal:
        return _choice(get_args(kind))
    if origin is tuple:
        return _tuple(get_args(kind)[0])
    if origin is not None:
        return _mapping(get_args(kind)[1])
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if issubclass(kind, Enum):
        choice = _choice(tuple(member.value for member in kind))
        return lambda data, place: kind(choice(data, place))
    return cast("_Builder", _LEAVES[kind])


def _optional(kinds: tuple[Any, ...]) -> _Builder:
    may_be_none = type(None) in kinds
    *others, last = (_builder(kind) for kind in kinds if kind is not type(None))

    def build_one(data: object, place: str) -> object:
        if data is None and may_be_none:
            return None
        for other in others:
            with suppress(MisfitError):
                return other(data, place)
        return last(data, place)

    return build_one


def _choice(choices: tuple[object, ...]) -> _Builder:
    def build_one(data: object, place: str) -> object:
        if any(data == choice and type(data) is type(choice) for choice in choices):
            return data
        raise MisfitError(place, f"must be one of {', '.join(str(choice) for choice in choices)}, not {_show(data)}")

    return build_one


def _tuple(item: Any) -> _Builder:
    builder = _builder(item)

    def build_one(data: object, place: str) -> object:
        if not isinstance(data, list):
            raise MisfitError(place, f"must be a list, not {_name(data)}")
        return tuple(builder(element, f"{place}[{index}]") for index, element in enumerate(data))

    return build_one


def _mapping(item: Any) -> _Builder:
    builder = _builder(item)

    def build_one(data: object, place: str) -> object:
        if not isinstance(data, dict):
            raise MisfitError(place, f"must be an object, not {_name(data)}")
        return {str(key): builder(element, _join(place, str(key))) for key, element in data.items()}

    return build_one


def _dataclass(kind: Any) -> _Builder:
    fields = _fields(kind)
    # Not before the first use: a class may speak of itself.
    hints: dict[str, Any] = {}

    def build_one(data: object, place: str) -> object:
        if type(data) is kind:
            return data
        if not isinstance(data, dict):
            raise MisfitError(place, f"must be an object, not {_name(data)}")
        if not hints:
            hints.update(get_type_hints(kind))
        _check_names(data, fields, place)
        values = {name: _builder(hints[name])(data[name], _join(place, name)) for name in fields if name in data}
        try:
            return kind(**values)
        except ValueError as error:
            raise MisfitError(place, str(error)) from error

    return build_one


def _check_names(data: Mapping[str, object], fields: Mapping[str, dataclasses.Field[Any]], place: str) -> None:
    for key in data:
        if key not in fields:
            raise MisfitError(_join(place, str(key)), "is not known here")
    for name, field in fields.items():
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if name not in data and not optional:
            raise MisfitError(_join(place, name), "is missing")


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
