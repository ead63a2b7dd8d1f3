"""What follows a reaction: its CTCAE grade, the dose at its onset, handing over, the follow-up call."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain import patient_events as p
from nurse_app.domain.after_reaction_commands import GradeReaction, HandOver
from nurse_app.domain.carry_over import carry_over
from nurse_app.domain.ctcae_grading import GradeSuggestion, suggest, suggested_term
from nurse_app.domain.deciding.outcome import Reason
from nurse_app.domain.events import Outcome
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.follow_up_call import call_after, call_due, call_of, is_followed_up
from nurse_app.domain.patient_record import CallOnRecord, PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import TENTH, rounded
from nurse_app.domain.reaction import delivered_at_onset
from nurse_app.domain.state import CtcaeGrade
from tests.kit import SECOND, TestVisit
from tests.presentation.running_visits import running, vitals

ONSET = datetime(2026, 11, 22, 9, 58, tzinfo=UTC)
HOUR = timedelta(hours=1)


def reacting(protocol: InfusionProtocol, *signs: str, minutes: float = 18) -> TestVisit:
    visit = running(protocol, minutes)
    visit.do(c.OpenReaction(signs))
    return visit


# --- the grade as an entry ---


def test_a_grade_is_recorded_with_its_version_and_may_be_changed(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    assert [item.event for item in visit.do(GradeReaction("allergic-reaction", 2))] == [
        e.CtcaeGraded("allergic-reaction", 2, "5.0", 1)
    ]
    assert visit.do(GradeReaction("allergic-reaction", 2)) == (), "it says nothing new"
    visit.do(c.CloseReaction("resolved"))
    visit.wait(hours=3).do(c.CompleteObservation())
    visit.do(c.Discharge())
    visit.do(GradeReaction("anaphylaxis", 3))
    assert visit.state.reactions[0].ctcae == graded("anaphylaxis", 3)
    visit.do(c.CorrectEntry(visit.state.number, "a slip of the finger"))
    assert visit.state.reactions[0].ctcae == graded("allergic-reaction", 2)


def graded(term: str, grade: int) -> CtcaeGrade:
    return CtcaeGrade(term, grade, "5.0")


def test_each_reaction_has_its_own_grade(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    visit.do(c.CloseReaction("resolved"))
    visit.wait(minutes=5).do(c.OpenReaction(("headache",)))
    visit.do(GradeReaction("infusion-related-reaction", 1))
    visit.do(GradeReaction("allergic-reaction", 2, reaction=1))
    first, second = visit.state.reactions
    assert (first.ctcae, second.ctcae) == (
        graded("allergic-reaction", 2),
        graded("infusion-related-reaction", 1),
    )


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (GradeReaction("allergic-reaction", 6), Reason.UNKNOWN_GRADE),
        (GradeReaction("anaphylaxis", 2), Reason.UNKNOWN_GRADE),
        (GradeReaction("headache", 1), Reason.UNKNOWN_GRADE),
        (GradeReaction("allergic-reaction", 2, reaction=2), Reason.NO_REACTION),
        (GradeReaction("allergic-reaction", 2, reaction=-1), Reason.NO_REACTION),
    ],
)
def test_a_grade_that_there_is_not_is_refused(protocol: InfusionProtocol, command: c.Command, reason: Reason) -> None:
    assert reacting(protocol, "hives").refused(command).reason == reason


def test_an_older_protocol_has_no_grades(protocol: InfusionProtocol) -> None:
    visit = reacting(replace(protocol, after_reaction=None), "hives")
    assert visit.refused(GradeReaction("allergic-reaction", 2)).reason == Reason.UNKNOWN_GRADE
    assert suggest(visit.state, visit.state.reactions[0]) is None


def test_handing_over_is_one_entry_with_who_and_when(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    visit.wait(minutes=2).do(HandOver("ambulance", " Sam "), by=SECOND)
    visit.do(HandOver("next-nurse"))
    first, second = visit.state.handovers
    assert (first.by, first.to, first.name, first.at) == (SECOND, "ambulance", "Sam", visit.now)
    assert (second.to, second.name) == ("next-nurse", "")


# --- the grade that is suggested ---


def suggestion(
    visit: TestVisit, term: str = "", outcome: Outcome | None = None
) -> tuple[str, int, tuple[str, ...], tuple[str, ...]]:
    found = suggest(visit.state, visit.state.reactions[-1], term, outcome)
    assert found is not None
    return found.term, found.grade, found.grounds, found.signs


@pytest.mark.parametrize(
    ("signs", "term", "grade"),
    [
        (("headache",), "infusion-related-reaction", 2),
        (("itching",), "allergic-reaction", 1),
        (("widespread-hives",), "allergic-reaction", 1),
        (("wheeze",), "anaphylaxis", 3),
        (("hives", "swelling", "vomiting"), "anaphylaxis", 3),
        (("collapse",), "anaphylaxis", 4),
        (("fever",), "fever", 1),
        (("fever", "itching"), "allergic-reaction", 1),
        (("site-swelling",), "infusion-site-extravasation", 1),
        (("site-swelling", "site-pain"), "infusion-site-extravasation", 2),
    ],
)
def test_term_and_grade_follow_from_the_signs(
    protocol: InfusionProtocol, signs: tuple[str, ...], term: str, grade: int
) -> None:
    assert suggestion(reacting(protocol, *signs))[:2] == (term, grade)


def test_without_any_sign_there_is_nothing_to_suggest(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol)
    reaction = visit.state.reactions[0]
    assert protocol.after_reaction is not None
    assert suggested_term(protocol.after_reaction, reaction) is None
    assert suggest(visit.state, reaction) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), (2, ("interrupted",))),
        ((c.GiveTreatment("antihistamine", "10 mg", "oral"),), (2, ("interrupted", "treated"))),
    ],
)
def test_an_infusion_related_reaction_goes_by_what_it_took(
    protocol: InfusionProtocol, given: tuple[c.Command, ...], expected: tuple[int, tuple[str, ...]]
) -> None:
    visit = reacting(protocol, "headache")
    for command in given:
        visit.do(command)
    assert suggestion(visit)[1:3] == expected


@pytest.mark.parametrize(
    ("given", "grade", "grounds"),
    [
        ((c.GiveTreatment("antihistamine", "10 mg", "oral"),), 2, ("treated",)),
        ((c.GiveTreatment("antihistamine", "10 mg", "iv"),), 3, ("parenteral",)),
        ((c.GiveTreatment("fluids"),), 3, ("parenteral",)),
        ((c.GiveTreatment("epinephrine"),), 3, ("parenteral", "first-line")),
        ((c.GiveTreatment("epinephrine"), c.GiveTreatment("epinephrine")), 4, ("first-line-again",)),
    ],
)
def test_an_allergic_reaction_goes_by_how_it_was_treated(
    protocol: InfusionProtocol, given: tuple[c.Command, ...], grade: int, grounds: tuple[str, ...]
) -> None:
    visit = reacting(protocol, "hives")
    for command in given:
        visit.do(command)
    assert suggestion(visit)[1:3] == (grade, grounds)


@pytest.mark.parametrize(
    ("outcome", "grade", "grounds"),
    [
        ("resolved", 1, ()),
        ("improving", 1, ()),
        ("transferred", 3, ("transferred",)),
        ("died", 5, ("died",)),
    ],
)
def test_the_outcome_that_is_about_to_be_recorded_counts(
    protocol: InfusionProtocol, outcome: Outcome, grade: int, grounds: tuple[str, ...]
) -> None:
    visit = reacting(protocol, "hives")
    assert suggestion(visit, outcome=outcome)[1:3] == (grade, grounds)
    visit.do(c.CloseReaction(outcome))
    assert suggestion(visit)[1:3] == (grade, grounds)


def test_a_reaction_after_the_infusion_interrupted_nothing(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    visit.do(c.OpenReaction(("headache",)))
    assert suggestion(visit)[1:3] == (1, ())


def test_another_term_is_graded_when_somebody_chooses_it(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    assert suggestion(visit, "anaphylaxis")[:2] == ("anaphylaxis", 3)
    assert suggest(visit.state, visit.state.reactions[0], "headache") is None


@pytest.mark.parametrize(
    ("celsius", "grade", "reason"),
    [("37.9", 1, None), ("38", 1, "38"), ("39", 1, "39"), ("39.1", 2, "39.1"), ("40", 2, "40"), ("40.1", 3, "40.1")],
)
def test_fever_goes_by_the_highest_temperature(
    protocol: InfusionProtocol, celsius: str, grade: int, reason: str | None
) -> None:
    visit = reacting(protocol, "fever")
    visit.wait(minutes=1).do(c.RecordVitalSigns(VitalSigns(temperature_c=Decimal(celsius))))
    visit.wait(minutes=1).do(c.RecordVitalSigns(VitalSigns(temperature_c=Decimal("36.9"))))
    found = suggest(visit.state, visit.state.reactions[0])
    expected = None if reason is None else Decimal(reason)
    assert found == GradeSuggestion("fever", grade, temperature_c=expected)


def test_a_temperature_after_the_reaction_is_none_of_it(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "fever")
    visit.wait(minutes=1).do(c.CloseReaction("resolved"))
    visit.wait(minutes=1).do(c.RecordVitalSigns(VitalSigns(temperature_c=Decimal(41))))
    found = suggest(visit.state, visit.state.reactions[0])
    assert found is not None
    assert (found.grade, found.temperature_c) == (1, None)


# --- the dose at onset ---


def dose_at_onset(visit: TestVisit, place: int = -1) -> Decimal | None:
    found = delivered_at_onset(visit.state, visit.state.reactions[place])
    return None if found is None else rounded(found.dose_mg, TENTH)


@pytest.mark.parametrize(("minutes", "dose"), [(0, "0"), (18, "90"), (12.34, "61.7"), (59, "295")])
def test_the_dose_at_onset_is_what_had_run(protocol: InfusionProtocol, minutes: float, dose: str) -> None:
    visit = reacting(protocol, "headache", minutes=minutes)
    assert dose_at_onset(visit) == Decimal(dose)


def test_what_runs_after_a_mild_reaction_is_not_of_its_onset(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    visit.wait(minutes=10).do(c.CloseReaction("resolved"))
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True))
    visit.do(c.ResumeInfusion())
    visit.wait(minutes=10).do(c.OpenReaction(("nausea",)))
    assert (dose_at_onset(visit, 0), dose_at_onset(visit, 1)) == (Decimal(90), Decimal(140))
    visit.wait(minutes=5)
    assert dose_at_onset(visit, 0) == Decimal(90)


def test_after_the_bag_is_empty_it_is_the_whole_dose(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush").wait(minutes=1)
    visit.do(c.OpenReaction(("hives",)))
    assert dose_at_onset(visit) == Decimal(300)


def test_a_bag_that_went_empty_later_changes_nothing_of_an_earlier_onset(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    visit.do(c.CloseReaction("resolved"))
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True))
    visit.do(c.ResumeInfusion())
    visit.wait(minutes=42).do(c.EmptyBag())
    assert dose_at_onset(visit) == Decimal(90)


def test_before_the_start_nothing_had_gone_in(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.OpenReaction(("hives",)))
    assert dose_at_onset(visit) is None
    visit.do(c.CloseReaction("resolved"))
    visit.with_bag()
    visit.wait(minutes=1).do(c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), by=SECOND)
    visit.do(c.ReadyLine("left forearm"))
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True))
    visit.do(c.StartInfusion(Decimal(115)))
    assert dose_at_onset(visit.wait(minutes=5)) is None


# --- the follow-up call ---


def test_whom_the_patient_is_called_for(protocol: InfusionProtocol) -> None:
    allergic, mild, none = (reacting(protocol, *signs) for signs in (("hives",), ("headache",), ()))
    assert is_followed_up(allergic.state, allergic.state.reactions[0])
    assert not is_followed_up(mild.state, mild.state.reactions[0])
    mild.do(c.CloseReaction("resolved"))
    mild.do(c.StopInfusion("the prescriber ends it"))
    assert is_followed_up(mild.state, mild.state.reactions[0]), "it ended the infusion"
    none.do(c.CloseReaction("resolved"))
    none.do(c.StopInfusion("leak"))
    assert not is_followed_up(none.state, none.state.reactions[0])


def test_a_mild_reaction_that_the_infusion_outlasted_needs_no_call(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    visit.wait(minutes=10).do(c.CloseReaction("resolved"))
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True))
    visit.do(c.ResumeInfusion())
    visit.wait(minutes=5).do(c.StopInfusion("leak"))
    assert not is_followed_up(visit.state, visit.state.reactions[0])


@pytest.mark.parametrize("phase", ["prepare", "observe"])
def test_only_what_comes_with_the_drug_is_followed(protocol: InfusionProtocol, phase: str) -> None:
    visit = TestVisit(protocol).to(phase)
    visit.do(c.OpenReaction(("hives",)))
    assert is_followed_up(visit.state, visit.state.reactions[0]) is (phase == "observe")


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (24 * HOUR - timedelta(seconds=1), "later"),
        (24 * HOUR, "due"),
        (72 * HOUR, "due"),
        (72 * HOUR + timedelta(seconds=1), "overdue"),
    ],
)
def test_the_call_is_due_from_24_to_72_hours(protocol: InfusionProtocol, after: timedelta, state: str) -> None:
    call = call_after(protocol, "v-1", ONSET)
    assert call is not None
    assert call.state(ONSET + after) == state
    assert call_of(call.text()) == call


def reacted(*, level: Any = "allergic", onset: datetime = ONSET, died: bool = False) -> PatientRecord:
    reaction = p.ReactionRecorded("v-1", level, onset, died=died)
    return PatientRecord(p.PatientDetails("TRN000417"), reactions=(reaction,))


def called(record: PatientRecord, hours: float, *, reached: bool = True) -> PatientRecord:
    call = CallOnRecord(ONSET + hours * HOUR, p.FollowUpCallMade("v-1", reached))
    return replace(record, calls=(*record.calls, call))


def test_a_call_stays_due_until_the_patient_was_reached_in_its_time(protocol: InfusionProtocol) -> None:
    record = reacted()
    due = call_due(protocol, record)
    assert due == call_after(protocol, "v-1", ONSET)
    assert call_due(protocol, called(record, 23.9)) == due, "too early"
    assert call_due(protocol, called(record, 30, reached=False)) == due
    assert call_due(protocol, called(record, 24)) is None
    assert call_due(protocol, called(record, 100)) is None, "late, but made"


def test_of_several_reactions_the_first_call_is_named(protocol: InfusionProtocol) -> None:
    later = p.ReactionRecorded("v-2", "allergic", ONSET + 20 * HOUR)
    both = replace(reacted(), reactions=(later, *reacted().reactions))
    assert call_due(protocol, both) == call_after(protocol, "v-1", ONSET)
    assert call_due(protocol, called(both, 30)) == call_after(protocol, "v-2", ONSET + 20 * HOUR)
    assert call_due(protocol, called(both, 44)) is None


def test_two_reactions_of_a_visit_mean_one_call(protocol: InfusionProtocol) -> None:
    second = p.ReactionRecorded("v-1", "allergic", ONSET + timedelta(minutes=50), number=2)
    both = replace(reacted(), reactions=(second, *reacted().reactions))
    assert call_due(protocol, both) == call_after(protocol, "v-1", ONSET)
    assert call_due(protocol, called(both, 23.9)) == call_after(protocol, "v-1", ONSET)
    assert call_due(protocol, called(both, 24.1)) is None


def test_nobody_calls_after_a_death_or_without_a_rule(protocol: InfusionProtocol) -> None:
    assert call_due(protocol, reacted(died=True)) is None
    assert call_due(protocol, PatientRecord(p.PatientDetails("TRN000417"))) is None
    assert call_due(replace(protocol, after_reaction=None), reacted()) is None


# --- carried over to the patient's record ---


def left(visit: TestVisit, record: PatientRecord) -> list[p.PatientEvent]:
    found = carry_over("v-1", visit.state, record, visit.now)
    return [event for event in found if isinstance(event, p.ReactionRecorded)]


def test_a_reaction_is_carried_over_once_and_again_when_it_gets_worse(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    empty = PatientRecord(p.PatientDetails("TRN000417"))
    (first,) = left(visit, empty)
    known = replace(empty, reactions=(first,))
    assert first == p.ReactionRecorded("v-1", "allergic", visit.state.reactions[0].opened_at.latest)
    assert left(visit, known) == []
    visit.wait(minutes=1).do(c.NoteSign("stridor"))
    (worse,) = left(visit, known)
    assert worse == replace(first, level="anaphylaxis")
    known = replace(empty, reactions=(worse,))
    assert left(visit, known) == []
    visit.do(c.CloseReaction("died"))
    (dead,) = left(visit, known)
    assert dead == replace(worse, died=True)
    assert left(visit, replace(empty, reactions=(dead,))) == []


def test_a_death_in_a_later_reaction_is_written_to_the_first_one(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    visit.do(c.CloseReaction("resolved"))
    record = PatientRecord(p.PatientDetails("TRN000417"))
    (first,) = left(visit, record)
    known = replace(record, reactions=(first,))
    visit.do(c.OpenReaction(()))
    visit.do(c.CloseReaction("died"))
    assert left(visit, known) == [replace(first, died=True)]
    assert call_due(protocol, replace(record, reactions=(replace(first, died=True),))) is None


def test_a_corrected_onset_is_carried_over_again(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    record = PatientRecord(p.PatientDetails("TRN000417"))
    (first,) = left(visit, record)
    earlier = replace(first, onset_at=first.onset_at - timedelta(minutes=2))
    assert left(visit, replace(record, reactions=(earlier,))) == [first]


def test_another_visits_reaction_hides_nothing(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    other = p.ReactionRecorded("v-0", "anaphylaxis", ONSET)
    assert len(left(visit, replace(PatientRecord(p.PatientDetails("TRN000417")), reactions=(other,)))) == 1


def test_an_uneventful_visit_leaves_no_reaction(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("closed")
    assert left(visit, PatientRecord(p.PatientDetails("TRN000417"))) == []


def test_vital_signs_that_open_a_reaction_are_followed_up_too(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 10)
    visit.do(vitals(80, 40))
    (found,) = left(visit, PatientRecord(p.PatientDetails("TRN000417")))
    assert isinstance(found, p.ReactionRecorded)
    assert found.level == "anaphylaxis"
