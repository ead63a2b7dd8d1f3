"""Decimal figures: how they are shown, and values that a laboratory reports as a range."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, getcontext
from typing import Literal

Comparator = Literal["", "<", "<=", ">", ">="]
TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
# As they are written, the longest first, and as they are kept (FHIR’s codes of a comparator).
_COMPARATORS: tuple[tuple[str, "Comparator"], ...] = (
    ("<=", "<="),
    (">=", ">="),
    ("≤", "<="),
    ("≥", ">="),
    ("<", "<"),
    (">", ">"),
)
_BLANKS = " \t\n\r\f\v"
_MOST_PLACES = 12
# Wide enough for a product or a difference of any two figures that can be read: nothing is ever rounded.
_EXACT = Context(prec=400)


def shown(value: Decimal) -> str:
    """The figure without trailing zeros and without an exponent."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Rounded half-even to a step such as 0.1."""
    return value.quantize(step, rounding=ROUND_HALF_EVEN)


def product(one: Decimal, other: Decimal) -> Decimal:
    """One times the other, with every digit."""
    return _EXACT.multiply(one, other)


def difference(one: Decimal, other: Decimal) -> Decimal:
    """One less the other, with every digit."""
    return _EXACT.subtract(one, other)


def is_whole_steps(value: Decimal, step: Decimal) -> bool:
    """Is the value so many whole steps?"""
    return not _EXACT.remainder(value, step)


@dataclass(frozen=True, slots=True)
class Measured:
    """A reported number: exact, or only known to be beyond a figure. ``open_ended`` leaves the figure itself out."""

    least: Decimal
    most: Decimal | None
    open_ended: bool = False

    def may_be_from(self, limit: Decimal) -> bool:
        """Could the true value be ``limit`` or more?"""
        return self.most is None or (self.most > limit if self._open_above else self.most >= limit)

    def may_be_above(self, limit: Decimal) -> bool:
        """Could the true value be more than ``limit``?"""
        return self.most is None or self.most > limit

    def may_be_below(self, limit: Decimal) -> bool:
        """Could the true value be less than ``limit``?"""
        return self.least < limit

    def is_surely_above(self, limit: Decimal) -> bool:
        """Is the true value more than ``limit``, whatever it is?"""
        return self.least >= limit if self.open_ended and self.most is None else self.least > limit

    @property
    def _open_above(self) -> bool:
        return self.open_ended and self.most is not None

    @property
    def exact(self) -> Decimal | None:
        return self.least if self.least == self.most else None

    def times(self, factor: Decimal) -> "Measured":
        most = None if self.most is None else product(self.most, factor)
        return Measured(product(self.least, factor), most, self.open_ended)


@dataclass(frozen=True, slots=True)
class Multiple:
    """A value as so many times a limit of its own unit. Nothing is divided, so nothing is rounded across a boundary."""

    value: Measured
    limit: Decimal

    def may_be_from(self, times: Decimal) -> bool:
        """Could the true value be so many times the limit, or more?"""
        return self.value.may_be_from(product(times, self.limit))

    def may_be_above(self, times: Decimal) -> bool:
        """Could the true value be more than so many times the limit?"""
        return self.value.may_be_above(product(times, self.limit))

    def may_be_below(self, times: Decimal) -> bool:
        """Could the true value be less than so many times the limit?"""
        return self.value.may_be_below(product(times, self.limit))


def compared(text: str) -> tuple[Comparator, str]:
    """The comparator in front of a figure as it is kept, and the figure: “≤ 5” is <= and 5. Without one: "" and all."""
    # Most results have none.
    if text[:1] in "<>≤≥":
        for written, kept in _COMPARATORS:
            if text.startswith(written):
                return kept, text[len(written) :].lstrip(_BLANKS)
    return "", text


def measured(value: str | Decimal | None) -> Measured | None:
    """Read a result such as 34, <5 or >1000; None when it is no number, or one that cannot be (below 0)."""
    if isinstance(value, Decimal):
        return Measured(value, value) if value >= 0 else None
    comparator, figure = compared((value or "").strip())
    if not _NUMBER.fullmatch(figure):
        return None
    number = Decimal(figure)
    match comparator:
        case "":
            return Measured(number, number)
        case "<" | "<=":
            return Measured(Decimal(0), number, open_ended=comparator == "<")
        case _:
            return Measured(number, None, open_ended=comparator == ">")


def shown_multiple(value: Decimal, limit: Decimal, boundaries: tuple[Decimal, ...]) -> str:
    """How many times the limit, with as many places as keep it on its own side of every boundary."""
    multiple = value / limit
    # A figure of very many digits has no room for places; it is shown as it is.
    for places in range(2, min(_MOST_PLACES, getcontext().prec - multiple.adjusted())):
        short = multiple.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        if all(_side(short, edge) == _side(value, edge * limit) for edge in boundaries):
            return shown(short)
    return shown(multiple)


def _side(value: Decimal, edge: Decimal) -> int:
    return (value > edge) - (value < edge)
