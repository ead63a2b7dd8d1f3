"""One test's results as points in one unit: each with its own limits, judged by the rules as if it stood alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.finding import Ctcae, Finding, worst_severity
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import Comparator, Measured, shown_multiple
from nurse_app.domain.rules.blood_count import counts
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.ctcae import baseline, edges, grade
from nurse_app.domain.rules.liver import multiples
from nurse_app.domain.rules.results import Reading, in_order, reading
from nurse_app.i18n import _
from nurse_app.presentation.finding_words import unit_words
from nurse_app.presentation.formats import day, number, with_unit
from nurse_app.presentation.view_parts import Tone

Standing = Literal["within", "below", "above", "unknown"]
NOON = 12 / 24
_ONE = Decimal(1)
_SECONDS_OF_DAY = 24 * 3600
_EXPECTED = "expected"
# As people read them.
_SIGNS: dict[Comparator, str] = {"": "", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_MISSING_LIMIT = "lab-reference-missing"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One result. ``at`` counts days (proleptic ordinals); value and limits are in the test's first unit.

    ``figure`` is the value with its comparator, ``words`` how it stands, ``text`` all of it in one line.
    """

    result: LabResult
    at: float
    day: date
    value: Decimal
    comparator: Comparator
    lower_limit: Decimal | None
    upper_limit: Decimal | None
    standing: Standing
    tone: Tone
    figure: str
    words: str
    multiple: str
    grade: str
    text: str


def trend_points(case: Case, test: LabTest) -> tuple[TrendPoint, ...]:
    """The results of a test that can be drawn, oldest first."""
    found = ((result, _reading(case.protocol, test, result)) for result in in_order(case, test.id))
    before = baseline(case, test.id)
    return tuple(_point(case, test, replace(item, result=result), before) for result, item in found if item is not None)


def _reading(protocol: InfusionProtocol, test: LabTest, result: LabResult) -> Reading | None:
    """The result as a number; an index or a score may come without a unit."""
    if result.unit is None and test.kind != "number" and test.units:
        return reading(protocol, replace(result, unit=next(iter(test.units))))
    return reading(protocol, result)


def _point(case: Case, test: LabTest, item: Reading, before: Decimal | None) -> TrendPoint:
    result = item.result
    value, comparator = _drawn(item.value)
    standing = _standing(item)
    findings = _judged(case, result)
    tone: Tone = worst_severity(finding.severity for finding in findings) if findings else "neutral"
    is_expected = any(finding.variant == _EXPECTED for finding in findings)
    multiple = multiple_words(case.protocol, item)
    # The drug's own effect is no adverse event, whatever grade the criteria would give it.
    graded = "" if is_expected or _is_the_drugs_rise(case.protocol, item) else _grade_words(grade(case, item, before))
    figure = f"{_SIGNS[comparator]}{number(value)}"
    words = _("expected") if is_expected else standing_words(test, standing)
    of_day = case.day(result.collected)
    value_words = f"{with_unit(figure, panel_unit(test))} {words}".rstrip()
    parts = (day(of_day), value_words, multiple, _range_words(item), graded, _as_came(test, result))
    return TrendPoint(
        result=result,
        at=axis_place(case, result.collected),
        day=of_day,
        value=value,
        comparator=comparator,
        lower_limit=item.lower_limit,
        upper_limit=item.upper_limit,
        standing=standing,
        tone=tone,
        figure=figure,
        words=words,
        multiple=multiple,
        grade=graded,
        text=" · ".join(part for part in parts if part),
    )


def _drawn(value: Measured) -> tuple[Decimal, Comparator]:
    """Where a value is drawn: at its figure, also when it is only known to lie beyond it."""
    if value.exact is not None:
        return value.exact, ""
    if value.most is not None:
        return value.most, "<" if value.open_ended else "<="
    return value.least, ">" if value.open_ended else ">="


def _standing(item: Reading) -> Standing:
    """Against the result's own limits; a comparator that straddles one takes its worse side."""
    if item.upper_limit is not None and item.value.may_be_above(item.upper_limit):
        return "above"
    if item.lower_limit is not None and item.value.may_be_below(item.lower_limit):
        return "below"
    return "unknown" if item.upper_limit is None and item.lower_limit is None else "within"


def standing_words(test: LabTest, standing: Standing) -> str:
    """How a value stands against its own limits, in a word; nothing for an index or a score, which have none."""
    if standing == "unknown" and test.kind != "number":
        return ""
    words: dict[Standing, str] = {
        "within": _("in range"),
        "below": _("low"),
        "above": _("high"),
        "unknown": _("no range given"),
    }
    return words[standing]


def _judged(case: Case, result: LabResult) -> list[Finding]:
    """What the rules say of one result with nothing else known."""
    alone = Case(case.protocol, Facts(labs=(result,)), case.now)
    found = [*multiples(alone), *counts(alone)]
    return [finding for finding in found if finding.rule != _MISSING_LIMIT]


def multiple_words(protocol: InfusionProtocol, item: Reading) -> str:
    """3.03 × ULN, for tests that are judged so; never rounded across a limit."""
    limit, (value, comparator) = item.upper_limit, _drawn(item.value)
    test = item.result.test
    rules = [rule for rule in protocol.labs.multiple_rules if test in rule.tests]
    if limit is None or not (rules or edges(protocol, test)):
        return ""
    limits = [(rule.caution_above, rule.hold_from, rule.hold_above, rule.stop_above) for rule in rules]
    boundaries = {_ONE, *edges(protocol, test), *(edge for each in limits for edge in each if edge is not None)}
    times = shown_multiple(value, limit, tuple(boundaries))
    return _("{times} × ULN").format(times=f"{_SIGNS[comparator]}{times}")


def _is_the_drugs_rise(protocol: InfusionProtocol, item: Reading) -> bool:
    """A rise that the drug is known for, not beyond it: whether the laboratory’s own limit is higher, or was not sent.

    Below its lower limit a value is no rise, and its grade is shown.
    """
    rules = [rule for rule in protocol.labs.count_rules if rule.test == item.result.test]
    if not any(rule.expected_above_upper_limit for rule in rules):
        return False
    downward = [scale for scale in protocol.labs.ctcae if scale.test == item.result.test and scale.direction == "down"]
    is_low = any(item.value.may_be_below(max(scale.grades.values())) for scale in downward)
    is_beyond = any(rule.hold_above is not None and item.value.may_be_above(rule.hold_above) for rule in rules)
    return not (is_low or is_beyond or _standing(item) == "below")


def _grade_words(found: Ctcae | None) -> str:
    if found is None:
        return ""
    if found.baseline is None:
        return _("CTCAE {version} grade {grade}").format(version=found.version, grade=found.grade)
    text = _("CTCAE {version} grade {grade} of baseline ({baseline})")
    return text.format(version=found.version, grade=found.grade, baseline=number(found.baseline))


def limits_words(lower: Decimal | None, upper: Decimal | None) -> str:
    """A reference range: 7 to 40, up to 40, from 150; empty when none is known."""
    if lower is not None and upper is not None:
        return _("{lower} to {upper}").format(lower=number(lower), upper=number(upper))
    if upper is not None:
        return _("up to {upper}").format(upper=number(upper))
    return _("from {lower}").format(lower=number(lower)) if lower is not None else ""


def _range_words(item: Reading) -> str:
    limits = limits_words(item.lower_limit, item.upper_limit)
    return _("range {limits}").format(limits=limits) if limits else ""


def _as_came(test: LabTest, result: LabResult) -> str:
    """What the laboratory wrote, when its unit is another one than the panel's."""
    unit = unit_words(result.unit or "")
    if unit in ("", panel_unit(test)):
        return ""
    return _("reported as {value}").format(value=with_unit(str(result.value), unit))


def panel_unit(test: LabTest) -> str:
    """The unit of a test's limits, as people read it."""
    return unit_words(next(iter(test.units), ""))


def axis_place(case: Case, collected: datetime | date) -> float:
    """The day and its hour as one number; a day without an hour counts at its noon."""
    if not isinstance(collected, datetime):
        return collected.toordinal() + NOON
    local = collected.astimezone(case.now.tzinfo)
    passed = local.hour * 3600 + local.minute * 60 + local.second
    return local.toordinal() + passed / _SECONDS_OF_DAY
