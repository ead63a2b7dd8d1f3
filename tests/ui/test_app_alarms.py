"""Alarms in the running program: on every page, sounded, answered, paused, grown over the whole screen; noted once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from nurse_app.domain import events as e
from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.sound import SoundTrouble
from nurse_app.presentation import intents as i
from nurse_app.ui.blocks.alarm_takeover import AlarmTakeover
from nurse_app.ui.parts import AppParts
from nurse_app.ui.widgets.flash_frame import FlashFrame
from nurse_app.visit.ports import NotSavedError
from tests.ui.driver import CALM, FIRST, Ward


@dataclass
class RecordingSound:
    """Hears what is rung; ``bad`` is what is wrong with it."""

    rung: list[Priority] = field(default_factory=list)
    stopped: int = 0
    bad: SoundTrouble | None = None

    def ring(self, priority: Priority) -> None:
        self.rung.append(priority)

    def stop(self) -> None:
        self.stopped += 1

    def trouble(self) -> SoundTrouble | None:
        return self.bad

    def look_again(self) -> None:
        """It says what is wrong at once."""

    def device(self) -> str:
        return "device"


@dataclass
class RecordingAttention:
    """Remembers how the window was called for."""

    calls: list[str] = field(default_factory=list)

    def call(self, level: str) -> None:
        if not self.calls or self.calls[-1] != level:
            self.calls.append(level)

    def release(self) -> None:
        if self.calls and self.calls[-1] != "released":
            self.calls.append("released")


class Room(Ward):
    """A ward in which sounds are heard."""

    def _open(self) -> AppParts:
        self.sound = RecordingSound()
        return replace(super()._open(), alarm_sound=self.sound)

    def events(self, *kinds: type, record_no: str = CALM) -> list[e.Event]:
        return [item.event for item in self.visit(record_no).record if isinstance(item.event, kinds)]

    def alone(self, **duration: float) -> None:
        """Time passes and nobody touches anything."""
        self.clock.advance(timedelta(**duration))
        self.settle()
        self.settle()

    @property
    def takeover(self) -> AlarmTakeover:
        return next(iter(self.stage.findChildren(AlarmTakeover)))

    @property
    def edge(self) -> FlashFrame:
        return next(iter(self.stage.findChildren(FlashFrame)))


@pytest.fixture
def room(tmp_path: Path, qapp: QApplication) -> Iterator[Room]:
    room = Room(tmp_path, qapp)
    room.sign_in()
    yield room
    room.close()


def test_what_is_due_rings_once_and_is_noted_once(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=15)
    for _look in range(5):
        room.wait(seconds=2)

    assert room.sound.rung == ["low"]
    assert [type(event) for event in room.events(e.AlarmRaised, e.AlarmSounded)] == [e.AlarmRaised, e.AlarmSounded]
    assert "Vital signs and the symptom round are due." in room.words()


@pytest.mark.parametrize(
    "place",
    [i.GoHome(), i.GoToPatient(), i.GoToReports(), i.GoToCheck(), i.GoToAbout(), i.GoToUpdate(), i.GoToRecall()],
    ids=lambda place: type(place).__name__,
)
def test_alarms_are_on_every_page_and_are_answered_there(room: Room, place: i.Navigation) -> None:
    room.to_infuse()
    room.program.controller.on_intent(place)
    room.settle()
    room.wait(minutes=15)
    assert "SAMPLE, Patient One: Vital signs and the symptom round are due." in room.words()

    room.key("F6")
    assert len(room.events(e.AlarmAcknowledged)) == 1


def test_alarms_of_another_visit_are_seen_and_lead_to_it(room: Room) -> None:
    room.to_infuse()
    room.key("F4")
    room.to_prechecks(FIRST)
    room.wait(minutes=15)

    assert "SAMPLE, Patient One: Vital signs and the symptom round are due." in room.words()
    room.press("alert_bar.0.action")
    assert "Vital signs and the symptom round are due." in room.words()
    assert "SAMPLE, Patient One: " not in room.words()


def test_alarms_are_on_the_help_and_on_the_locked_view_without_names(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=15)
    room.key("F1")
    assert "Vital signs and the symptom round are due." in room.words()
    room.key("Esc")
    room.alone(minutes=3)

    assert "Visit since 09:00: Vital signs and the symptom round are due." in room.words()
    assert "SAMPLE, Patient One" not in room.words()
    room.key("F6")
    assert len(room.events(e.AlarmAcknowledged)) == 1


def test_a_pause_is_shown_and_on_record_and_a_new_alarm_breaks_it(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=60)
    room.key("F10")
    (paused,) = room.events(e.AudioPaused)
    assert isinstance(paused, e.AudioPaused)
    assert paused.seconds == 120
    assert room.sound.stopped == 1
    room.wait(seconds=13)
    assert "sound paused 01:47" in room.words()
    before = list(room.sound.rung)
    room.key("V")
    room.vital_signs("124", "78", "72", "14", "90", "36.7")

    assert room.sound.rung == [*before, "high"]


def test_an_early_answer_cancels_its_reminder(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=14)
    room.key("V")
    room.vital_signs("124", "78", "72", "14", "98", "36.7")
    room.wait(minutes=5)

    assert room.sound.rung == []


def test_the_window_is_called_for_as_long_as_nobody_answers(room: Room) -> None:
    attention = RecordingAttention()
    room.program.controller.alarms.attention = attention
    room.to_infuse()
    room.wait(minutes=15)
    room.wait(seconds=60)
    room.key("F6")

    assert attention.calls == ["taskbar", "front-and-keep", "released"]


def test_nobody_here_for_five_minutes_gives_the_alarm_the_screen(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=15)
    room.alone(minutes=5)
    assert room.takeover.isVisible()
    assert "fetch a colleague" in room.words()

    room.press("takeover.acknowledge")
    assert not room.takeover.isVisible()
    assert len(room.events(e.AlarmAcknowledged)) == 1
    assert [event.stage for event in room.events(e.AlarmEscalated) if isinstance(event, e.AlarmEscalated)] == [1, 2, 3]


def test_somebody_at_the_keyboard_keeps_the_screen(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=15)
    for _minute in range(6):
        room.wait(seconds=59)

    assert not room.takeover.isVisible()


def test_from_the_whole_screen_the_reaction_is_one_touch(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=15)
    room.alone(minutes=5)
    room.press("takeover.reaction")

    assert room.phase() == "reaction"
    assert not room.takeover.isVisible()


def test_the_visit_can_be_opened_from_the_whole_screen(room: Room) -> None:
    room.to_infuse()
    room.key("F4")
    room.wait(minutes=15)
    room.alone(seconds=90)
    room.alone(seconds=29)
    room.wait(seconds=1)
    room.alone(minutes=4)
    room.press("takeover.open")

    assert not room.takeover.isVisible()


def test_what_is_beneath_the_whole_screen_hears_no_key_and_keeps_what_is_typed(room: Room) -> None:
    """An Enter that was meant for the sheet before must not start a drug unseen."""
    room.to_infuse()
    room.key("F4")
    room.wait(minutes=15)
    room.press("alert_bar.0.action")
    room.key("V")
    room.write("124", then="")
    room.alone(seconds=110)
    room.alone(seconds=9)
    room.sound.bad = "muted"
    room.wait(seconds=0)
    before = len(room.entries())
    room.alone(seconds=61)
    assert room.takeover.isVisible()
    room.key("Enter")
    assert len(room.entries()) == before


def test_on_the_whole_screen_the_keys_are_those_of_its_own_alarm(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=15)
    room.alone(minutes=5)
    room.key("F6")

    assert len(room.events(e.AlarmAcknowledged)) == 1
    assert not room.takeover.isVisible()


def test_on_the_whole_screen_reaction_is_that_of_the_patient_it_names(room: Room) -> None:
    room.to_infuse()
    room.key("F4")
    room.to_prechecks(FIRST)
    room.wait(minutes=15)
    room.alone(minutes=5)
    room.key("F8")

    assert (room.phase(), room.phase(FIRST)) == ("reaction", "prechecks")


def test_an_answer_to_an_alarm_leaves_a_half_typed_sheet_as_it_is(room: Room) -> None:
    room.to_infuse()
    room.wait(minutes=14, seconds=50)
    room.key("V")
    room.write("124", then="")
    room.wait(seconds=12)
    room.key("F10")
    room.key("F6")

    assert len(room.events(e.AlarmAcknowledged)) == 1
    assert room.shows("vital_signs_sheet.submit") or room.shows("sheet.close")
    assert "124" in [field.text() for field in room.stage.findChildren(QLineEdit) if field.isVisible()]


def test_a_reaction_that_is_on_the_screen_is_never_covered(room: Room) -> None:
    room.to_infuse()
    room.key("F8")
    room.sound.bad = "failed"
    for _minute in range(7):
        room.wait(seconds=59)
    room.alone(seconds=90)

    assert room.shows("reaction_page")
    assert not room.takeover.isVisible()


def test_a_visit_that_ends_with_an_alarm_on_ends_quietly(room: Room) -> None:
    room.to_prechecks()
    room.clock.set_wall_by(timedelta(minutes=10))
    room.wait(seconds=1)
    room.wait(seconds=1)
    assert room.events(e.AlarmRaised)
    room.press("not_given")
    reasons = [each.objectName() for each in room.stage.findChildren(QAbstractButton) if each.isVisible()]
    room.press(next(name for name in reasons if name.startswith("not_given_sheet.reason.")))
    room.press("not_given_sheet.submit")
    room.settle()

    assert room.phase() == "closed"
    assert len(room.events(e.AlarmResolved)) == len(room.events(e.AlarmRaised))


def test_alarms_ring_though_something_else_in_a_look_is_broken(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.to_infuse()

    def broken(_reading: object) -> bool:
        message = "something else is broken"
        raise RuntimeError(message)

    monkeypatch.setattr(room.program.controller._lookout, "look", broken)
    room.clock.advance(timedelta(minutes=15, seconds=1))
    with pytest.raises(RuntimeError):
        room.program.controller.tick()

    assert room.sound.rung == ["low"]


def test_without_sound_the_edge_of_the_window_flashes_at_the_rate_of_the_priority(room: Room) -> None:
    room.to_infuse()
    room.sound.bad = "muted"
    room.wait(minutes=1)
    assert room.edge.isVisible()
    seen = []
    for _beat in range(12):
        room.program.controller.beat()
        seen.append(room.edge.lit)

    # Four beats a second; medium changes at every third: 0.67 Hz.
    assert seen == [False, False, True, True, True, False, False, False, True, True, True, False]
    room.sound.bad = None
    room.wait(seconds=1)
    assert not room.edge.isVisible()


def test_no_sound_is_acknowledged_on_the_spot(room: Room) -> None:
    room.to_infuse()
    room.sound.bad = "no-device"
    room.wait(minutes=1)
    room.key("F6")
    room.wait(seconds=1)

    assert not room.edge.isVisible()
    assert room.sound.rung == ["medium"]


def test_what_fell_due_while_the_program_was_closed_is_announced_when_it_opens(room: Room) -> None:
    room.to_infuse()
    room.restart(off_for=timedelta(minutes=61), up_for=timedelta(minutes=1))

    assert room.sound.rung[:1] == ["medium"]
    assert "The planned infusion time is over." in room.words()
    raised = [event.name for event in room.events(e.AlarmRaised) if isinstance(event, e.AlarmRaised)]
    assert {"vital-signs-due", "infusion-time-over"} <= set(raised)


def test_one_that_can_no_longer_be_answered_is_quiet_in_memory(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk must not keep an alarm ringing that somebody has seen."""
    room.to_infuse()
    room.wait(minutes=60)
    rung = len(room.sound.rung)
    monkeypatch.setattr(room.parts.service, "handle", _full)
    room.key("F6")
    room.key("F6")
    for _minute in range(4):
        room.wait(seconds=29)

    assert len(room.sound.rung) == rung


def _full(*_arguments: object, **_more: object) -> None:
    message = "the disk is full"
    raise NotSavedError(message)
