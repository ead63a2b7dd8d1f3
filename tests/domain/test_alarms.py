"""Each condition is there exactly when it should be: its priority, its own moment, an id for each occurrence."""

from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.alarms import AlarmCondition, alarms, current_bag_age, runs_a_clock
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol, Level
from nurse_app.domain.rules.vital_signs import changed
from tests.domain.kit import Tape, pressure
from tests.kit import WELL

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
TAKEN = e.VitalSignsRecorded(WELL)
FAST = e.VitalSignsRecorded(VitalSigns(pulse=Decimal(104)))
HOT = e.VitalSignsRecorded(VitalSigns(temperature_c=Decimal("38.0")))
EMPTY = e.BagEmptied(None, variance=False)


@pytest.fixture
def tape(protocol: InfusionProtocol) -> Tape:
    return Tape(protocol).note(TAKEN).wait(minutes=10)


def present(tape: Tape) -> list[str]:
    return [condition.name for condition in alarms(tape.state, tape.now)]


def only(tape: Tape, name: str) -> AlarmCondition:
    """The one condition of this name."""
    (condition,) = (condition for condition in alarms(tape.state, tape.now) if condition.name == name)
    return condition


def opened(tape: Tape, level: Level, *treatments: str) -> Tape:
    given = (e.TreatmentGiven(name) for name in treatments)
    return tape.note(e.ReactionOpened(()), e.ReactionGraded(level, ()), *given)


def test_all_is_quiet_before_the_start(tape: Tape) -> None:
    assert present(tape) == []


# --- vital signs ---


def test_vital_signs_are_due_from_their_point_on(tape: Tape) -> None:
    tape.infusing()
    due = tape.now.plus(15 * MINUTE)
    assert present(tape.wait(minutes=14, seconds=59)) == []
    assert only(tape.wait(seconds=1), "vital-signs-due").priority == "low"
    assert only(tape.wait(minutes=9), "vital-signs-due").since == due
    assert present(tape.note(TAKEN)) == []


def test_vital_signs_may_be_due_is_due(tape: Tape) -> None:
    tape.infusing().reboot(off=16 * MINUTE)
    assert present(tape) == ["vital-signs-due"]


@pytest.mark.parametrize(
    ("event", "name", "priority"),
    [
        (HOT, "vital-signs-alarming", "high"),
        (e.VitalSignsRecorded(pressure(85)), "vital-signs-alarming", "high"),
        (FAST, "vital-signs-watch", "low"),
        (e.VitalSignsRecorded(pressure(99)), "vital-signs-watch", "low"),
    ],
)
def test_vital_signs_out_of_their_limits_while_the_drug_works(
    tape: Tape, event: e.Event, name: str, priority: str
) -> None:
    tape.infusing().wait(minutes=3).note(event)
    taken = tape.now
    tape.wait(minutes=1)
    assert only(tape, name).priority == priority
    assert only(tape, name).since == taken
    assert present(tape.note(TAKEN)) == []


@pytest.mark.parametrize(
    ("before", "now", "names"),
    [
        (pressure(150), pressure(121), []),
        (pressure(150), pressure(120), ["vital-signs-watch"]),
        (VitalSigns(spo2=Decimal(99)), VitalSigns(spo2=Decimal(96)), []),
        (VitalSigns(spo2=Decimal(99)), VitalSigns(spo2=Decimal(95)), ["vital-signs-alarming"]),
        (VitalSigns(spo2=Decimal(98)), VitalSigns(spo2=Decimal(94)), ["vital-signs-alarming"]),
        (VitalSigns(spo2=Decimal(96)), VitalSigns(spo2=Decimal(94)), ["vital-signs-watch"]),
        (VitalSigns(spo2=Decimal(94)), VitalSigns(spo2=Decimal(99)), []),
        (VitalSigns(temperature_c=Decimal("36.2")), VitalSigns(temperature_c=Decimal("37.1")), []),
        (
            VitalSigns(temperature_c=Decimal("36.2")),
            VitalSigns(temperature_c=Decimal("37.2")),
            ["vital-signs-alarming"],
        ),
        (VitalSigns(temperature_c=Decimal("37.2")), VitalSigns(temperature_c=Decimal("36.2")), []),
        (VitalSigns(pulse=Decimal(75)), VitalSigns(temperature_c=Decimal("37.5")), []),
    ],
)
def test_a_sign_far_from_the_patients_own_baseline_alarms(
    tape: Tape, before: VitalSigns, now: VitalSigns, names: list[str]
) -> None:
    tape.note(e.VitalSignsRecorded(before)).infusing().wait(minutes=3).note(e.VitalSignsRecorded(now))
    assert present(tape) == names


def test_without_a_baseline_nothing_has_moved(protocol: InfusionProtocol) -> None:
    now = VitalSigns(spo2=Decimal(80), temperature_c=Decimal(41))
    assert changed(protocol, None, now) == {}
    assert changed(protocol, VitalSigns(pulse=Decimal(75)), now) == {}
    assert changed(protocol, VitalSigns(spo2=Decimal(98), temperature_c=Decimal(37)), now) == {
        "spo2": "fallen",
        "temperature_c": "risen",
    }


def test_vital_signs_within_their_limits_alarm_nobody(tape: Tape) -> None:
    assert present(tape.infusing().wait(minutes=3).note(TAKEN)) == []


def test_vital_signs_from_before_the_start_are_a_matter_of_the_checks(tape: Tape) -> None:
    assert present(tape.note(HOT)) == []
    assert present(tape.infusing()) == []


def test_nothing_taken_since_the_start_is_out_of_limits(protocol: InfusionProtocol) -> None:
    assert present(Tape(protocol).infusing()) == []


def test_vital_signs_alarm_nobody_once_the_watch_is_over(tape: Tape) -> None:
    tape.observing().wait(minutes=60).note(HOT)
    assert "vital-signs-alarming" in present(tape)
    assert present(tape.note(e.ObservationCompleted())) == []


@pytest.mark.parametrize(("outcome", "told"), [("transferred", False), ("died", False), ("improving", True)])
def test_whoever_was_handed_over_has_no_vital_signs_taken_here(tape: Tape, outcome: e.Outcome, told: bool) -> None:
    opened(tape.infusing().wait(minutes=1), "anaphylaxis", "epinephrine").note(HOT, e.ReactionClosed(outcome))
    tape.note(e.ObservationStarted("reaction")).wait(minutes=31)
    assert ("vital-signs-due" in present(tape)) is told
    assert ("vital-signs-alarming" in present(tape)) is told


@pytest.mark.parametrize(("outcome", "told"), [("transferred", False), ("died", False), ("improving", True)])
def test_nobody_is_told_the_end_of_a_watch_that_is_none(tape: Tape, outcome: e.Outcome, told: bool) -> None:
    opened(tape.infusing().wait(minutes=60), "anaphylaxis").note(e.ReactionClosed(outcome))
    tape.note(e.ObservationStarted("reaction")).wait(minutes=61)
    assert ("observation-over" in present(tape)) is told


# --- the infusion ---


def test_the_planned_time_is_over_after_an_hour_of_running(tape: Tape) -> None:
    tape.infusing().wait(minutes=58).note(TAKEN).wait(minutes=1, seconds=59)
    assert present(tape) == []
    over = tape.now.plus(SECOND)
    condition = only(tape.wait(seconds=1), "infusion-time-over")
    assert (condition.priority, condition.since) == ("medium", over)
    assert only(tape.wait(minutes=2), "infusion-time-over").since == over
    assert "infusion-time-over" not in present(tape.note(EMPTY))


def test_a_paused_infusion_is_not_over(tape: Tape) -> None:
    tape.infusing().wait(minutes=61).note(e.InfusionPaused("pump alarm"))
    assert "infusion-time-over" not in present(tape)


def test_an_infusion_that_may_be_over_is_over(tape: Tape) -> None:
    tape.infusing().wait(minutes=30).note(TAKEN)
    assert "infusion-time-over" not in present(tape.reboot(off=30 * MINUTE - SECOND))
    assert "infusion-time-over" in present(tape.wait(seconds=1))


def test_a_pause_is_long_after_half_an_hour(tape: Tape) -> None:
    tape.infusing().wait(minutes=5).note(e.InfusionPaused("pump alarm"))
    limit = tape.now.plus(30 * MINUTE)
    assert "paused-long" not in present(tape.wait(minutes=30))
    condition = only(tape.wait(seconds=1), "paused-long")
    assert (condition.priority, condition.since) == ("medium", limit)
    assert "paused-long" not in present(tape.note(e.InfusionResumed()))


def test_a_reaction_is_no_long_pause(tape: Tape) -> None:
    tape.infusing().note(e.ReactionOpened(()), e.InfusionPaused("reaction")).wait(minutes=40)
    assert "paused-long" not in present(tape)


# --- the bag ---


def test_a_bag_is_too_old_a_moment_after_its_last_one(tape: Tape) -> None:
    tape.note(e.DilutionFinished())
    limit = tape.now.plus(8 * HOUR)
    assert present(tape.wait(hours=8)) == []
    condition = only(tape.wait(seconds=1), "bag-too-old")
    assert (condition.priority, condition.since) == ("medium", limit)
    assert only(tape.wait(minutes=5), "bag-too-old").since == limit


def test_a_bag_put_away_too_late_is_too_old_from_now_on(tape: Tape) -> None:
    tape.note(e.DilutionFinished()).wait(hours=8, seconds=1).note(e.BagMoved("refrigerator"))
    assert tape.now.since(only(tape, "bag-too-old").since).most == timedelta(seconds=1)


def test_an_empty_bag_no_longer_ages(tape: Tape) -> None:
    tape.note(e.DilutionFinished()).wait(hours=7).infusing().wait(minutes=60).note(EMPTY).wait(hours=5)
    age = current_bag_age(tape.state, tape.now)
    assert age is not None
    assert age.total == 8 * HOUR
    assert "bag-too-old" not in present(tape)


def test_a_bag_that_was_too_old_when_it_was_used_up_alarms_no_more(tape: Tape) -> None:
    tape.note(e.DilutionFinished()).infusing().wait(hours=9)
    assert "bag-too-old" in present(tape)
    assert "bag-too-old" not in present(tape.note(e.InfusionStopped("too old")))


def test_there_is_no_age_before_mixing(tape: Tape) -> None:
    assert current_bag_age(tape.state, tape.now) is None


# --- a reaction ---


def test_the_first_line_drug_is_missed_since_the_first_other_treatment(tape: Tape) -> None:
    opened(tape.infusing(), "anaphylaxis", "oxygen")
    given = tape.now
    tape.wait(minutes=1).note(e.TreatmentGiven("antihistamine"))
    condition = only(tape, "first-line-missing")
    assert (condition.priority, condition.since) == ("high", given)
    assert present(tape.note(e.TreatmentGiven("epinephrine"))) == []


def test_nothing_is_missed_before_any_treatment(tape: Tape) -> None:
    assert present(opened(tape.infusing(), "anaphylaxis")) == []


def test_the_first_line_drug_may_be_repeated_after_five_minutes(tape: Tape) -> None:
    opened(tape.infusing(), "anaphylaxis", "epinephrine").wait(minutes=3).note(TAKEN)
    due = tape.now.plus(2 * MINUTE)
    assert present(tape.wait(minutes=1, seconds=59)) == []
    condition = only(tape.wait(seconds=1), "repeat-due")
    assert (condition.priority, condition.since) == ("high", due)
    assert "repeat-due" not in present(tape.note(e.TreatmentGiven("epinephrine")))


def test_a_closed_reaction_asks_for_nothing_more(tape: Tape) -> None:
    opened(tape.infusing(), "anaphylaxis", "epinephrine").wait(minutes=3).note(TAKEN).wait(minutes=2)
    assert present(tape) == ["repeat-due"]
    assert present(tape.note(e.ReactionClosed("resolved"))) == []


# --- clock and watch ---


@pytest.mark.parametrize(("seconds", "told"), [(120, False), (121, True), (-120, False), (-121, True)])
def test_a_moved_clock_is_told_from_two_minutes_on(tape: Tape, seconds: int, told: bool) -> None:
    tape.note(e.ClockStepNoticed(timedelta(seconds=seconds)))
    noticed = tape.now
    tape.wait(minutes=1)
    assert present(tape) == (["clock-step"] if told else [])
    if told:
        condition = only(tape, "clock-step")
        assert (condition.priority, condition.since) == ("medium", noticed)
        assert present(tape.note(e.AlarmAcknowledged(condition.id))) == []


def test_the_end_of_the_watch_is_told(tape: Tape) -> None:
    tape.observing().wait(minutes=56).note(TAKEN).wait(minutes=3, seconds=59)
    assert present(tape) == []
    condition = only(tape.wait(seconds=1), "observation-over")
    assert (condition.priority, condition.since) == ("medium", tape.now)
    assert present(tape.note(e.ObservationCompleted())) == []


def test_a_watch_shortened_by_order_is_over_now(tape: Tape) -> None:
    tape.observing().note(TAKEN, e.DecisionRecorded("observation-time", "proceed", "prescriber")).wait(minutes=9)
    first = only(tape, "observation-over")
    assert first.since == tape.now
    assert id_of(tape.wait(minutes=1), "observation-over") == first.id


def test_a_closed_visit_alarms_nobody(tape: Tape) -> None:
    tape.note(e.DilutionFinished(), e.ClockStepNoticed(HOUR), e.NotGiven("ill")).wait(hours=9)
    assert present(tape) == []


def test_the_most_urgent_comes_first_and_of_equals_the_oldest(tape: Tape) -> None:
    tape.note(e.DilutionFinished()).wait(hours=7).infusing().wait(minutes=1)
    tape.note(HOT, e.ClockStepNoticed(HOUR)).wait(hours=1)
    assert present(tape) == [
        "vital-signs-alarming",
        "clock-step",
        "infusion-time-over",
        "bag-too-old",
        "vital-signs-due",
    ]


# --- ids ---


def id_of(tape: Tape, name: str) -> str:
    return only(tape, name).id


def test_an_occurrence_keeps_its_id_while_time_passes(tape: Tape) -> None:
    tape.note(e.DilutionFinished()).infusing().wait(minutes=1).note(HOT, e.ClockStepNoticed(HOUR)).wait(hours=9)
    before = {condition.id for condition in alarms(tape.state, tape.now)}
    tape.note(e.NoteAdded("looked")).wait(minutes=7, seconds=0.5)
    assert {condition.id for condition in alarms(tape.state, tape.now)} == before
    assert len(before) == 5


def test_an_acknowledged_condition_stays_present(tape: Tape) -> None:
    tape.infusing().wait(minutes=16)
    tape.note(e.AlarmAcknowledged(id_of(tape, "vital-signs-due")))
    assert present(tape) == ["vital-signs-due"]


def test_a_reaction_has_rounds_of_its_own(tape: Tape) -> None:
    infusing = id_of(tape.infusing().wait(minutes=16), "vital-signs-due")
    tape.note(e.ReactionOpened(()), e.InfusionPaused("reaction")).wait(minutes=5)
    assert id_of(tape, "vital-signs-due") != infusing


def test_each_round_has_its_own_id(tape: Tape) -> None:
    first = id_of(tape.infusing().wait(minutes=16), "vital-signs-due")
    assert id_of(tape.note(TAKEN).wait(minutes=15), "vital-signs-due") != first


def test_each_pause_has_its_own_id(tape: Tape) -> None:
    first = id_of(tape.infusing().note(e.InfusionPaused("cold")).wait(minutes=31), "paused-long")
    tape.note(e.InfusionResumed()).wait(minutes=1).note(e.InfusionPaused("cold")).wait(minutes=31)
    assert id_of(tape, "paused-long") != first


def test_each_set_out_of_limits_has_its_own_id(tape: Tape) -> None:
    first = id_of(tape.infusing().wait(minutes=1).note(HOT), "vital-signs-alarming")
    assert id_of(tape.note(HOT), "vital-signs-alarming") != first
    low = id_of(tape.note(FAST), "vital-signs-watch")
    assert id_of(tape.note(FAST), "vital-signs-watch") != low


def test_each_watch_has_its_own_id(tape: Tape) -> None:
    first = id_of(tape.observing().wait(minutes=61), "observation-over")
    tape.note(e.ReactionOpened(()), e.ReactionClosed("resolved"))
    assert id_of(tape, "observation-over") == first
    tape.note(e.ObservationStarted("reaction")).wait(minutes=61)
    assert id_of(tape, "observation-over") != first


def test_each_reaction_has_its_own_id(tape: Tape) -> None:
    first = id_of(opened(tape.infusing(), "anaphylaxis", "oxygen"), "first-line-missing")
    tape.note(e.ReactionClosed("improving")).wait(minutes=1)
    assert id_of(opened(tape, "anaphylaxis", "oxygen"), "first-line-missing") != first


def test_each_dose_has_its_own_id(tape: Tape) -> None:
    first = id_of(opened(tape.infusing(), "anaphylaxis", "epinephrine").wait(minutes=5), "repeat-due")
    assert id_of(tape.note(e.TreatmentGiven("epinephrine")).wait(minutes=5), "repeat-due") != first


def test_another_drug_does_not_ring_for_the_same_dose_again(tape: Tape) -> None:
    first = id_of(opened(tape.infusing(), "anaphylaxis", "oxygen", "epinephrine").wait(minutes=5), "repeat-due")
    assert first == "repeat-due/2"
    assert id_of(tape.note(e.TreatmentGiven("oxygen")), "repeat-due") == first


def test_each_step_of_the_clock_has_its_own_id(tape: Tape) -> None:
    tape.note(e.ClockStepNoticed(HOUR), e.ClockStepNoticed(-HOUR))
    assert len({condition.id for condition in alarms(tape.state, tape.now)}) == 2


# --- staying awake ---


def test_from_the_mixed_bag_to_the_end_of_the_watch_something_runs(tape: Tape) -> None:
    assert not runs_a_clock(tape.state)
    assert runs_a_clock(tape.note(e.DilutionFinished()).state)
    assert runs_a_clock(tape.infusing().state)
    assert runs_a_clock(tape.note(e.BagEmptied(None, variance=False)).state)
    assert runs_a_clock(tape.note(e.FlushFinished(Decimal(4)), e.ObservationStarted("flush")).state)
    assert runs_a_clock(tape.note(e.ReactionOpened(())).state)
    assert runs_a_clock(tape.note(e.ReactionClosed("resolved")).state)
    assert not runs_a_clock(tape.note(e.ObservationCompleted()).state)


def test_a_bag_that_is_discarded_or_not_given_runs_no_clock(tape: Tape) -> None:
    assert not runs_a_clock(tape.note(e.DilutionFinished(), e.BagDiscarded("leak")).state)
    assert not runs_a_clock(tape.note(e.DilutionFinished(), e.NotGiven("ill")).state)
