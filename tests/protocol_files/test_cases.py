"""The worked examples of natalizumab follow from its figures by plain arithmetic."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import cast

import pytest

from nurse_app.domain.due import due_items
from nurse_app.domain.facts import Facts, History, LabResult, Patient, PrescriberDecision, Treatment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case as Judged
from nurse_app.protocol_files.loader import load_protocol
from tests.protocol_files.kit import NATALIZUMAB

Case = Mapping[str, Decimal | int | str | date]
CASES: Mapping[str, list[Case]] = tomllib.loads((NATALIZUMAB / "cases.toml").read_text("utf-8"), parse_float=Decimal)
KINDS = {"bag", "run", "given", "epinephrine", "alarm_line", "unit", "interval", "grade", "grade_of_baseline", "due"}


def number(case: Case, key: str) -> Decimal:
    return Decimal(cast("Decimal | int", case[key]))


def rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), ROUND_HALF_EVEN)


@pytest.fixture(scope="module")
def protocol() -> InfusionProtocol:
    return load_protocol(NATALIZUMAB, "en")


def test_every_kind_of_example_is_tested_here() -> None:
    assert set(CASES) == KINDS


@pytest.mark.parametrize("case", CASES["bag"])
def test_dose_volumes_and_concentration(protocol: InfusionProtocol, case: Case) -> None:
    made = protocol.preparation
    concentration = protocol.dose_mg / made.total_ml

    assert (number(case, "vial_mg"), number(case, "vial_ml")) == (
        protocol.product.strength_mg,
        protocol.product.volume_ml,
    )
    assert (number(case, "bag_ml"), number(case, "total_ml")) == (made.bag_ml, made.bag_ml + made.added_ml)
    assert rounded(concentration, "0.1") == number(case, "concentration_mg_per_ml")
    assert rounded(concentration, "0.001") == number(case, "concentration_to_three_places")
    assert f"about {case['concentration_mg_per_ml']} mg/mL" in protocol.text("prepare.added.detail")


@pytest.mark.parametrize("case", CASES["run"])
def test_how_long_the_bag_runs(protocol: InfusionProtocol, case: Case) -> None:
    rate, total = number(case, "rate_ml_h"), protocol.preparation.total_ml

    assert total / rate * 60 == number(case, "minutes")
    assert rounded(rate / 60 * protocol.dose_mg / total, "0.01") == number(case, "mg_per_minute")


def test_the_limits_of_the_run_are_those_of_the_rates(protocol: InfusionProtocol) -> None:
    run, total = protocol.infusion, protocol.preparation.total_ml

    assert total / run.rate_ml_h * 60 == run.planned_minutes
    assert total / run.rate_refused_above_ml_h * 60 == run.bag_empty_variance_below_minutes


@pytest.mark.parametrize("case", CASES["given"])
def test_the_dose_given_after_a_volume(protocol: InfusionProtocol, case: Case) -> None:
    given = number(case, "volume_ml") * protocol.dose_mg / protocol.preparation.total_ml

    assert rounded(given, "0.1") == number(case, "dose_mg")


@pytest.mark.parametrize("case", CASES["epinephrine"])
def test_epinephrine_by_weight(protocol: InfusionProtocol, case: Case) -> None:
    order = protocol.reaction.epinephrine
    dose = rounded(min(number(case, "weight_kg") * order.mg_per_kg, order.max_mg), "0.01")

    assert dose == number(case, "dose_mg")
    assert rounded(dose / order.strength_mg_per_ml, "0.01") == number(case, "volume_ml")


@pytest.mark.parametrize("case", CASES["alarm_line"])
def test_the_alarm_line_of_systolic_pressure(protocol: InfusionProtocol, case: Case) -> None:
    fall = protocol.pressure_fall
    line = max(fall.absolute_below_mmhg, (1 - fall.alarm_fall_above) * number(case, "baseline_mmhg"))

    assert line == number(case, "alarm_below_mmhg")


@pytest.mark.parametrize("case", CASES["unit"])
def test_the_same_quantity_in_our_unit(protocol: InfusionProtocol, case: Case) -> None:
    test = protocol.lab_test(str(case["test"]))

    assert test is not None
    assert number(case, "value") * test.units[str(case["unit"])] == number(case, "same_as")


@pytest.mark.parametrize("case", CASES["interval"])
def test_the_window_of_an_interval(protocol: InfusionProtocol, case: Case) -> None:
    plan = protocol.plan(int(case["weeks"]))
    assert plan is not None
    begins = [
        (0, "never"),
        (protocol.schedule.stop_below_days, "early"),
        (plan.early_below, "on time"),
        (plan.late_from, "late"),
        (plan.missed_from, "missed"),
        (protocol.schedule.gap_from_days, "gap"),
    ]
    windows = [name for begin, name in begins if begin is not None and begin <= number(case, "days")]

    assert windows[-1] == case["window"]


@pytest.mark.parametrize("case", CASES["grade"])
def test_a_boundary_belongs_to_the_lower_grade(protocol: InfusionProtocol, case: Case) -> None:
    scale = next(scale for scale in protocol.labs.ctcae if scale.test == case["test"])
    beyond = [int(grade) for grade, begin in scale.grades.items() if number(case, "multiple") > begin]

    assert max(beyond, default=1) == case["grade"]


def patient_with(protocol: InfusionProtocol, case: Case) -> Facts:
    """A patient in whom the item of an example counts from its day."""
    name, since = str(case["name"]), cast("date", case["from"])
    monitored = {item.name: item.tests for item in protocol.labs.monitoring}
    results = [LabResult(test, "negative", since) for test in monitored.get(name, ())]
    if name == "antibody-repeat":
        results = [LabResult("ADA", "positive", since)]
    if name.startswith("risk"):
        results = [LabResult("JCV", "3", since, "{index}"), LabResult("MRI", "no new lesions", since)]
    return Facts(
        patient=Patient(
            indication="crohns-disease",
            history=History(prior_immunosuppressant=False),
            treatment=Treatment(
                first_infusion=None if name in monitored else since,
                infusions_given=30,
                last_infusion=since,
                plan_interval_weeks=4,
                ended_on=since if name in ("pml-watch", "follow-up") else None,
            ),
            decisions=(PrescriberDecision("pml-risk", "proceed", "prescriber", since),),
        ),
        labs=tuple(results),
    )


@pytest.mark.parametrize("case", CASES["due"], ids=lambda case: case["name"])
def test_the_last_good_day_of_what_falls_due(protocol: InfusionProtocol, case: Case) -> None:
    judged = Judged(protocol, patient_with(protocol, case), datetime(2027, 3, 1, 12, tzinfo=UTC))
    days = {item.name: item.days.good_until for item in due_items(judged)}
    assert days[str(case["name"])] == case["last_good_day"]


def test_every_item_but_the_authorisation_has_an_example(protocol: InfusionProtocol) -> None:
    assert protocol.due is not None
    # The programme gives that day itself.
    assert {str(case["name"]) for case in CASES["due"]} == {rule.name for rule in protocol.due.rules} - {
        "authorisation"
    }


@pytest.mark.parametrize("case", CASES["grade_of_baseline"])
def test_an_abnormal_baseline_has_boundaries_of_its_own(protocol: InfusionProtocol, case: Case) -> None:
    scale = next(scale for scale in protocol.labs.ctcae if scale.test == case["test"])
    multiple = number(case, "multiple")
    is_first = (scale.baseline_from is not None and multiple >= scale.baseline_from) or (
        scale.baseline_above is not None and multiple > scale.baseline_above
    )
    beyond = [int(grade) for grade, begin in scale.grades.items() if multiple > begin]

    assert max(beyond, default=int(is_first)) == case["grade"]
