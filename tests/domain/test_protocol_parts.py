"""Rules that a protocol leaves out are silent; every other drug is judged by the same code."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain.lab_protocol import CtcaeScale
from nurse_app.domain.protocol import InfusionProtocol, hours, minutes
from tests.domain.kit import Change, both, judge, lab, more_labs, only, put, verdict

MANY = put("patient.treatment.infusions_given", 30)


def with_labs(protocol: InfusionProtocol, **changes: Any) -> InfusionProtocol:
    return replace(protocol, labs=replace(protocol.labs, **changes))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("rems-authorisation", put("rems.authorised", False)),
        ("rems-authorisation", put("rems", None)),
        ("rems-brand", put("product.brand", "TYRUKO")),
        ("medication-guide", put("rems.medication_guide_read", False)),
    ],
)
def test_without_a_programme_nobody_asks_for_one(protocol: InfusionProtocol, rule: str, change: Change) -> None:
    assert verdict(judge(protocol, change), rule) is not None
    assert verdict(judge(replace(protocol, programme=None), change), rule) is None


@pytest.mark.parametrize(
    ("part", "rule", "change"),
    [
        ("hys_law", "hys-law", both(lab("BILI", value="2.41"), lab("ALT", value="120"))),
        ("antibodies", "anti-drug-antibody", lab("ADA", value="positive")),
        ("pml_risk", "pml-risk", both(MANY, lab("JCV", value="positive"))),
    ],
)
def test_a_laboratory_rule_that_is_left_out_is_silent(
    protocol: InfusionProtocol, part: str, rule: str, change: Change
) -> None:
    assert verdict(judge(protocol, change), rule) is not None
    assert verdict(judge(with_labs(protocol, **{part: None}), change), rule) is None


def test_without_a_risk_group_a_high_index_falls_due_like_any_other(protocol: InfusionProtocol) -> None:
    old = lab("JCV", value="2.1", unit="{index}", collected="2025-01-02")
    assert verdict(judge(protocol, old), "jcv-overdue") is None
    assert verdict(judge(with_labs(protocol, pml_risk=None), old), "jcv-overdue") == "caution/old"


def test_without_stopping_points_an_indication_is_no_finding(protocol: InfusionProtocol) -> None:
    change = both(put("patient.indication", "crohns-disease"), put("patient.treatment.crohns_benefit", None))
    assert verdict(judge(protocol, change), "crohns-benefit") == "hold/unknown"
    assert verdict(judge(replace(protocol, crohns=None), change), "crohns-benefit") is None


@pytest.mark.parametrize(
    ("change", "rule", "expected"),
    [
        pytest.param(put("rems.authorised", False), "rems-authorisation", "stop/not-authorised", id="not authorised"),
        pytest.param(put("preparation", {}), "diluent", "hold/unknown", id="a bag of which nothing is known"),
        pytest.param(
            both(
                put("patient.indication", "crohns-disease"),
                put("patient.treatment.crohns_benefit", True),
                put("patient.treatment.first_infusion", "2026-01-01"),
            ),
            "crohns-benefit",
            None,
            id="benefit in Crohn's disease",
        ),
        pytest.param(
            both(
                put("patient.indication", "crohns-disease"),
                put("patient.treatment.first_infusion", None),
                put("patient.treatment.infusions_given", 0),
                put("patient.treatment.last_infusion", None),
            ),
            "crohns-benefit",
            None,
            id="before a first infusion in Crohn's disease",
        ),
        pytest.param(
            put("product", {"brand": "Tysabri", "route": "intravenous", "lot": "A1", "expiry": "2027-08"}),
            "product-unknown",
            "hold/strength",
            id="a vial without a strength",
        ),
    ],
)
def test_more_boundaries(protocol: InfusionProtocol, change: Change, rule: str, expected: str | None) -> None:
    assert verdict(judge(protocol, change), rule) == expected


def test_a_grade_by_multiples_needs_the_limit_it_is_a_multiple_of(protocol: InfusionProtocol) -> None:
    scale = CtcaeScale("EOS", "up", "multiple", {"2": Decimal(3)})
    changed = with_labs(protocol, ctcae=(scale,))
    row = {"test": "EOS", "value": "1.6", "unit": "10*9/L", "collected": "2026-11-02"}
    without, within = (only(judge(changed, more_labs(row | limit)), "eosinophils") for limit in ({}, {"uln": "0.5"}))
    assert without is not None
    assert within is not None
    assert without.ctcae is None
    assert within.ctcae is not None
    assert within.ctcae.grade == 2


def test_plans_tests_and_signs_are_found_by_name(protocol: InfusionProtocol) -> None:
    plan, test, sign = protocol.plan(6), protocol.lab_test("ALT"), protocol.sign("hives")
    assert plan is not None
    assert test is not None
    assert sign is not None
    assert (plan.weeks, test.id, sign.id) == (6, "ALT", "hives")
    assert (protocol.plan(5), protocol.lab_test("XYZ"), protocol.sign("xyz")) == (None, None, None)


def test_sentences_get_their_figures(protocol: InfusionProtocol) -> None:
    made = replace(protocol, texts={"a": "{n} mL"})
    assert made.text("a", n="15") == "15 mL"
    with pytest.raises(KeyError):
        made.text("b")


def test_counts_of_minutes_and_hours_are_durations() -> None:
    assert minutes(Decimal("57.5")) == timedelta(minutes=57, seconds=30)
    assert hours(Decimal("0.5")) == timedelta(minutes=30)
