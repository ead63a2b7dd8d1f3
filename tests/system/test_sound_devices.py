"""Sound: a player, a device, sound files that can be played; asked without a sound."""

import ctypes
import shutil
import sys
import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from nurse_app.system.sound import CommandPlayer, NoPlayer, WindowsPlayer
from nurse_app.system.sound_devices import look_at_sound
from nurse_app.system.sound_output import OutputFound, SoundPlaces, ask_system, look_at_output
from nurse_app.system.windows import WindowsCalls
from nurse_app.visit.self_test import SoundFound

SOUNDS = Path(__file__).parents[2] / "resources" / "sounds"
CARDS = """ 0 [PCH            ]: HDA-Intel - HDA Intel PCH
                      HDA Intel PCH at 0xf7f10000 irq 31
 1 [HDMI           ]: HDA-Intel - HDA ATI HDMI
                      HDA ATI HDMI at 0xf7e60000 irq 32
"""
SINK = "62\talsa_output.pci-0000_00_1f.3.analog-stereo\tPipeWire\ts32le 2ch 48000Hz\tSUSPENDED\n"
DUMMY = "0\tauto_null\tmodule-null-sink.c\ts16le 2ch 44100Hz\tIDLE\n"
LOUD = "Volume: front-left: 42598 /  65% / -11.22 dB,   front-right: 42598 /  65% / -11.22 dB\n"
SILENT = "Volume: front-left: 0 /   0% / -inf dB,   front-right: 0 /   0% / -inf dB\n"
PLAYER = CommandPlayer(("paplay",))


def answering(**answers: str | None) -> Callable[[Sequence[str]], str | None]:
    keys = {"list": "sinks", "get-sink-mute": "mute", "get-sink-volume": "volume", "info": "info"}
    return lambda command: answers.get(keys[command[1]])


def places(tmp_path: Path, cards: str | None = None, platform: str = "linux", **answers: str | None) -> SoundPlaces:
    file = tmp_path / "cards"
    if cards is not None:
        file.write_text(cards, encoding="utf-8")
    return SoundPlaces(answering(**answers), platform, file)


def devices(given: SoundPlaces) -> tuple[int | None, bool | None]:
    found = look_at_sound(PLAYER, SOUNDS, ("high.wav",), given)
    return found.devices, found.muted


def test_a_machine_with_a_device_and_all_files_is_well(tmp_path: Path) -> None:
    given = places(tmp_path, sinks=SINK, mute="Mute: no\n", volume=LOUD)

    found = look_at_sound(PLAYER, SOUNDS, ("high.wav",), given)

    assert found == SoundFound("paplay", 1, False, ("high.wav",), ())


@pytest.mark.parametrize(
    ("sinks", "count"), [("", 0), (DUMMY, 0), (SINK, 1), (SINK + DUMMY, 1), (SINK + SINK.replace("62", "63"), 2)]
)
def test_devices_are_those_that_the_sound_server_has_made_up_ones_left_out(
    tmp_path: Path, sinks: str, count: int
) -> None:
    assert devices(places(tmp_path, CARDS, sinks=sinks, mute="Mute: no", volume=LOUD)) == (count, False)


@pytest.mark.parametrize(
    ("mute", "volume", "muted"),
    [("Mute: yes", LOUD, True), ("Mute: no", SILENT, True), ("Mute: no", LOUD, False), ("Mute: no", "", False),
     (None, LOUD, None), ("Mute: no", None, None)],
)  # fmt: skip
def test_whether_the_sound_is_switched_off_is_asked(
    tmp_path: Path, mute: str | None, volume: str | None, muted: bool | None
) -> None:
    assert devices(places(tmp_path, sinks=SINK, mute=mute, volume=volume)) == (1, muted)


@pytest.mark.parametrize(
    ("cards", "platform", "count"),
    [(CARDS, "linux", 2), ("--- no soundcards ---\n", "linux", 0), (None, "linux", 0), (None, "darwin", None)],
)
def test_without_a_sound_server_the_cards_count(
    tmp_path: Path, cards: str | None, platform: str, count: int | None
) -> None:
    assert devices(places(tmp_path, cards, platform)) == (count, None)


def test_cards_that_cannot_be_read_say_nothing(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()

    assert devices(places(tmp_path)) == (None, None)


def test_another_default_device_has_another_mark_which_is_not_its_name(tmp_path: Path) -> None:
    def mark(info: str | None) -> str:
        found = look_at_output(places(tmp_path, sinks=SINK, mute="Mute: no", volume=LOUD, info=info))
        assert found.server
        return found.device

    own, other = (mark(f"Server Name: x\nDefault Sink: {name}\n") for name in ("headphones-of-somebody", "speaker"))
    assert own == mark("Default Sink: headphones-of-somebody") != other
    assert "headphones" not in own
    assert [mark(None), mark("Default Sink: \n")] == ["", ""]


def test_other_cards_have_another_mark(tmp_path: Path) -> None:
    before, after = (look_at_output(places(tmp_path, cards)) for cards in (CARDS, CARDS.replace("HDMI", "USB")))
    assert before.device != after.device != ""
    assert not before.server
    assert look_at_output(SoundPlaces(answering(), "darwin", tmp_path / "none")) == OutputFound(None, None)


def windows_with(**calls: Callable[[], int]) -> WindowsCalls:
    def load(name: str) -> ctypes.CDLL:
        if name not in calls:
            raise OSError
        return SimpleNamespace(waveOutGetNumDevs=calls[name])  # type: ignore[return-value]

    return WindowsCalls(load)


def test_windows_counts_its_devices() -> None:
    class Count:
        def __call__(self) -> int:
            return 3

    for windows, count in ((windows_with(winmm=Count()), 3), (windows_with(), None)):
        found = look_at_sound(WindowsPlayer(), SOUNDS, (), SoundPlaces(answering(), "win32", windows=windows))
        assert (found.player, found.devices) == ("Windows", count)


def test_no_player_has_no_name(tmp_path: Path) -> None:
    assert look_at_sound(NoPlayer(), SOUNDS, (), places(tmp_path)).player == ""


def test_files_that_are_missing_cut_silent_or_no_sound_are_named(tmp_path: Path) -> None:
    shutil.copy(SOUNDS / "high.wav", tmp_path / "whole.wav")
    (tmp_path / "cut.wav").write_bytes((SOUNDS / "high.wav").read_bytes()[:1000])
    (tmp_path / "text.wav").write_text("no sound", encoding="utf-8")
    (tmp_path / "empty.wav").write_bytes(b"")
    with wave.open(str(tmp_path / "silent.wav"), "wb") as silent:
        silent.setparams((1, 2, 8000, 0, "NONE", ""))
        silent.writeframes(bytes(800))
    wanted = ("whole.wav", "missing.wav", "cut.wav", "text.wav", "empty.wav", "silent.wav")

    found = look_at_sound(PLAYER, tmp_path, wanted, places(tmp_path))

    assert found.broken == wanted[1:]
    assert found.files == wanted


def test_the_system_is_asked_in_english_and_with_its_own_libraries() -> None:
    show = "import os; print(os.environ['LC_ALL'], 'LD_LIBRARY_PATH' in os.environ)"

    said = ask_system((sys.executable, "-I", "-S", "-c", show), {"LD_LIBRARY_PATH": "/packaged", "LC_ALL": "de_DE"})

    assert said == "C False\n"


def test_a_program_that_fails_or_is_not_there_gives_no_answer(tmp_path: Path) -> None:
    assert ask_system((sys.executable, "-I", "-S", "-c", "raise SystemExit(1)")) is None
    assert ask_system((str(tmp_path / "nothing"),)) is None
