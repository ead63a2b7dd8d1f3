"""The record of alarms: raised once under the time it was due, sounded once, answered by somebody, resolved."""

from datetime import timedelta
from itertools import pairwise

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarm_book import AlarmEntry, open_alarms
from nurse_app.domain.alarm_commands import AlarmGrowth, NoteAlarmSounded, NoticeAlarms, PauseAudio
from nurse_app.domain.alarms import alarms, next_alarm_at
from nurse_app.domain.deciding.outcome import Reason
from nurse_app.domain.evolve import fold
from nurse_app.domain.protocol import InfusionProtocol
from tests.kit import NURSE, WELL, TestVisit

PROGRAM = "program"


def notice(visit: TestVisit, *grown: AlarmGrowth) -> list[e.Event]:
    return [entry.event for entry in visit.do(NoticeAlarms(grown), PROGRAM)]


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    """Vital signs have been due for a minute and a half."""
    return TestVisit(protocol).to("infuse").wait(minutes=16, seconds=30)


def the_alarm(visit: TestVisit) -> AlarmEntry:
    (entry,) = visit.state.alarm_book.values()
    return entry


def test_an_alarm_is_raised_under_the_time_it_was_due_and_the_time_it_was_noticed(visit: TestVisit) -> None:
    (raised,) = notice(visit)

    (condition,) = alarms(visit.state, visit.now)
    due = visit.state.run.started_at
    assert due is not None
    due = due.plus(timedelta(minutes=15))
    assert raised == e.AlarmRaised(condition.id, "vital-signs-due", "low", due.latest)
    assert (the_alarm(visit).due_at, the_alarm(visit).noticed_at) == (due.latest, visit.now)


def test_it_is_raised_once_also_after_a_restart(visit: TestVisit) -> None:
    notice(visit)
    visit.reopen().wait(minutes=1)

    assert notice(visit) == []


def test_it_is_resolved_by_the_act_and_not_by_acknowledging(visit: TestVisit) -> None:
    notice(visit)
    alarm = the_alarm(visit).alarm
    visit.do(c.AcknowledgeAlarm(alarm))
    assert notice(visit) == []
    assert open_alarms(visit.state.alarm_book) == {alarm}

    visit.do(c.RecordVitalSigns(WELL))
    assert notice(visit) == [e.AlarmResolved(alarm)]
    assert open_alarms(visit.state.alarm_book) == frozenset()
    assert the_alarm(visit).resolved_at == visit.now


def test_it_says_who_acknowledged(visit: TestVisit) -> None:
    notice(visit)
    visit.wait(seconds=20).do(c.AcknowledgeAlarm(the_alarm(visit).alarm))

    assert (the_alarm(visit).acknowledged_by, the_alarm(visit).acknowledged_at) == (NURSE, visit.now)


def test_acknowledging_before_it_was_raised_counts(visit: TestVisit) -> None:
    (condition,) = alarms(visit.state, visit.now)
    visit.do(c.AcknowledgeAlarm(condition.id))

    assert visit.state.alarm_book == {}
    assert condition.id in visit.state.acknowledged


def test_it_sounds_once_on_record(visit: TestVisit) -> None:
    notice(visit)
    alarm = the_alarm(visit).alarm
    sounded = NoteAlarmSounded((alarm, "of-another-time/1"), "low", "muted")

    assert [entry.event for entry in visit.do(sounded)] == [e.AlarmSounded((alarm,), "low", "muted")]
    assert visit.do(sounded) == ()
    assert (the_alarm(visit).sounded_at, the_alarm(visit).trouble) == (visit.now, "muted")


def test_each_stage_of_growth_is_noted_once(visit: TestVisit) -> None:
    notice(visit)
    alarm = the_alarm(visit).alarm

    assert notice(visit, AlarmGrowth(alarm, 1, "low")) == [e.AlarmEscalated(alarm, 1, "low")]
    assert notice(visit, AlarmGrowth(alarm, 1, "low")) == []
    assert notice(visit, AlarmGrowth(alarm, 2, "medium")) == [e.AlarmEscalated(alarm, 2, "medium")]
    assert the_alarm(visit).stage == 2


@pytest.mark.parametrize("alarm", ["of-another-time/1", ""])
def test_what_is_not_there_does_not_grow(visit: TestVisit, alarm: str) -> None:
    notice(visit)
    assert notice(visit, AlarmGrowth(alarm, 1, "low")) == []


def test_what_was_answered_does_not_grow(visit: TestVisit) -> None:
    notice(visit)
    alarm = the_alarm(visit).alarm
    visit.do(c.AcknowledgeAlarm(alarm))

    assert notice(visit, AlarmGrowth(alarm, 1, "low")) == []


def test_a_pause_of_the_sound_is_on_record_for_what_is_there(visit: TestVisit) -> None:
    (condition,) = alarms(visit.state, visit.now)

    (paused,) = visit.do(PauseAudio((condition.id, "of-another-time/1"), 120))

    assert paused.event == e.AudioPaused((condition.id,), 120)
    assert visit.refused(PauseAudio(("of-another-time/1",), 120)).reason is Reason.UNKNOWN_ALARM


def test_what_comes_again_under_its_name_is_raised_again_and_not_yet_acknowledged(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=61)
    notice(visit)
    visit.do(c.AcknowledgeAlarm("infusion-time-over"))
    visit.do(c.ChangeRate(visit.state.protocol.infusion.rate_ml_h - 50, "cold"))
    visit.do(c.PauseInfusion("pump"))
    assert e.AlarmResolved("infusion-time-over") in notice(visit)
    visit.do(c.ResumeInfusion())

    assert "infusion-time-over" in {event.alarm for event in notice(visit) if isinstance(event, e.AlarmRaised)}
    assert "infusion-time-over" not in visit.state.acknowledged


def test_the_end_of_the_visit_resolves_what_was_open(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("discharge")
    visit.do(c.OpenReaction(("headache",)))
    visit.wait(minutes=6)
    (raised,) = notice(visit)
    visit.do(c.CloseReaction("resolved"))
    visit.do(c.StopInfusion("x")) if visit.state.phase == "infuse" else None
    while visit.state.phase != "closed":
        visit.wait(minutes=61)
        visit.do(c.CompleteObservation() if visit.state.phase == "observe" else c.Discharge())

    assert isinstance(raised, e.AlarmRaised)
    assert e.AlarmResolved(raised.alarm) in [item.event for item in visit.visit.record]
    assert open_alarms(visit.state.alarm_book) == frozenset()
    assert visit.refused(NoticeAlarms()).reason is Reason.VISIT_CLOSED


def test_events_about_alarms_that_nobody_raised_change_nothing(visit: TestVisit) -> None:
    entries = visit.log.items
    before = visit.state
    for event in (
        e.AlarmSounded(("x",), "low"),
        e.AlarmEscalated("x", 1, "low"),
        e.AlarmResolved("x"),
    ):
        template = entries[-1]
        odd = type(template)(len(entries) + 1, "odd", type(template.entry)(event, NURSE, visit.reading()))
        assert fold([*entries, odd]).alarm_book == before.alarm_book


def test_an_answer_that_is_faster_than_the_first_note_counts(visit: TestVisit) -> None:
    (condition,) = alarms(visit.state, visit.now)
    visit.do(c.AcknowledgeAlarm(condition.id))
    notice(visit)

    assert condition.id in visit.state.acknowledged


def test_an_acknowledgement_covers_its_own_point_of_the_schedule(visit: TestVisit) -> None:
    """One touch on a reminder must not silence the rest of the visit."""
    (first,) = alarms(visit.state, visit.now)
    visit.do(c.AcknowledgeAlarm(first.id))
    visit.wait(minutes=13, seconds=30)
    (second,) = alarms(visit.state, visit.now)

    assert (second.name, second.id != first.id) == ("vital-signs-due", True)
    assert second.since == first.since.plus(timedelta(minutes=15))
    visit.do(c.AcknowledgeAlarm(second.id))
    assert [condition.id for condition in alarms(visit.state, visit.now)] == [second.id]


def test_without_an_acknowledgement_the_oldest_point_stands(visit: TestVisit) -> None:
    (first,) = alarms(visit.state, visit.now)
    visit.wait(minutes=20)

    assert [condition.id for condition in alarms(visit.state, visit.now)] == [first.id]


# --- what is foreseen ---


def test_the_next_alarm_is_foreseen_at_every_step_of_a_visit(protocol: InfusionProtocol) -> None:
    """Looking only when something was foreseen finds the same as looking at every second."""
    visit = TestVisit(protocol).to("infuse")
    seen = []
    for _second in range(62 * 60):
        foreseen = next_alarm_at(visit.state, visit.now)
        before = {condition.id for condition in alarms(visit.state, visit.now)}
        visit.wait(seconds=1)
        after = {condition.id for condition in alarms(visit.state, visit.now)}
        if after - before:
            assert foreseen is not None
            assert foreseen.latest <= visit.now.latest
            seen.append(visit.now)
    assert len(seen) == 2
    assert all(earlier.latest < later.latest for earlier, later in pairwise(seen))


def test_nothing_is_foreseen_before_the_bag_is_mixed(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    assert next_alarm_at(visit.state, visit.now) is None


def test_the_age_of_the_bag_the_end_of_a_pause_and_the_repeat_are_foreseen(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=3)
    visit.do(c.RecordVitalSigns(WELL))
    visit.do(c.PauseInfusion("pump"))
    paused = visit.now
    first = next_alarm_at(visit.state, visit.now)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.do(c.RecordVitalSigns(WELL))
    visit.do(c.GiveTreatment("epinephrine"))
    given = visit.now
    second = next_alarm_at(visit.state, visit.now)

    started = visit.state.run.started_at
    assert started is not None
    assert first == started.plus(timedelta(minutes=15))
    assert paused == given
    assert second == given.plus(timedelta(minutes=5))
