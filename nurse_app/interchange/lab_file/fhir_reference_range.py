"""The limits of a FHIR Observation: the one normal range that it gives, or a refusal where that is not clear."""

from dataclasses import dataclass

from nurse_app.interchange.lab_file.fhir_elements import (
    Element,
    NotTakenError,
    decimal_of,
    number_at,
    part_at,
    parts_at,
    refuse_changed_meaning,
    shown,
    text_at,
)
from nurse_app.interchange.lab_file.rows import Limits

_UCUM = "http://unitsofmeasure.org"
_NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: UCUM's code for it and the words for it, either may be ""."""

    code: str = ""
    words: str = ""

    @property
    def name(self) -> str:
        return self.code or self.words

    def is_same(self, other: "Unit") -> bool:
        """Whether both are surely one unit, letter by letter; nothing is converted."""
        if self.code and other.code:
            return self.code == other.code
        return self.name == other.name or (self.words != "" and self.words == other.words)


def unit_of(quantity: Element) -> Unit:
    code = text_at(quantity, "code") if text_at(quantity, "system") == _UCUM else ""
    return Unit(code, text_at(quantity, "unit"))


def limits_of(result: Element, unit: Unit) -> Limits:
    """The limits of a result in ``unit``. Raises NotTakenError when several could hold, or one cannot be read."""
    ranges = [each for each in parts_at(result, "referenceRange") if _is_normal(each)]
    if len(ranges) > 1:
        # What holds for some people only is passed over where a range for everybody stands beside it.
        ranges = [each for each in ranges if each.get("appliesTo") is None and each.get("age") is None]
        if len(ranges) != 1:
            raise NotTakenError("has several reference ranges, and nothing says which one holds")
    return _limits(ranges[0], unit) if ranges else Limits()


def _is_normal(range_: Element) -> bool:
    """A range without a type is the normal one."""
    kind = part_at(range_, "type")
    codes = [text_at(each, "code") for each in parts_at(kind, "coding")]
    return not kind or _NORMAL in codes or (not codes and text_at(kind, "text").lower() in ("", _NORMAL))


def _limits(range_: Element, unit: Unit) -> Limits:
    refuse_changed_meaning(range_)
    lower_text, upper_text = _limit(range_, "low", unit), _limit(range_, "high", unit)
    if not lower_text and not upper_text:
        raise NotTakenError(f"its reference range {shown(text_at(range_, 'text'))} has no limits in numbers")
    lower = decimal_of(lower_text) if lower_text else None
    upper = decimal_of(upper_text) if upper_text else None
    if lower is not None and upper is not None and lower > upper:
        raise NotTakenError(f"its reference range goes from {shown(lower_text)} down to {shown(upper_text)}")
    return Limits(lower, upper, lower_text, upper_text)


def _limit(range_: Element, name: str, unit: Unit) -> str:
    """The digits of a limit; "" when there is none."""
    quantity = part_at(range_, name)
    if not quantity:
        return ""
    digits = number_at(quantity, "value")
    if digits is None or quantity.get("comparator") is not None:
        raise NotTakenError(f"“{name}” of its reference range is not one number")
    given = unit_of(quantity)
    if not given.is_same(unit):
        raise NotTakenError(
            f"its reference range is in {shown(given.name or 'no unit')}, its value in {shown(unit.name or 'no unit')}"
        )
    return str(digits)
