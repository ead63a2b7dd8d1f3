"""The alarms of all visits at one look: followed by the record and the clock, across restarts and sleep."""

from dataclasses import replace
from datetime import timedelta

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarm_commands import AlarmGrowth, NoteAlarmSounded, NoticeAlarms
from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.sound import SoundTrouble
from nurse_app.visit.alarm_watch import STATION, AlarmNote, AlarmPicture, AlarmWatch
from tests.kit import WELL, TestVisit


class Desk:
    """A watch over some visits that share a clock, with the records kept up to date as the window does it."""

    def __init__(self, figures: SignalFigures, *visits: TestVisit) -> None:
        self.watch = AlarmWatch(figures)
        self.visits = visits

    def look(self, trouble: SoundTrouble | None = None) -> AlarmPicture:
        return self.watch.look(
            {f"v-{n}": v.visit for n, v in enumerate(self.visits, 1)}, self.visits[0].reading(), trouble
        )

    def look_and_note(self, trouble: SoundTrouble | None = None) -> AlarmPicture:
        picture = self.look(trouble)
        self.note(trouble)
        self.wait(seconds=6)
        self.note(trouble)
        self.wait(seconds=-6)
        return picture

    def note(self, trouble: SoundTrouble | None = None) -> None:
        for _turn in range(3):
            for note in self.look(trouble).notes:
                self.visits[int(note.visit_id[2:]) - 1].do(note.command, "program")

    def wait(self, **duration: float) -> "Desk":
        for visit in self.visits:
            visit.wait(**duration)
        return self


def kinds(visit: TestVisit) -> list[str]:
    return [type(item.event).__name__ for item in visit.visit.record if "Alarm" in type(item.event).__name__]


def test_an_alarm_is_rung_raised_and_sounded_on_record(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    desk = Desk(alarm_figures, visit)

    assert desk.look_and_note().signals.ring == "low"
    assert kinds(visit) == ["AlarmRaised", "AlarmSounded"]
    assert desk.look().signals.ring is None
    assert desk.look().notes == ()


def test_nothing_is_noted_twice_in_a_long_time(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    desk = Desk(alarm_figures, visit)
    for _look in range(700):
        desk.look_and_note()
        desk.wait(seconds=0.5)

    assert kinds(visit) == ["AlarmRaised", "AlarmSounded", *["AlarmEscalated"] * 3]


def test_alarms_of_every_open_visit_sound_whichever_is_looked_at(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    first, second = TestVisit(protocol).to("prepare"), TestVisit(protocol).to("prepare")
    second.to("infuse").wait(minutes=15)
    first.passed = second.passed
    picture = Desk(alarm_figures, first, second).look()

    assert [key[0] for key in picture.signals.of] == ["v-2"]
    assert picture.signals.ring == "low"


def test_what_fell_due_while_the_program_was_closed_is_announced_when_it_opens(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=5)
    Desk(alarm_figures, visit).look_and_note()
    visit.reopen().wait(minutes=57)
    picture = Desk(alarm_figures, visit).look_and_note()

    assert picture.signals.ring == "medium"
    raised = [item for item in visit.visit.record if isinstance(item.event, e.AlarmRaised)]
    started = visit.state.run.started_at
    assert started is not None
    assert {item.event.name: item.event.due_at - started.latest for item in raised} == {
        "vital-signs-due": timedelta(minutes=15),
        "infusion-time-over": timedelta(minutes=60),
    }
    assert all(item.entry.reading == visit.reading() for item in raised)


def test_an_alarm_that_nobody_answered_before_the_restart_is_as_old_as_it_is(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    Desk(alarm_figures, visit).look_and_note()
    visit.reopen().wait(seconds=125)
    desk = Desk(alarm_figures, visit)
    picture = desk.look_and_note()

    (signal,) = picture.signals.of.values()
    assert (signal.priority, signal.stage, picture.signals.ring) == ("medium", 2, "medium")
    assert kinds(visit) == ["AlarmRaised", "AlarmSounded", "AlarmEscalated", "AlarmEscalated"]


def test_growth_is_noted_stage_by_stage(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    desk = Desk(alarm_figures, visit)
    desk.look_and_note()
    (alarm,) = visit.state.alarm_book
    desk.wait(seconds=300)

    growth = tuple(AlarmGrowth(alarm, stage, "medium") for stage in (1, 2, 3))
    assert desk.look().notes == (AlarmNote("v-1", NoticeAlarms(growth)),)


def test_an_answer_is_quiet_at_once_also_when_it_cannot_be_saved(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=61)
    desk = Desk(alarm_figures, visit)
    for key in desk.look().signals.of:
        desk.watch.answer(key)

    assert desk.look().unanswered == ()
    assert desk.wait(seconds=40).look().signals.ring is None


def test_the_next_occurrence_of_what_was_answered_in_memory_is_news(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=61)
    visit.do(c.RecordVitalSigns(WELL))
    desk = Desk(alarm_figures, visit)
    desk.look()
    desk.watch.answer(("v-1", "infusion-time-over"))
    visit.do(c.PauseInfusion("pump"))
    desk.look()
    visit.do(c.ResumeInfusion())

    assert desk.look().signals.ring == "medium"


def test_a_record_that_takes_nothing_is_not_written_to(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    visit.log.takes_entries = False
    picture = Desk(alarm_figures, visit).look()

    assert (picture.notes, picture.signals.ring) == ((), "low")


def test_no_sound_is_an_alarm_while_a_clock_runs(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    quiet, running = TestVisit(protocol).to("prechecks"), TestVisit(protocol).to("infuse")

    assert Desk(alarm_figures, quiet).look("muted").signals.of == {}
    desk = Desk(alarm_figures, running)
    assert [signal.priority for signal in desk.look("muted").signals.of.values()] == ["medium"]
    desk.watch.answer((STATION, "muted"))
    assert desk.look("muted").unanswered == ()
    # Another trouble is another alarm.
    assert [signal.key for signal in desk.look("no-device").unanswered] == [(STATION, "no-device")]
    assert desk.look().signals.of == {}


def test_what_nobody_can_have_heard_is_on_record_as_such(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    Desk(alarm_figures, visit).look_and_note("muted")

    (sounded,) = [item.event for item in visit.visit.record if isinstance(item.event, e.AlarmSounded)]
    assert (sounded.trouble, sounded.priority) == ("muted", "medium")


def test_a_sound_is_forgotten_when_its_alarm_is_over_before_it_was_noted(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    desk = Desk(alarm_figures, visit)
    desk.look()
    visit.do(c.RecordVitalSigns(WELL))

    assert desk.look().notes == ()


def test_a_pause_tells_which_were_loud(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=61)
    desk = Desk(alarm_figures, visit)
    keys = set(desk.look().signals.of)

    assert set(desk.watch.pause(visit.reading())) == keys
    assert desk.look().loud == ()
    assert desk.watch.pause(visit.reading()) == ()
    assert desk.wait(seconds=120).look().signals.ring == "high"


def test_the_next_look_is_when_something_falls_due(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=14, seconds=59.5)
    desk = Desk(alarm_figures, visit)

    assert desk.look().look_in == timedelta(seconds=0.501)
    desk.wait(seconds=0.5).note()
    desk.wait(seconds=6).note()
    assert desk.look().look_in == timedelta(seconds=54)
    assert Desk(alarm_figures, TestVisit(protocol)).look().look_in is None


def test_the_sound_of_two_visits_is_noted_in_each(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    visits = [TestVisit(protocol).to("infuse").wait(minutes=15) for _visit in range(2)]
    picture = Desk(alarm_figures, *visits).look_and_note()

    assert picture.signals.ring == "low"
    assert [kinds(visit) for visit in visits] == [["AlarmRaised", "AlarmSounded"]] * 2


def test_the_same_reminder_under_a_new_number_does_not_ring_again(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=60)
    desk = Desk(alarm_figures, visit)
    assert desk.look_and_note().signals.ring == "medium"
    desk.wait(seconds=20)
    visit.do(c.EmptyBag())

    picture = desk.look_and_note()
    assert [condition.name for condition in picture.conditions.values()] == ["vital-signs-due"]
    assert picture.signals.ring is None


def test_alarming_figures_taken_again_ring_again(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    low_oxygen = replace(WELL, spo2=WELL.spo2 - 10) if WELL.spo2 is not None else WELL
    visit = TestVisit(protocol).to("infuse").wait(minutes=3)
    desk = Desk(alarm_figures, visit)
    visit.do(c.RecordVitalSigns(low_oxygen))
    assert desk.look_and_note().signals.ring == "high"
    desk.wait(seconds=2)
    visit.do(c.RecordVitalSigns(low_oxygen))

    assert desk.look_and_note().signals.ring == "high"


def test_sounded_is_noted_by_one_command_for_one_burst(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=60)
    desk = Desk(alarm_figures, visit)
    desk.look()
    for note in desk.look().notes:
        visit.do(note.command, "program")
    rung_at = visit.reading().wall
    assert desk.look().notes == ()
    desk.wait(seconds=6)

    (note,) = desk.look().notes
    assert isinstance(note.command, NoteAlarmSounded)
    assert (len(note.command.alarms), note.happened_at) == (2, rung_at)


def test_a_burst_that_failed_afterwards_is_no_sound_on_record(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=15)
    desk = Desk(alarm_figures, visit)
    desk.note()
    desk.wait(seconds=6).note("failed")

    (sounded,) = [item.event for item in visit.visit.record if isinstance(item.event, e.AlarmSounded)]
    assert sounded.trouble == "failed"


def test_nothing_is_noted_about_a_visit_that_is_closed(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    closed = TestVisit(protocol).to("closed").wait(days=20)

    assert Desk(alarm_figures, closed).look().notes == ()


def test_the_highest_priority_does_not_rise(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=3)
    visit.do(c.RecordVitalSigns(replace(WELL, spo2=WELL.spo2 - 10) if WELL.spo2 is not None else WELL))
    desk = Desk(alarm_figures, visit)
    desk.look_and_note()
    desk.wait(minutes=6).look_and_note()

    grown = [item.event.stage for item in visit.visit.record if isinstance(item.event, e.AlarmEscalated)]
    assert grown == [1, 3]
    assert desk.look().notes == ()
