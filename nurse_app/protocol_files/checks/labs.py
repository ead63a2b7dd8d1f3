"""Checks on laboratory tests, their units and codes, and every limit on results."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from nurse_app.domain.lab_protocol import (
    CountRule,
    CtcaeScale,
    Labs,
    LabTest,
    Monitoring,
    MultipleRule,
    PmlGroup,
    PmlRisk,
)
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import shown
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import at_most_one, in_order, known, unique
from nurse_app.protocol_files.checks.questions import rule_has

# UCUM is written in these signs only; it catches µ, spaces and superscripts.
_UCUM = re.compile(r"[A-Za-z0-9*/.%\[\]{}_^()'-]+")
_LOINC = re.compile(r"\d{1,7}-\d")
_GRADES = ("1", "2", "3", "4")


def check_labs(protocol: InfusionProtocol) -> None:
    """Everything in the section labs."""
    labs = protocol.labs
    unique("labs.tests", (test.id for test in labs.tests))
    unique("labs.tests", (code for test in labs.tests for code in test.loinc))
    for test in labs.tests:
        _check_test(test)
    unique("labs.multiple_rules", (rule.rule for rule in labs.multiple_rules))
    for multiple in labs.multiple_rules:
        _check_multiple(protocol, multiple)
    unique("labs.count_rules", (rule.rule for rule in labs.count_rules))
    for count in labs.count_rules:
        _check_count(protocol, count)
    unique("labs.monitoring", (item.name for item in labs.monitoring))
    for item in labs.monitoring:
        _check_monitoring(labs, item)
    unique("labs.ctcae", (f"{scale.test} {scale.direction}" for scale in labs.ctcae))
    for scale in labs.ctcae:
        _check_scale(labs, scale)
    unique("labs", (*labs.positive_words, *labs.negative_words, *labs.unclear_words))
    _check_patterns(labs)


def _check_test(test: LabTest) -> None:
    place = f"labs.tests.{test.id}"
    for code in test.loinc:
        if not _is_loinc(code):
            raise MisfitError(f"{place}.loinc", f"“{code}” is not a LOINC code with a right check digit")
    for unit in test.units:
        if not _UCUM.fullmatch(unit):
            raise MisfitError(f"{place}.units", f"“{unit}” is not written in UCUM")
    if test.kind == "number" and not test.units:
        raise MisfitError(f"{place}.units", "needs at least one unit")
    first = next(iter(test.units.items()), None)
    if first is not None and first[1] != 1:
        raise MisfitError(f"{place}.units", f"the first unit, “{first[0]}”, needs the factor 1")


def _is_loinc(code: str) -> bool:
    """The check digit is Luhn's."""
    if not _LOINC.fullmatch(code):
        return False
    figures = [int(figure) for figure in reversed(code.replace("-", ""))]
    doubled = [figure * 2 - 9 if figure > 4 else figure * 2 for figure in figures[1::2]]
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0


def _tests_known(labs: Labs, place: str, tests: Iterable[str]) -> None:
    known(place, tests, {test.id for test in labs.tests}, "a test of labs.tests")


def _questions_known(protocol: InfusionProtocol, place: str, questions: Iterable[str]) -> None:
    known(place, questions, {question.id for question in protocol.questions}, "a question")


def _check_multiple(protocol: InfusionProtocol, rule: MultipleRule) -> None:
    place = f"labs.multiple_rules.{rule.rule}"
    rule_has(place, rule.rule, "above")
    _tests_known(protocol.labs, f"{place}.tests", rule.tests)
    _questions_known(protocol, f"{place}.stop_needs_yes_to", rule.stop_needs_yes_to)
    others = {other.rule for other in protocol.labs.multiple_rules} - {rule.rule}
    known(f"{place}.stop_with_rule", filter(None, (rule.stop_with_rule,)), others, "another rule of multiple_rules")
    at_most_one(place, ("hold_from", rule.hold_from), ("hold_above", rule.hold_above))
    in_order(
        place,
        ("caution_above", rule.caution_above),
        ("hold_from", rule.hold_from),
        ("hold_above", rule.hold_above),
        ("stop_above", rule.stop_above),
    )


def _check_count(protocol: InfusionProtocol, rule: CountRule) -> None:
    place = f"labs.count_rules.{rule.rule}"
    rule_has(place, rule.rule, "below-limit")
    _tests_known(protocol.labs, f"{place}.test", (rule.test,))
    _questions_known(protocol, f"{place}.hold_above_caution_with_yes_to", rule.hold_above_caution_with_yes_to)
    in_order(
        place,
        ("stop_below", rule.stop_below),
        ("hold_below", rule.hold_below),
        ("caution_above", rule.caution_above),
        ("hold_above", rule.hold_above),
    )


def _check_monitoring(labs: Labs, item: Monitoring) -> None:
    place = f"labs.monitoring.{item.name}"
    _tests_known(labs, f"{place}.tests", item.tests)
    if (item.days is None) == (item.months is None):
        raise MisfitError(place, "needs either days or months")
    if item.rule is not None:
        rule_has(f"{place}.rule", item.rule, "old")


def _check_scale(labs: Labs, scale: CtcaeScale) -> None:
    place = f"labs.ctcae.{scale.test}"
    _tests_known(labs, f"{place}.test", (scale.test,))
    known(
        f"{place}.grades", scale.grades, _GRADES[scale.first_beyond_limit :], "a grade that has a boundary of its own"
    )
    for (grade, figure), (next_grade, next_figure) in pairwise(sorted(scale.grades.items())):
        if figure == next_figure or (figure > next_figure) is (scale.direction == "up"):
            problem = f"grade {next_grade} at {shown(next_figure)} does not lie beyond grade {grade} at {shown(figure)}"
            raise MisfitError(f"{place}.grades", problem)
    start = ("baseline_from", scale.baseline_from), ("baseline_above", scale.baseline_above)
    at_most_one(place, *start)
    if scale.grades_baseline and (scale.direction, scale.measure) != ("up", "multiple"):
        raise MisfitError(place, "grades a baseline only upwards and in multiples")
    in_order(place, *start, ("the first of grades", min(scale.grades.values(), default=None)))


def _check_patterns(labs: Labs) -> None:
    if labs.hys_law is not None:
        law = labs.hys_law
        _tests_known(labs, "labs.hys_law", (*law.enzymes, law.bilirubin, law.cholestasis))
    if labs.antibodies is not None:
        _tests_known(labs, "labs.antibodies.test", (labs.antibodies.test,))
    if labs.pml_risk is not None:
        risk = labs.pml_risk
        _tests_known(labs, "labs.pml_risk", (risk.test, risk.mri))
        _check_pml_table(risk)
    if labs.ms_course is not None:
        course = labs.ms_course
        shown_tests = (course.mri, course.new_t2, course.gadolinium, course.disability, course.relapse, course.enzyme)
        _tests_known(labs, "labs.ms_course", shown_tests)


def _check_pml_table(risk: PmlRisk) -> None:
    """Columns and cut-offs rise, and every patient belongs to exactly one group."""
    place = "labs.pml_risk"
    in_order(
        place,
        ("index_positive_from", risk.index_positive_from),
        ("index_indeterminate_to", risk.index_indeterminate_to),
        ("index_above", risk.index_above),
    )
    _rises(f"{place}.infusions_to", [Decimal(until) for until in risk.infusions_to])
    _rises(f"{place}.index_bands", risk.index_bands)
    if not risk.groups:
        return
    unique(f"{place}.groups", (group.id for group in risk.groups))
    unique(f"{place}.groups", (kind for group in risk.groups for kind in _kinds(group)))
    known(f"{place}.groups", _EVERYBODY, {kind for group in risk.groups for kind in _kinds(group)}, "in any group")
    for group in risk.groups:
        if not group.figures or len(group.figures) != len(risk.infusions_to):
            raise MisfitError(f"{place}.groups.{group.id}", "needs one figure for each of infusions_to")


def _rises(place: str, row: Sequence[Decimal]) -> None:
    if any(one >= other for one, other in pairwise(row)):
        raise MisfitError(place, "must rise from one figure to the next")


def _kinds(group: PmlGroup) -> tuple[str, ...]:
    """Whom a group is about."""
    prior = "with" if group.prior_immunosuppressant else "without"
    indexes = ("",) if group.status == "negative" else (group.index,) if group.index else _INDEXES
    return tuple(f"{group.status} {index} {prior}".replace("  ", " ") for index in indexes)


_INDEXES = ("low", "high", "not-known")
_EVERYBODY = tuple(
    f"{status} {prior}"
    for status in ("negative", *(f"positive {index}" for index in _INDEXES))
    for prior in ("with", "without")
)
