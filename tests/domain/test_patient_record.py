"""A patient's record after its events, and the facts it gives to a visit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from operator import attrgetter
from typing import get_args

import pytest

from nurse_app.domain import patient_events as p
from nurse_app.domain.facts import Enrolment, History, LabResult, PrescriberDecision, Treatment
from nurse_app.domain.moment import Reading
from nurse_app.domain.patient_record import (
    CallOnRecord,
    LabEntry,
    PatientRecord,
    evolve_patient,
    facts_of,
    fold_patient,
)
from nurse_app.domain.record import Entry, Recorded
from tests.domain.kit import course

T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DETAILS = p.PatientDetails(
    "TRN000417",
    name="SAMPLE, Patient One",
    history=History(natalizumab_hypersensitivity=False),
    treatment=Treatment(date(2026, 4, 12), 7, date(2026, 10, 25), 4),
    enrolment=Enrolment("TOUCH", authorised=True, valid_until=date(2027, 3, 31), medication_guide_read=True),
)
REGISTERED = p.PatientRegistered(DETAILS)
ALT = LabResult("ALT", "25", date(2026, 11, 2), "U/L")
AST = LabResult("AST", "22", date(2026, 11, 2), "U/L")
TEXT = p.TextAsCame("2026-11-02", "1742-6", "25")
DECISION = PrescriberDecision("age-elderly", "proceed", "prescriber", T0)
GIVEN = p.AdministrationRecorded("v-1", T0, Decimal(300), complete=True, reaction=False)


def record(*events: p.PatientEvent) -> PatientRecord:
    """The record after these events."""
    entries = [Entry(event, "nurse", Reading(T0, timedelta(0), "boot-1")) for event in events]
    folded = fold_patient([Recorded(number, f"e{number}", entry) for number, entry in enumerate(entries, start=1)])
    assert folded is not None
    return folded


def test_no_events_make_no_record() -> None:
    assert fold_patient([]) is None


def test_a_record_begins_with_a_registration() -> None:
    entry = Entry(p.PatientAmended(DETAILS), "nurse", Reading(T0, timedelta(0), "boot-1"))
    with pytest.raises(ValueError, match="does not begin with a registration"):
        evolve_patient(None, Recorded(1, "e1", entry))


def test_every_event_is_applied() -> None:
    events = (
        REGISTERED,
        p.PatientAmended(DETAILS),
        p.LabResultRecorded(ALT, "typed"),
        p.LabResultMarkedInError(3, "other patient"),
        p.LabResultCorrected(3, AST),
        p.LabResultWithdrawn(5),
        p.DecisionKept(DECISION),
        p.HypersensitivityFlagged("v-1", permanent=False),
        p.HypersensitivityCleared("prescriber", "tolerated"),
        GIVEN,
        p.ReactionRecorded("v-1", "allergic", T0),
        p.FollowUpCallMade("v-1", reached=True),
    )
    assert {type(event) for event in events} == set(get_args(p.PatientEvent))
    assert record(*events).number == len(events)


@pytest.mark.parametrize(
    ("events", "part", "expected"),
    [
        ((), "details", DETAILS),
        ((), "sample", False),
        ((p.PatientAmended(replace(DETAILS, chair="3")),), "details.chair", "3"),
        ((p.LabResultRecorded(ALT, "file"),), "labs", (LabEntry(2, ALT),)),
        (
            (p.LabResultRecorded(ALT, "file"), p.LabResultRecorded(AST, "file"), p.LabResultMarkedInError(2, "wrong")),
            "labs",
            (LabEntry(2, ALT, superseded=True), LabEntry(3, AST)),
        ),
        (
            (p.LabResultRecorded(ALT, "file", TEXT), p.LabResultCorrected(2, AST, TEXT)),
            "labs",
            (LabEntry(2, ALT, superseded=True, text=TEXT, corrected_by=3), LabEntry(3, AST, text=TEXT)),
        ),
        (
            (p.LabResultRecorded(ALT, "file"), p.LabResultRecorded(AST, "file"), p.LabResultWithdrawn(3)),
            "labs",
            (LabEntry(2, ALT), LabEntry(3, AST, superseded=True)),
        ),
        ((p.DecisionKept(DECISION),), "decisions", (DECISION,)),
        ((p.HypersensitivityFlagged("v-1", permanent=False),), "hypersensitivity", "suspected"),
        ((p.HypersensitivityFlagged("v-1", permanent=False),), "flagged_by_visits", frozenset({"v-1"})),
        ((p.HypersensitivityFlagged("v-1", permanent=True),), "hypersensitivity", "permanent"),
        (
            (p.HypersensitivityFlagged("v-1", permanent=True), p.HypersensitivityFlagged("v-2", permanent=False)),
            "hypersensitivity",
            "permanent",
        ),
        (
            (p.HypersensitivityFlagged("v-1", permanent=False), p.HypersensitivityCleared("prescriber", "tolerated")),
            "hypersensitivity",
            "no",
        ),
        (
            (p.HypersensitivityFlagged("v-1", permanent=False), p.HypersensitivityCleared("prescriber", "tolerated")),
            "flagged_by_visits",
            frozenset({"v-1"}),
        ),
        ((GIVEN,), "administrations", (GIVEN,)),
        ((GIVEN,), "details.enrolment.medication_guide_read", None),
        ((GIVEN,), "details.enrolment.authorised", True),
    ],
)
def test_what_an_event_leaves(events: tuple[p.PatientEvent, ...], part: str, expected: object) -> None:
    assert attrgetter(part)(record(REGISTERED, *events)) == expected


def test_training_data_is_marked_for_ever() -> None:
    assert record(p.PatientRegistered(DETAILS, sample=True), p.PatientAmended(DETAILS)).sample


# --- facts ---


def test_the_facts_are_those_of_the_details() -> None:
    facts = facts_of(record(p.PatientRegistered(replace(DETAILS, weight_kg=Decimal(70), dose_mg=Decimal(300)))))
    assert facts.identity is not None
    assert facts.patient is not None
    assert facts.order is not None
    assert (facts.identity.record_no, facts.identity.wristband) == ("TRN000417", None)
    assert (facts.patient.weight_kg, facts.patient.history) == (Decimal(70), DETAILS.history)
    assert (facts.rems, facts.order.dose_mg) == (DETAILS.enrolment, Decimal(300))
    assert (facts.product, facts.preparation, facts.vitals) == (None, None, None)


def test_a_superseded_result_is_no_fact() -> None:
    events = (p.LabResultRecorded(ALT, "file"), p.LabResultRecorded(AST, "file"), p.LabResultMarkedInError(2, "wrong"))
    assert facts_of(record(REGISTERED, *events)).labs == (AST,)


def test_decisions_that_stand_are_facts() -> None:
    facts = facts_of(record(REGISTERED, p.DecisionKept(DECISION)))
    assert facts.patient is not None
    assert facts.patient.decisions == (DECISION,)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), False),
        ((p.HypersensitivityFlagged("v-1", permanent=False),), True),
        ((p.HypersensitivityFlagged("v-1", permanent=True),), True),
        ((p.HypersensitivityFlagged("v-1", permanent=False), p.HypersensitivityCleared("prescriber", "ok")), False),
    ],
)
def test_a_flag_counts_as_a_history_of_hypersensitivity(events: tuple[p.PatientEvent, ...], expected: bool) -> None:
    patient = facts_of(record(REGISTERED, *events)).patient
    assert patient is not None
    assert patient.history is not None
    assert patient.history.natalizumab_hypersensitivity is expected


@pytest.mark.parametrize(
    ("treatment", "first", "given", "last"),
    [
        pytest.param(DETAILS.treatment, date(2026, 4, 12), 9, T0 + timedelta(days=28), id="a course that goes on"),
        pytest.param(Treatment(None, 0), T0, 2, T0 + timedelta(days=28), id="a course that begins"),
        pytest.param(Treatment(), T0, None, T0 + timedelta(days=28), id="number not known"),
        pytest.param(
            Treatment(last_infusion=date(2027, 1, 1), infusions_given=1),
            T0,
            3,
            date(2027, 1, 1),
            id="one elsewhere since",
        ),
        pytest.param(
            Treatment(last_infusion=datetime(2026, 12, 20, 20, 0, tzinfo=UTC)),
            T0,
            None,
            T0 + timedelta(days=28),
            id="on the same day",
        ),
    ],
)
def test_infusions_given_here_go_on_the_course(
    treatment: Treatment, first: object, given: int | None, last: object
) -> None:
    again = replace(GIVEN, visit_id="v-2", started_at=T0 + timedelta(days=28))
    found = course(facts_of(record(p.PatientRegistered(replace(DETAILS, treatment=treatment)), GIVEN, again)))
    assert (found.first_infusion, found.infusions_given, found.last_infusion) == (first, given, last)


def test_without_an_infusion_here_the_course_is_as_registered() -> None:
    assert course(facts_of(record(REGISTERED))) == DETAILS.treatment


@pytest.mark.parametrize(
    ("hours", "utc", "typed", "counts"),
    [
        # 20:00 on the 21st where the ward is: an infusion elsewhere on the 22nd came after it.
        (-8, "2026-11-22T04:00", date(2026, 11, 22), "typed"),
        (-8, "2026-11-22T04:00", date(2026, 11, 21), "given"),
        # 00:30 on the 22nd where the ward is.
        (9, "2026-11-21T15:30", date(2026, 11, 22), "given"),
        (9, "2026-11-21T15:30", date(2026, 11, 23), "typed"),
    ],
)
def test_which_infusion_was_the_last_is_decided_by_the_days_of_the_ward(
    hours: int, utc: str, typed: date, counts: str
) -> None:
    started = datetime.fromisoformat(f"{utc}+00:00")
    details = p.PatientDetails("TRN000417", treatment=Treatment(infusions_given=7, last_infusion=typed))
    given = p.AdministrationRecorded("v-1", started, Decimal(300), complete=True, reaction=False)
    wall = started.astimezone(timezone(timedelta(hours=hours)))
    events = (p.PatientRegistered(details), given)
    entries = [Entry(event, "nurse", Reading(wall, timedelta(0), "boot-1")) for event in events]
    folded = fold_patient([Recorded(number, f"e{number}", entry) for number, entry in enumerate(entries, start=1)])
    assert folded is not None
    patient = facts_of(folded).patient
    assert patient is not None
    assert patient.treatment is not None
    assert patient.treatment.last_infusion == {"typed": typed, "given": started}[counts]


def test_a_reaction_is_kept_once_and_its_last_word_counts() -> None:
    first = p.ReactionRecorded("v-1", "allergic", T0)
    worse = replace(first, level="anaphylaxis")
    second = replace(first, number=2)
    assert record(REGISTERED, first, second, worse).reactions == (second, worse)


def test_a_reactions_onset_is_shown_in_the_offset_of_its_entry() -> None:
    east = timezone(timedelta(hours=9))
    entry = Entry(p.ReactionRecorded("v-1", "allergic", T0), "nurse", Reading(T0.astimezone(east), timedelta(0), "b"))
    known = evolve_patient(record(REGISTERED), Recorded(2, "e2", entry))
    assert known.reactions[0].onset_at.isoformat() == "2026-11-22T18:00:00+09:00"


def test_a_call_is_kept_with_the_time_it_was_noted() -> None:
    call = p.FollowUpCallMade("v-1", reached=True, signs=("rash",))
    assert record(REGISTERED, call).calls == (CallOnRecord(T0, call),)
