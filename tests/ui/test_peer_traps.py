"""Traps that other programs fell into, as we read in their code, each by its name: tests of the running program."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import events as e
from nurse_app.domain.alarm_signals import PRIORITIES
from nurse_app.presentation import intents as i
from nurse_app.ui.widgets.ring_clock import RingClock
from tests.ui.driver import CALM, RESOURCES
from tests.ui.test_app_alarms import Room


@pytest.fixture
def room(tmp_path: Path, qapp: QApplication) -> Iterator[Room]:
    room = Room(tmp_path, qapp)
    room.sign_in()
    yield room
    room.close()


def ring(room: Room) -> str:
    """The digits in the ring."""
    (clock,) = [clock for clock in room.stage.findChildren(RingClock) if clock.isVisible()]
    return clock.view.digits


def test_vanished_timers(room: Room) -> None:
    """A timer whose end had passed while the program was closed was filtered out when it opened."""
    room.to_infuse()
    room.restart(off_for=timedelta(minutes=70), up_for=timedelta(minutes=2))

    assert "The planned infusion time is over." in room.words()
    assert room.sound.rung
    raised = [event for event in room.events(e.AlarmRaised) if isinstance(event, e.AlarmRaised)]
    over = next(event for event in raised if event.name == "infusion-time-over")
    started = room.visit(CALM).state.run.started_at
    assert started is not None
    assert over.due_at == started.latest + timedelta(minutes=60)


@pytest.mark.parametrize("priority", PRIORITIES)
def test_missing_sound_file(priority: str) -> None:
    """The alarm played a file that was not in the package, and failed silently."""
    file = RESOURCES / "sounds" / f"{priority}.wav"
    shipped = (RESOURCES / "files.sha256").read_text(encoding="utf-8")

    assert f"{hashlib.sha256(file.read_bytes()).hexdigest()}  sounds/{priority}.wav" in shipped


def test_missing_sound_is_itself_an_alarm(room: Room) -> None:
    """The failure was kept to a log, or shown only after the timer had run out."""
    room.to_infuse()
    room.sound.bad = "failed"
    room.wait(seconds=1)

    assert room.edge.isVisible()
    assert "MEDIUM" in room.words()


def test_silence_against_data_time(room: Room) -> None:
    """Silence was measured against the time of the last data, and held in memory: no data, no end of the silence."""
    room.to_infuse()
    room.wait(minutes=60)
    room.key("F10")
    rung, entries = len(room.sound.rung), len(room.entries())
    room.alone(seconds=119)
    assert len(room.sound.rung) == rung
    room.alone(seconds=1)

    assert len(room.sound.rung) == rung + 1
    assert len(room.entries()) == entries


def test_ticks_counted(room: Room) -> None:
    """Seconds were taken off at every tick: a window that stood still for a while showed a wrong time ever after."""
    room.to_infuse()
    before = ring(room)
    room.clock.advance(timedelta(seconds=90))
    assert ring(room) == before == "1:00:00"
    room.settle()

    assert ring(room) == "58:30"


@pytest.mark.parametrize(
    "place", [i.GoHome(), i.GoToAbout(), i.GoToReports(), i.GoToPatient()], ids=lambda place: type(place).__name__
)
def test_overdue_noticed_only_while_a_page_is_open(room: Room, place: i.Navigation) -> None:
    """What was overdue was found by the page of vital signs; with another page on, nobody looked."""
    room.to_infuse()
    room.program.controller.on_intent(place)
    room.settle()
    room.alone(minutes=15, seconds=1)

    assert room.sound.rung == ["low"]
    assert [type(event) for event in room.events(e.AlarmRaised)] == [e.AlarmRaised]


def test_overdue_is_noticed_while_another_visit_is_on(room: Room) -> None:
    room.to_infuse()
    room.key("F4")
    room.to_prechecks("TRN000419")
    room.alone(minutes=15, seconds=1)

    assert room.sound.rung == ["low"]
