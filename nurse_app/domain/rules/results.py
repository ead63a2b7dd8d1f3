"""Laboratory results as the rules read them: the newest of a test, in our unit, with its own limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import Measured, Multiple, is_whole_steps, measured, product
from nurse_app.domain.rules.context import Case

Presence = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A numeric result in its test's first unit, with its own limits in the same unit."""

    result: LabResult
    value: Measured
    lower_limit: Decimal | None
    upper_limit: Decimal | None

    @property
    def multiple(self) -> Multiple | None:
        """The value against its own upper limit; None when it came without."""
        return None if self.upper_limit is None else Multiple(self.value, self.upper_limit)


def newest(case: Case, test: str) -> tuple[LabResult, ...]:
    """The last result of a test; several only when their order within the day is not known."""
    # The same result twice is one result.
    results = list(dict.fromkeys(result for result in case.facts.labs if result.test == test))
    if not results:
        return ()
    last_day = max(case.day(result.collected) for result in results)
    of_day = [result for result in results if case.day(result.collected) == last_day]
    instants = [result.collected for result in of_day if isinstance(result.collected, datetime)]
    if len(instants) == len(of_day):
        return tuple(result for result in of_day if result.collected == max(instants))
    return tuple(of_day)


def newest_day(case: Case, test: str) -> date | None:
    """The day of the last result of a test."""
    return next((case.day(result.collected) for result in newest(case, test)), None)


def in_order(case: Case, test: str) -> list[LabResult]:
    """All results of a test, oldest first; on one day, those without a time come first."""

    def when(result: LabResult) -> tuple[date, float]:
        at = result.collected
        return case.day(at), at.timestamp() if isinstance(at, datetime) else 0.0

    return sorted((result for result in case.facts.labs if result.test == test), key=when)


def unit_fits(test: LabTest, result: LabResult) -> bool:
    """A number needs a known unit; a word or a score may come without one."""
    if result.unit is None:
        return test.kind != "number"
    return result.unit in test.units


def can_be(test: LabTest, value: Measured) -> bool:
    """Is it a figure that the test can have? One beyond its scale or between its steps is a slip."""
    figure = value.least if value.most is None else value.most
    is_on_scale = test.highest is None or figure <= test.highest
    return is_on_scale and (test.step is None or is_whole_steps(figure, test.step))


def reading(protocol: InfusionProtocol, result: LabResult) -> Reading | None:
    """The result in our unit; None when its unit or its value cannot be used."""
    test = protocol.lab_test(result.test)
    value = measured(result.value)
    if test is None or value is None or result.unit is None or not unit_fits(test, result):
        return None
    factor = test.units[result.unit]
    return Reading(
        result=result,
        value=value.times(factor),
        lower_limit=None if result.lln is None else product(result.lln, factor),
        upper_limit=None if result.uln is None else product(result.uln, factor),
    )


def readings(case: Case, test: str) -> list[Reading]:
    """The newest results of a test that can be used as numbers."""
    found = (reading(case.protocol, result) for result in newest(case, test))
    return [item for item in found if item is not None]


def presence(protocol: InfusionProtocol, result: LabResult) -> Presence | None:
    """Whether a word result says positive or negative; None when it says neither."""
    word = str(result.value).strip().casefold()
    if word in protocol.labs.positive_words:
        return "positive"
    return "negative" if word in protocol.labs.negative_words else None


def any_yes(case: Case, questions: Iterable[str]) -> bool:
    """Is at least one of the questions answered with yes?"""
    return any(case.says_yes(question) for question in questions)
