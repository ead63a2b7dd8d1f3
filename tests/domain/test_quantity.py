"""Figures as they are shown, and results that are only known to be beyond one."""

from decimal import Decimal

import pytest

from nurse_app.domain.quantity import (
    HUNDREDTH,
    TENTH,
    Measured,
    Multiple,
    compared,
    difference,
    measured,
    rounded,
    shown_multiple,
)

FIVE, TEN, HUNDRED = Decimal(5), Decimal(10), Decimal(100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34", Measured(Decimal(34), Decimal(34))),
        (" 34.50 ", Measured(Decimal("34.50"), Decimal("34.50"))),
        (Decimal(34), Measured(Decimal(34), Decimal(34))),
        ("<5", Measured(Decimal(0), FIVE, open_ended=True)),
        ("< 5", Measured(Decimal(0), FIVE, open_ended=True)),
        ("<=5", Measured(Decimal(0), FIVE)),
        (">100", Measured(HUNDRED, None, open_ended=True)),
        (">=100", Measured(HUNDRED, None)),
        ("5-10", None),
        ("1" * 13, None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_laboratory_reports(text: str | Decimal | None, expected: Measured | None) -> None:
    assert measured(text) == expected


@pytest.mark.parametrize(
    ("text", "may_be_from", "may_be_above", "may_be_below"),
    [
        ("9.9", False, False, True),
        ("10", True, False, False),
        ("10.1", True, True, False),
        ("<10", False, False, True),
        ("<=10", True, False, True),
        ("<11", True, True, True),
        (">10", True, True, False),
        (">=10", True, True, False),
        (">9", True, True, True),
    ],
)
def test_a_value_may_be_on_the_worse_side_of_ten(
    text: str, may_be_from: bool, may_be_above: bool, may_be_below: bool
) -> None:
    value = measured(text)
    assert value is not None
    assert value.may_be_from(TEN) is may_be_from
    assert value.may_be_above(TEN) is may_be_above
    assert value.may_be_below(TEN) is may_be_below


@pytest.mark.parametrize(
    ("text", "times_two", "exact"),
    [
        ("5", Measured(TEN, TEN), FIVE),
        ("<5", Measured(Decimal(0), TEN, True), None),
        (">5", Measured(TEN, None, True), None),
    ],
)
def test_a_range_is_converted_as_a_range(text: str, times_two: Measured, exact: Decimal | None) -> None:
    value = measured(text)
    assert value is not None
    assert value.times(Decimal(2)) == times_two
    assert value.exact == exact


@pytest.mark.parametrize(
    ("text", "above"), [("10", False), ("10.1", True), (">10", True), (">=10", False), (">9.9", False), ("<11", False)]
)
def test_only_what_cannot_be_ten_or_less_is_surely_above_it(text: str, above: bool) -> None:
    value = measured(text)
    assert value is not None
    assert value.is_surely_above(TEN) is above


def test_no_result_is_below_zero() -> None:
    assert measured(Decimal(-1)) is None
    assert measured(Decimal(0)) == Measured(Decimal(0), Decimal(0))


def test_a_multiple_is_compared_with_every_digit() -> None:
    limit = Decimal("40." + "0" * 35 + "1")
    nearly = Multiple(Measured(Decimal(120), Decimal(120)), limit)

    assert (nearly.may_be_from(Decimal(3)), nearly.may_be_below(Decimal(3))) == (False, True)
    assert (nearly.may_be_above(Decimal("2.99")), nearly.may_be_above(Decimal(3))) == (True, False)
    assert difference(limit, Decimal(40)) > 0


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [("0.25", TENTH, "0.2"), ("0.35", TENTH, "0.4"), ("0.455", HUNDREDTH, "0.46"), ("0.445", HUNDREDTH, "0.44")],
)
def test_a_half_is_rounded_to_the_even_step(value: str, step: Decimal, expected: str) -> None:
    assert rounded(Decimal(value), step) == Decimal(expected)


def test_a_multiple_of_very_many_digits_is_shown_as_it_is() -> None:
    assert shown_multiple(Decimal("1e30"), Decimal(1), (Decimal(3),)) == "1" + "0" * 30


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", ("", "5")),
        ("<5", ("<", "5")),
        ("<= 5", ("<=", "5")),
        ("≤5", ("<=", "5")),
        (">\t5", (">", "5")),
        (">=5", (">=", "5")),
        ("≥ 5", (">=", "5")),
        ("<<5", ("<", "<5")),
        (" <5", ("", " <5")),
        ("", ("", "")),
    ],
)
def test_a_comparator_is_kept_in_one_spelling_whatever_the_figure_is(text: str, expected: tuple[str, str]) -> None:
    assert compared(text) == expected
