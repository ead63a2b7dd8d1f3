"""Reactions: opened from anywhere, graded by signs and pressure, and where each goes when it is closed."""

from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol, Level
from tests.domain.kit import pressure
from tests.domain.stages import Stages, at
from tests.kit import TestVisit

STOP = e.InfusionStopped("reaction", for_reaction=True)
PAUSE = e.InfusionPaused("reaction")
SUSPECTED = e.HypersensitivitySuspected(permanent=False)
PERMANENT = e.HypersensitivitySuspected(permanent=True)
TWO_SYSTEMS = e.ReactionGraded("anaphylaxis", ("two-systems",))


def graded(level: Level, *reasons: str) -> e.ReactionGraded:
    return e.ReactionGraded(level, reasons)


def done(visit: TestVisit, command: c.Command) -> list[e.Event]:
    return [entry.event for entry in visit.do(command)]


# --- opening ---


@pytest.mark.parametrize(
    ("stage", "signs", "events"),
    [
        ("identify", (), ()),
        ("prechecks", ("dizziness",), (graded("mild", "dizziness"),)),
        ("ready", ("hives",), (graded("allergic", "hives"),)),
        ("infuse", (), (PAUSE,)),
        ("infuse", ("site-pain",), (PAUSE,)),
        ("infuse", ("nausea",), (PAUSE, graded("mild", "nausea"))),
        ("infuse", ("hives",), (PAUSE, graded("allergic", "hives"), STOP, SUSPECTED)),
        ("infuse", ("chest-pain",), (PAUSE, graded("severe", "chest-pain"), STOP, PERMANENT)),
        ("infuse", ("hives", "breathlessness"), (PAUSE, TWO_SYSTEMS, STOP, PERMANENT)),
        ("flush", ("nausea",), (graded("mild", "nausea"),)),
        ("flush", ("hives",), (graded("allergic", "hives"), STOP, SUSPECTED)),
        ("observe", ("nausea",), (graded("mild", "nausea"),)),
        ("observe", ("hives",), (graded("allergic", "hives"), SUSPECTED)),
        ("discharge", ("wheeze",), (graded("anaphylaxis", "wheeze"), PERMANENT)),
    ],
)
def test_what_an_opened_reaction_leads_to(
    stages: Stages, stage: str, signs: tuple[str, ...], events: tuple[e.Event, ...]
) -> None:
    assert stages.events(stage, c.OpenReaction(signs)) == (e.ReactionOpened(signs), *events)


def test_nothing_is_asked_and_a_sign_counts_once(stages: Stages) -> None:
    assert stages.events("infuse", c.OpenReaction(("nausea", "nausea")))[0] == e.ReactionOpened(("nausea",))


def test_signs_that_nobody_knows_are_refused(stages: Stages) -> None:
    unknown = Rejected(Reason.UNKNOWN_SIGN, ("blue ears",))
    assert stages.verdict("infuse", c.OpenReaction(("hives", "blue ears"))) == unknown
    assert stages.verdict("reaction", c.NoteSign("blue ears")) == unknown


def test_a_paused_infusion_is_not_paused_again(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.PauseInfusion("alarm"))
    assert done(visit, c.OpenReaction(())) == [e.ReactionOpened(())]


def test_opening_an_open_reaction_adds_the_new_signs(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    assert done(visit, c.OpenReaction(())) == []
    assert done(visit, c.OpenReaction(("nausea",))) == []
    assert done(visit, c.OpenReaction(("nausea", "headache"))) == [
        e.SignNoted("headache"),
        graded("allergic", "several-signs"),
        STOP,
        SUSPECTED,
    ]


# --- signs and levels ---


def test_a_sign_is_noted_once(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    assert done(visit, c.NoteSign("site-pain")) == [e.SignNoted("site-pain")]
    assert done(visit, c.NoteSign("site-pain")) == []


def test_a_level_rises_and_never_falls(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    assert done(visit, c.NoteSign("rigors")) == [e.SignNoted("rigors"), graded("allergic", "rigors"), STOP, SUSPECTED]
    assert done(visit, c.NoteSign("fever")) == [e.SignNoted("fever")]
    assert done(visit, c.NoteSign("chest-pain")) == [e.SignNoted("chest-pain"), TWO_SYSTEMS, PERMANENT]
    assert done(visit, c.NoteSign("wheeze")) == [e.SignNoted("wheeze")]
    assert visit.shown()["reaction"]["level"] == "anaphylaxis"


def test_the_flag_is_set_once_in_a_visit(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "observe")
    visit.do(c.OpenReaction(("hives",)))
    visit.do(c.CloseReaction("resolved"))
    assert done(visit, c.OpenReaction(("itching",))) == [e.ReactionOpened(("itching",)), graded("allergic", "itching")]
    assert done(visit, c.NoteSign("chest-pain"))[-1] == PERMANENT
    visit.do(c.CloseReaction("resolved"))
    assert done(visit, c.OpenReaction(("collapse",))) == [
        e.ReactionOpened(("collapse",)),
        graded("anaphylaxis", "collapse"),
    ]


# --- pressure ---


@pytest.mark.parametrize("stage", ["infuse", "flush", "observe"])
def test_a_low_pressure_opens_the_reaction_by_itself(stages: Stages, stage: str) -> None:
    low = pressure(86)
    events = stages.events(stage, c.RecordVitalSigns(low))
    assert events[:2] == (
        e.VitalSignsRecorded(low),
        e.ReactionOpened(("low-blood-pressure",), from_vital_signs=True),
    )
    assert graded("anaphylaxis", "low-blood-pressure") in events
    assert events[-1] == PERMANENT
    assert (STOP in events) is (stage != "observe")


@pytest.mark.parametrize("systolic", ["90", "99", "124"])
def test_a_fall_that_is_not_that_deep_opens_none(stages: Stages, systolic: str) -> None:
    taken = pressure(systolic)
    assert stages.events("infuse", c.RecordVitalSigns(taken)) == (e.VitalSignsRecorded(taken),)


def test_a_low_pressure_in_a_reaction_is_one_more_sign(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    low = pressure(80)
    assert done(visit, c.RecordVitalSigns(low)) == [
        e.VitalSignsRecorded(low),
        e.SignNoted("low-blood-pressure"),
        graded("anaphylaxis", "low-blood-pressure"),
        STOP,
        PERMANENT,
    ]
    assert done(visit, c.RecordVitalSigns(low)) == [e.VitalSignsRecorded(low)]


def test_good_vital_signs_in_a_reaction_change_no_level(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    assert done(visit, c.RecordVitalSigns(pressure(120))) == [e.VitalSignsRecorded(pressure(120))]


SEVERE = [graded("severe", "pressure-fall-with-sign"), STOP, PERMANENT]


def test_a_fallen_pressure_together_with_a_sign_is_severe(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction")
    assert done(visit, c.RecordVitalSigns(pressure(99))) == [e.VitalSignsRecorded(pressure(99)), *SEVERE]


def test_it_is_as_severe_when_the_sign_is_noted_after_the_pressure(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.OpenReaction(()))
    assert done(visit, c.RecordVitalSigns(pressure(99))) == [e.VitalSignsRecorded(pressure(99))]
    visit.do(c.RecordVitalSigns(VitalSigns(pulse=Decimal(80))))
    assert done(visit, c.NoteSign("nausea")) == [e.SignNoted("nausea"), *SEVERE]


def test_a_pressure_that_has_risen_again_is_no_fall(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=5)
    visit.do(c.OpenReaction(()))
    visit.do(c.RecordVitalSigns(pressure(99)))
    visit.wait(minutes=5).do(c.RecordVitalSigns(pressure(120)))
    assert done(visit, c.NoteSign("nausea")) == [e.SignNoted("nausea"), graded("mild", "nausea")]


@pytest.mark.parametrize(("minutes", "severe"), [(1, True), (14, True), (15, False), (20, False)])
def test_a_fall_of_pressure_in_the_same_round_belongs_to_the_reaction(
    protocol: InfusionProtocol, minutes: int, severe: bool
) -> None:
    visit = at(protocol, "infuse").wait(minutes=15)
    visit.do(c.RecordVitalSigns(pressure(99)))
    found = done(visit.wait(minutes=minutes), c.OpenReaction(("nausea",)))
    if severe:
        assert found[-3:] == SEVERE
    else:
        assert found[-1] == graded("mild", "nausea")


LOW = e.SignNoted("low-blood-pressure")


def test_a_low_pressure_shortly_before_the_opening_is_a_sign_of_it(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "discharge")
    assert done(visit, c.RecordVitalSigns(pressure(80))) == [e.VitalSignsRecorded(pressure(80))]
    opened = done(visit.wait(minutes=1), c.OpenReaction(("itching",)))
    found = graded("anaphylaxis", "low-blood-pressure")
    assert opened == [e.ReactionOpened(("itching",)), LOW, found, PERMANENT]


def test_a_low_pressure_of_the_reaction_before_counts_until_a_better_one(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "observe")
    visit.do(c.RecordVitalSigns(pressure(80)))
    visit.do(c.CloseReaction("improving"))
    visit.wait(minutes=1)
    assert done(visit, c.OpenReaction(("itching",)))[1:3] == [LOW, graded("anaphylaxis", "low-blood-pressure")]
    assert done(visit, c.NoteSign("nausea")) == [e.SignNoted("nausea")]
    visit.do(c.CloseReaction("improving"))
    visit.do(c.RecordVitalSigns(pressure(120)))
    assert LOW not in done(visit.wait(minutes=1), c.OpenReaction(("itching",)))


# --- what is done in a reaction ---


def test_a_treatment_is_recorded_as_given(stages: Stages) -> None:
    given = c.GiveTreatment("epinephrine", "0.5 mg", "intramuscular")
    assert stages.events("reaction", given) == (e.TreatmentGiven("epinephrine", "0.5 mg", "intramuscular"),)
    unknown = stages.verdict("reaction", c.GiveTreatment("leeches"))
    assert unknown == Rejected(Reason.UNKNOWN_TREATMENT, ("leeches",))


def test_an_act_is_one_of_the_checklist_whatever_the_level(stages: Stages, protocol: InfusionProtocol) -> None:
    for actions in protocol.reaction.actions.values():
        for action in actions:
            assert stages.events("reaction", c.DoAction(action)) == (e.ActionDone(action),)
    assert stages.reason("reaction", c.DoAction("dance")) == Reason.UNKNOWN_ACTION


# --- closing ---


@pytest.mark.parametrize(
    ("stage", "sign", "phase", "watched_anew"),
    [
        ("identify", "hives", "identify", False),
        ("prechecks", "hives", "prechecks", False),
        ("ready", "hives", "prepare", False),
        ("infuse", "site-pain", "infuse", False),
        ("infuse", "nausea", "infuse", False),
        ("infuse", "hives", "observe", True),
        ("flush", "site-pain", "flush", False),
        ("flush", "nausea", "flush", False),
        ("flush", "hives", "observe", True),
        ("observe", "site-pain", "observe", True),
        ("observe", "nausea", "observe", True),
        ("observe", "hives", "observe", True),
        ("discharge", "site-pain", "discharge", False),
        ("discharge", "nausea", "observe", True),
        ("discharge", "wheeze", "observe", True),
    ],
)
def test_where_a_closed_reaction_leads(
    protocol: InfusionProtocol, stage: str, sign: str, phase: str, watched_anew: bool
) -> None:
    visit = at(protocol, stage).wait(minutes=1)
    visit.do(c.OpenReaction((sign,)))
    events = done(visit.wait(minutes=10), c.CloseReaction("resolved"))
    anew = [e.ObservationStarted("reaction")] if watched_anew else []
    assert events == [e.ReactionClosed("resolved"), *anew]
    found = visit.wait(minutes=1).shown()
    assert found["phase"] == phase
    if watched_anew:
        assert (found["observation"]["elapsed_s"], found["observation"]["ready"]) == (60, False)


def test_after_a_stop_by_the_nurse_a_reaction_in_the_watch_starts_it_anew(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=10)
    visit.do(c.StopInfusion("leak"))
    visit.wait(minutes=10).do(c.OpenReaction(("hives",)))
    visit.wait(minutes=10).do(c.CloseReaction("transferred"))
    assert visit.shown()["observation"]["elapsed_s"] == 0
    assert visit.shown()["outcome"] == "partial"


def test_a_mild_reaction_leaves_the_infusion_paused(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "reaction").wait(minutes=10)
    visit.do(c.CloseReaction("resolved"))
    found = visit.shown()
    assert (found["infusion"]["status"], found["flags"]) == ("paused", [])


def test_a_reaction_before_the_start_stops_nothing_for_good(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    visit.do(c.OpenReaction(("hives",)))
    visit.do(c.CloseReaction("resolved"))
    assert visit.shown()["flags"] == []
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True))
    visit.do(c.StartInfusion(Decimal(115)))


@pytest.mark.parametrize("outcome", ["resolved", "improving", "transferred", "died"])
def test_a_reaction_keeps_its_outcome(protocol: InfusionProtocol, outcome: e.Outcome) -> None:
    visit = at(protocol, "reaction")
    visit.do(c.CloseReaction(outcome))
    assert visit.state.reactions[-1].outcome == outcome
    assert visit.refused(c.CloseReaction(outcome)).reason == Reason.NO_REACTION
