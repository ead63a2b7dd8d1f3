"""Results judged as multiples of their own upper limit, and the pattern of Hy's law."""

from collections.abc import Iterator
from decimal import Decimal

from nurse_app.domain.finding import Finding
from nurse_app.domain.lab_protocol import MultipleRule
from nurse_app.domain.quantity import Multiple, shown_multiple
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.ctcae import baseline, edges, grade
from nurse_app.domain.rules.results import Reading, any_yes, readings

ONE = Decimal(1)


def multiples(case: Case) -> Iterator[Finding]:
    """Each test of each multiple rule, at the worst severity its multiple may have."""
    for rule in case.protocol.labs.multiple_rules:
        for test in rule.tests:
            for result in readings(case, test):
                yield from _judge(case, rule, result)


def _judge(case: Case, rule: MultipleRule, result: Reading) -> Iterator[Finding]:
    multiple = result.multiple
    if multiple is None:
        yield Finding("lab-reference-missing", "hold", "missing", {"test": result.result.test, "limit": "uln"})
        return
    figures = _figures(case, rule, result, multiple.limit)
    ctcae = grade(case, result, baseline(case, result.result.test))
    if _stops(case, rule, multiple):
        variant = "with-enzymes" if rule.stop_with_rule else "very-high"
        yield Finding(rule.rule, "stop", variant, figures, ctcae)
    elif _holds(rule, multiple):
        yield Finding(rule.rule, "hold", "high", figures, ctcae)
    elif multiple.may_be_above(rule.caution_above):
        yield Finding(rule.rule, "caution", "above", figures, ctcae)


def _holds(rule: MultipleRule, multiple: Multiple) -> bool:
    return (rule.hold_from is not None and multiple.may_be_from(rule.hold_from)) or (
        rule.hold_above is not None and multiple.may_be_above(rule.hold_above)
    )


def _stops(case: Case, rule: MultipleRule, multiple: Multiple) -> bool:
    if rule.stop_with_rule is not None:
        other = next(r for r in case.protocol.labs.multiple_rules if r.rule == rule.stop_with_rule)
        return _holds(rule, multiple) and any(_holds(other, each) for each in _newest_multiples(case, *other.tests))
    if rule.stop_above is None or not multiple.may_be_above(rule.stop_above):
        return False
    return any_yes(case, rule.stop_needs_yes_to)


def _figures(case: Case, rule: MultipleRule, result: Reading, limit: Decimal) -> dict[str, str]:
    row = result.result
    figures = {"test": row.test, "value": str(row.value), "unit": row.unit or "", "uln": str(row.uln)}
    figures["collected"] = case.day(row.collected).isoformat()
    figures["multiple"] = _shown(case, rule, result, limit)
    return figures


def _shown(case: Case, rule: MultipleRule, result: Reading, limit: Decimal) -> str:
    """The multiple as text; a result below or above its measuring range keeps its sign."""
    value = result.value
    bound = value.least if value.most is None else value.most
    limits = (rule.caution_above, rule.hold_from, rule.hold_above, rule.stop_above)
    boundaries = {ONE, *(edge for edge in limits if edge is not None), *edges(case.protocol, result.result.test)}
    sign = "" if value.exact is not None else "<" if value.most is not None else ">"
    # At most 3 times may be 3 times, which is a hold; less than 3 times is none.
    if sign and not value.open_ended:
        sign += "="
    return sign + shown_multiple(bound, limit, tuple(boundaries))


def hys_law(case: Case) -> Iterator[Finding]:
    """Enzyme and bilirubin high together without cholestasis; cholestasis not shown counts as absent."""
    law = case.protocol.labs.hys_law
    if law is None:
        return
    enzyme = any(each.may_be_from(law.enzyme_from) for each in _newest_multiples(case, *law.enzymes))
    bilirubin = any(each.may_be_above(law.bilirubin_above) for each in _newest_multiples(case, law.bilirubin))
    if enzyme and bilirubin and not _surely_from(case, law.cholestasis, law.cholestasis_from):
        yield Finding("hys-law", "stop", "pattern")


def _newest_multiples(case: Case, *tests: str) -> list[Multiple]:
    """The newest results of tests against their own upper limits, as far as they came with one."""
    found = (result.multiple for test in tests for result in readings(case, test))
    return [multiple for multiple in found if multiple is not None]


def _surely_from(case: Case, test: str, limit: Decimal) -> bool:
    found = _newest_multiples(case, test)
    return bool(found) and not any(multiple.may_be_below(limit) for multiple in found)


RULES = (multiples, hys_law)
