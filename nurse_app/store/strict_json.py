"""JSON read without leniency: no duplicate keys, no NaN, no fractions that lose digits, no endless nesting."""

import json
from typing import NoReturn


class MalformedJsonError(ValueError):
    """Text that is no JSON, or JSON that does not say one thing only."""


def parse_json(text: str) -> object:
    """The value of a JSON text, in which numbers with a fraction are refused. Raises MalformedJsonError."""
    try:
        value: object = _READER.decode(text)
    except RecursionError:
        raise MalformedJsonError("nested too deeply") from None
    except MalformedJsonError:
        raise
    except ValueError:
        raise MalformedJsonError("not JSON") from None
    return value


def compact_json(value: object) -> str:
    """The shortest JSON of a value, in readable UTF-8 characters. Raises ValueError, TypeError, RecursionError."""
    return _WRITER.encode(value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise MalformedJsonError("a key is given twice")
    return found


def _refuse_number(_: str) -> NoReturn:
    raise MalformedJsonError("a number that cannot be kept exactly")


# Made once: the json module makes them anew at each call, which takes longer than a short text itself.
_READER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_number, parse_float=_refuse_number)
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
