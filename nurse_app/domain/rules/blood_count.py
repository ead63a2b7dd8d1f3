"""Blood count results against fixed limits and their own range."""

from collections.abc import Iterator
from decimal import Decimal

from nurse_app.domain.finding import Finding
from nurse_app.domain.lab_protocol import CountRule
from nurse_app.domain.protocol import Severity
from nurse_app.domain.quantity import Measured, difference, shown
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.ctcae import grade
from nurse_app.domain.rules.results import Reading, any_yes, in_order, newest, reading, readings


def counts(case: Case) -> Iterator[Finding]:
    """Each count rule on the newest result of its test."""
    for rule in case.protocol.labs.count_rules:
        for result in readings(case, rule.test):
            yield from _missing_limits(case, rule, result)
            verdict = _verdict(case, rule, result)
            if verdict is not None:
                severity, variant, limit, previous = verdict
                figures = _figures(result, limit, previous)
                yield Finding(rule.rule, severity, variant, figures, grade(case, result))


_Verdict = tuple[Severity, str, Decimal | None, Decimal | None]


def _verdict(case: Case, rule: CountRule, result: Reading) -> _Verdict | None:
    return _worst_side(case, rule, result) or _fall(case, rule, result) or _mild_side(case, rule, result)


def _worst_side(case: Case, rule: CountRule, result: Reading) -> _Verdict | None:
    value = result.value
    if rule.stop_below is not None and value.may_be_below(rule.stop_below):
        return "stop", "very-low", rule.stop_below, None
    if rule.hold_below is not None and value.may_be_below(rule.hold_below):
        return "hold", "low", rule.hold_below, None
    if rule.hold_above is not None and value.may_be_above(rule.hold_above):
        return "hold", "high", rule.hold_above, None
    if rule.caution_above is not None and value.may_be_above(rule.caution_above):
        severity: Severity = "hold" if any_yes(case, rule.hold_above_caution_with_yes_to) else "caution"
        return severity, "high", rule.caution_above, None
    return None


def _fall(case: Case, rule: CountRule, result: Reading) -> _Verdict | None:
    if rule.hold_fall_above is None:
        return None
    now = result.value.least
    for before in _before(case, result):
        # A result known only to be above a figure may have been far above it.
        if before.most is None or difference(before.most, now) > rule.hold_fall_above:
            return "hold", "fall", rule.hold_fall_above, before.least if before.most is None else before.most
    return None


def _before(case: Case, result: Reading) -> Iterator[Measured]:
    """What the result may have fallen from: the others of its day, where their order is not known, and the one before.

    Only what can be used as a number.
    """
    latest = newest(case, result.result.test)
    older = [row for row in in_order(case, result.result.test) if row not in latest]
    yield from (found.value for row in latest if row != result.result and (found := reading(case.protocol, row)))
    last = next((found for row in reversed(older) if (found := reading(case.protocol, row)) is not None), None)
    if last is not None:
        yield last.value


def _mild_side(case: Case, rule: CountRule, result: Reading) -> _Verdict | None:
    value, lower, upper = result.value, result.lower_limit, result.upper_limit
    if rule.caution_below_lower_limit and lower is not None and value.may_be_below(lower):
        return "caution", "below-limit", lower, None
    if upper is None:
        return None
    if rule.caution_above_upper_limit and value.may_be_above(upper):
        return "caution", "above-limit", upper, None
    # Only known to lie beyond a figure under the limit, it may be raised and may not be: the worse side counts.
    if _should_be_raised(case, rule) and not value.is_surely_above(upper):
        return "caution", "not-raised", upper, None
    if rule.expected_above_upper_limit and value.may_be_above(upper):
        return "information", "expected", upper, None
    return None


def _should_be_raised(case: Case, rule: CountRule) -> bool:
    needed, given = rule.caution_not_raised_after_infusions, case.treatment.infusions_given
    return needed is not None and given is not None and given >= needed


def _missing_limits(case: Case, rule: CountRule, result: Reading) -> Iterator[Finding]:
    if rule.caution_below_lower_limit and result.lower_limit is None:
        yield Finding("lab-reference-missing", "hold", "missing", {"test": rule.test, "limit": "lln"})
    needs_upper = rule.caution_above_upper_limit or _should_be_raised(case, rule)
    if needs_upper and result.upper_limit is None:
        yield Finding("lab-reference-missing", "hold", "missing", {"test": rule.test, "limit": "uln"})


def _figures(result: Reading, limit: Decimal | None, previous: Decimal | None) -> dict[str, str]:
    row = result.result
    return {
        "test": row.test,
        "value": str(row.value),
        "unit": row.unit or "",
        "limit": "" if limit is None else shown(limit),
        "previous": "" if previous is None else shown(previous),
    }


RULES = (counts,)
