"""The visit's own entries joined with the record: what the rules see, and what is simply not there yet."""

from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.facts import BagMove, Identity, Look, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.today import assess_today, facts_today, local_now
from tests.domain.kit import Tape, aware, put, visit_facts
from tests.kit import VIAL

DILUENT = e.DiluentRecorded("sodium-chloride-0.9", Decimal(100), "B778")
BAG_RULES = {"diluent", "bag-volume", "dose-volume", "final-volume", "inspection", "stability", "warm-up"}


@pytest.fixture
def tape(protocol: InfusionProtocol) -> Tape:
    return Tape(protocol).wait(minutes=10)


def test_what_the_visit_found_out_is_joined_with_the_record(tape: Tape) -> None:
    tape.note(e.PatientIdentified("TRN000417", "typed"), e.QuestionAnswered("breastfeeding", answer=False))
    tape.note(e.VitalSignsRecorded(VitalSigns(pulse=Decimal(72))), e.ProductRecorded(VIAL, "typed"))
    facts = facts_today(tape.state)
    assert facts.identity == Identity("TRN000417", "TRN000417")
    assert facts.answers == {"breastfeeding": False}
    assert facts.vitals == VitalSigns(pulse=Decimal(72))
    assert (facts.product, facts.preparation) == (VIAL, None)
    assert facts.labs == visit_facts().labs


def test_decisions_of_the_visit_come_after_those_of_the_record(protocol: InfusionProtocol) -> None:
    known = {"about": "mood", "decision": "do-not-give", "by": "one", "at": "2026-11-22"}
    tape = Tape(protocol, visit_facts(put("patient.decisions", [known])))
    tape.note(e.DecisionRecorded("mood", "proceed", "two"))
    patient = facts_today(tape.state).patient
    assert patient is not None
    assert [decision.by for decision in patient.decisions] == ["one", "two"]


def test_a_visit_without_any_facts_of_the_patient_is_judged_too(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol, visit_facts(put("patient", None)))
    assert "age-minimum" in assess_today(tape.state, tape.now).open_rules()


def test_the_bag_as_far_as_it_has_come(tape: Tape) -> None:
    tape.note(DILUENT, e.DoseAdded(Decimal(15), Decimal(2)), e.DilutionFinished(), e.BagMoved("refrigerator"))
    made = facts_today(tape.state).preparation
    assert made is not None
    assert (made.diluent, made.bag_ml) == ("sodium-chloride-0.9", Decimal(100))
    assert (made.added_ml, made.withdrawn_from_bag_ml) == (Decimal(15), Decimal(2))
    assert (made.diluted_at, made.cold) == (tape.truth, True)
    assert made.locations == (BagMove(tape.truth, "refrigerator"),)


@pytest.mark.parametrize(
    ("vial", "bag", "worse"),
    [
        (None, None, None),
        ("clear", None, None),
        ("clear", "clear", "clear"),
        (None, "shaken", "shaken"),
        ("clear", "particles", "particles"),
        ("discoloured", "clear", "discoloured"),
        ("discoloured", None, "discoloured"),
    ],
)
def test_of_two_looks_the_worse_counts(tape: Tape, vial: Look | None, bag: Look | None, worse: str | None) -> None:
    tape.note(DILUENT)
    if vial is not None:
        tape.note(e.VialInspected(vial))
    if bag is not None:
        tape.note(e.BagInspected(bag))
    made = facts_today(tape.state).preparation
    assert made is not None
    assert made.inspection == worse


@pytest.mark.parametrize(
    "events", [(DILUENT,), (e.VialInspected("clear"),), (e.DoseAdded(Decimal(15)),), (DILUENT, e.DilutionFinished())]
)
def test_what_is_not_done_yet_is_no_finding(tape: Tape, events: tuple[e.Event, ...]) -> None:
    tape.note(*events)
    assert BAG_RULES.isdisjoint(assess_today(tape.state, tape.now).open_rules())


def test_what_is_wrong_already_is_a_finding_at_once(tape: Tape) -> None:
    tape.note(e.DiluentRecorded("glucose-5", Decimal(100)), e.VialInspected("particles"))
    assert {"diluent", "inspection"} <= set(assess_today(tape.state, tape.now).open_rules())


def test_a_bag_that_should_be_done_must_have_everything(tape: Tape) -> None:
    tape.note(e.DilutionFinished(), e.BagInspected("clear"), e.BagLabelled(), e.VialInspected("clear"))
    found = set(assess_today(tape.state, tape.now).open_rules())
    assert {"diluent", "bag-volume", "dose-volume", "final-volume"} <= found


def test_a_cold_bag_is_a_finding_once_there_is_a_bag(tape: Tape) -> None:
    tape.note(DILUENT, e.BagMoved("refrigerator"))
    assert "warm-up" not in assess_today(tape.state, tape.now).open_rules()
    tape.note(e.DilutionFinished())
    assert "warm-up" in assess_today(tape.state, tape.now).open_rules()


def test_from_the_start_on_the_judgement_is_that_of_the_start(tape: Tape) -> None:
    tape.infusing()
    assert assess_today(tape.state, tape.now).findings == ()
    assert assess_today(tape.state, tape.now).decision == "proceed"


def test_it_is_the_day_that_the_workstation_shows(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol, begins=Tape.T0.replace(hour=23))
    here = aware(tape.state, timedelta(hours=2))
    assert local_now(here, tape.now).isoformat() == "2026-11-23T01:00:00+02:00"
    assert local_now(here, tape.now) == local_now(tape.state, tape.now)
