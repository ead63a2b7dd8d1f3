"""Numbers as laboratories write them: whether a comma parts thousands or decimals is settled for a whole file."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from nurse_app.domain.quantity import compared
from nurse_app.interchange.lab_file.rows import Question, UnreadableFileError

DecimalSign = Literal[".", ","]
_NUMBER = re.compile(r"(-?\d{1,15})(?:([.,])(\d{1,15}))?", re.ASCII)
# 1,234 and 1.234 can be read as more than a thousand or as little more than one.
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}", re.ASCII)
_PLACES_OF_THOUSANDS = 3
_QUESTION = Question("decimal")


class WrongSignError(ValueError):
    """A number written with the other sign than the file's."""


def decimal_sign(texts: Iterable[str], *, comma_parts_cells: bool) -> DecimalSign:
    """The sign that all numbers of a file have in common. Raises UnreadableFileError when that is not clear."""
    clear: set[str] = set()
    unclear: set[str] = set()
    for text in texts:
        found = _NUMBER.fullmatch(compared(text)[1])
        if found is not None and found[2] is not None:
            is_clear = len(found[3]) != _PLACES_OF_THOUSANDS or not _THOUSANDS.fullmatch(found[1])
            (clear if is_clear else unclear).add(found[2])
    if clear == {".", ","}:
        raise UnreadableFileError("some of its numbers have a decimal point and some a decimal comma", _QUESTION)
    if clear:
        return "." if clear == {"."} else ","
    if unclear == {"."} and comma_parts_cells:
        return "."
    if unclear:
        message = "a number such as 1,234 can be read in two ways, and no other number of it helps"
        raise UnreadableFileError(message, _QUESTION)
    return "."


def number(text: str, sign: DecimalSign) -> str | None:
    """The number with a decimal point, its comparator before it; None for what is no number. Raises WrongSignError."""
    comparator, figure = compared(text)
    found = _NUMBER.fullmatch(figure)
    if found is None:
        return None
    whole, separator, places = found.groups()
    if separator is not None and separator != sign:
        other = "a comma" if separator == "," else "a point"
        message = f"“{text}” has {other}, where the file’s other numbers have a {'point' if sign == '.' else 'comma'}"
        raise WrongSignError(message)
    return f"{comparator}{whole}" + (f".{places}" if places else "")


def limit(text: str, sign: DecimalSign) -> Decimal | None:
    """One end of a reference range; None for an empty one. Raises ValueError with the reason."""
    if not text:
        return None
    found = number(text, sign)
    if found is None or found[0] in "<>":
        message = f"the reference limit “{text}” is no number"
        raise ValueError(message)
    return Decimal(found)
