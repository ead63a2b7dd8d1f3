"""Every limit of facts 4.1 and 4.5: just below, exactly at, just above, with comparators, in every unit."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Facts, LabResult, Patient, Treatment
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import shown
from nurse_app.domain.rules.blood_count import counts
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.ctcae import grade
from nurse_app.domain.rules.liver import multiples
from nurse_app.domain.rules.results import reading
from tests.domain.kit import NOW
from tests.domain.lab_cuts import Cut, cuts, worst, written

SEVERITY = {None: 0, "information": 1, "caution": 2, "hold": 3, "stop": 4}
GRADE = {None: 0, "1": 1, "2": 2, "3": 3, "4": 4}

# Facts 4.5, in upper limits or in the unit of our limits; ranges as below.
ACTIONS: dict[str, tuple[Cut, ...]] = {
    "ALT": cuts(("from 0", None), ("above 1", "caution"), ("from 3", "hold")),
    "AST": cuts(("from 0", None), ("above 1", "caution"), ("from 3", "hold")),
    "BILI": cuts(("from 0", None), ("above 1", "caution"), ("above 2", "hold")),
    "ALP": cuts(("from 0", None), ("above 1", "caution"), ("above 2.5", "hold")),
    "PLT": cuts(("from 0", "stop"), ("from 50", "hold"), ("from 100", "caution"), ("from 150", None)),
    "NEUT": cuts(
        ("from 0", "stop"), ("from 0.5", "hold"), ("from 1.5", "caution"), ("from 1.8", None), ("above 7.7", "caution")
    ),
    "LYMPH": cuts(
        ("from 0", "stop"),
        ("from 0.2", "hold"),
        ("from 0.5", "caution"),
        ("above 4", "information"),
        ("above 20", "hold"),
    ),
    "EOS": cuts(("from 0", None), ("above 1.5", "caution")),
    "HGB": cuts(("from 0", "hold"), ("from 8", "caution"), ("from 12", None)),
    "GGT": cuts(("from 0", None), ("above 3", None)),
    "WBC": cuts(("from 0", None), ("from 4", None)),
    "MONO": cuts(("from 0", None), ("above 0.8", None)),
    "BASO": cuts(("from 0", None), ("above 0.2", None)),
    "TSH": cuts(("from 0", None), ("above 4", None)),
    "FT4": cuts(("from 0", None), ("above 23", None)),
}
# Facts 4.1: CTCAE 5.0 with a normal baseline.
GRADES: dict[str, tuple[Cut, ...]] = {
    "ALT": cuts(("from 0", None), ("above 1", "1"), ("above 3", "2"), ("above 5", "3"), ("above 20", "4")),
    "AST": cuts(("from 0", None), ("above 1", "1"), ("above 3", "2"), ("above 5", "3"), ("above 20", "4")),
    "BILI": cuts(("from 0", None), ("above 1", "1"), ("above 1.5", "2"), ("above 3", "3"), ("above 10", "4")),
    "ALP": cuts(("from 0", None), ("above 1", "1"), ("above 2.5", "2"), ("above 5", "3"), ("above 20", "4")),
    "GGT": cuts(("from 0", None), ("above 1", "1"), ("above 2.5", "2"), ("above 5", "3"), ("above 20", "4")),
    "PLT": cuts(("from 0", "4"), ("from 25", "3"), ("from 50", "2"), ("from 75", "1"), ("from 150", None)),
    "NEUT": cuts(("from 0", "4"), ("from 0.5", "3"), ("from 1", "2"), ("from 1.5", "1"), ("from 1.8", None)),
    "LYMPH": cuts(
        ("from 0", "4"),
        ("from 0.2", "3"),
        ("from 0.5", "2"),
        ("from 0.8", "1"),
        ("from 1", None),
        ("above 4", "2"),
        ("above 20", "3"),
    ),
    "WBC": cuts(("from 0", "4"), ("from 1", "3"), ("from 2", "2"), ("from 3", "1"), ("from 4", None)),
    "HGB": cuts(("from 0", "3"), ("from 8", "2"), ("from 10", "1"), ("from 12", None)),
    "EOS": cuts(("from 0", None), ("above 1.5", None)),
}
# Upper limits in the result's own unit, chosen so that conversion gives long or repeating figures.
UPPER = {"U/L": "40", "ukat/L": "0.55", "nkat/L": "567", "umol/L": "21", "mg/dL": "1.2", "mg/L": "11.7", "mU/mL": "35"}
RANGES = {
    "PLT": ("150", "400"),
    "NEUT": ("1.8", "7.7"),
    "LYMPH": ("1", "4"),
    "EOS": ("0", "0.5"),
    "WBC": ("4", "11"),
    "HGB": ("12", "16"),
    "MONO": ("0.2", "0.8"),
    "BASO": ("0", "0.2"),
    "TSH": ("0.4", "4"),
    "FT4": ("10", "23"),
}


def known(protocol: InfusionProtocol, test: str) -> LabTest:
    found = protocol.lab_test(test)
    assert found is not None
    return found


def results(protocol: InfusionProtocol, test: str, scale: tuple[Cut, ...]) -> Iterator[tuple[str, Decimal, LabResult]]:
    """Every way to write every probe of a scale, in every unit; ranges in the result's own unit."""
    for unit, factor in known(protocol, test).units.items():
        if test in RANGES:
            lower, upper = (Decimal(limit) / factor for limit in RANGES[test])
            one = 1 / factor
        else:
            lower, upper = None, Decimal(UPPER.get(unit, "40"))
            one = upper
        for comparator, figure in written(scale):
            value = f"{comparator}{shown(figure * one)}"
            yield comparator, figure, LabResult(test, value, NOW.date(), unit, lower, upper)


def case(protocol: InfusionProtocol, *labs: LabResult, infusions: int = 7) -> Case:
    patient = Patient(treatment=Treatment(infusions_given=infusions))
    return Case(protocol, Facts(patient=patient, labs=labs), NOW)


@pytest.mark.parametrize("test", ACTIONS)
def test_what_is_to_be_done_at_every_limit(protocol: InfusionProtocol, test: str) -> None:
    scale, seen = ACTIONS[test], 0
    for comparator, figure, result in results(protocol, test, scale):
        judged = case(protocol, result)
        found = [finding.severity for finding in (*multiples(judged), *counts(judged))]
        expected = worst(scale, comparator, figure, SEVERITY)
        assert max(found, key=SEVERITY.__getitem__, default=None) == expected, result
        seen += 1
    assert seen >= 12


@pytest.mark.parametrize("test", GRADES)
def test_the_grade_at_every_limit(protocol: InfusionProtocol, test: str) -> None:
    scale = GRADES[test]
    for comparator, figure, result in results(protocol, test, scale):
        item = reading(protocol, result)
        assert item is not None
        found = grade(case(protocol, result), item)
        expected = worst(scale, comparator, figure, GRADE)
        assert (found and str(found.grade)) == expected, result
        assert found is None or (found.version, found.baseline) == ("5.0", None)


def test_every_test_that_a_rule_or_a_grade_knows_is_in_these_tables(protocol: InfusionProtocol) -> None:
    labs = protocol.labs
    judged = {test for rule in labs.multiple_rules for test in rule.tests} | {rule.test for rule in labs.count_rules}
    numbers = {test.id for test in labs.tests if test.kind == "number"}

    assert judged <= set(ACTIONS) == numbers
    assert {scale.test for scale in labs.ctcae} | {"EOS"} == set(GRADES)


@pytest.mark.parametrize(
    ("test", "value", "lower", "upper", "expected"),
    [
        # without the limit that a rule needs nothing can be said of the value, and that is said
        ("ALT", "0", None, None, {"lab-reference-missing": "hold"}),
        ("ALT", "0", None, "40", {}),
        ("PLT", "240", None, "400", {"lab-reference-missing": "hold"}),
        ("PLT", "240", "150", None, {}),
        ("PLT", "0", None, None, {"lab-reference-missing": "hold", "platelets": "stop"}),
        ("NEUT", "4", "1.8", None, {"lab-reference-missing": "hold"}),
        ("NEUT", "4", None, "7.7", {"lab-reference-missing": "hold"}),
        ("LYMPH", "5", "1", None, {"lab-reference-missing": "hold"}),
        ("LYMPH", "20.1", "1", None, {"lab-reference-missing": "hold", "lymphocytes": "hold"}),
        ("EOS", "1.5", None, None, {}),
        ("EOS", "1.6", None, None, {"eosinophils": "caution"}),
        ("HGB", "13", None, "16", {"lab-reference-missing": "hold"}),
        ("HGB", "0", "12", "16", {"hemoglobin": "hold"}),
        # a limit may be 0, and a range may be a single figure
        ("NEUT", "2", "0", "7.7", {}),
        ("NEUT", "2", "2", "2", {}),
    ],
)
def test_a_limit_that_is_not_there(
    protocol: InfusionProtocol, test: str, value: str, lower: str | None, upper: str | None, expected: dict[str, str]
) -> None:
    unit = next(iter(known(protocol, test).units))
    limits = [None if limit is None else Decimal(limit) for limit in (lower, upper)]
    judged = case(protocol, LabResult(test, value, NOW.date(), unit, *limits))
    found = {finding.rule: finding.severity for finding in (*multiples(judged), *counts(judged))}

    assert found == expected


@pytest.mark.parametrize(
    ("infusions", "value", "expected"),
    [
        (2, "4", []),
        (2, ">3", ["expected"]),
        (3, "4", ["not-raised"]),
        (3, "4.000001", ["expected"]),
        (3, ">4", ["expected"]),
        (3, ">=4", ["not-raised"]),
        (3, ">3", ["not-raised"]),
    ],
)
def test_lymphocytes_should_be_raised_after_three_infusions(
    protocol: InfusionProtocol, infusions: int, value: str, expected: list[str]
) -> None:
    result = LabResult("LYMPH", value, NOW.date(), "10*9/L", Decimal(1), Decimal(4))
    # Without the highest limit, because what is only known to be above 3 may lie beyond that, too.
    rules = tuple(replace(rule, hold_above=None) for rule in protocol.labs.count_rules)
    changed = replace(protocol, labs=replace(protocol.labs, count_rules=rules))

    assert [finding.variant for finding in counts(case(changed, result, infusions=infusions))] == expected
