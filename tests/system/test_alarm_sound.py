"""The sound of alarms on a machine (T-48): what is wrong is known, whatever it is, and nobody waits for a sound."""

import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from threading import Event, get_ident
from types import SimpleNamespace
from typing import get_args

import pytest

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.sound import SoundTrouble
from nurse_app.system.alarm_sound import MachineAlarmSound, machine_alarm_sound, sounds_in
from nurse_app.system.sound import Burst, CommandPlayer, Playing, WindowsPlayer
from nurse_app.system.sound_bursts import Bursts
from nurse_app.system.sound_output import OutputFound
from nurse_app.system.sound_watch import OutputWatch
from tests.figures import tally
from tests.sound_kit import LENGTHS, SOUNDS, FakePlayer, Seconds, bursts
from tests.system.test_sound_watch import FakeListener

WELL = OutputFound(1, False, "mark", server=True)


class Machine:
    """A machine whose players and devices do as the test says; ``turn`` does what is asked, on the test’s thread."""

    def __init__(self, *does: str, found: OutputFound = WELL) -> None:
        self.seconds = Seconds()
        self.players = [FakePlayer(each) for each in does]
        self.found = found
        self.watch = OutputWatch(lambda: self.found, lambda _changed: FakeListener())
        self.bursts = bursts(self.players, self.seconds)
        self.sound = MachineAlarmSound(self.bursts, self.watch)
        self.watch.look()

    def ring(self, priority: Priority = "low") -> None:
        self.sound.ring(priority)
        assert self.sound.turn()

    def let_pass(self, duration_s: float) -> None:
        """Seconds pass; nobody waits for them, because there is always something to do."""
        for _step in range(round(duration_s / 0.05)):
            self.seconds.now += 0.05
            self.sound._orders.put("read")
            self.sound.turn()

    def look(self, found: OutputFound) -> None:
        self.found = found
        self.watch.look()
        # What the watch says to the thread of the sound.
        while not self.sound._orders.empty():
            self.sound.turn()


@pytest.mark.parametrize(
    ("does", "found", "trouble"),
    [
        (("plays",), WELL, None),
        (("plays",), OutputFound(None, None), None),
        ((), WELL, "no-player"),
        ((), OutputFound(0, True), "no-player"),
        (("plays",), OutputFound(0, True), "no-device"),
        (("plays",), OutputFound(1, True), "muted"),
    ],
)
def test_what_is_wrong_is_known_before_anything_rings(
    does: tuple[str, ...], found: OutputFound, trouble: SoundTrouble | None
) -> None:
    assert Machine(*does, found=found).sound.trouble() == trouble
    tally("T-48  {} states of a machine told before anything rings")


@pytest.mark.parametrize("does", ["fails", "hangs", "refuses"])
def test_a_burst_that_does_not_play_is_failed_until_one_plays(does: str) -> None:
    machine = Machine(does)
    machine.ring()
    machine.let_pass(LENGTHS["low"] + 2)
    assert machine.sound.trouble() == "failed"
    machine.look(OutputFound(1, True, server=True))
    assert machine.sound.trouble() == "failed", "worse than muted"
    machine.look(WELL)
    machine.players[0].does = "plays"
    machine.ring()
    machine.let_pass(LENGTHS["low"] + 0.1)
    assert machine.sound.trouble() is None


def test_a_device_that_comes_back_is_no_failure_any_more() -> None:
    machine = Machine("fails")
    machine.look(OutputFound(0, None))
    machine.ring()
    machine.let_pass(1)
    assert machine.sound.trouble() == "no-device"
    machine.look(WELL)
    assert machine.sound.trouble() is None


def test_devices_are_looked_at_before_and_after_each_burst_and_when_asked() -> None:
    machine = Machine("plays")
    wanted = machine.watch._wanted
    wanted.clear()
    machine.ring()
    assert wanted.is_set()
    wanted.clear()
    machine.let_pass(LENGTHS["low"] + 0.1)
    assert wanted.is_set()
    wanted.clear()
    machine.sound.look_again()
    assert wanted.is_set()


def test_stopping_cuts_off_what_plays() -> None:
    machine = Machine("plays")
    machine.ring("high")
    machine.sound.stop()
    machine.sound.turn()
    assert machine.players[0].begun[0].is_cut
    assert machine.sound.trouble() is None


def test_the_device_has_a_mark() -> None:
    assert Machine("plays").sound.device() == "mark"
    nothing_yet = OutputWatch(lambda: WELL, lambda _changed: FakeListener())
    assert MachineAlarmSound(bursts([], Seconds()), nothing_yet).device() == ""


def test_a_missing_file_is_trouble_before_anything_rings(tmp_path: Path) -> None:
    for name in ("high.wav", "low.wav"):
        shutil.copy(SOUNDS / name, tmp_path / name)
    (tmp_path / "medium.wav").write_bytes(b"RIFF")
    watch = OutputWatch(lambda: WELL, lambda _changed: FakeListener())
    sound = MachineAlarmSound(Bursts([FakePlayer()], lambda: sounds_in(tmp_path)), watch)
    sound.look_again()
    sound.turn()
    assert sound.trouble() == "failed"
    shutil.copy(SOUNDS / "medium.wav", tmp_path / "medium.wav")
    sound.look_again()
    sound.turn()
    assert sound.trouble() is None


def test_the_sounds_of_the_program_are_all_there_with_their_lengths() -> None:
    found = sounds_in(SOUNDS)
    assert {priority: round(burst.length_s, 1) for priority, burst in found.items()} == {
        "high": 3.2,
        "medium": 0.9,
        "low": 0.6,
    }


def test_trap_sound_once_packaged_is_in_what_the_build_takes_along() -> None:
    """Peers lost their sounds when they were packaged (peers.md 5C): the list of the package has each, byte by byte."""
    listed = dict(reversed(line.split("  ")) for line in (SOUNDS.parent / "files.sha256").read_text().splitlines())
    for priority in get_args(Priority):
        content = (SOUNDS / f"{priority}.wav").read_bytes()
        assert listed[f"sounds/{priority}.wav"] == sha256(content).hexdigest()
    spec = (SOUNDS.parents[1] / "packaging" / "nurse_app.spec").read_text(encoding="utf-8")
    assert '(SOURCE / "resources").rglob("*")' in spec, "every resource is taken, so every sound"


# --- the real thread ---


class Told(FakePlayer):
    """A player that tells when it was asked, and from which thread."""

    def __init__(self, does: str = "plays") -> None:
        super().__init__(does)
        self.asked = Event()
        self.thread = 0

    def begin(self, burst: Burst) -> Playing | None:
        self.thread = get_ident()
        self.asked.set()
        return super().begin(burst)


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Callable[..., MachineAlarmSound]:
    """Starts the sound of a machine; it is ended with the test."""

    def start(*players: object) -> MachineAlarmSound:
        watch = OutputWatch(lambda: WELL, lambda _changed: FakeListener())
        sound = MachineAlarmSound(Bursts(players, lambda: sounds_in(SOUNDS)), watch)  # type: ignore[arg-type]
        request.addfinalizer(sound.end)
        sound.start()
        return sound

    return start


def test_it_rings_on_a_thread_of_its_own(running: Callable[..., MachineAlarmSound]) -> None:
    player = Told()
    running(player).ring("medium")
    assert player.asked.wait(30)
    assert player.thread != get_ident()


def test_a_defect_is_a_failure_and_the_next_alarm_is_tried(
    running: Callable[..., MachineAlarmSound], caplog: pytest.LogCaptureFixture
) -> None:
    player = Told("breaks")
    sound = running(player)
    sound.ring("low")
    assert player.asked.wait(30)
    player.asked.clear()
    player.does = "hangs"
    sound.ring("low")
    assert player.asked.wait(30)
    assert sound.trouble() == "failed"
    sound.end()
    assert "a defect in the sound of alarms" in caplog.messages


def test_a_real_child_that_exits_with_1_is_known_while_nobody_waits(
    running: Callable[..., MachineAlarmSound],
) -> None:
    command = (sys.executable, "-I", "-S", "-c", "raise SystemExit(1)")
    sound = running(CommandPlayer(command))
    known = Event()
    fail = sound._bursts._fail

    def told(why: str) -> None:
        fail(why)
        known.set()

    sound._bursts._fail = told  # type: ignore[method-assign]
    sound.ring("low")
    assert known.wait(30)
    assert sound.trouble() == "failed"


def test_what_plays_ends_with_the_program(running: Callable[..., MachineAlarmSound]) -> None:
    player = Told("hangs")
    sound = running(player)
    sound.ring("high")
    assert player.asked.wait(30)
    sound.end()
    assert player.begun[0].is_cut


def test_one_that_was_never_started_can_be_ended() -> None:
    machine_alarm_sound(SOUNDS, lambda _name: None).end()


def test_the_machine_is_asked_only_where_there_is_somebody_to_ask() -> None:
    without = machine_alarm_sound(SOUNDS, lambda _name: None)
    assert without.trouble() == "no-player"
    assert without._watch._untold_s == 2
    without._watch.look()
    assert without._watch.found is not None
    assert not without._watch.found.server
    with_server = machine_alarm_sound(SOUNDS, lambda name: name)
    assert with_server._watch._untold_s == 5
    assert with_server.trouble() is None


def test_windows_begins_it_and_says_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str | None, int]] = []
    works = [True]

    def play_sound(name: str | None, flags: int) -> None:
        asked.append((name, flags))
        if not works[0]:
            raise RuntimeError("Failed to play sound")

    fake = SimpleNamespace(SND_FILENAME=0x20000, SND_ASYNC=1, SND_NODEFAULT=2, PlaySound=play_sound)
    monkeypatch.setitem(sys.modules, "winsound", fake)
    seconds = Seconds()
    made = bursts([WindowsPlayer()], seconds)
    made.ring("low")
    made.go_on()
    assert made.plays
    seconds.now += LENGTHS["low"]
    made.go_on()
    assert (made.plays, made.failed) == (False, False)
    made.ring("high")
    works[0] = False
    made.stop()
    made.ring("low")
    assert made.failed
    assert asked == [("low.wav", 0x20003), ("high.wav", 0x20003), (None, 0), ("low.wav", 0x20003)]
