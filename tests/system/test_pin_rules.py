"""Which PINs are refused, and that most are not."""

import pytest

from nurse_app.system.pin_rules import PinProblem, pin_problem


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("", PinProblem.NOT_DIGITS),
        ("48291a", PinProblem.NOT_DIGITS),
        ("48 2913", PinProblem.NOT_DIGITS),
        ("-482913", PinProblem.NOT_DIGITS),
        ("48291²", PinProblem.NOT_DIGITS),
        ("48291", PinProblem.TOO_SHORT),
        ("4829134829136", PinProblem.TOO_LONG),
        ("123456", PinProblem.SEQUENCE),
        ("987654", PinProblem.SEQUENCE),
        ("345678", PinProblem.SEQUENCE),
        ("890123", PinProblem.SEQUENCE),
        ("210987", PinProblem.SEQUENCE),
        ("000000", PinProblem.REPEATED),
        ("77777777", PinProblem.REPEATED),
        ("474747", PinProblem.REPEATED),
        ("4747474", PinProblem.REPEATED),
        ("483483", PinProblem.REPEATED),
        ("147258", PinProblem.COMMON),
        ("112233", PinProblem.COMMON),
        ("123321", PinProblem.COMMON),
        ("311285", PinProblem.DATE),
        ("123185", PinProblem.DATE),
        ("851231", PinProblem.DATE),
        ("290200", PinProblem.DATE),
        ("31121985", PinProblem.DATE),
        ("12311985", PinProblem.DATE),
        ("19851231", PinProblem.DATE),
    ],
)
def test_a_pin_that_is_easily_guessed_or_no_pin_is_refused(pin: str, problem: PinProblem) -> None:
    assert pin_problem(pin) == problem


@pytest.mark.parametrize(
    "pin",
    ["482913", "739182", "583920", "123457", "4829137", "48291375", "310285", "31121785", "482913482917", "٤٨٢٩١٣"],
)
def test_any_other_pin_will_do(pin: str) -> None:
    assert pin_problem(pin) is None


def test_nine_in_ten_pins_of_six_digits_will_do() -> None:
    every_97th = [f"{number:06d}" for number in range(0, 1_000_000, 97)]

    fit = sum(pin_problem(pin) is None for pin in every_97th)

    assert 0.90 < fit / len(every_97th) < 0.93
