"""Which PINs a nurse may choose."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import pairwise

from nurse_app.system.pin_hash import ascii_digits

_FEWEST_DIGITS = 6
_MOST_DIGITS = 12
# Often chosen and caught by no other rule: key patterns, halves and mirrors, well-known figures.
_COMMON = """
007007 100200 102030 112211 112233 121314 123321 131415 131421 135790 135791 142536 147258 147852 159357 159753
223344 246810 258369 258456 271828 314159 321123 321654 332211 420420 445566 456123 520520 521521 556677 654456
667788 696969 741852 778899 789456 852456 963852 987321 998877 11223344 12344321 14725836 27182818 31415926
147258369 456789123
"""


class PinProblem(StrEnum):
    """Why a PIN will not do."""

    NOT_DIGITS = "not-digits"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    SEQUENCE = "sequence"
    REPEATED = "repeated"
    DATE = "date"
    COMMON = "common"


def pin_problem(pin: str) -> PinProblem | None:
    """What is wrong with ``pin``; None when nothing is."""
    digits = ascii_digits(pin)
    if not (digits.isascii() and digits.isdigit()):
        return PinProblem.NOT_DIGITS
    if len(digits) < _FEWEST_DIGITS:
        return PinProblem.TOO_SHORT
    if len(digits) > _MOST_DIGITS:
        return PinProblem.TOO_LONG
    return _weakness(digits)


def _weakness(digits: str) -> PinProblem | None:
    if _is_sequence(digits):
        return PinProblem.SEQUENCE
    if _is_repeated(digits):
        return PinProblem.REPEATED
    if digits in _COMMON.split():
        return PinProblem.COMMON
    if any(_is_date(*parts) for parts in _date_readings(digits)):
        return PinProblem.DATE
    return None


def _is_sequence(digits: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    return steps in ({1}, {9})


def _is_repeated(digits: str) -> bool:
    # 444444, 474747, 483483 and, with a cut end, 4747474.
    return any(digits == (digits[:size] * len(digits))[: len(digits)] for size in (1, 2, 3))


def _date_readings(digits: str) -> Iterator[tuple[str, str, str]]:
    if len(digits) in (6, 8):
        year = len(digits) - 4
        yield digits[4:], digits[2:4], digits[:2]
        yield digits[4:], digits[:2], digits[2:4]
        yield digits[:year], digits[year : year + 2], digits[year + 2 :]


def _is_date(year: str, month: str, day: str) -> bool:
    # Two digits are taken as 20xx, so that 29 February 00 is a date: 1900 had none.
    number = int(year) if len(year) == 4 else 2000 + int(year)
    if not 1900 <= number <= 2099:
        return False
    try:
        date(number, int(month), int(day))
    except ValueError:
        return False
    return True
