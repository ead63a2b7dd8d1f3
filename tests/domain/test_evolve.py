"""Events into state: what happened is applied, whatever a rule would say; a broken record is none."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import get_args

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.evolve import APPLIERS, BrokenRecordError, begin, evolve, fold
from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.finding import Finding
from nurse_app.domain.moment import Moment, Span
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import (
    BagState,
    ObservationState,
    PlaceChange,
    Run,
    SecondCheck,
    Segment,
    TreatmentEntry,
    VisitState,
    VitalSignsTaken,
)
from tests.domain.kit import Tape, pressure, put, visit_facts
from tests.kit import VIAL, WELL

MINUTE = timedelta(minutes=1)
DILUENT = e.DiluentRecorded("sodium-chloride-0.9", Decimal(100), "B778")
STARTED = e.InfusionStarted(Decimal(115), (Finding("fever", "caution", "caution"),))
EMPTY = e.BagEmptied(None, variance=False)
OPENED = e.ReactionOpened(("itching",))
RESUME = e.DecisionRecorded("resume-after-mild", "proceed", "prescriber")


@pytest.fixture
def tape(protocol: InfusionProtocol) -> Tape:
    return Tape(protocol).wait(minutes=10)


def test_every_event_has_its_applier() -> None:
    assert set(APPLIERS) == set(get_args(e.Event)) - {e.VisitStarted}


def test_a_visit_begins_as_it_was_started(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol)
    state = tape.state
    assert (state.patient_id, state.record_no, state.digest) == ("p-1", "TRN000417", "digest")
    assert state.protocol is protocol
    assert (state.number, state.phase, state.started_at) == (1, "identify", Moment(tape.T0, tape.T0))
    assert state.last_moment == state.started_at
    assert state.last_reading == tape.reading()


def test_a_record_must_begin_with_the_start_of_a_visit(tape: Tape) -> None:
    tape.note(e.NoteAdded("first"))
    with pytest.raises(BrokenRecordError, match="does not begin"):
        begin(tape.items[1])
    with pytest.raises(BrokenRecordError, match="does not begin"):
        fold(tape.items[1:])


def test_a_start_that_is_not_the_first_entry_is_none(tape: Tape) -> None:
    first = tape.items[0]
    with pytest.raises(BrokenRecordError, match="does not begin"):
        begin(type(first)(2, first.event_id, first.entry))


@pytest.mark.parametrize("missing", [1, 2])
def test_a_gap_in_the_numbers_breaks_the_record(tape: Tape, missing: int) -> None:
    tape.note(e.NoteAdded("two"), e.NoteAdded("three"), e.NoteAdded("four"))
    del tape.items[missing]
    with pytest.raises(BrokenRecordError, match=f"entry {missing + 1} is missing"):
        fold(tape.items)


def test_the_same_entry_twice_breaks_the_record(tape: Tape) -> None:
    tape.note(e.NoteAdded("two"))
    with pytest.raises(BrokenRecordError, match="entry 3 is missing"):
        evolve(tape.state, tape.items[-1])


def test_a_state_knows_its_last_entry_and_when_it_was_noted(tape: Tape) -> None:
    tape.note(e.NoteAdded("two"))
    assert tape.state.number == 2
    assert tape.state.last_reading == tape.reading()
    assert tape.state.last_moment == tape.now


# --- when it happened ---


def taken_at(state: VisitState) -> Moment:
    return state.vitals[-1].at


def test_without_another_time_it_happened_when_it_was_noted(tape: Tape) -> None:
    assert taken_at(tape.note(e.VitalSignsRecorded(WELL)).state) == tape.now


@pytest.mark.parametrize("said", ["2026-11-22T09:04:00+00:00", "2026-11-22T11:04:00+02:00"])
def test_a_person_may_say_that_it_happened_earlier(tape: Tape, said: str) -> None:
    tape.note(e.VitalSignsRecorded(WELL), happened_at=datetime.fromisoformat(said))
    at = tape.T0 + 4 * MINUTE
    assert taken_at(tape.state) == Moment(at, at)
    assert tape.state.last_moment == tape.now


def test_nothing_happens_in_the_future(tape: Tape) -> None:
    tape.note(e.VitalSignsRecorded(WELL), happened_at=tape.truth + 5 * MINUTE)
    assert taken_at(tape.state) == tape.now


def test_what_is_said_between_the_bounds_of_now_is_the_latest_it_can_be(tape: Tape) -> None:
    tape.reboot(off=20 * MINUTE)
    said = tape.truth - 5 * MINUTE
    tape.note(e.VitalSignsRecorded(WELL), happened_at=said)
    assert taken_at(tape.state) == Moment(tape.T0, said)


# --- what each event leaves ---

NOW = Moment(Tape.T0 + 10 * MINUTE, Tape.T0 + 10 * MINUTE)
LEFT: list[tuple[tuple[e.Event, ...], str, object]] = [
    ((e.FactsUpdated(visit_facts(put("patient.weight_kg", "50"))),), "facts.patient.weight_kg", Decimal(50)),
    ((e.PatientIdentified("TRN000417", "scanned"),), "wristband", "TRN000417"),
    ((e.PatientIdentified("TRN000417", "scanned"),), "wristband_entered", "scanned"),
    ((e.PatientIdentified("TRN000417", "scanned"),), "identified_at", NOW),
    ((e.PatientIdentified("TRN000417", "scanned"),), "phase", "prechecks"),
    ((e.PrechecksFinished("proceed", ()), e.PatientIdentified("TRN000417", "typed")), "phase", "prepare"),
    ((e.IdentityMismatched("TRN000418", "scanned"),), "wristband", None),
    ((e.QuestionAnswered("mood", True), e.QuestionAnswered("mood", False)), "answers", {"mood": False}),
    ((e.VitalSignsRecorded(WELL),), "vitals", (VitalSignsTaken(2, NOW, WELL),)),
    (
        (e.DecisionRecorded("mood", "proceed", "prescriber"),),
        "decisions",
        (PrescriberDecision("mood", "proceed", "prescriber", NOW.latest),),
    ),
    ((e.PrechecksFinished("proceed", ()),), "phase", "prepare"),
    ((e.PrechecksFinished("proceed", ()),), "prechecks_done_at", NOW),
    ((e.ProductRecorded(VIAL, "scanned"),), "bag.product", VIAL),
    ((e.ProductRecorded(VIAL, "scanned"),), "bag.product_entered", "scanned"),
    ((e.VialInspected("particles"),), "bag.vial_look", "particles"),
    ((DILUENT,), "bag.diluent", "sodium-chloride-0.9"),
    ((DILUENT,), "bag.bag_ml", Decimal(100)),
    ((DILUENT,), "bag.diluent_lot", "B778"),
    ((e.DoseAdded(Decimal(15), Decimal(3)),), "bag.added_ml", Decimal(15)),
    ((e.DoseAdded(Decimal(15), Decimal(3)),), "bag.withdrawn_ml", Decimal(3)),
    ((e.BagInverted(),), "bag.inverted", True),
    ((e.DilutionFinished(),), "bag.diluted_at", NOW),
    ((e.DilutionFinished(),), "bag.place", "room"),
    ((e.BagInspected("clear"),), "bag.bag_look", "clear"),
    ((e.BagLabelled(),), "bag.labelled", True),
    ((e.DilutionFinished(), e.BagInspected("clear"), e.BagLabelled()), "bag.is_made", True),
    ((e.DilutionFinished(), e.BagInspected("clear")), "bag.is_made", False),
    ((e.BagMoved("refrigerator"),), "bag.moves", (PlaceChange(NOW, "refrigerator"),)),
    ((e.BagMoved("refrigerator"),), "bag.place", "refrigerator"),
    ((e.BagMoved("refrigerator"), e.BagMoved("room")), "bag.cold", True),
    ((e.BagMoved("refrigerator"), e.BagMoved("room"), e.BagWarmed()), "bag.cold", False),
    ((e.ProductRecorded(VIAL, "typed"), e.BagMoved("room"), e.BagDiscarded("leak")), "bag", BagState()),
    ((e.SecondCheckPassed("two", "A1", Decimal(15), "TRN000417"),), "bag.second_check", SecondCheck(NOW, "two")),
    ((e.SecondCheckFailed("two", ("lot",)),), "bag", BagState()),
    ((e.LineReadied("left forearm"),), "line_site", "left forearm"),
    ((STARTED,), "phase", "infuse"),
    ((STARTED,), "run", Run("running", (Segment(NOW, Decimal(115)),), Decimal(115), NOW, 2)),
    ((STARTED,), "start_findings", (Finding("fever", "caution", "caution"),)),
    ((STARTED, e.RateChanged(Decimal(100), "cold")), "run.rate_ml_h", Decimal(100)),
    ((STARTED, e.InfusionPaused("alarm")), "run.status", "paused"),
    ((STARTED, e.InfusionPaused("alarm")), "run.paused_at", NOW),
    ((STARTED, e.InfusionPaused("alarm"), e.InfusionResumed()), "run.status", "running"),
    ((STARTED, e.InfusionPaused("alarm"), e.InfusionResumed()), "run.paused_at", None),
    ((STARTED, EMPTY), "phase", "flush"),
    ((STARTED, EMPTY), "run.bag_empty_at", NOW),
    ((STARTED, EMPTY), "bag.used_up_at", NOW),
    ((STARTED, e.InfusionPaused("alarm"), EMPTY), "run.status", "running"),
    ((STARTED, EMPTY, e.FlushFinished(Decimal(4))), "run.status", "completed"),
    ((STARTED, EMPTY, e.FlushFinished(Decimal(4))), "run.ended_at", NOW),
    ((STARTED, e.InfusionStopped("leak")), "run.status", "stopped"),
    ((STARTED, e.InfusionStopped("leak")), "run.ended_at", NOW),
    ((STARTED, e.InfusionStopped("leak")), "run.stopped_for_reaction", False),
    ((STARTED, e.InfusionStopped("leak")), "bag.used_up_at", NOW),
    ((STARTED, e.InfusionStopped("reaction", for_reaction=True)), "run.stopped_for_reaction", True),
    ((e.ObservationStarted("flush"),), "phase", "observe"),
    ((e.ObservationStarted("flush"),), "observation", ObservationState(NOW)),
    ((e.ObservationStarted("flush"), e.ObservationCompleted()), "phase", "discharge"),
    ((e.ObservationStarted("flush"), e.ObservationCompleted()), "observation.ended_at", NOW),
    ((e.ObservationStarted("flush"), e.LeftEarly("bus")), "observation", ObservationState(NOW, NOW, left_early=True)),
    ((e.ObservationStarted("flush"), e.LeftEarly("bus")), "phase", "discharge"),
    ((OPENED,), "phase", "reaction"),
    ((OPENED,), "last_reaction.returns_to", "identify"),
    ((OPENED,), "run.resume_needs_decision", False),
    ((STARTED, OPENED), "run.resume_needs_decision", True),
    ((STARTED, OPENED, e.InfusionStopped("reaction", for_reaction=True)), "run.resume_needs_decision", False),
    ((STARTED, EMPTY, OPENED), "run.resume_needs_decision", False),
    ((STARTED, OPENED, RESUME), "run.resume_needs_decision", False),
    ((OPENED, e.SignNoted("nausea")), "reaction.sign_ids", ("itching", "nausea")),
    ((OPENED, e.ReactionGraded("allergic", ("itching",))), "reaction.level", "allergic"),
    ((OPENED, e.ReactionGraded("allergic", ("itching",))), "reaction.reasons", ("itching",)),
    (
        (OPENED, e.TreatmentGiven("oxygen", "6 L/min", "mask")),
        "reaction.treatments",
        (TreatmentEntry(3, NOW, "oxygen", "6 L/min", "mask"),),
    ),
    ((OPENED, e.ActionDone("call-help")), "reaction.actions", (("call-help", NOW),)),
    ((OPENED, e.ReactionClosed("resolved")), "reaction", None),
    ((OPENED, e.ReactionClosed("resolved")), "last_reaction.outcome", "resolved"),
    ((OPENED, e.ReactionClosed("resolved")), "last_reaction.closed_at", NOW),
    ((OPENED, e.ReactionClosed("resolved")), "phase", "identify"),
    ((e.HypersensitivitySuspected(permanent=False),), "hypersensitivity", "suspected"),
    ((e.HypersensitivitySuspected(permanent=True),), "hypersensitivity", "permanent"),
    ((e.Discharged(),), "phase", "closed"),
    ((e.Discharged(),), "discharged_at", NOW),
    ((e.Discharged(),), "is_open", False),
    ((e.NotGiven("ill"),), "phase", "closed"),
    ((e.NotGiven("ill"),), "not_given", "ill"),
    ((e.NotGiven("ill"),), "discharged_at", NOW),
    ((e.AlarmAcknowledged("a"), e.AlarmAcknowledged("b")), "acknowledged", frozenset({"a", "b"})),
    ((e.ClockStepNoticed(MINUTE),), "clock_steps", ((NOW, MINUTE),)),
]


@pytest.mark.parametrize(
    ("events", "part", "expected"),
    LEFT,
    ids=[f"{' '.join(type(event).__name__ for event in events)}: {part}" for events, part, _ in LEFT],
)
def test_what_an_event_leaves(tape: Tape, events: tuple[e.Event, ...], part: str, expected: object) -> None:
    assert attrgetter(part)(tape.note(*events).state) == expected


@pytest.mark.parametrize("event", [e.NoteAdded("a"), e.VisitReopened(3), e.IdentityMismatched("x", "typed")])
def test_some_entries_are_for_the_record_alone(tape: Tape, event: e.Event) -> None:
    before = tape.note(e.NoteAdded("before")).state
    assert replace(tape.note(event).state, number=before.number) == before


def test_an_answer_changes_no_earlier_state(tape: Tape) -> None:
    before = tape.note(e.QuestionAnswered("mood", answer=False)).state
    tape.note(e.QuestionAnswered("mood", answer=True))
    assert before.answers == {"mood": False}


def test_everybody_who_worked_on_the_bag_is_one_of_its_hands(tape: Tape) -> None:
    acts: tuple[e.Event, ...] = (
        e.ProductRecorded(VIAL, "typed"),
        e.VialInspected("clear"),
        DILUENT,
        e.DoseAdded(Decimal(15)),
        e.BagInverted(),
        e.DilutionFinished(),
        e.BagInspected("clear"),
        e.BagLabelled(),
    )
    for number, act in enumerate(acts):
        tape.note(act, by=f"nurse {number}")
    tape.note(e.BagMoved("refrigerator"), e.BagWarmed(), e.LineReadied("left forearm"), by="helper")
    assert tape.state.bag.hands == {f"nurse {number}" for number in range(len(acts))}


def test_wrong_entries_are_passed_over(tape: Tape) -> None:
    tape.note(e.VitalSignsRecorded(pressure(150)), e.VitalSignsRecorded(pressure(90)))
    before = fold(tape.items[:2])
    tape.wait(minutes=1).note(e.EntryMarkedInError(3, "other patient"))
    assert tape.state.vitals == before.vitals
    assert tape.state.number == 4
    assert tape.state.last_moment == tape.now


def test_the_time_of_a_wrong_entry_still_counts(tape: Tape) -> None:
    tape.infusing().wait(minutes=10).note(e.NoteAdded("wrong")).reboot(off=5 * MINUTE, started_for=MINUTE)
    tape.note(e.EntryMarkedInError(3, "wrong"))
    assert tape.state.last_moment.since(tape.state.started_at) == Span(21 * MINUTE, 26 * MINUTE)


def test_a_stop_in_the_flush_keeps_when_the_bag_was_used_up(tape: Tape) -> None:
    tape.note(STARTED, EMPTY).wait(minutes=3).note(e.InfusionStopped("line lost"))
    assert tape.state.bag.used_up_at == NOW
