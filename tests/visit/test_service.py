"""The service: order of decide, append, evolve; patients kept in step; opening again; failures to save."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.facts import Enrolment, History, LabResult, Treatment
from nurse_app.domain.patient_events import (
    AdministrationRecorded,
    DecisionKept,
    FollowUpCallMade,
    HypersensitivityFlagged,
    LabResultRecorded,
    PatientDetails,
)
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.visit.open_visit import Accepted, Author
from nurse_app.visit.patient_file import PatientFile
from nurse_app.visit.ports import NotSavedError, StreamKind, TailKeptAside, UnreadableRecordError
from nurse_app.visit.service import AlreadyRegisteredError
from tests.kit import SECOND, VIAL, WELL, base_facts
from tests.visit.kit import Ward

NURSE = Author("nurse")


@pytest.fixture
def ward(protocol: InfusionProtocol) -> Ward:
    return Ward(protocol)


def details(**changes: Any) -> PatientDetails:
    patient = base_facts().patient
    assert patient is not None
    known: dict[str, Any] = {
        "record_no": "TRN000417",
        "name": "SAMPLE, Patient One",
        "birth_date": patient.birth_date,
        "weight_kg": Decimal(70),
        "indication": "relapsing-ms",
        "allergies": (),
        "medicines": (),
        "history": patient.history,
        "treatment": patient.treatment,
        "enrolment": Enrolment("TOUCH", authorised=True, valid_until=date(2027, 3, 31), medication_guide_read=True),
        "dose_mg": Decimal(300),
    }
    return PatientDetails(**(known | changes))


def registered(ward: Ward, **changes: Any) -> str:
    labs = tuple(LabResultRecorded(result, "sample") for result in base_facts().labs)
    return ward.service.register(details(**changes), NURSE, sample=True, more=labs)


def accepted(ward: Ward, visit_id: str, *steps: c.Command, by: str = "nurse") -> None:
    for command in steps:
        result = ward.service.handle(visit_id, command, Author(by))
        assert isinstance(result, Accepted), (command, result)
        ward.wait(minutes=1)


def infusing(ward: Ward, patient_id: str) -> str:
    visit_id = ward.service.start_visit(patient_id, NURSE)
    accepted(
        ward,
        visit_id,
        c.Identify("TRN000417"),
        c.AnswerRest(answer=False),
        c.RecordVitalSigns(WELL),
        c.FinishPrechecks(),
        c.RecordProduct(VIAL),
        c.InspectVial("clear"),
        c.RecordDiluent("sodium-chloride-0.9", Decimal(100)),
        c.AddDose(Decimal(15)),
        c.InvertBag(),
        c.FinishDilution(),
        c.InspectBag("clear"),
        c.LabelBag(),
    )
    accepted(ward, visit_id, c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), by=SECOND)
    accepted(ward, visit_id, c.ReadyLine("left forearm"), c.StartInfusion(Decimal(115)))
    return visit_id


def test_a_patient_is_found_by_the_whole_record_number_only(ward: Ward) -> None:
    patient_id = registered(ward)
    assert ward.service.patient_with("TRN000417") == patient_id
    assert ward.service.patient_with("TRN00041") is None
    assert ward.service.patient(patient_id).state.sample


def test_a_record_number_belongs_to_one_patient(ward: Ward) -> None:
    registered(ward)
    with pytest.raises(AlreadyRegisteredError):
        registered(ward)
    assert len(ward.records.stream_ids(StreamKind.PATIENT)) == 1


def test_a_second_start_for_a_patient_returns_the_visit_in_progress(ward: Ward) -> None:
    patient_id = registered(ward)
    first = ward.service.start_visit(patient_id, NURSE)
    assert ward.service.start_visit(patient_id, NURSE) == first
    accepted(ward, first, c.DoNotGive("patient is ill"))
    assert ward.service.start_visit(patient_id, NURSE) != first


def test_a_visit_is_bound_to_the_protocol_and_the_facts_of_its_start(ward: Ward) -> None:
    patient_id = registered(ward)
    visit = ward.service.visit(ward.service.start_visit(patient_id, NURSE))
    started = visit.record[0].event
    assert isinstance(started, e.VisitStarted)
    assert (started.protocol, started.digest) == (ward.protocol, "digest")
    assert started.facts.patient is not None
    assert started.facts.patient.treatment == details().treatment
    assert ward.service.protocol is ward.protocol


def test_a_refusal_leaves_the_state_as_it_was(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    before = ward.service.visit(visit_id).state
    result = ward.service.handle(visit_id, c.FinishPrechecks(), NURSE)
    assert isinstance(result, Rejected)
    assert result.reason is Reason.WRONG_STEP
    assert ward.service.visit(visit_id).state == before


def test_a_wrong_wristband_is_refused_and_kept_as_an_entry(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    result = ward.service.handle(visit_id, c.Identify("TRN000418"), NURSE)
    assert isinstance(result, Rejected)
    visit = ward.service.visit(visit_id)
    assert isinstance(visit.record[-1].event, e.IdentityMismatched)
    assert visit.state.phase == "identify"


def test_what_could_not_be_saved_did_not_happen(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    before = ward.service.visit(visit_id).state
    ward.records.logs[StreamKind.VISIT, visit_id].fail_next = True
    with pytest.raises(NotSavedError):
        ward.service.handle(visit_id, c.Identify("TRN000417"), NURSE)
    assert ward.service.visit(visit_id).state == before
    assert ward.service.reopen() == ()
    accepted(ward, visit_id, c.Identify("TRN000417"))


def test_opening_again_names_the_records_that_cannot_be_read(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    state = ward.service.visit(visit_id).state
    patient_id = state.patient_id
    patient = ward.service.patient(patient_id)
    ward.records.unreadable |= {visit_id, patient_id}
    assert ward.service.reopen() == ("this record is damaged", "this record is damaged")
    assert ward.service.visit(visit_id).state == state
    assert ward.service.patient(patient_id) is patient


def test_after_a_restart_every_visit_in_progress_is_where_it_was(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    state = ward.service.visit(visit_id).state
    ward.records.logs[StreamKind.VISIT, visit_id].tail_kept_aside = TailKeptAside(7, "ab", "x.tail")
    ward.wait(minutes=4)
    service = ward.restart()
    assert service.open_visits(Author("program")) == ()
    visit = service.visit(visit_id)
    assert visit.record[-1].event == e.VisitReopened(7)
    assert visit.state.run == state.run
    assert visit.state.phase == "infuse"
    assert service.visits()[visit_id] is visit


def test_the_last_look_at_the_clocks_goes_into_each_visit_that_it_is_news_for(ward: Ward) -> None:
    visit_id = infusing(ward, registered(ward))
    started = ward.service.visit(visit_id).now(ward.clock.read())
    ward.wait(minutes=20)
    seen = ward.clock.read()
    ward.clock.reboot(timedelta(minutes=30))
    service = ward.restart()
    service.open_visits(Author("program"), seen)
    visit = service.visit(visit_id)
    assert visit.record[-1].event == e.VisitReopened(0, seen)
    since = visit.now(ward.clock.read()).since(started)
    assert (since.least, since.most) == (timedelta(minutes=20), timedelta(minutes=50))


def test_a_confirmed_time_counts_at_once_and_after_reading_again(ward: Ward) -> None:
    visit_id = infusing(ward, registered(ward))
    ward.clock.reboot(timedelta(minutes=30))
    ward.restart().open_visits(Author("program"))
    accepted(ward, visit_id, c.AddNote("asleep"), c.ConfirmClock(ward.clock.wall))
    state = ward.service.visit(visit_id).state
    reading = ward.clock.read()
    assert state.moment(reading).earliest == ward.clock.wall - timedelta(minutes=1)
    ward.restart()
    assert ward.service.visit(visit_id).state == state


def test_the_newest_wall_time_is_that_of_any_loaded_record(ward: Ward) -> None:
    assert ward.service.newest_wall() is None
    patient_id = registered(ward)
    ward.clock.set_wall_by(timedelta(days=-2))
    assert ward.service.newest_wall() == ward.clock.wall + timedelta(days=2)
    visit_id = ward.service.start_visit(patient_id, NURSE)
    ward.clock.set_wall_by(timedelta(days=5))
    accepted(ward, visit_id, c.AddNote("asleep"))
    newest = ward.clock.wall - timedelta(minutes=1)
    ward.clock.set_wall_by(timedelta(days=-9))
    assert ward.service.newest_wall() == newest
    ward.restart().load(visit_id)
    assert ward.service.newest_wall() == newest


def test_one_damaged_record_does_not_keep_the_others_from_opening(ward: Ward) -> None:
    damaged = ward.service.start_visit(registered(ward), NURSE)
    sound = ward.service.start_visit(registered(ward, record_no="TRN000500"), NURSE)
    ward.records.unreadable.add(damaged)
    service = ward.restart()
    assert service.open_visits(Author("program")) == ("this record is damaged",)
    assert list(service.visits()) == [sound]


def test_a_record_that_lost_entries_is_said_beside_those_that_cannot_be_read(ward: Ward) -> None:
    ward.records.unreadable.add(ward.service.start_visit(registered(ward), NURSE))
    ward.records.lost = ("a record has become shorter",)
    assert ward.restart().open_visits(Author("program")) == ("this record is damaged", "a record has become shorter")


def test_a_visit_goes_on_while_its_patients_record_cannot_be_read(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    other = ward.service.start_visit(registered(ward, record_no="TRN000500"), NURSE)
    ward.records.unreadable.add(patient_id)
    service = ward.restart()
    assert service.open_visits(Author("program")) == ("this record is damaged",)
    assert set(service.visits()) == {visit_id, other}
    assert service.patient_name(patient_id) == ""
    assert service.patient_name("nobody") == ""
    accepted(ward, visit_id, c.OpenReaction(("hives",)))
    assert service.load(visit_id).state.phase == "reaction"

    ward.records.unreadable.clear()
    with pytest.raises(UnreadableRecordError, match="damaged"):
        service.patient(patient_id)
    assert service.reopen() == ()
    assert service.patient_name(patient_id) == "SAMPLE, Patient One"
    accepted(ward, visit_id, c.AddNote("seen"))
    assert service.patient(patient_id).state.hypersensitivity == "suspected", "what was owed is made up for"


def test_a_visit_of_which_nothing_is_left_is_named_and_does_not_keep_the_others_from_opening(ward: Ward) -> None:
    nothing = ward.service.start_visit(registered(ward), NURSE)
    other = ward.service.start_visit(registered(ward, record_no="TRN000500"), NURSE)
    service = ward.restart()
    entries = ward.records.entries(StreamKind.VISIT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ward.records, "entries", lambda _kind: entries)
        ward.records.logs[StreamKind.VISIT, nothing].items = []
        (problem,) = service.open_visits(Author("program"))
    assert f"The record visit {nothing} has no first entry" in problem
    assert set(service.visits()) == {other}


def test_a_visit_that_takes_no_entries_is_shown_and_does_not_keep_the_others_from_opening(ward: Ward) -> None:
    stuck = ward.service.start_visit(registered(ward), NURSE)
    other = ward.service.start_visit(registered(ward, record_no="TRN000500"), NURSE)
    ward.records.refusing.add(stuck)
    service = ward.restart()
    assert service.open_visits(Author("program")) == ("the disk is full",)
    assert set(service.visits()) == {stuck, other}


def test_closed_visits_are_not_opened_again_but_can_be_looked_at(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    accepted(ward, visit_id, c.DoNotGive("patient is ill"))
    service = ward.restart()
    service.open_visits(Author("program"))
    assert service.visits() == {}
    assert service.load(visit_id).state.not_given == "patient is ill"


def test_a_finished_infusion_comes_onto_the_patients_record_once(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    ward.wait(minutes=60)
    accepted(ward, visit_id, c.EmptyBag(), c.FinishFlush(Decimal(4)), c.AddNote("line out"))
    record = ward.service.patient(patient_id).state
    given = [item.event for item in ward.service.patient(patient_id).record]
    administrations = [event for event in given if isinstance(event, AdministrationRecorded)]
    assert [(one.visit_id, one.dose_mg, one.complete, one.reaction) for one in administrations] == [
        (visit_id, Decimal(300), True, False)
    ]
    assert record.details.enrolment.medication_guide_read is None


def test_a_reaction_flags_the_patient_and_a_severe_one_for_good(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    accepted(ward, visit_id, c.OpenReaction(("hives",)))
    assert ward.service.patient(patient_id).state.hypersensitivity == "suspected"
    accepted(ward, visit_id, c.NoteSign("stridor"))
    assert ward.service.patient(patient_id).state.hypersensitivity == "permanent"
    assert not ward.service.clear_hypersensitivity(patient_id, "prescriber", "a mistake", NURSE)


def test_the_flag_stops_the_next_visit_until_a_prescriber_clears_it(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    accepted(ward, visit_id, c.OpenReaction(("hives",)), c.CloseReaction("resolved"), c.LeaveEarly("went home"))
    accepted(ward, visit_id, c.Discharge())
    next_visit = ward.service.start_visit(patient_id, NURSE)
    history = ward.service.visit(next_visit).state.facts.patient
    assert history is not None
    assert history.history is not None
    assert history.history.natalizumab_hypersensitivity
    assert not ward.service.clear_hypersensitivity(patient_id, "prescriber", "in a hurry", NURSE), "in a visit"
    accepted(ward, next_visit, c.DoNotGive("a prescriber has to clear it first"))
    assert ward.service.clear_hypersensitivity(patient_id, "prescriber", "antibodies negative", NURSE)
    assert ward.service.patient(patient_id).state.hypersensitivity == "no"
    assert not ward.service.clear_hypersensitivity(patient_id, "prescriber", "again", NURSE)


def test_a_reaction_is_left_on_the_patients_record_for_the_follow_up_call(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    accepted(ward, visit_id, c.OpenReaction(("hives",)), c.NoteSign("stridor"), c.CloseReaction("resolved"))
    (reaction,) = ward.service.patient(patient_id).state.reactions
    assert (reaction.visit_id, reaction.level, reaction.number) == (visit_id, "anaphylaxis", 1)


@pytest.mark.parametrize(
    ("signs", "flag_before", "flag_after"),
    [((), "no", "no"), (("rash",), "no", "suspected"), (("rash",), "suspected", "suspected")],
)
def test_a_call_that_finds_delayed_signs_marks_the_allergy(
    ward: Ward, signs: tuple[str, ...], flag_before: str, flag_after: str
) -> None:
    patient_id = registered(ward)
    if flag_before == "suspected":
        ward.service.change(patient_id, (HypersensitivityFlagged("v-0", permanent=False),), NURSE)
    before = ward.service.patient(patient_id).state.number
    ward.service.record_call(patient_id, FollowUpCallMade("v-1", reached=True, signs=signs), NURSE)
    state = ward.service.patient(patient_id).state
    assert state.hypersensitivity == flag_after
    assert state.number - before == (2 if flag_after != flag_before else 1)
    assert state.calls[-1].call.signs == signs


def test_a_crash_between_the_two_records_is_mended_at_the_next_start(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    ward.records.logs[StreamKind.PATIENT, patient_id].fail_next = True
    with pytest.raises(NotSavedError):
        ward.service.handle(visit_id, c.OpenReaction(("hives",)), NURSE)
    service = ward.restart()
    service.open_visits(Author("program"))
    events = [item.event for item in service.patient(patient_id).record]
    flags = [event for event in events if isinstance(event, HypersensitivityFlagged)]
    assert flags == [HypersensitivityFlagged(visit_id, permanent=False)]


def test_a_standing_decision_is_kept_on_the_patients_record(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = ward.service.start_visit(patient_id, NURSE)
    accepted(ward, visit_id, c.Identify("TRN000417"))
    accepted(ward, visit_id, c.RecordDecision("pregnancy", "proceed", "Dr SAMPLE", read_back=True))
    accepted(ward, visit_id, c.RecordDecision("infection", "proceed", "Dr SAMPLE", read_back=True))
    kept = [item.event for item in ward.service.patient(patient_id).record if isinstance(item.event, DecisionKept)]
    assert [one.decision.about for one in kept] == ["pregnancy"]


def test_new_details_and_results_reach_the_visit_in_progress(ward: Ward) -> None:
    patient_id = registered(ward)
    other = registered(ward, record_no="TRN000500")
    visit_id = ward.service.start_visit(patient_id, NURSE)
    other_visit = ward.service.start_visit(other, NURSE)
    ward.service.amend(patient_id, details(medicines=("azathioprine",)), NURSE)
    result = LabResult("ALT", "130", date(2026, 11, 21), "U/L", None, Decimal(40))
    ward.service.add_results(patient_id, (result, result), NURSE)
    state = ward.service.visit(visit_id).state
    assert state.facts.patient is not None
    assert state.facts.patient.medicines == ("azathioprine",)
    assert state.facts.labs.count(result) == 1
    assert len(ward.service.visit(other_visit).record) == 1


def test_the_same_result_twice_is_one_result_and_a_wrong_one_stays_visible(ward: Ward) -> None:
    patient_id = registered(ward)
    result = LabResult("ALT", "130", date(2026, 11, 21), "U/L", None, Decimal(40))
    ward.service.add_results(patient_id, (result,), NURSE)
    ward.service.add_results(patient_id, (result,), NURSE)
    labs = ward.service.patient(patient_id).state.labs
    assert [lab.result for lab in labs].count(result) == 1
    ward.service.mark_result_in_error(patient_id, labs[-1].entry, "other patient's tube", NURSE)
    after = ward.service.patient(patient_id).state.labs
    assert after[-1].superseded
    assert len(after) == len(labs)


def test_while_the_drug_runs_the_course_stays_as_it_was_judged(ward: Ward) -> None:
    patient_id = registered(ward)
    visit_id = infusing(ward, patient_id)
    before = ward.service.visit(visit_id).state.facts.patient
    assert before is not None
    changed = Treatment(infusions_given=99, plan_interval_weeks=6)
    ward.service.amend(patient_id, details(treatment=changed, history=History()), NURSE)
    patient = ward.service.visit(visit_id).state.facts.patient
    assert patient is not None
    assert (patient.treatment, patient.history) == (before.treatment, History())


def test_the_author_and_a_later_signature_go_into_the_envelope(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    ward.service.handle(visit_id, c.OpenReaction(()), Author("program", sign_later=True))
    entry = ward.service.visit(visit_id).record[-1].entry
    assert (entry.by, entry.sign_later) == ("program", True)


def test_an_entry_about_something_earlier_keeps_both_times(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    ward.wait(minutes=30)
    earlier = datetime(2026, 11, 22, 9, 20, tzinfo=UTC)
    ward.service.handle(visit_id, c.AddNote("felt warm"), NURSE, earlier)
    entry = ward.service.visit(visit_id).record[-1].entry
    assert entry.happened_at == earlier
    assert entry.reading.wall - earlier == timedelta(minutes=10)


def test_a_record_without_a_registration_is_no_patient(ward: Ward) -> None:
    log = ward.records.create(StreamKind.PATIENT, "p-empty")
    for nobody in ("p-empty", "p-missing"):
        with pytest.raises(UnreadableRecordError, match=f"{nobody} has no first entry"):
            ward.service.patient(nobody)
    with pytest.raises(LookupError):
        _ = PatientFile(log).state


def test_corrections_are_worked_out_from_the_whole_record(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    accepted(ward, visit_id, c.Identify("TRN000417"), c.AnswerQuestion("infection_signs", answer=True))
    number = ward.service.visit(visit_id).record[-1].number
    accepted(ward, visit_id, c.CorrectEntry(number, "asked the wrong patient"))
    visit = ward.service.visit(visit_id)
    assert visit.state.answers == {}
    assert len(visit.record) == number + 1


def test_lists_know_a_visit_and_need_nothing_of_the_station(ward: Ward) -> None:
    visit_id = ward.service.start_visit(registered(ward), NURSE)
    summary = ward.records.entries(StreamKind.VISIT)[visit_id].summary
    assert (summary["phase"], summary["record_no"], summary["lot"]) == ("identify", "TRN000417", None)
    ward.records.create(StreamKind.STATION, "station").items.append(ward.service.visit(visit_id).record[0])
    assert ward.records.entries(StreamKind.STATION)["station"].summary == {}
