"""Whether results are there, can be read, and are young enough."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from nurse_app.domain.calendar import add_months, days_after
from nurse_app.domain.facts import LabResult, Treatment
from nurse_app.domain.finding import Finding
from nurse_app.domain.lab_protocol import LabTest, Monitoring
from nurse_app.domain.quantity import measured
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.pml import is_high_index
from nurse_app.domain.rules.results import can_be, newest, newest_day, presence, unit_fits


def readable(case: Case) -> Iterator[Finding]:
    """The newest result of each test must have a unit that fits and a value that can be read."""
    for test in case.protocol.labs.tests:
        for result in newest(case, test.id):
            figures = {"test": test.id, "value": str(result.value), "unit": result.unit or ""}
            if not unit_fits(test, result):
                yield Finding("lab-unit", "hold", "unit", figures)
            elif not _value_fits(case, test, result):
                yield Finding("lab-unit", "hold", "value", figures)


def _value_fits(case: Case, test: LabTest, result: LabResult) -> bool:
    value = measured(result.value)
    numeric = value is not None and can_be(test, value)
    word = str(result.value or "").strip().casefold()
    worded = presence(case.protocol, result) is not None or word in case.protocol.labs.unclear_words
    match test.kind:
        case "number" | "score":
            return numeric
        case "presence":
            return worded
        case "index":
            return numeric or worded
        case "text":
            return bool(word)
        case _:
            assert_never(test.kind)


def last_good_day(item: Monitoring, collected: date) -> date:
    """The last day on which a result collected on that day is young enough."""
    if item.months is not None:
        return add_months(collected, item.months)
    return days_after(collected, item.days or 0)


def overdue(case: Case) -> Iterator[Finding]:
    """Results too old or absent: a caution, and before a first infusion a hold for the baseline ones."""
    for item in case.protocol.labs.monitoring:
        if item.rule is None or (item.from_first_infusion and case.treatment.infusions_given == 0):
            continue
        for variant, tests in _late(case, item).items():
            figures = _figures(case, item, tests)
            if item.baseline and may_be_first(case.treatment):
                yield Finding("baseline-labs", "hold", "old" if variant == "old" else "missing", figures)
            else:
                yield Finding(item.rule, "caution", variant, figures)


def may_be_first(treatment: Treatment) -> bool:
    """Nothing was given yet, or nothing is known of it."""
    return treatment.infusions_given == 0 or (treatment.infusions_given is None and treatment.last_infusion is None)


def _late(case: Case, item: Monitoring) -> dict[str, list[str]]:
    late: dict[str, list[str]] = {}
    for test in item.tests:
        day = newest_day(case, test)
        since = counts_from(case, item, test)
        if since is None:
            late.setdefault("absent", []).append(test)
        elif case.today > last_good_day(item, since) and not is_high_index(case, test):
            late.setdefault("absent" if day is None else "old", []).append(test)
    return late


def counts_from(case: Case, item: Monitoring, test: str) -> date | None:
    """The day from which the age of a test is counted: its last result, and where asked the first infusion."""
    day, first = newest_day(case, test), case.treatment.first_infusion
    if not item.from_first_infusion or first is None:
        return day
    return max(day, case.day(first)) if day else case.day(first)


def due_day(case: Case, item: Monitoring) -> date | None:
    """The last day on which all results of an item are young enough; None when one was never done."""
    days = [counts_from(case, item, test) for test in item.tests]
    known = [last_good_day(item, day) for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def _figures(case: Case, item: Monitoring, tests: list[str]) -> dict[str, str]:
    days = [day for test in tests if (day := newest_day(case, test))]
    oldest = min(days, default=None)
    return {
        "tests": ", ".join(tests),
        "test": tests[0],
        "collected": oldest.isoformat() if oldest else "",
        "days": str((case.today - oldest).days) if oldest else "",
        "max_age": str(item.days or item.months),
    }


RULES = (readable, overdue)
