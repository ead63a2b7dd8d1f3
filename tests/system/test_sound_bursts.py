"""Bursts of alarm sounds (T-48): one at a time, followed to their end; one that does not play is known within 2 s."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from nurse_app.domain.alarm_events import Priority
from nurse_app.system.sound import Burst, CommandPlayer, machine_players
from nurse_app.system.sound_bursts import Bursts
from tests.figures import tally
from tests.sound_kit import LENGTHS, FakePlayer, Seconds, bursts, let_pass

KNOWN_WITHIN_S = 2.0


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def known_after(made: Bursts, seconds: Seconds, priority: Priority) -> float | None:
    """How many seconds after the burst should have ended it is known to have failed; None: it is not, after 10 s."""
    begun = seconds.now
    made.ring(priority)
    while seconds.now < begun + 10:
        wait_s = made.go_on()
        if made.failed:
            return max(0.0, seconds.now - begun - LENGTHS[priority])
        seconds.now += wait_s or 0.5
    return None


def test_a_burst_plays_to_its_end_and_nothing_is_wrong(seconds: Seconds) -> None:
    player = FakePlayer()
    made = bursts([player], seconds)
    made.ring("medium")
    assert made.plays
    let_pass(made, seconds, 1.1)
    assert not made.plays
    assert (player.files, made.failed) == (["medium.wav"], False)


def test_one_sound_at_a_time_the_one_before_is_cut_off(seconds: Seconds) -> None:
    player = FakePlayer()
    made = bursts([player], seconds)
    made.ring("low")
    made.ring("high")
    first, second = player.begun
    assert (first.is_cut, second.is_cut) == (True, False)
    made.stop()
    assert second.is_cut
    assert not made.plays
    made.stop()
    assert not made.failed, "what was cut off proves nothing"


@pytest.mark.parametrize("priority", LENGTHS)
@pytest.mark.parametrize(
    "does", [("fails",), ("refuses",), ("hangs",), ("fails", "fails"), ("refuses", "hangs"), ("hangs", "hangs"), ()]
)
def test_a_sound_that_does_not_play_is_known_within_two_seconds(
    seconds: Seconds, does: Sequence[str], priority: Priority
) -> None:
    known = known_after(bursts([FakePlayer(each) for each in does], seconds), seconds, priority)
    assert known is not None
    assert known <= KNOWN_WITHIN_S
    tally("T-48  {} ways of a player not to play, each known within 2 s after the burst should have ended")


def test_a_player_that_hangs_is_ended(seconds: Seconds) -> None:
    player = FakePlayer("hangs")
    made = bursts([player], seconds)
    made.ring("medium")
    let_pass(made, seconds, LENGTHS["medium"] + KNOWN_WITHIN_S)
    assert player.begun[0].is_cut
    assert not made.plays


@pytest.mark.parametrize("does", ["fails", "refuses"])
def test_the_next_player_tries_once_and_is_the_first_from_then_on(seconds: Seconds, does: str) -> None:
    first, second, third = FakePlayer(does), FakePlayer(), FakePlayer()
    made = bursts([first, second, third], seconds)
    assert known_after(made, seconds, "low") is None, "the other one played it"
    assert second.files == ["low.wav"]
    made.ring("high")
    assert second.files == ["low.wav", "high.wav"]
    assert third.files == []


def test_a_burst_is_tried_twice_and_no_more(seconds: Seconds) -> None:
    players = [FakePlayer("fails"), FakePlayer("fails"), FakePlayer()]
    made = bursts(players, seconds)
    assert known_after(made, seconds, "low") is not None
    assert players[2].files == []


def test_failed_ends_when_a_later_burst_plays_well(seconds: Seconds) -> None:
    player = FakePlayer("fails")
    made = bursts([player], seconds)
    made.ring("low")
    let_pass(made, seconds, 1)
    assert made.failed
    player.does = "plays"
    made.ring("low")
    assert made.failed, "that it was begun proves nothing"
    let_pass(made, seconds, 1)
    assert not made.failed


def test_the_next_player_after_one_that_hung_ends_what_was_wrong(seconds: Seconds) -> None:
    made = bursts([FakePlayer("hangs"), FakePlayer()], seconds)
    made.ring("medium")
    let_pass(made, seconds, LENGTHS["medium"] + KNOWN_WITHIN_S)
    assert (made.failed, made.plays) == (True, True)
    let_pass(made, seconds, LENGTHS["medium"])
    assert (made.failed, made.plays, made._best) == (False, False, 1)


def test_trap_missing_sound_file_is_known_before_any_alarm_and_is_never_silent(
    seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    """A peer’s program played a file that nobody had put there, and said nothing (peers.md 5A, useAudibleAlert)."""
    lacking: list[Priority] = ["medium"]
    made = bursts([FakePlayer()], seconds, lacking)
    assert made.lacks_sound
    made.ring("medium")
    assert made.failed
    assert caplog.messages == ["an alarm could not be sounded: there is no sound for medium priority"]
    made.ring("medium")
    assert len(caplog.messages) == 1, "once is enough"
    lacking.clear()
    made.ring("medium")
    assert (made.lacks_sound, made.plays) == (False, True), "it came back"


def test_trap_no_player_is_never_silent(seconds: Seconds) -> None:
    """A peer’s countdown returned without a word when there was no media player (peers.md 5A, qucountdown.cpp)."""
    made = bursts([], seconds)
    assert not made.has_player
    made.ring("high")
    assert made.failed


def test_before_the_files_are_read_nothing_lacks_and_ringing_reads_them(seconds: Seconds) -> None:
    made = Bursts([FakePlayer()], lambda: {"high": Burst(Path("high.wav"), 3.0)}, seconds)
    assert not made.lacks_sound
    made.ring("high")
    assert made.plays
    assert made.lacks_sound


def test_what_failed_for_a_cause_that_is_gone_is_forgiven(seconds: Seconds) -> None:
    made = bursts([FakePlayer("fails")], seconds)
    made.ring("low")
    made.go_on()
    made.forgive()
    assert not made.failed


# --- real programs ---

PYTHON = (sys.executable, "-I", "-S", "-c")
CHILD_EXITS_1 = CommandPlayer((*PYTHON, "raise SystemExit(1)"))
CHILD_HANGS = CommandPlayer((*PYTHON, "import time; time.sleep(600)"))
CHILD_PLAYS = CommandPlayer((*PYTHON, "pass"))


def wait_for_child(made: Bursts) -> None:
    assert made._ringing is not None
    made._ringing.playing._process.wait(60)  # type: ignore[attr-defined]


def test_a_real_player_that_exits_with_1_has_failed(seconds: Seconds) -> None:
    made = bursts([CHILD_EXITS_1], seconds)
    made.ring("low")
    wait_for_child(made)
    made.go_on()
    assert (made.failed, made.plays) == (True, False)


def test_a_real_player_that_is_not_there_has_failed(seconds: Seconds, tmp_path: Path) -> None:
    made = bursts([CommandPlayer((str(tmp_path / "nothing"),))], seconds)
    made.ring("low")
    assert made.failed


def test_a_real_player_that_hangs_is_killed_and_the_next_one_plays(seconds: Seconds) -> None:
    made = bursts([CHILD_HANGS, CHILD_PLAYS], seconds)
    made.ring("low")
    assert made._ringing is not None
    hanging = made._ringing.playing._process  # type: ignore[attr-defined]
    assert made.go_on() is not None
    seconds.now += LENGTHS["low"] + KNOWN_WITHIN_S
    made.go_on()
    assert hanging.returncode < 0
    assert made.failed
    wait_for_child(made)
    made.go_on()
    assert not made.failed


def test_a_real_player_that_is_cut_off_is_gone(seconds: Seconds) -> None:
    made = bursts([CHILD_HANGS], seconds)
    made.ring("high")
    assert made._ringing is not None
    process = made._ringing.playing._process  # type: ignore[attr-defined]
    made.stop()
    assert process.returncode < 0


def test_every_player_of_the_machine_is_there_to_try() -> None:
    found = machine_players("linux", lambda name: None if name == "paplay" else name)
    assert [player._command for player in found if isinstance(player, CommandPlayer)] == [("pw-play",), ("aplay", "-q")]
