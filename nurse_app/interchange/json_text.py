"""JSON from outside, read without leniency: every error says where it is, and nothing reads as two things at once."""

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from nurse_app.plain_data import MisfitError

LIMIT_BYTES = 8 << 20
_DIGITS = 40


def read_json(content: bytes) -> object:
    """The value of a JSON file in UTF-8, with decimals exact. Raises MisfitError."""
    if len(content) > LIMIT_BYTES:
        raise MisfitError("", f"has more than {LIMIT_BYTES >> 20} MiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MisfitError(f"byte {error.start + 1}", "is not UTF-8 text") from None
    return parse_json(text)


def parse_json(text: str, number: Callable[[str], object] | None = None) -> object:
    """The value of JSON text; numbers are exact, or what ``number`` makes of their digits. Raises MisfitError."""
    if not text.strip():
        raise MisfitError("", "is empty")
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=number or _decimal,
            parse_int=number or _whole,
        )
        _refuse_half_characters(text, value)
    except RecursionError:
        raise MisfitError("", "is nested too deeply") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise MisfitError(place, f"is not JSON ({error.msg.lower()})") from None
    return value


def json_line(value: object) -> str:
    """One line of JSON in readable characters."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def json_page(value: object) -> str:
    """JSON over several lines, for people to look at."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = Counter(key for key, _ in pairs)
        raise MisfitError(max(keys, key=lambda key: keys[key]), "is given twice in one object")
    return found


def _no_number(word: str) -> object:
    raise MisfitError(word, "is not a number of JSON")


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(_short(digits))
    except InvalidOperation:
        raise MisfitError(digits, "is not an ordinary number") from None


def _whole(digits: str) -> int:
    return int(_short(digits))


def _short(digits: str) -> str:
    if len(digits) > _DIGITS:
        raise MisfitError(f"{digits[:8]}…", f"is a number of more than {_DIGITS} digits")
    return digits


def _refuse_half_characters(text: str, value: object) -> None:
    # Only an escape can smuggle in half of a surrogate pair, which no file and no screen could take later.
    if "\\u" not in text:
        return
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise MisfitError(
            "", "holds half a character (an escape from \\ud800 to \\udfff without its other half)"
        ) from None
