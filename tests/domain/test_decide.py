"""Every command at every stage of a visit, what is left after its end, and the corrections of a record."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.after_reaction_commands import GradeReaction, HandOver
from nurse_app.domain.alarm_commands import NoteAlarmSounded, NoticeAlarms, PauseAudio
from nurse_app.domain.decide import DECIDERS, decide_correction, decide_start
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.deciding.record import CORRECTABLE
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import CorrectTime, RaiseLevel, RecordExtravasation, StopInReaction
from nurse_app.domain.round_commands import SeenWell
from tests.domain.kit import pressure, put, visit_facts
from tests.domain.stages import STAGES, Stages, at
from tests.kit import SECOND, VIAL, WELL, TestVisit

ALWAYS = STAGES[:-1]
BEFORE_START = ("prechecks", "prepare", "ready")
RUNS = ("infuse", "flush", "observe", "reaction", "discharge")
STARTED = dict.fromkeys(RUNS, Reason.ALREADY_STARTED)
MIXED = {"ready": Reason.BAG_ALREADY_MIXED}
NO_LINE = {"prepare": Reason.LINE_BEFORE_MISSING}
# Taken after the end too; this visit had no reaction.
CLOSED_WITHOUT = {"closed": Reason.NO_REACTION}

# The command, where it is taken, why it is refused elsewhere, and where it is refused for another reason.
Row = tuple[c.Command, tuple[str, ...], Reason | None, dict[str, Reason]]
ROWS: list[Row] = [
    (c.UpdateFacts(visit_facts(put("patient.weight_kg", "50"))), ALWAYS, None, {}),
    (c.Identify("TRN000417"), ("identify", *BEFORE_START), Reason.WRONG_STEP, {}),
    (c.AnswerQuestion("suicidal_thoughts", answer=False), BEFORE_START, Reason.WRONG_STEP, {}),
    (
        c.AnswerRest(answer=False),
        ("prechecks",),
        Reason.WRONG_STEP,
        dict.fromkeys(("prepare", "ready"), Reason.NOTHING_TO_ANSWER),
    ),
    (c.RecordVitalSigns(WELL), ALWAYS[1:], Reason.WRONG_STEP, {}),
    (SeenWell(), ("infuse", "flush", "observe"), Reason.WRONG_STEP, {}),
    (c.RecordDecision("mood", "proceed", "prescriber", read_back=True), STAGES, None, {}),
    (c.FinishPrechecks(), (), Reason.WRONG_STEP, {"prechecks": Reason.FINDINGS_OPEN}),
    (c.RecordProduct(VIAL), ("prepare",), Reason.WRONG_STEP, MIXED),
    (c.InspectVial("clear"), (), Reason.WRONG_STEP, NO_LINE | MIXED),
    (c.RecordDiluent("sodium-chloride-0.9", Decimal(100)), ("prepare",), Reason.WRONG_STEP, MIXED),
    (c.AddDose(Decimal(15)), (), Reason.WRONG_STEP, NO_LINE | MIXED),
    (c.InvertBag(), (), Reason.WRONG_STEP, NO_LINE | MIXED),
    (c.FinishDilution(), (), Reason.WRONG_STEP, NO_LINE | MIXED),
    (c.InspectBag("clear"), ("ready",), Reason.WRONG_STEP, NO_LINE),
    (c.LabelBag(), ("ready",), Reason.WRONG_STEP, NO_LINE),
    (c.MoveBag("refrigerator"), ("ready",), Reason.WRONG_STEP, {"prepare": Reason.NO_BAG}),
    (c.WarmBag(), ("ready",), Reason.WRONG_STEP, {"prepare": Reason.NO_BAG}),
    (c.DiscardBag("leak"), ("ready",), Reason.WRONG_STEP, {"prepare": Reason.NO_BAG}),
    (c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), ("ready",), Reason.WRONG_STEP, NO_LINE),
    (c.ReadyLine("left forearm"), (*BEFORE_START, "infuse", "flush"), Reason.WRONG_STEP, {}),
    (c.StartInfusion(Decimal(115)), ("ready",), Reason.WRONG_STEP, {"prepare": Reason.NO_BAG} | STARTED),
    (c.ChangeRate(Decimal(100), "cold"), ("infuse",), Reason.WRONG_STEP, {}),
    (c.PauseInfusion("alarm"), ("infuse",), Reason.NOT_RUNNING, {}),
    (c.ResumeInfusion(), (), Reason.NOT_PAUSED, {}),
    (c.EmptyBag("free flow"), ("infuse",), Reason.NOT_RUNNING, {}),
    (c.FinishFlush(Decimal(4)), ("flush",), Reason.WRONG_STEP, {}),
    (c.StopInfusion("leak"), ("infuse", "flush"), Reason.NOT_RUNNING, {}),
    (c.OpenReaction(("itching",)), ALWAYS, None, {}),
    (c.NoteSign("itching"), ("reaction",), Reason.NO_REACTION, {}),
    (c.GiveTreatment("oxygen"), ("reaction",), Reason.NO_REACTION, {}),
    (c.DoAction("call-help"), ("reaction",), Reason.NO_REACTION, {}),
    (RaiseLevel("severe"), ("reaction",), Reason.NO_REACTION, {}),
    (StopInReaction("possible PML"), ("reaction",), Reason.NO_REACTION, {}),
    (RecordExtravasation(1), ("reaction",), Reason.NO_REACTION, {}),
    (c.CloseReaction("resolved"), ("reaction",), Reason.NO_REACTION, {}),
    (GradeReaction("infusion-related-reaction", 2), ("reaction",), Reason.NO_REACTION, CLOSED_WITHOUT),
    (HandOver("ambulance"), ("reaction",), Reason.NO_REACTION, CLOSED_WITHOUT),
    (c.CompleteObservation(), (), Reason.WRONG_STEP, {"observe": Reason.TOO_EARLY}),
    (c.LeaveEarly("bus"), ("observe",), Reason.WRONG_STEP, {}),
    (c.Discharge(), ("discharge",), Reason.WRONG_STEP, {}),
    (c.DoNotGive("ill"), ("identify", *BEFORE_START), None, STARTED),
    (c.AddNote("patient slept"), STAGES, None, {}),
    (c.AcknowledgeAlarm("vital-signs-due/0"), (), Reason.UNKNOWN_ALARM, {}),
    (NoticeAlarms(), ALWAYS, None, {}),
    (NoteAlarmSounded(("vital-signs-due/0",), "low"), ALWAYS, None, {}),
    (PauseAudio(("vital-signs-due/0",), 120), (), Reason.UNKNOWN_ALARM, {}),
    (c.NoticeClockStep(timedelta(hours=1)), STAGES, None, {}),
    (c.ReopenVisit(), STAGES, None, {}),
    (c.ConfirmClock(TestVisit.T0), (), Reason.TIME_IS_KNOWN, {}),
]


def cells() -> list[Any]:
    """One case a command and stage."""
    found = []
    for command, taken, elsewhere, but in ROWS:
        for stage in STAGES:
            end = Reason.VISIT_CLOSED if stage == "closed" else elsewhere
            reason = None if stage in taken else but.get(stage, end)
            found.append(pytest.param(command, stage, reason, id=f"{type(command).__name__} in {stage}"))
    return found


@pytest.mark.parametrize(("command", "stage", "reason"), cells())
def test_what_may_be_asked_at_which_stage(
    stages: Stages, command: c.Command, stage: str, reason: Reason | None
) -> None:
    assert stages.reason(stage, command) == reason


def test_every_command_is_decided_and_in_the_table() -> None:
    apart = {c.StartVisit, c.CorrectEntry, CorrectTime}
    assert set(DECIDERS) == set(get_args(c.Command)) - apart
    assert {type(row[0]) for row in ROWS} == set(DECIDERS)


def test_a_visit_may_always_be_started(protocol: InfusionProtocol) -> None:
    facts = visit_facts(put("patient.history.pml", True))
    started = c.StartVisit("p-1", "TRN000417", protocol, "digest", facts)
    assert decide_start(started) == (e.VisitStarted("p-1", "TRN000417", protocol, "digest", facts),)


# --- corrections ---


def entry_of(visit: TestVisit, kind: type) -> int:
    """The number of the last entry of a kind."""
    return next(item.number for item in reversed(visit.visit.record) if isinstance(item.event, kind))


def with_everything(protocol: InfusionProtocol) -> TestVisit:
    """A visit with an entry of each kind that may be corrected."""
    visit = at(protocol, "infuse")
    visit.do(SeenWell())
    visit.wait(minutes=5).do(c.OpenReaction(("nausea",)))
    visit.do(c.RecordDecision("mood", "proceed", "prescriber", read_back=True))
    visit.do(c.NoteSign("site-pain"))
    visit.do(c.GiveTreatment("oxygen"))
    visit.do(c.DoAction("vital-signs"))
    visit.do(GradeReaction("infusion-related-reaction", 2))
    visit.do(HandOver("ambulance"))
    visit.do(RecordExtravasation(1, Decimal(8)))
    visit.do(c.AddNote("patient slept"))
    visit.wait(minutes=30).reboot(up_for_minutes=2).do(c.ReopenVisit())
    visit.do(c.ConfirmClock(visit.reading().wall))
    return visit


@pytest.mark.parametrize("kind", CORRECTABLE)
def test_an_entry_of_this_kind_can_be_marked_in_error_and_stays_in_the_record(
    protocol: InfusionProtocol, kind: type
) -> None:
    visit = with_everything(protocol)
    number = entry_of(visit, kind)
    visit.do(c.CorrectEntry(number, " wrong patient "))
    kept = {item.number: item.event for item in visit.visit.record}
    assert isinstance(kept[number], kind)
    assert kept[max(kept)] == e.EntryMarkedInError(number, "wrong patient")


CORRECTIONS: list[tuple[type, str, str]] = [
    (e.QuestionAnswered, "ready", "unanswered"),
    (e.VitalSignsRecorded, "ready", "vital-signs-missing"),
    (e.DiluentRecorded, "ready", "diluent"),
    (e.DoseAdded, "ready", "dose-volume"),
]


@pytest.mark.parametrize(("kind", "stage", "rule"), CORRECTIONS)
def test_what_was_marked_in_error_is_missing_again(
    protocol: InfusionProtocol, kind: type, stage: str, rule: str
) -> None:
    visit = at(protocol, stage)
    visit.do(c.CorrectEntry(entry_of(visit, kind), "wrong patient"))
    assert rule in visit.shown()["findings"]
    assert visit.refused(c.StartInfusion(Decimal(115))).reason == Reason.FINDINGS_OPEN


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (e.ProductRecorded, Reason.NO_BAG),
        (e.VialInspected, Reason.NO_BAG),
        (e.BagInspected, Reason.NO_BAG),
        (e.LineReadied, Reason.LINE_NOT_READY),
    ],
)
def test_a_line_marked_in_error_is_not_done(protocol: InfusionProtocol, kind: type, reason: Reason) -> None:
    visit = at(protocol, "ready")
    visit.do(c.CorrectEntry(entry_of(visit, kind), "wrong patient"))
    assert visit.refused(c.StartInfusion(Decimal(115))).reason == reason


def test_a_corrected_value_gives_way_to_the_one_before_it(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=15)
    visit.do(c.RecordVitalSigns(VitalSigns(pulse=Decimal(72))))
    visit.do(c.RecordVitalSigns(VitalSigns(pulse=Decimal(172))))
    assert any(alarm.startswith("vital-signs-alarming") for alarm in visit.shown()["alarms"])
    visit.do(c.CorrectEntry(visit.state.number, "typed one digit too many"))
    assert visit.shown()["alarms"] == []
    assert visit.state.vitals[-1].vitals.pulse == 72


def test_a_correction_takes_no_reaction_back(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.RecordVitalSigns(pressure(80)))
    visit.do(c.CorrectEntry(entry_of(visit, e.VitalSignsRecorded), "cuff was loose"))
    assert visit.shown()["phase"] == "reaction"
    assert visit.shown()["infusion"]["status"] == "stopped"
    assert visit.shown()["flags"] == ["natalizumab-hypersensitivity-suspected"]


def test_a_sign_marked_in_error_is_no_sign_but_its_level_stays(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    visit.do(c.NoteSign("headache"))
    visit.do(c.CorrectEntry(entry_of(visit, e.SignNoted), "it was another patient"))
    assert visit.state.reactions[-1].sign_ids == ("nausea",)
    assert visit.shown()["reaction"]["level"] == "allergic"


def test_a_decision_marked_in_error_decides_nothing(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True))
    visit.do(c.CloseReaction("resolved"))
    visit.do(c.CorrectEntry(entry_of(visit, e.DecisionRecorded), "wrong patient"))
    assert visit.refused(c.ResumeInfusion()).reason == Reason.DECISION_MISSING


def test_corrections_are_still_possible_after_the_end(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "closed")
    visit.do(c.CorrectEntry(entry_of(visit, e.VitalSignsRecorded), "wrong patient"))
    assert visit.shown()["phase"] == "closed"


@pytest.mark.parametrize("kind", [kind for kind in get_args(e.Event) if kind not in CORRECTABLE])
def test_what_ran_has_run_and_cannot_be_corrected(stages: Stages, kind: type) -> None:
    record = [item for stage in ("closed", "reaction") for item in stages.visit(stage).visit.record]
    found = next((item for item in record if isinstance(item.event, kind)), None)
    if found is not None:
        verdict = decide_correction(c.CorrectEntry(found.number, "wrong"), [found])
        assert verdict == Rejected(Reason.NOT_CORRECTABLE)
    assert not issubclass(kind, CORRECTABLE)


@pytest.mark.parametrize(
    ("entry", "reason", "expected"),
    [(99, "wrong", Reason.UNKNOWN_ENTRY), (0, "wrong", Reason.UNKNOWN_ENTRY), (3, " ", Reason.REASON_MISSING)],
)
def test_a_correction_names_an_entry_and_a_reason(stages: Stages, entry: int, reason: str, expected: Reason) -> None:
    assert stages.visit("ready").refused(c.CorrectEntry(entry, reason)).reason == expected


def test_an_entry_is_marked_in_error_once(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "identify")
    visit.do(c.AddNote("wrong"))
    visit.do(c.CorrectEntry(2, "wrong patient"))
    assert visit.refused(c.CorrectEntry(2, "wrong patient")).reason == Reason.ALREADY_CORRECTED
