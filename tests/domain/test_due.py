"""What falls due for a patient, and since when."""

from datetime import UTC, date, timedelta, timezone

import pytest

from nurse_app.domain.due import DueItem, due_tests, next_infusion
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import NOW, Change, both, lab, no_lab, put
from tests.kit import base_facts


def due(protocol: InfusionProtocol, *changes: Change) -> dict[str, date | None]:
    return {item.name: item.due_on for item in due_tests(protocol, base_facts(both(*changes)), NOW)}


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_each_item_falls_due_on_the_last_good_day_of_its_results(protocol: InfusionProtocol) -> None:
    assert due(protocol) == {
        "liver": day("2027-01-31"),
        "blood-count": day("2027-01-31"),
        "antibodies": day("2027-01-02"),
        "jcv": day("2027-03-23"),
        "mri": day("2027-05-06"),
        "edss": day("2027-09-01"),
        "thyroid": day("2027-03-20"),
    }


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        pytest.param(lab("AST", collected="2026-10-02"), "liver", "2026-12-31", id="the older of two"),
        pytest.param(no_lab("AST"), "liver", None, id="one of two was never done"),
        pytest.param(no_lab("MRI"), "mri", None, id="never done"),
        pytest.param(no_lab("ADA"), "antibodies", "2026-07-05", id="counted from the first infusion"),
        pytest.param(
            both(lab("ADA", collected="2026-01-02"), put("patient.treatment.first_infusion", "2026-04-12")),
            "antibodies",
            "2026-07-05",
            id="a result from before the first infusion",
        ),
        pytest.param(
            put("patient.treatment.first_infusion", None), "antibodies", "2027-01-02", id="first infusion not known"
        ),
    ],
)
def test_what_an_item_rests_on(protocol: InfusionProtocol, change: Change, name: str, expected: str | None) -> None:
    assert due(protocol, change)[name] == (None if expected is None else day(expected))


def test_before_a_first_infusion_nothing_is_asked_that_follows_from_it(protocol: InfusionProtocol) -> None:
    assert "antibodies" not in due(protocol, put("patient.treatment.infusions_given", 0))


def test_what_was_never_done_comes_first_then_the_oldest(protocol: InfusionProtocol) -> None:
    items = due_tests(protocol, base_facts(both(no_lab("MRI"), lab("JCV", collected="2026-01-02"))), NOW)
    assert [item.name for item in items][:2] == ["mri", "jcv"]
    days = [item.due_on for item in items if item.due_on is not None]
    assert days == sorted(days)


@pytest.mark.parametrize(("due_on", "overdue"), [(None, True), ("2026-11-21", True), ("2026-11-22", False)])
def test_an_item_is_overdue_from_the_day_after(due_on: str | None, overdue: bool) -> None:
    assert DueItem("mri", None if due_on is None else day(due_on)).is_overdue(day("2026-11-22")) is overdue


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("patient.treatment.last_infusion", "2026-10-25"), "2026-11-22"),
        (put("patient.treatment.plan_interval_weeks", 6), "2026-12-06"),
        (put("patient.treatment.last_infusion", "2026-10-25T23:30:00+00:00"), "2026-11-22"),
        (put("patient.treatment.last_infusion", None), None),
        (put("patient.treatment.plan_interval_weeks", None), None),
        (put("patient.treatment", None), None),
        (put("patient", None), None),
    ],
)
def test_the_next_infusion_is_the_last_one_and_the_weeks_of_the_plan(change: Change, expected: str | None) -> None:
    assert next_infusion(base_facts(change), UTC) == (None if expected is None else day(expected))


def test_the_last_infusion_was_on_the_day_it_was_here() -> None:
    facts = base_facts(put("patient.treatment.last_infusion", "2026-10-25T23:30:00+00:00"))
    assert next_infusion(facts, timezone(timedelta(hours=1))) == day("2026-11-23")
