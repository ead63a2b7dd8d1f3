"""What an HL7 v2 result says: the names of its test, its value, its unit and its reference range."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from nurse_app.domain.quantity import compared
from nurse_app.interchange.lab_file.hl7_encoding import Encoding, UnclearPartError, quoted
from nurse_app.interchange.lab_file.rows import Limits

_LOINC = "LN"
# Where a coded element has an identifier, its text and its coding system: the code, its alternate, its second one.
_CODINGS = ((0, 1, 2), (3, 4, 5), (9, 10, 11))
# Where it says what was found, the best place first; the last is the text as somebody typed it.
_MEANINGS = (1, 0, 4, 3, 8)
_LONGEST_UNIT = 40
# A laboratory's tests, units and ranges come again and again: so many of each are worked out once.
_KNOWN = 512
_DIGITS = r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})"
_NUMBER = re.compile(_DIGITS, re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_SPAN = re.compile(rf"({_DIGITS})\s*-\s*({_DIGITS})", re.ASCII)
_COMPARATORS = {"": "", "=": "", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@lru_cache(_KNOWN)
def tests_of(field: str, encoding: Encoding) -> tuple[str, ...]:
    """Every name of a test (OBX-3): LOINC codes, other identifiers, texts. Raises UnclearPartError."""
    parts = [encoding.text(part) for part in encoding.components(field)[:12]]
    parts += [""] * (12 - len(parts))
    codings = [(parts[code], parts[text], parts[system]) for code, text, system in _CODINGS]
    loinc = [code for code, _text, system in codings if system == _LOINC]
    names = [*loinc, *(code for code, _text, _system in codings), *(text for _code, text, _system in codings)]
    found = tuple(dict.fromkeys(name for name in names if name))
    if not found:
        raise UnclearPartError("does not say which test it is")
    return found


def value_of(kind: str, field: str, encoding: Encoding) -> str:
    """The value (OBX-5) by its kind (OBX-2). Raises UnclearPartError."""
    if not field.strip():
        raise UnclearPartError("has no value")
    kind = encoding.text(encoding.components(kind)[0])
    if kind not in _KINDS:
        what = f"is of the kind {quoted(kind)}, which is not a value that can be taken"
        raise UnclearPartError(what if kind else "does not say of what kind its value is (OBX-2)")
    if encoding.repetition in field:
        raise UnclearPartError("has several values")
    value = _KINDS[kind](field, encoding)
    if not value:
        raise UnclearPartError("has no value")
    return value


def says_a_word(value: str) -> bool:
    """Whether a value is no number: its reference range is in words, too, and has no limits."""
    return not any(letter.isdigit() for letter in value)


@lru_cache(_KNOWN)
def unit_of(field: str, encoding: Encoding) -> str:
    """The unit (OBX-6): its identifier, else its text; "" when there is none. Raises UnclearPartError."""
    parts = encoding.components(field)
    units = (encoding.text(part, _LONGEST_UNIT) for part in parts[:2])
    return next(filter(None, units), "")


@lru_cache(_KNOWN)
def limits_of(field: str, encoding: Encoding) -> Limits:
    """The reference range (OBX-7); without ends only when the field is empty. Raises UnclearPartError."""
    text = encoding.single(field)
    if not text:
        return Limits()
    comparator, figure = compared(text)
    if comparator and _NUMBER.fullmatch(figure):
        end = Decimal(_plain(figure))
        is_upper = comparator in ("<", "<=")
        return Limits(upper=end, upper_text=text) if is_upper else Limits(lower=end, lower_text=text)
    if found := _SPAN.fullmatch(text):
        lower, upper = Decimal(_plain(found[1])), Decimal(_plain(found[2]))
        if lower <= upper:
            return Limits(lower, upper, found[1], found[2])
    raise UnclearPartError(f"the reference range {quoted(text)} cannot be read")


def _number(field: str, encoding: Encoding) -> str:
    text = encoding.single(field)
    _refuse_comma(text)
    if text and not _NUMBER.fullmatch(text):
        raise UnclearPartError(f"{quoted(text)} is not a number")
    return _plain(text) if text else ""


def _structured(field: str, encoding: Encoding) -> str:
    """A comparator and a number; a ratio or a range is not one value."""
    parts = [encoding.text(part) for part in encoding.components(field)[:5]]
    comparator, number, *others = [*parts, ""]
    if any(others) or comparator not in _COMPARATORS:
        raise UnclearPartError(f"{quoted(field)} is a ratio, a range or a category, not one number")
    _refuse_comma(number)
    if not _NUMBER.fullmatch(number):
        raise UnclearPartError(f"{quoted(field)} has no number")
    return _COMPARATORS[comparator] + _plain(number)


def _words(field: str, encoding: Encoding) -> str:
    return _said(encoding.single(field))


def _coded(field: str, encoding: Encoding) -> str:
    parts = encoding.components(field)
    for place in _MEANINGS:
        meaning = encoding.single(parts[place]) if place < len(parts) else ""
        if meaning:
            return _said(meaning)
    return ""


def _said(text: str) -> str:
    """A text; what is a number in it is written as one."""
    _refuse_comma(text)
    comparator, figure = compared(text)
    return comparator + _plain(figure) if _NUMBER.fullmatch(figure) else text


def _refuse_comma(text: str) -> None:
    if _WITH_COMMA.fullmatch(compared(text)[1]):
        raise UnclearPartError(f"{quoted(text)} has a comma, where HL7 has a decimal point")


def _plain(number: str) -> str:
    """Digits on both sides of a point, or none: HL7 allows +5, .5 and 5. too."""
    sign = "-" if number.startswith("-") else ""
    whole, _point, places = number.lstrip("+-").partition(".")
    return f"{sign}{whole or '0'}" + (f".{places}" if places else "")


_KINDS: Mapping[str, Callable[[str, Encoding], str]] = {
    "NM": _number,
    "SN": _structured,
    **dict.fromkeys(("ST", "TX", "FT", "IS", "ID"), _words),
    **dict.fromkeys(("CE", "CWE", "CNE"), _coded),
}
