"""CTCAE grades of laboratory results, read from the protocol's pinned version."""

from decimal import Decimal

from nurse_app.domain.finding import Ctcae
from nurse_app.domain.lab_protocol import CtcaeScale
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import Measured
from nurse_app.domain.rules.results import Reading


def grade(protocol: InfusionProtocol, result: Reading) -> Ctcae | None:
    """The worst grade the value may have; None without a scale, without the limit it needs, or below grade 1."""
    grades = [
        found
        for scale in protocol.labs.ctcae
        if scale.test == result.result.test and (found := _grade(scale, result)) is not None
    ]
    return Ctcae(protocol.labs.ctcae_version, max(grades)) if grades else None


def edges(protocol: InfusionProtocol, test: str) -> tuple[Decimal, ...]:
    """The multiples at which a grade begins, so that a shown figure never seems to be on the other side."""
    return tuple(
        boundary
        for scale in protocol.labs.ctcae
        if scale.test == test and scale.measure == "multiple"
        for boundary in scale.grades.values()
    )


def _grade(scale: CtcaeScale, result: Reading) -> int | None:
    limit = result.upper_limit if scale.direction == "up" else result.lower_limit
    value = result.value
    if scale.measure == "multiple":
        if limit is None:
            return None
        value, limit = value.over(limit), Decimal(1)
    worst = 1 if scale.first_beyond_limit and limit is not None and _beyond(scale, value, limit) else None
    for number, boundary in scale.grades.items():
        if _beyond(scale, value, boundary):
            worst = max(worst or 0, int(number))
    return worst


def _beyond(scale: CtcaeScale, value: Measured, boundary: Decimal) -> bool:
    return value.may_be_above(boundary) if scale.direction == "up" else value.may_be_below(boundary)
