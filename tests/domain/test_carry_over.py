"""What a visit leaves on the patient's record: each thing once, however often it is worked out."""

from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import events as e
from nurse_app.domain import patient_events as p
from nurse_app.domain.carry_over import carry_over
from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.patient_record import PatientRecord, evolve_patient
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from tests.domain.kit import Tape

EMPTY_RECORD = PatientRecord(p.PatientDetails("TRN000417"))
SUSPECTED = e.HypersensitivitySuspected(permanent=False)
PERMANENT = e.HypersensitivitySuspected(permanent=True)
FLAGGED = p.HypersensitivityFlagged("v-1", permanent=False)
FLAGGED_FOR_GOOD = p.HypersensitivityFlagged("v-1", permanent=True)
CLEARED = p.HypersensitivityCleared("prescriber", "tolerated")


def left(tape: Tape, record: PatientRecord = EMPTY_RECORD) -> tuple[p.PatientEvent, ...]:
    return carry_over("v-1", tape.state, record, tape.now)


def after(tape: Tape, *events: p.PatientEvent) -> PatientRecord:
    record = EMPTY_RECORD
    for event in events:
        record = evolve_patient(record, Recorded(1, "e1", Entry(event, "nurse", tape.reading())))
    return record


@pytest.fixture
def tape(protocol: InfusionProtocol) -> Tape:
    return Tape(protocol)


def test_a_visit_without_an_infusion_leaves_nothing(tape: Tape) -> None:
    assert left(tape.note(e.NotGiven("ill"))) == ()


@pytest.mark.parametrize(
    ("noted", "known", "expected"),
    [
        ((), (), ()),
        ((SUSPECTED,), (), (FLAGGED,)),
        ((PERMANENT,), (), (FLAGGED_FOR_GOOD,)),
        ((SUSPECTED,), (FLAGGED,), ()),
        ((PERMANENT,), (FLAGGED_FOR_GOOD,), ()),
        ((SUSPECTED, PERMANENT), (FLAGGED,), (FLAGGED_FOR_GOOD,)),
        ((SUSPECTED,), (FLAGGED, CLEARED), ()),
        ((SUSPECTED,), (p.HypersensitivityFlagged("v-0", permanent=False),), (FLAGGED,)),
        ((SUSPECTED,), (p.HypersensitivityFlagged("v-0", permanent=False), CLEARED), (FLAGGED,)),
    ],
)
def test_the_flag_is_left_once(
    tape: Tape,
    noted: tuple[e.Event, ...],
    known: tuple[p.PatientEvent, ...],
    expected: tuple[p.PatientEvent, ...],
) -> None:
    assert left(tape.note(*noted), after(tape, *known)) == expected


def test_only_standing_decisions_outlive_the_visit(tape: Tape) -> None:
    tape.note(e.DecisionRecorded("age-elderly", "proceed", "prescriber"))
    tape.note(e.DecisionRecorded("mood", "proceed", "prescriber"))
    kept = p.DecisionKept(PrescriberDecision("age-elderly", "proceed", "prescriber", tape.now.latest), "v-1")
    assert left(tape) == (kept,)
    assert left(tape, after(tape, kept)) == ()


def test_a_decision_of_another_time_is_another_decision(tape: Tape) -> None:
    tape.note(e.DecisionRecorded("age-elderly", "proceed", "prescriber"))
    known = after(tape, *left(tape))
    tape.wait(minutes=1).note(e.DecisionRecorded("age-elderly", "do-not-give", "prescriber"))
    (new,) = left(tape, known)
    assert isinstance(new, p.DecisionKept)
    assert new.decision.decision == "do-not-give"


SLIPPED = (
    e.ReactionOpened(()),
    e.ExtravasationRecorded(1, Decimal(40)),
    e.ReactionClosed("resolved"),
    e.BagEmptied(None, variance=False),
    e.FlushFinished(Decimal(4)),
)


@pytest.mark.parametrize(
    ("minutes", "events", "dose_mg", "complete", "reaction"),
    [
        (60, (e.BagEmptied(None, variance=False), e.FlushFinished(Decimal(4))), "300", True, False),
        (60, SLIPPED, "300", False, False),
        (20, (e.InfusionStopped("leak"),), "100", False, False),
        (12.34, (e.InfusionStopped("reaction", for_reaction=True),), "61.7", False, True),
        (60, (e.BagEmptied(None, variance=False), e.InfusionStopped("line lost")), "300", False, False),
    ],
)
def test_an_infusion_that_is_over_is_left_with_its_dose(
    tape: Tape, minutes: float, events: tuple[e.Event, ...], dose_mg: str, complete: bool, reaction: bool
) -> None:
    begun = tape.truth + timedelta(minutes=5)
    tape.wait(minutes=5).infusing().wait(minutes=minutes).note(*events).wait(hours=1)
    given = p.AdministrationRecorded("v-1", begun, Decimal(dose_mg), complete=complete, reaction=reaction)
    assert left(tape) == (given,)
    assert left(tape, after(tape, given)) == ()


@pytest.mark.parametrize("events", [(), (e.InfusionPaused("alarm"),), (e.BagEmptied(None, variance=False),)])
def test_an_infusion_that_goes_on_is_not_left_yet(tape: Tape, events: tuple[e.Event, ...]) -> None:
    assert left(tape.infusing().wait(minutes=60).note(*events)) == ()


def test_an_infusion_of_another_visit_hides_nothing(tape: Tape) -> None:
    other = p.AdministrationRecorded("v-0", tape.truth, Decimal(300), complete=True, reaction=False)
    tape.infusing().wait(minutes=20).note(e.InfusionStopped("leak"))
    assert len(left(tape, after(tape, other))) == 1
