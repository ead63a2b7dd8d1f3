"""Results and cases that the tests about laboratory trends share."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
UNITS = {
    "ALT": "U/L",
    "AST": "U/L",
    "GGT": "U/L",
    "BILI": "umol/L",
    "PLT": "10*9/L",
    "NEUT": "10*9/L",
    "LYMPH": "10*9/L",
    "MONO": "10*9/L",
    "EOS": "10*9/L",
    "HGB": "g/dL",
    "TSH": "m[IU]/L",
}


def result(
    test: str,
    value: str,
    limits: tuple[str | None, str | None] = (None, None),
    *,
    days_ago: int = 10,
    unit: str | None = "",
) -> LabResult:
    """One result; without a unit said the test's usual one."""
    lower, upper = (None if limit is None else Decimal(limit) for limit in limits)
    usual = UNITS.get(test) if unit == "" else unit
    return LabResult(test, value, TODAY - timedelta(days=days_ago), usual, lower, upper)


def series(
    test: str, values: Iterable[str], limits: tuple[str | None, str | None] = (None, None), *, every: int = 30
) -> tuple[LabResult, ...]:
    """Results so many days apart, the last of them ten days ago."""
    listed = list(values)
    return tuple(
        result(test, value, limits, days_ago=10 + every * (len(listed) - 1 - place))
        for place, value in enumerate(listed)
    )


def case_of(protocol: InfusionProtocol, *labs: LabResult) -> Case:
    return Case(protocol, Facts(labs=labs), NOW)


def known(protocol: InfusionProtocol, test: str) -> LabTest:
    found = protocol.lab_test(test)
    assert found is not None
    return found
