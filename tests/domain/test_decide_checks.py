"""Identity, answers, vital signs, decisions, and the end of the pre-checks."""

from datetime import date
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.facts import DecisionWord, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import Change, given_before, pressure, put, visit_facts
from tests.domain.stages import Stages, at
from tests.kit import WELL, TestVisit

BORN, NOT_BORN = date(1988, 3, 14), date(1988, 4, 13)


def in_prechecks(protocol: InfusionProtocol, *changes: Change, vitals: VitalSigns = WELL) -> TestVisit:
    """Identified, all answered with no, vital signs taken."""
    visit = TestVisit(protocol, visit_facts(*changes)).to("prechecks")
    visit.do(c.AnswerRest(answer=False))
    visit.do(c.RecordVitalSigns(vitals))
    return visit


def decision(
    about: str, word: DecisionWord = "proceed", by: str = "prescriber", *, read_back: bool = True
) -> c.RecordDecision:
    return c.RecordDecision(about, word, by, read_back)


# --- identity ---


@pytest.mark.parametrize(
    ("wristband", "born", "reason"),
    [
        ("TRN000417", None, None),
        ("TRN000417", BORN, None),
        ("TRN000417", NOT_BORN, Reason.BIRTH_DATE_MISMATCH),
        ("TRN000418", BORN, Reason.IDENTITY_MISMATCH),
        ("trn000417", BORN, Reason.IDENTITY_MISMATCH),
        ("TRN000417 ", BORN, Reason.IDENTITY_MISMATCH),
        ("TRN00041", BORN, Reason.IDENTITY_MISMATCH),
        ("", BORN, Reason.IDENTITY_MISMATCH),
    ],
)
def test_both_identifiers_must_be_the_patients_to_the_letter(
    stages: Stages, wristband: str, born: date | None, reason: Reason | None
) -> None:
    verdict = stages.verdict("identify", c.Identify(wristband, born, "scanned"))
    if reason is None:
        assert verdict == (e.PatientIdentified(wristband, "scanned"),)
    else:
        assert verdict == Rejected(reason, events=(e.IdentityMismatched(wristband, "scanned"),))


@pytest.mark.parametrize("path", ["patient.birth_date", "patient"])
def test_a_birth_date_that_is_not_on_record_can_not_disagree(protocol: InfusionProtocol, path: str) -> None:
    visit = TestVisit(protocol, visit_facts(put(path, None)))
    visit.do(c.Identify("TRN000417", BORN))
    assert visit.shown()["phase"] == "prechecks"


@pytest.mark.parametrize("stage", ["infuse", "observe", "reaction", "discharge"])
def test_a_wrong_wristband_is_told_and_noted_at_any_time(stages: Stages, stage: str) -> None:
    verdict = stages.verdict(stage, c.Identify("TRN000418"))
    assert verdict == Rejected(Reason.IDENTITY_MISMATCH, events=(e.IdentityMismatched("TRN000418", "typed"),))


def test_a_refused_wristband_leaves_an_entry_and_the_visit_as_it_was(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.refused(c.Identify("TRN000418"))
    assert isinstance(visit.visit.record[-1].event, e.IdentityMismatched)
    assert (visit.state.phase, visit.state.wristband) == ("identify", None)


# --- answers ---


def test_an_answer_may_be_changed(stages: Stages) -> None:
    yes = c.AnswerQuestion("suicidal_thoughts", answer=True)
    assert stages.events("prepare", yes) == (e.QuestionAnswered("suicidal_thoughts", answer=True),)


def test_only_questions_of_the_protocol_can_be_answered(stages: Stages) -> None:
    verdict = stages.verdict("prechecks", c.AnswerQuestion("favourite_colour", answer=True))
    assert verdict == Rejected(Reason.UNKNOWN_QUESTION, ("favourite_colour",))


def test_the_rest_is_what_has_no_answer_yet(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.AnswerQuestion("suicidal_thoughts", answer=True))
    entries = visit.do(c.AnswerRest(answer=False))
    asked = [item.event.question for item in entries if isinstance(item.event, e.QuestionAnswered)]
    assert asked == [question.id for question in protocol.questions if question.id != "suicidal_thoughts"]
    assert visit.state.answers["suicidal_thoughts"] is True
    assert visit.refused(c.AnswerRest(answer=False)).reason == Reason.NOTHING_TO_ANSWER


# --- vital signs ---


@pytest.mark.parametrize(
    ("vitals", "verdict"),
    [
        (VitalSigns(), Rejected(Reason.NO_VALUES)),
        (VitalSigns(systolic=Decimal(29)), Rejected(Reason.IMPOSSIBLE_VALUE, ("systolic",))),
        (VitalSigns(systolic=Decimal(30)), None),
        (VitalSigns(systolic=Decimal(300)), None),
        (VitalSigns(systolic=Decimal(301)), Rejected(Reason.IMPOSSIBLE_VALUE, ("systolic",))),
        (VitalSigns(temperature_c=Decimal("98.6")), Rejected(Reason.IMPOSSIBLE_VALUE, ("temperature_c",))),
        (
            VitalSigns(pulse=Decimal(9), spo2=Decimal(101)),
            Rejected(Reason.IMPOSSIBLE_VALUE, ("pulse", "spo2")),
        ),
        (VitalSigns(pulse=Decimal(72)), None),
    ],
)
def test_a_slip_of_the_finger_is_no_vital_sign(stages: Stages, vitals: VitalSigns, verdict: Rejected | None) -> None:
    assert stages.verdict("prechecks", c.RecordVitalSigns(vitals)) == (verdict or (e.VitalSignsRecorded(vitals),))


@pytest.mark.parametrize("stage", ["prechecks", "prepare", "ready", "discharge"])
def test_a_low_pressure_opens_no_reaction_while_no_drug_works(stages: Stages, stage: str) -> None:
    low = c.RecordVitalSigns(pressure(80))
    assert stages.events(stage, low) == (e.VitalSignsRecorded(pressure(80)),)


# --- decisions ---


@pytest.mark.parametrize(
    ("command", "reason", "details"),
    [
        (decision("mood"), None, ()),
        (decision("next-infusion"), None, ()),
        (decision("resume-after-mild"), None, ()),
        (decision("the-weather"), Reason.UNKNOWN_RULE, ("the-weather",)),
        (decision("mood", by=" "), Reason.NAME_MISSING, ()),
        (decision("mood", read_back=False), Reason.NOT_READ_BACK, ()),
        (decision("observation-time"), Reason.NOT_ALLOWED_FOR_PATIENT, ()),
    ],
)
def test_a_decision_has_a_subject_a_name_and_was_read_back(
    stages: Stages, command: c.RecordDecision, reason: Reason | None, details: tuple[str, ...]
) -> None:
    verdict = stages.verdict("infuse", command)
    if reason is None:
        assert verdict == (e.DecisionRecorded(command.about, "proceed", "prescriber"),)
    else:
        assert verdict == Rejected(reason, details)


def test_the_name_of_who_decided_is_kept_without_spaces(stages: Stages) -> None:
    assert stages.events("infuse", decision("mood", by=" prescriber ")) == (
        e.DecisionRecorded("mood", "proceed", "prescriber"),
    )


def test_a_shorter_watch_is_for_whom_the_protocol_allows_it(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, visit_facts(given_before(12))).to("observe").wait(minutes=1)
    assert visit.refused(c.CompleteObservation()).reason == Reason.TOO_EARLY
    visit.do(decision("observation-time"))
    visit.do(c.CompleteObservation())


# --- the end of the pre-checks ---


def test_a_sign_that_was_not_taken_holds_the_dose_back(protocol: InfusionProtocol) -> None:
    visit = in_prechecks(protocol, vitals=pressure(124))
    assert visit.refused(c.FinishPrechecks()) == Rejected(Reason.FINDINGS_OPEN, ("vital-signs-missing",))


def test_a_patient_with_nothing_open_goes_on(protocol: InfusionProtocol) -> None:
    visit = in_prechecks(protocol)
    (entry,) = visit.do(c.FinishPrechecks())
    assert isinstance(entry.event, e.PrechecksFinished)
    assert entry.event.decision == "proceed"
    assert [finding.rule for finding in entry.event.findings] == ["lymphocytes"]


def test_cautions_are_acknowledged_by_going_on(protocol: InfusionProtocol) -> None:
    visit = in_prechecks(protocol, put("patient.birth_date", "1961-01-01"))
    (entry,) = visit.do(c.FinishPrechecks())
    assert isinstance(entry.event, e.PrechecksFinished)
    assert entry.event.decision == "caution"


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (put("patient.history.pml", True), ("pml-history",)),
        (put("patient.history.pml", None), ("pml-history",)),
        (put("order.dose_mg", 150), ("dose-fixed",)),
    ],
)
def test_a_hold_or_a_stop_holds_the_dose_back(
    protocol: InfusionProtocol, change: Change, rules: tuple[str, ...]
) -> None:
    assert in_prechecks(protocol, change).refused(c.FinishPrechecks()) == Rejected(Reason.FINDINGS_OPEN, rules)


def test_all_that_is_open_is_named_once_and_the_worst_first(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, visit_facts(put("patient.history.pml", True))).to("prechecks")
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    visit.do(c.AnswerQuestion("antimicrobial_course", answer=True))
    refusal = visit.refused(c.FinishPrechecks())
    assert refusal.details == ("pml-history", "infection", "unanswered", "vital-signs-missing")


def test_a_hold_is_cleared_by_a_decision_and_a_stop_is_not(protocol: InfusionProtocol) -> None:
    visit = in_prechecks(protocol)
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    visit.do(c.AnswerQuestion("jaundice_or_dark_urine", answer=True))
    visit.do(decision("infection"))
    visit.do(decision("jaundice"))
    assert visit.refused(c.FinishPrechecks()).details == ("jaundice",)
    visit.do(c.AnswerQuestion("jaundice_or_dark_urine", answer=False))
    visit.do(c.FinishPrechecks())


def test_do_not_give_holds_the_dose_back_even_when_nothing_else_does(protocol: InfusionProtocol) -> None:
    visit = in_prechecks(protocol)
    visit.do(decision("mood", "do-not-give"))
    assert visit.refused(c.FinishPrechecks()) == Rejected(Reason.DO_NOT_GIVE, ("mood",))
    visit.do(decision("mood"))
    visit.do(c.FinishPrechecks())


def test_do_not_give_holds_a_prepared_dose_back(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    visit.do(decision("mood", "do-not-give"))
    visit.do(decision("infection", "do-not-give"))
    assert visit.refused(c.StartInfusion(Decimal(115))) == Rejected(Reason.DO_NOT_GIVE, ("mood", "infection"))


def test_a_no_to_something_else_than_a_rule_holds_no_dose_back(protocol: InfusionProtocol) -> None:
    visit = in_prechecks(protocol)
    visit.do(decision("next-infusion", "do-not-give"))
    visit.do(c.FinishPrechecks())


# --- not given ---


def test_not_given_today_closes_the_visit(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    assert visit.refused(c.DoNotGive(" ")).reason == Reason.REASON_MISSING
    visit.do(c.DoNotGive(" ill "))
    assert (visit.state.not_given, visit.shown()["outcome"], visit.state.is_open) == ("ill", "not-given", False)


def test_a_reaction_is_closed_before_the_dose_is_not_given(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "prechecks")
    visit.do(c.OpenReaction(("dizziness",)))
    assert visit.refused(c.DoNotGive("fainted")).reason == Reason.WRONG_STEP
    visit.do(c.CloseReaction("resolved"))
    visit.do(c.DoNotGive("fainted"))
