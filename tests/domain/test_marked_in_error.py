"""A slip that was taken back: what it had made of itself falls with it; level and stop of today stay."""

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain import patient_events as p
from nurse_app.domain.carry_over import carry_over
from nurse_app.domain.evolve import fold
from nurse_app.domain.patient_record import PatientRecord, evolve_patient
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import RaiseLevel
from nurse_app.domain.record import Entry, Recorded
from tests.domain.kit import pressure
from tests.domain.stages import at
from tests.kit import TestVisit

LOW = c.RecordVitalSigns(pressure(84))
FLAG = e.HypersensitivitySuspected(permanent=True)


def take_back(visit: TestVisit, event: e.Event) -> None:
    """The newest entry of it is marked in error."""
    number = next(item.number for item in reversed(visit.visit.record) if item.event == event)
    visit.wait(minutes=1).do(c.CorrectEntry(number, "slip"))
    assert fold(visit.visit.record) == visit.state


def flag(visit: TestVisit) -> str:
    return visit.state.hypersensitivity


def slipped(protocol: InfusionProtocol) -> TestVisit:
    """Itching; then wheeze, which nobody had."""
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.OpenReaction(("itching",)))
    visit.wait(minutes=1).do(c.NoteSign("wheeze"))
    assert flag(visit) == "permanent"
    return visit


def mistyped(protocol: InfusionProtocol) -> TestVisit:
    """In the watch, 84 was typed for 124."""
    visit = at(protocol, "observe")
    visit.do(LOW)
    assert flag(visit) == "permanent"
    return visit


def test_the_flag_for_good_falls_back_with_the_sign_it_rested_on(protocol: InfusionProtocol) -> None:
    visit = slipped(protocol)
    take_back(visit, e.SignNoted("wheeze"))
    (reaction,) = visit.state.reactions
    assert flag(visit) == "suspected"
    assert (reaction.level, reaction.reasons, visit.state.run.status) == ("anaphylaxis", (), "stopped")


def test_it_is_for_good_again_when_the_sign_comes(protocol: InfusionProtocol) -> None:
    visit = slipped(protocol)
    take_back(visit, e.SignNoted("wheeze"))
    entries = visit.wait(minutes=1).do(c.NoteSign("stridor"))
    assert [entry.event for entry in entries] == [e.SignNoted("stridor"), FLAG]
    assert fold(visit.visit.record) == visit.state
    assert flag(visit) == "permanent"


@pytest.mark.parametrize("when", ["before", "after"])
def test_another_grave_sign_keeps_it(protocol: InfusionProtocol, when: str) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.OpenReaction(("itching",)))
    for sign in ("chest-pain", "wheeze") if when == "before" else ("wheeze", "chest-pain"):
        visit.wait(minutes=1).do(c.NoteSign(sign))
    take_back(visit, e.SignNoted("wheeze"))
    assert flag(visit) == "permanent"


def test_what_a_nurse_saw_keeps_it(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.OpenReaction(()))
    visit.do(c.NoteSign("itching"))
    visit.do(RaiseLevel("severe"))
    take_back(visit, e.SignNoted("itching"))
    assert flag(visit) == "permanent"


def test_two_systems_keep_it_while_one_sign_stands(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.OpenReaction(()))
    visit.do(c.NoteSign("hives"))
    visit.do(c.NoteSign("breathlessness"))
    take_back(visit, e.SignNoted("breathlessness"))
    assert flag(visit) == "permanent"
    take_back(visit, e.SignNoted("hives"))
    assert flag(visit) == "suspected"


def test_the_sign_of_mistyped_vital_signs_goes_with_them(protocol: InfusionProtocol) -> None:
    visit = mistyped(protocol)
    take_back(visit, e.VitalSignsRecorded(LOW.vitals))
    (reaction,) = visit.state.reactions
    assert (reaction.sign_ids, reaction.reasons, reaction.level) == ((), (), "anaphylaxis")
    assert (flag(visit), visit.state.phase) == ("suspected", "reaction")


def test_so_does_the_sign_that_they_added_to_a_reaction(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    visit.wait(minutes=1).do(LOW)
    assert flag(visit) == "permanent"
    take_back(visit, e.VitalSignsRecorded(LOW.vitals))
    assert visit.state.reactions[0].sign_ids == ("nausea",)
    assert flag(visit) == "suspected"


def test_a_second_low_pressure_keeps_the_flag(protocol: InfusionProtocol) -> None:
    visit = mistyped(protocol)
    second = pressure(80)
    visit.wait(minutes=1).do(c.RecordVitalSigns(second))
    take_back(visit, e.VitalSignsRecorded(LOW.vitals))
    assert flag(visit) == "permanent"


def test_good_vital_signs_in_error_change_no_sign(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    good = c.RecordVitalSigns(pressure(120))
    visit.do(good)
    visit.do(c.DoAction("call-help"))
    take_back(visit, e.VitalSignsRecorded(good.vitals))
    assert visit.state.reactions[0].sign_ids == ("nausea",)


def test_the_patients_record_follows(protocol: InfusionProtocol) -> None:
    visit = slipped(protocol)
    record = PatientRecord(p.PatientDetails("TRN000417"))

    def leave() -> tuple[PatientRecord, list[bool]]:
        after, flags = record, []
        for event in carry_over("v-1", visit.state, record, visit.now):
            after = evolve_patient(after, Recorded(1, "e1", Entry(event, "nurse", visit.reading())))
            flags += [event.permanent] if isinstance(event, p.HypersensitivityFlagged) else []
        return after, flags

    record, flags = leave()
    assert (record.hypersensitivity, flags) == ("permanent", [True])
    take_back(visit, e.SignNoted("wheeze"))
    record, flags = leave()
    assert (record.hypersensitivity, flags) == ("suspected", [False])
    assert leave()[1] == []


def test_a_flag_for_good_of_another_visit_stays(protocol: InfusionProtocol) -> None:
    record = PatientRecord(p.PatientDetails("TRN000417"))
    reading = at(protocol, "prechecks").reading()
    for event in (p.HypersensitivityFlagged("v-0", permanent=True), p.HypersensitivityFlagged("v-1", permanent=False)):
        record = evolve_patient(record, Recorded(1, "e1", Entry(event, "nurse", reading)))
    assert record.hypersensitivity == "permanent"
