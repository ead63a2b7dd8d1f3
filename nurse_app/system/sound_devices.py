"""What the machine would play an alarm with, asked without a sound: the player, the devices, the files."""

import os
import re
import subprocess
import sys
import wave
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nurse_app.system.outside import outside_environment
from nurse_app.system.sound import CommandPlayer, Player, WindowsPlayer
from nurse_app.system.windows import WindowsCalls
from nurse_app.visit.self_test import SoundFound

_CARDS = Path("/proc/asound/cards")
_CARD = re.compile(r"^ *\d+ \[", re.MULTILINE)
# What PulseAudio and PipeWire make up when there is no device.
_NO_DEVICE = "auto_null"
_ANSWERS_WITHIN_S = 5
_VOLUME = re.compile(r"(\d+)%")

Ask = Callable[[Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class SoundPlaces:
    """Where the machine is asked. ``ask`` runs a program of the system; None when it gave no answer."""

    ask: Ask
    platform: str = sys.platform
    cards: Path = _CARDS
    windows: WindowsCalls | None = None


def look_at_sound(player: Player, folder: Path, wanted: Sequence[str], places: SoundPlaces) -> SoundFound:
    """What is there to play the sound files of a folder; ``wanted`` are those that the program plays."""
    name = _player_name(player)
    devices, muted = _devices(places)
    broken = tuple(file for file in wanted if not _can_be_played(folder / file))
    return SoundFound(name, devices, muted, tuple(wanted), broken)


def ask_system(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str | None:
    """What a program of the system says, in English; None when it is not there, fails or takes too long."""
    own = outside_environment(os.environ if environment is None else environment) | {"LC_ALL": "C"}
    try:
        ended = subprocess.run(
            command, capture_output=True, check=True, env=own, timeout=_ANSWERS_WITHIN_S, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ended.stdout.decode(errors="replace")


def _player_name(player: Player) -> str:
    if isinstance(player, CommandPlayer):
        return player.name
    return "Windows" if isinstance(player, WindowsPlayer) else ""


def _devices(places: SoundPlaces) -> tuple[int | None, bool | None]:
    if places.platform == "win32":
        count = (places.windows or WindowsCalls()).sound_devices()
        return (None if count is None else count()), None
    sinks = places.ask(("pactl", "list", "short", "sinks"))
    if sinks is not None:
        names = [line.split("\t")[1] for line in sinks.splitlines() if "\t" in line]
        return sum(name != _NO_DEVICE for name in names), _is_muted(places.ask)
    try:
        return len(_CARD.findall(places.cards.read_text(encoding="utf-8", errors="replace"))), None
    except FileNotFoundError:
        # Linux has this file wherever it has sound at all.
        return (0 if places.platform == "linux" else None), None
    except OSError:
        return None, None


def _is_muted(ask: Ask) -> bool | None:
    mute = ask(("pactl", "get-sink-mute", "@DEFAULT_SINK@"))
    volume = ask(("pactl", "get-sink-volume", "@DEFAULT_SINK@"))
    if mute is None or volume is None:
        return None
    loudness = [int(found) for found in _VOLUME.findall(volume)]
    return "yes" in mute or (bool(loudness) and max(loudness) == 0)


def _can_be_played(file: Path) -> bool:
    """Whether it is a WAV file of whole samples with a sound in it."""
    try:
        with wave.open(str(file), "rb") as sound:
            samples = sound.readframes(sound.getnframes())
            whole = sound.getnframes() * sound.getnchannels() * sound.getsampwidth()
    except (OSError, EOFError, wave.Error):
        return False
    return len(samples) == whole and any(samples)
