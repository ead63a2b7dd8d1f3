"""The state under the names that visit scripts rely on: every name, its rounding, and when it is null."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.commands import UpdateFacts
from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.snapshot import iso, next_due, outcome, snapshot, whole_seconds
from tests.domain.kit import Tape, aware, put, visit_facts
from tests.kit import WELL, TestVisit

EMPTY = e.BagEmptied(None, variance=False)
NAMES = {
    "phase",
    "decision",
    "findings",
    "bag",
    "infusion",
    "observation",
    "vitals_due_in_s",
    "alarms",
    "reaction",
    "outcome",
    "flags",
    "next_due",
}
PARTS = {
    "bag": {"diluted_at", "room_used_s", "total_age_s", "usable", "use_before"},
    "infusion": {"status", "rate_ml_h", "elapsed_s", "remaining_s", "volume_ml", "dose_mg", "ends_at"},
    "observation": {"status", "elapsed_s", "remaining_s", "ready", "not_before"},
    "reaction": {"level", "epinephrine_dose_mg", "epinephrine_repeat_in_s", "first_line_missing"},
}


@pytest.fixture
def tape(protocol: InfusionProtocol) -> Tape:
    return Tape(protocol)


def shown(tape: Tape) -> dict[str, Any]:
    return snapshot(tape.state, tape.now)


def part(tape: Tape, name: str) -> Any:
    """A value by its path, such as infusion.status."""
    value: Any = shown(tape)
    for key in name.split("."):
        value = value[key]
    return value


@pytest.mark.parametrize("events", [(), (e.ReactionOpened(()),)])
def test_every_name_is_there_and_no_other(tape: Tape, events: tuple[e.Event, ...]) -> None:
    found = shown(tape.note(*events))
    assert set(found) == NAMES
    assert {name: set(found[name]) for name in PARTS} == PARTS


def test_a_visit_that_has_just_begun(tape: Tape) -> None:
    found = shown(tape)
    assert (found["phase"], found["decision"], found["outcome"], found["next_due"]) == ("identify", "hold", None, None)
    assert found["findings"] == ["identity-mismatch", "unanswered", "vital-signs-missing"]
    assert found["bag"] == {
        "diluted_at": None,
        "room_used_s": 0,
        "total_age_s": 0,
        "usable": False,
        "use_before": None,
    }
    assert found["infusion"] == {
        "status": "not-started",
        "rate_ml_h": None,
        "elapsed_s": 0,
        "remaining_s": 3600,
        "volume_ml": "0",
        "dose_mg": "0",
        "ends_at": None,
    }
    assert found["observation"] == {
        "status": "not-started",
        "elapsed_s": 0,
        "remaining_s": 3600,
        "ready": False,
        "not_before": None,
    }
    assert found["reaction"] == {
        "level": "none",
        "epinephrine_dose_mg": "0.5",
        "epinephrine_repeat_in_s": None,
        "first_line_missing": False,
    }
    assert (found["vitals_due_in_s"], found["alarms"], found["flags"]) == (None, [], [])


@pytest.mark.parametrize(
    ("seconds", "volume_ml", "dose_mg"),
    [
        (0, "0", "0"),
        (600, "19.2", "50"),
        (1800, "57.5", "150"),
        (1802, "57.6", "150.2"),
        (3600, "115", "300"),
        (4000, "115", "300"),
    ],
)
def test_what_has_gone_in_is_shown_to_a_tenth_without_trailing_zeros(
    tape: Tape, seconds: int, volume_ml: str, dose_mg: str
) -> None:
    tape.infusing().wait(seconds=seconds)
    assert (part(tape, "infusion.volume_ml"), part(tape, "infusion.dose_mg")) == (volume_ml, dose_mg)


@pytest.mark.parametrize(("rate", "volume_ml"), [("0.5", "0.2"), ("0.7", "0.4"), ("1.5", "0.8")])
def test_a_half_goes_to_the_even_tenth(tape: Tape, rate: str, volume_ml: str) -> None:
    # Half an hour gives 0.25, 0.35 and 0.75 mL.
    assert part(tape.infusing(rate).wait(minutes=30), "infusion.volume_ml") == volume_ml


@pytest.mark.parametrize(("weight", "dose"), [("44.5", "0.44"), ("45.5", "0.46"), ("40", "0.4"), ("9", "0.09")])
def test_the_epinephrine_dose_is_shown_to_a_hundredth(protocol: InfusionProtocol, weight: str, dose: str) -> None:
    tape = Tape(protocol, visit_facts(put("patient.weight_kg", weight)))
    assert part(tape, "reaction.epinephrine_dose_mg") == dose
    assert part(tape.note(e.ReactionOpened(())), "reaction.epinephrine_dose_mg") == dose


def test_the_infusion_counts_whole_seconds_and_goes_below_zero(tape: Tape) -> None:
    tape.infusing("115.0").wait(minutes=61, seconds=0.7)
    assert part(tape, "infusion.elapsed_s") == 3660
    assert part(tape, "infusion.remaining_s") == -61
    assert part(tape, "infusion.rate_ml_h") == "115"
    assert part(tape, "infusion.ends_at") == "2026-11-22T10:00:00+00:00"


def test_a_paused_infusion_has_no_end(tape: Tape) -> None:
    tape.infusing().wait(minutes=40).note(e.InfusionPaused("alarm")).wait(minutes=5)
    found = shown(tape)["infusion"]
    assert (found["status"], found["elapsed_s"], found["ends_at"]) == ("paused", 2400, None)


def test_the_bag_from_mixing_on(tape: Tape) -> None:
    tape.note(e.VialInspected("clear"), e.DilutionFinished(), e.BagInspected("clear")).wait(hours=1)
    tape.note(e.BagMoved("refrigerator")).wait(hours=3)
    assert shown(tape)["bag"] == {
        "diluted_at": "2026-11-22T09:00:00+00:00",
        "room_used_s": 3600,
        "total_age_s": 4 * 3600,
        "usable": True,
        "use_before": "2026-11-23T09:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("events", "usable"),
    [
        ((), True),
        ((e.VialInspected("particles"),), False),
        ((e.VialInspected("clear"), e.BagInspected("discoloured")), False),
        ((e.VialInspected("clear"), e.BagInspected("clear")), True),
    ],
)
def test_a_bag_that_looks_wrong_is_not_usable(tape: Tape, events: tuple[e.Event, ...], usable: bool) -> None:
    assert part(tape.note(*events, e.DilutionFinished()), "bag.usable") is usable


def test_a_bag_that_is_too_old_is_not_usable(tape: Tape) -> None:
    assert part(tape.note(e.DilutionFinished()).wait(hours=8), "bag.usable")
    assert not part(tape.wait(seconds=1), "bag.usable")


def test_the_watch(tape: Tape) -> None:
    tape.observing().wait(minutes=59, seconds=59.5)
    assert shown(tape)["observation"] == {
        "status": "running",
        "elapsed_s": 3599,
        "remaining_s": 0,
        "ready": False,
        "not_before": "2026-11-22T11:05:00+00:00",
    }
    tape.wait(seconds=0.5)
    assert part(tape, "observation.ready")
    assert part(tape.note(e.ObservationCompleted()), "observation.status") == "completed"


def test_when_vital_signs_are_due_and_what_alarms(tape: Tape) -> None:
    tape.note(e.VitalSignsRecorded(WELL)).wait(minutes=1).infusing().wait(minutes=10)
    assert (part(tape, "vitals_due_in_s"), part(tape, "alarms")) == (300, [])
    tape.wait(minutes=6)
    assert part(tape, "vitals_due_in_s") == -60
    (alarm,) = part(tape, "alarms")
    assert alarm.startswith("vital-signs-due/")


def test_the_repeat_clock_is_null_then_counts_down_to_zero(tape: Tape) -> None:
    tape.infusing().note(e.ReactionOpened(("wheeze",)), e.ReactionGraded("anaphylaxis", ("wheeze",)))
    tape.note(e.TreatmentGiven("antihistamine"))
    assert (part(tape, "reaction.epinephrine_repeat_in_s"), part(tape, "reaction.first_line_missing")) == (None, True)
    tape.note(e.TreatmentGiven("epinephrine")).wait(seconds=299.3)
    assert (part(tape, "reaction.epinephrine_repeat_in_s"), part(tape, "reaction.first_line_missing")) == (1, False)
    assert part(tape.wait(seconds=0.7), "reaction.epinephrine_repeat_in_s") == 0
    assert part(tape.wait(minutes=9), "reaction.epinephrine_repeat_in_s") == 0


def test_the_last_reaction_is_shown_when_it_is_over(tape: Tape) -> None:
    tape.note(e.ReactionOpened(("nausea",)), e.ReactionGraded("mild", ("nausea",)), e.ReactionClosed("resolved"))
    assert part(tape, "reaction.level") == "mild"


@pytest.mark.parametrize("permanent", [False, True])
def test_the_flag_on_the_patient(tape: Tape, permanent: bool) -> None:
    tape.note(e.HypersensitivitySuspected(permanent))
    assert part(tape, "flags") == ["natalizumab-hypersensitivity-suspected"]


def test_a_flag_of_an_earlier_visit_is_on_the_patient_still(protocol: InfusionProtocol) -> None:
    flagged = visit_facts(put("patient.history.natalizumab_hypersensitivity", True))
    assert part(Tape(protocol, flagged), "flags") == ["natalizumab-hypersensitivity-suspected"]


FLUSHED = (e.InfusionStarted(Decimal(115), ()), EMPTY, e.FlushFinished(Decimal(4)), e.ObservationStarted("flush"))
STOPPED = (e.InfusionStarted(Decimal(115), ()), e.InfusionStopped("leak"), e.ObservationStarted("stop"))
REACTED = (
    e.InfusionStarted(Decimal(115), ()),
    e.ReactionOpened(("hives",)),
    e.ReactionGraded("allergic", ("hives",)),
    e.InfusionStopped("reaction", for_reaction=True),
    e.HypersensitivitySuspected(permanent=False),
    e.ReactionClosed("resolved"),
    e.ObservationStarted("reaction"),
)
LEFT = e.LeftEarly("bus")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), None),
        (FLUSHED[:1], None),
        (FLUSHED[:2], None),
        (FLUSHED[:3], "completed"),
        (FLUSHED, "completed"),
        (STOPPED, "partial"),
        ((*FLUSHED, LEFT), "left-early"),
        ((*STOPPED, LEFT), "left-early"),
        (REACTED, "stopped-for-reaction"),
        ((*REACTED, LEFT), "stopped-for-reaction"),
        ((e.NotGiven("ill"),), "not-given"),
    ],
)
def test_of_two_outcomes_the_weightier_counts(tape: Tape, events: tuple[e.Event, ...], expected: str | None) -> None:
    assert outcome(tape.note(*events).state) == expected


def test_who_left_early_did_so_whatever_came_afterwards(tape: Tape) -> None:
    tape.note(*FLUSHED, LEFT, e.ReactionOpened(("nausea",)), e.ReactionClosed("resolved"))
    tape.note(e.ObservationStarted("reaction"), e.ObservationCompleted())
    assert outcome(tape.state) == "left-early"
    assert part(tape, "observation.status") == "completed"


MILD = (e.ReactionOpened(("nausea",)), e.ReactionGraded("mild", ("nausea",)), e.ReactionClosed("resolved"))
NEXT_YES = e.DecisionRecorded("next-infusion", "proceed", "prescriber")
NEXT_NO = e.DecisionRecorded("next-infusion", "do-not-give", "prescriber")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), None),
        ((NEXT_YES,), None),
        (FLUSHED[:1], None),
        (FLUSHED, "2026-12-20"),
        ((*FLUSHED, LEFT), "2026-12-20"),
        ((*FLUSHED, NEXT_NO), None),
        ((*FLUSHED, NEXT_NO, NEXT_YES), "2026-12-20"),
        (STOPPED, None),
        ((*STOPPED, NEXT_YES), "2026-12-20"),
        (REACTED, None),
        ((*REACTED, NEXT_YES), "2026-12-20"),
        ((*FLUSHED, *MILD), None),
        ((*FLUSHED, *MILD, NEXT_YES), "2026-12-20"),
        ((*FLUSHED, e.ReactionOpened(("site-pain",)), e.ReactionClosed("resolved")), None),
        ((e.ReactionOpened(("site-pain",)), e.ReactionClosed("resolved"), *FLUSHED), "2026-12-20"),
    ],
)
def test_the_next_infusion_is_due_when_nothing_speaks_against_it(
    tape: Tape, events: tuple[e.Event, ...], expected: str | None
) -> None:
    assert next_due(tape.note(*events).state) == expected


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("patient.treatment.plan_interval_weeks", 6, "2027-01-03"),
        ("patient.treatment.plan_interval_weeks", None, None),
        ("patient.treatment", None, None),
        ("patient", None, None),
    ],
)
def test_the_next_infusion_is_due_by_the_plan(
    protocol: InfusionProtocol, path: str, value: object, expected: str | None
) -> None:
    assert next_due(Tape(protocol, visit_facts(put(path, value))).note(*FLUSHED).state) == expected


def test_the_next_infusion_counts_from_the_day_here(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol, begins=Tape.T0.replace(hour=23)).note(*FLUSHED)
    assert next_due(tape.state) == "2026-12-20"
    assert next_due(aware(tape.state, timedelta(hours=2))) == "2026-12-21"


def test_the_judgement_stands_still_once_the_drug_runs(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    visit.do(UpdateFacts(visit_facts(put("patient.history.pml", True))))
    assert visit.shown()["decision"] == "proceed"
    assert visit.shown()["findings"] == []


def test_times_are_cut_to_the_second_in_utc() -> None:
    at = Tape.T0 + timedelta(seconds=1.9)
    assert iso(Moment(Tape.T0, at.astimezone())) == "2026-11-22T09:00:01+00:00"
    assert iso(None) is None


@pytest.mark.parametrize(("seconds", "whole"), [(1.9, 1), (0, 0), (-0.1, -1)])
def test_durations_are_rounded_down(seconds: float, whole: int) -> None:
    assert whole_seconds(timedelta(seconds=seconds)) == whole


def test_a_whole_uneventful_visit(protocol: InfusionProtocol) -> None:
    found = TestVisit(protocol).to("closed").shown()
    assert (found["phase"], found["outcome"], found["next_due"]) == ("closed", "completed", "2026-12-20")
    assert found["infusion"]["dose_mg"] == "300"
