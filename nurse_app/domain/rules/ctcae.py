"""CTCAE grades of laboratory results, read from the protocol's pinned version."""

from datetime import datetime
from decimal import Decimal

from nurse_app.domain.finding import Ctcae
from nurse_app.domain.lab_protocol import CtcaeScale
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import Measured, Multiple
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.results import Reading, in_order, reading


def grade(case: Case, result: Reading, before: Decimal | None = None) -> Ctcae | None:
    """The worst grade the value may have; None without a scale, without the limit it needs, or below grade 1.

    ``before``: the abnormal value before treatment, from ``baseline``. Results since then are graded as multiples of
    it, where the criteria do so.
    """
    scales = [scale for scale in case.protocol.labs.ctcae if scale.test == result.result.test]
    if _is_before_treatment(case, result) or not any(scale.grades_baseline for scale in scales):
        before = None
    found = (_grade(scale, result) if before is None else _of_baseline(scale, result, before) for scale in scales)
    grades = [number for number in found if number is not None]
    return Ctcae(case.protocol.labs.ctcae_version, max(grades), before) if grades else None


def baseline(case: Case, test: str) -> Decimal | None:
    """The value of the last result before the first infusion, in our unit, when it lay above its own upper limit.

    None whenever the grade is one of the upper limit: a normal or unknown value before treatment, or a test whose
    grades know no baseline. Of several that may be the last one the lowest counts, and one within its limit makes the
    baseline normal: both give the higher grade.
    """
    if not any(scale.test == test and scale.grades_baseline for scale in case.protocol.labs.ctcae):
        return None
    found = [reading(case.protocol, result) for result in in_order(case, test)]
    before = [item for item in found if item is not None and _is_before_treatment(case, item)]
    last_day = max((case.day(item.result.collected) for item in before), default=None)
    last = [item for item in before if case.day(item.result.collected) == last_day]
    values = [item.value.exact for item in last if item.upper_limit and item.value.is_surely_above(item.upper_limit)]
    known = [value for value in values if value is not None]
    return min(known) if known and len(known) == len(last) else None


def _is_before_treatment(case: Case, item: Reading) -> bool:
    """On the day itself a sample without an hour was taken before the bag was hung: that is when blood is taken."""
    first, collected = case.treatment.first_infusion, item.result.collected
    if first is None:
        return True
    if isinstance(collected, datetime) and isinstance(first, datetime):
        return collected < first
    return case.day(collected) <= case.day(first)


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
    if scale.measure == "multiple":
        return None if limit is None else _worst(scale, Multiple(result.value, limit), Decimal(1))
    return _worst(scale, result.value, limit)


def _worst(scale: CtcaeScale, value: Measured | Multiple, limit: Decimal | None) -> int | None:
    worst = 1 if scale.first_beyond_limit and limit is not None and _beyond(scale, value, limit) else None
    for number, boundary in scale.grades.items():
        if _beyond(scale, value, boundary):
            worst = max(worst or 0, int(number))
    return worst


def _of_baseline(scale: CtcaeScale, result: Reading, before: Decimal) -> int | None:
    multiple = Multiple(result.value, before)
    start, above = scale.baseline_from, scale.baseline_above
    is_first = (start is not None and multiple.may_be_from(start)) or (
        above is not None and multiple.may_be_above(above)
    )
    higher = [int(number) for number, boundary in scale.grades.items() if multiple.may_be_above(boundary)]
    return max(higher, default=1 if is_first else None)


def _beyond(scale: CtcaeScale, value: Measured | Multiple, boundary: Decimal) -> bool:
    return value.may_be_above(boundary) if scale.direction == "up" else value.may_be_below(boundary)
