"""What falls due for a patient, by when, and counted from which day."""

from dataclasses import replace
from datetime import UTC, date, timedelta, timezone
from typing import Any

import pytest

from nurse_app.domain.assess import assess
from nurse_app.domain.due import due_items, due_now, due_of_test, next_infusion
from nurse_app.domain.due_state import DueDays
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from tests.domain.kit import NOW, Change, both, decided, lab, more_labs, no_lab, put
from tests.kit import base_facts

FIRST = put("patient.treatment.first_infusion", "2026-02-28")
COURSE = "patient.treatment"
CROHNS = both(
    put("patient.indication", "crohns-disease"),
    put(f"{COURSE}.crohns_benefit", None),
    put(f"{COURSE}.crohns_on_steroids", None),
)
NO_LAST = put(f"{COURSE}.last_infusion", None)
# At risk: a high index and more infusions than the limit.
AT_RISK = both(lab("JCV", value="1.51"), put(f"{COURSE}.infusions_given", 25))


def case_of(protocol: InfusionProtocol, *changes: Change) -> Case:
    return Case(protocol, base_facts(both(*changes)), NOW)


def due(protocol: InfusionProtocol, *changes: Change) -> dict[str, str | None]:
    return {item.name: item.days.text() for item in due_items(case_of(protocol, *changes))}


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_everything_that_falls_due_for_a_calm_patient(protocol: InfusionProtocol) -> None:
    assert due(protocol) == {
        "liver": "2027-01-31",
        "blood-count": "2027-01-31",
        "antibodies": "2027-01-02",
        "jcv": "2027-03-23",
        "mri": "2027-05-06",
        "edss": "2027-09-01",
        "thyroid": "2027-03-20",
        "authorisation": "2027-03-31",
        "next-infusion": "2026-11-22/2026-11-28",
        "missed-infusion": "2026-12-19",
        "treatment-gap": "2027-01-16",
        "evaluation": "2026-07-12",
    }


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        # results
        pytest.param(lab("AST", collected="2026-10-02"), "liver", "2026-12-31", id="the older of two"),
        pytest.param(no_lab("AST"), "liver", None, id="one of two was never done"),
        pytest.param(no_lab("MRI"), "mri", None, id="never done"),
        pytest.param(lab("MRI", collected="2024-02-29"), "mri", "2025-02-28", id="a leap day"),
        pytest.param(lab("JCV", collected="2026-08-31"), "jcv", "2027-02-28", id="the end of a month"),
        pytest.param(no_lab("ADA"), "antibodies", "2026-07-05", id="counted from the first infusion"),
        pytest.param(
            both(lab("ADA", collected="2026-01-02"), put(f"{COURSE}.first_infusion", "2026-04-12")),
            "antibodies",
            "2026-07-05",
            id="a result from before the first infusion",
        ),
        pytest.param(put(f"{COURSE}.first_infusion", None), "antibodies", "2027-01-02", id="first infusion not known"),
        pytest.param(lab("JCV", value="1.5"), "jcv", "2027-03-23", id="an index that is not above the limit"),
        # antibodies
        pytest.param(
            lab("ADA", value="positive", collected="2026-10-10"), "antibody-repeat", "2026-11-21", id="first positive"
        ),
        # risk
        pytest.param(AT_RISK, "risk-mri", "2026-11-06", id="MRI at risk"),
        pytest.param(both(AT_RISK, no_lab("MRI")), "risk-mri", None, id="no MRI at risk"),
        pytest.param(AT_RISK, "risk-talk", None, id="no talk"),
        pytest.param(both(AT_RISK, decided("pml-risk", at="2026-02-28")), "risk-talk", "2027-02-28", id="talk"),
        pytest.param(both(AT_RISK, decided("pml-risk", "do-not-give")), "risk-talk", None, id="talk, but not to go on"),
        # programme
        pytest.param(put("rems.valid_until", None), "authorisation", None, id="authorisation not known"),
        # infusions
        pytest.param(put(f"{COURSE}.plan_interval_weeks", 6), "next-infusion", "2026-12-06/2026-12-12", id="6 weeks"),
        pytest.param(put(f"{COURSE}.plan_interval_weeks", 5), "next-infusion", None, id="no such plan"),
        pytest.param(put(f"{COURSE}.plan_interval_weeks", None), "next-infusion", None, id="plan not known"),
        pytest.param(put(f"{COURSE}.last_infusion", None), "next-infusion", None, id="last infusion not known"),
        pytest.param(put(f"{COURSE}.infusions_given", None), "next-infusion", None, id="infusions not counted"),
        # Crohn's disease
        pytest.param(both(CROHNS, FIRST), "crohns-benefit", "2026-05-22", id="the day before day 84"),
        pytest.param(both(CROHNS, FIRST), "crohns-steroids", "2026-08-27", id="the day before 6 months"),
        pytest.param(both(CROHNS, put(f"{COURSE}.first_infusion", None)), "crohns-benefit", None, id="no first day"),
        pytest.param(both(CROHNS, put(f"{COURSE}.first_infusion", None)), "crohns-steroids", None, id="no first"),
        # evaluation
        pytest.param(FIRST, "evaluation", "2026-05-28", id="first step"),
        pytest.param(
            both(FIRST, put(f"{COURSE}.evaluated_on", "2026-02-27")), "evaluation", "2026-05-28", id="before the first"
        ),
        pytest.param(
            both(FIRST, put(f"{COURSE}.evaluated_on", "2026-04-29")), "evaluation", "2026-05-28", id="long before"
        ),
        pytest.param(
            both(FIRST, put(f"{COURSE}.evaluated_on", "2026-04-30")), "evaluation", "2026-08-28", id="shortly before"
        ),
        pytest.param(
            both(FIRST, put(f"{COURSE}.evaluated_on", "2026-07-30")), "evaluation", "2026-08-28", id="second is open"
        ),
        pytest.param(
            both(FIRST, put(f"{COURSE}.evaluated_on", "2026-08-31")), "evaluation", "2027-02-28", id="then 6 months"
        ),
        pytest.param(put(f"{COURSE}.first_infusion", None), "evaluation", None, id="never, and no first day"),
        pytest.param(
            both(put(f"{COURSE}.first_infusion", None), put(f"{COURSE}.evaluated_on", "2026-06-30")),
            "evaluation",
            "2026-12-30",
            id="no first day",
        ),
    ],
)
def test_by_when(protocol: InfusionProtocol, change: Change, name: str, expected: str | None) -> None:
    assert due(protocol, change)[name] == expected


@pytest.mark.parametrize(
    ("change", "names"),
    [
        pytest.param(
            both(put(f"{COURSE}.infusions_given", 0), put(f"{COURSE}.first_infusion", None), NO_LAST),
            {"antibodies", "next-infusion", "missed-infusion", "treatment-gap", "evaluation", "crohns-benefit"},
            id="before the first infusion",
        ),
        pytest.param(
            both(CROHNS, put(f"{COURSE}.infusions_given", 0), put(f"{COURSE}.first_infusion", None), NO_LAST),
            {"crohns-benefit", "crohns-steroids"},
            id="Crohn's disease before the first infusion",
        ),
        pytest.param(lab("JCV", value="1.51"), {"jcv"}, id="a high index"),
        pytest.param(put(f"{COURSE}.plan_interval_weeks", 6), {"missed-infusion"}, id="a plan without missed doses"),
        pytest.param(
            both(CROHNS, put(f"{COURSE}.crohns_benefit", True), put(f"{COURSE}.crohns_on_steroids", False)),
            {"crohns-benefit", "crohns-steroids"},
            id="both points of Crohn's disease are answered",
        ),
        pytest.param(lab("ADA", value="negative"), {"antibody-repeat"}, id="no antibodies"),
        pytest.param(
            both(
                lab("ADA", value="positive", collected="2026-05-01"),
                more_labs({"test": "ADA", "value": "positive", "unit": None, "collected": "2026-06-12"}),
            ),
            {"antibody-repeat"},
            id="antibodies that stay",
        ),
        pytest.param(both(AT_RISK, put(f"{COURSE}.infusions_given", 24)), {"risk-mri", "risk-talk"}, id="24 infusions"),
    ],
)
def test_what_nobody_asks_for(protocol: InfusionProtocol, change: Change, names: set[str]) -> None:
    assert not names & set(due(protocol, change))


def test_a_protocol_without_a_part_has_nothing_that_rests_on_it(protocol: InfusionProtocol) -> None:
    labs = replace(protocol.labs, antibodies=None, pml_risk=None)
    without = replace(protocol, labs=labs, programme=None, crohns=None)
    everything = both(AT_RISK, CROHNS, lab("ADA", value="positive"))
    missing = {"antibody-repeat", "risk-mri", "risk-talk", "authorisation", "crohns-benefit", "crohns-steroids"}
    assert missing <= set(due(protocol, everything))
    assert not missing & set(due(without, everything))


def test_a_protocol_without_a_due_list_goes_by_its_monitoring(protocol: InfusionProtocol) -> None:
    plain = replace(protocol, due=None)
    found = due_now(case_of(plain, no_lab("MRI", "EDSS")))
    assert {each.item.name for each in found} == {item.name for item in protocol.labs.monitoring}
    assert [(each.item.name, each.standing.state, each.standing.bears) for each in found[:2]] == [
        ("mri", "never", "caution"),
        ("edss", "never", "none"),
    ]


# --- after the end of treatment ---


def test_once_treatment_has_ended_only_the_watch_and_the_follow_up_are_left(protocol: InfusionProtocol) -> None:
    ended = both(put(f"{COURSE}.last_infusion", "2026-08-31"), put(f"{COURSE}.ended_on", "2026-09-20"))
    assert due(protocol, ended) == {"pml-watch": "2027-02-28", "follow-up": "2027-02-28"}
    assert next_infusion(base_facts(ended), UTC) is None


@pytest.mark.parametrize(
    ("seen", "left"),
    [(None, True), ("2027-02-27", True), ("2027-02-28", False), ("2027-03-01", False)],
)
def test_the_follow_up_is_done_on_its_day_or_later(protocol: InfusionProtocol, seen: str | None, left: bool) -> None:
    ended = both(put(f"{COURSE}.last_infusion", "2026-08-31"), put(f"{COURSE}.ended_on", "2026-09-20"))
    assert ("follow-up" in due(protocol, ended, put(f"{COURSE}.evaluated_on", seen))) is left


def test_without_a_known_dose_the_watch_counts_from_the_end(protocol: InfusionProtocol) -> None:
    ended = both(put(f"{COURSE}.last_infusion", None), put(f"{COURSE}.ended_on", "2026-09-20"))
    assert due(protocol, ended)["pml-watch"] == "2027-03-20"


@pytest.mark.parametrize(("last", "is_over"), [("2026-09-20", True), ("2026-09-21", False)])
def test_an_infusion_after_the_end_begins_treatment_anew(protocol: InfusionProtocol, last: str, is_over: bool) -> None:
    found = due(protocol, put(f"{COURSE}.ended_on", "2026-09-20"), put(f"{COURSE}.last_infusion", last))
    assert ("pml-watch" in found) is is_over
    assert ("next-infusion" in found) is not is_over


# --- since when, and what makes it doubtful ---


@pytest.mark.parametrize(
    ("change", "name", "since"),
    [
        (lab("AST", collected="2026-10-02"), "liver", "2026-10-02"),
        (no_lab("ALT", "AST"), "liver", None),
        (no_lab("ADA"), "antibodies", "2026-04-12"),
        (lab("ADA", value="positive", collected="2026-10-10"), "antibody-repeat", "2026-10-10"),
        (AT_RISK, "risk-mri", "2026-05-06"),
        (both(AT_RISK, decided("pml-risk", at="2026-02-28")), "risk-talk", "2026-02-28"),
        (AT_RISK, "risk-talk", None),
        (put("rems.programme", "TOUCH"), "authorisation", None),
        (put(f"{COURSE}.last_infusion", "2026-10-25"), "next-infusion", "2026-10-25"),
        (put(f"{COURSE}.last_infusion", None), "next-infusion", None),
        (both(CROHNS, FIRST), "crohns-benefit", "2026-02-28"),
        (FIRST, "evaluation", "2026-02-28"),
        (put(f"{COURSE}.evaluated_on", "2026-06-30"), "evaluation", "2026-06-30"),
        (put(f"{COURSE}.first_infusion", None), "evaluation", None),
    ],
)
def test_since_when(protocol: InfusionProtocol, change: Change, name: str, since: str | None) -> None:
    items = {item.name: item.since for item in due_items(case_of(protocol, change))}
    assert items[name] == (None if since is None else day(since))


@pytest.mark.parametrize(
    ("medicine", "said"), [("IVIg 0.4 g/kg", "IVIg 0.4 g/kg"), ("plasmapheresis", "plasmapheresis"), ("aspirin", None)]
)
def test_a_medicine_on_record_that_makes_the_sample_doubtful(
    protocol: InfusionProtocol, medicine: str, said: str | None
) -> None:
    items = {item.name: item.medicine for item in due_items(case_of(protocol, put("patient.medicines", [medicine])))}
    assert items["jcv"] == said
    assert items["mri"] is None


# --- one test by itself ---


def test_one_test_of_an_item_by_itself(protocol: InfusionProtocol) -> None:
    case = case_of(protocol, no_lab("AST"), lab("ALT", collected="2026-11-01"))
    listed = due_now(case)
    found = {test: due_of_test(case, listed, test) for test in ("ALT", "AST", "GGT")}
    assert found["ALT"] is not None
    assert found["ALT"].days == DueDays(day("2027-01-30"), day("2027-01-30"))
    assert found["AST"] is not None
    assert found["AST"].state == "never"
    assert found["GGT"] is None


def test_what_is_asked_instead_answers_for_the_test(protocol: InfusionProtocol) -> None:
    case = case_of(protocol, AT_RISK, lab("ADA", value="positive", collected="2026-10-10"))
    listed = due_now(case)
    found = {test: due_of_test(case, listed, test) for test in ("MRI", "ADA", "JCV")}
    assert {test: each.rule.name if each else None for test, each in found.items()} == {
        "MRI": "risk-mri",
        "ADA": "antibody-repeat",
        "JCV": None,
    }


# --- the planned day ---


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


@pytest.mark.parametrize("year_end", ["9999-12-31", "0001-01-01"])
def test_a_mistyped_year_ends_at_the_calendars_end_and_stops_nothing(protocol: InfusionProtocol, year_end: str) -> None:
    def all_results(data: dict[str, Any]) -> None:
        for row in data["labs"]:
            row["collected"] = year_end

    course = (f"{COURSE}.{name}" for name in ("first_infusion", "last_infusion", "evaluated_on"))
    changes = both(CROHNS, AT_RISK, all_results, *(put(place, year_end) for place in (*course, "rems.valid_until")))
    case = case_of(protocol, changes)
    assert due_now(case)
    assert next_infusion(case.facts, UTC)
    assert assess(protocol, case.facts, NOW).findings
    assert due_now(case_of(protocol, changes, put(f"{COURSE}.ended_on", year_end)))
