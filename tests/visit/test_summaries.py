"""What lists show of a patient: dates only, so that nothing in them changes with the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

import pytest

from nurse_app.domain.due import due_now
from nurse_app.domain.due_state import LATE, near_in
from nurse_app.domain.facts import LabResult, Treatment
from nurse_app.domain.patient_events import AdministrationRecorded, PatientDetails, ReactionRecorded
from nurse_app.domain.patient_record import LabEntry, PatientRecord, facts_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.visit.summaries import summary_of_patient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
COURSE = Treatment(
    first_infusion=date(2026, 4, 12), infusions_given=7, last_infusion=date(2026, 10, 25), plan_interval_weeks=4
)


def record(treatment: Treatment = COURSE) -> PatientRecord:
    labs = (LabEntry(2, LabResult("MRI", "no new lesions", date(2025, 12, 1))),)
    return PatientRecord(PatientDetails("TRN000417", "SAMPLE, Patient One", treatment=treatment), labs=labs)


def test_what_falls_due_is_kept_as_dates(protocol: InfusionProtocol) -> None:
    summary = summary_of_patient(record(), protocol, NOW)
    assert summary["due:mri"] == "2026-12-01"
    assert summary["due:liver"] is None
    assert summary["due:next-infusion"] == "2026-11-22/2026-11-28"
    assert summary["next_infusion"] == "2026-11-22"
    assert (summary["ended"], summary["follow_up"]) == (False, None)


@pytest.mark.parametrize("flag", ["suspected", "permanent"])
def test_after_a_reaction_no_day_is_planned_until_it_is_cleared(
    protocol: InfusionProtocol, flag: Literal["suspected", "permanent"]
) -> None:
    flagged = replace(record(), hypersensitivity=flag)
    assert summary_of_patient(flagged, protocol, NOW)["next_infusion"] is None
    assert summary_of_patient(replace(flagged, hypersensitivity="no"), protocol, NOW)["next_infusion"] == "2026-11-22"


def test_the_first_thing_that_bears_on_an_infusion_is_kept_to_sort_by(protocol: InfusionProtocol) -> None:
    assert summary_of_patient(record(), protocol, NOW)["first_due"] == "", "something was never done"
    mri_only = tuple(item for item in protocol.labs.monitoring if item.name == "mri")
    plain = replace(protocol, due=None, labs=replace(protocol.labs, monitoring=mri_only))
    assert summary_of_patient(record(), plain, NOW)["first_due"] == "2026-12-01"
    nothing = replace(plain, labs=replace(plain.labs, monitoring=()))
    assert summary_of_patient(record(), nothing, NOW)["first_due"] == ""


def test_the_same_record_makes_the_same_summary_on_any_day(protocol: InfusionProtocol) -> None:
    first = summary_of_patient(record(), protocol, NOW)
    assert all(summary_of_patient(record(), protocol, NOW + timedelta(days=n)) == first for n in (1, 30, 400))


@pytest.mark.parametrize(("hours", "planned"), [(0, "2026-12-19"), (9, "2026-12-20")])
def test_days_are_those_of_the_workstation(protocol: InfusionProtocol, hours: int, planned: str) -> None:
    given = AdministrationRecorded("v-1", datetime(2026, 11, 21, 20, tzinfo=UTC), protocol.dose_mg, True, False)
    now = NOW.astimezone(timezone(timedelta(hours=hours)))
    summary = summary_of_patient(replace(record(), administrations=(given,)), protocol, now)
    assert summary["next_infusion"] == planned
    assert summary["last_infusion"] == str(date.fromisoformat(planned) - timedelta(weeks=4))
    assert str(summary["due:next-infusion"]).startswith(planned)


def test_after_the_end_only_the_follow_up_is_left(protocol: InfusionProtocol) -> None:
    summary = summary_of_patient(record(replace(COURSE, ended_on=date(2026, 11, 1))), protocol, NOW)
    assert (summary["ended"], summary["next_infusion"], summary["follow_up"]) == (True, None, "2027-04-25")
    assert {key for key in summary if key.startswith("due:")} == {"due:pml-watch", "due:follow-up"}


def test_a_record_number_alone_has_a_summary(protocol: InfusionProtocol) -> None:
    summary = summary_of_patient(PatientRecord(PatientDetails("TRN000900")), protocol, NOW)
    assert (summary["name"], summary["last_infusion"], summary["ended"]) == ("", None, False)


@pytest.mark.parametrize(
    ("treatment", "first"),
    [
        (COURSE, False),
        (Treatment(), True),
        (Treatment(infusions_given=0), True),
        (replace(COURSE, infusions_given=None), False),
    ],
)
def test_whether_a_dose_may_be_the_first_is_kept(protocol: InfusionProtocol, treatment: Treatment, first: bool) -> None:
    assert summary_of_patient(record(treatment), protocol, NOW)["may_be_first"] is first


def test_home_and_the_pre_checks_put_what_is_due_before_a_first_dose_in_one_order(protocol: InfusionProtocol) -> None:
    new = record(Treatment(infusions_given=0))
    listed = due_now(Case(protocol, facts_of(new), NOW))
    late = [(due.item.name, due.standing.bears) for due in listed if due.standing.state in LATE]
    near = near_in(protocol, summary_of_patient(new, protocol, NOW), NOW.date())
    assert [(item.rule.name, item.bears) for item in near] == late
    assert late[0][1] == "hold"


def test_a_call_that_is_to_be_made_is_kept_with_its_times(protocol: InfusionProtocol) -> None:
    reacted = replace(record(), reactions=(ReactionRecorded("v-1", "allergic", NOW),))
    text = summary_of_patient(reacted, protocol, NOW)["follow_up_call"]
    assert text == "v-1/2026-11-22T09:00:00+00:00/2026-11-23T09:00:00+00:00/2026-11-25T09:00:00+00:00"
    assert summary_of_patient(record(), protocol, NOW)["follow_up_call"] is None
