"""Where a sound would come out, asked without a sound: the devices, and whether the one in use is switched off."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nurse_app.system.outside import outside_environment
from nurse_app.system.windows import WindowsCalls

_CARDS = Path("/proc/asound/cards")
_CARD = re.compile(r"^ *\d+ \[", re.MULTILINE)
# What PulseAudio and PipeWire make up when there is no device.
_NO_DEVICE = "auto_null"
_ANSWERS_WITHIN_S = 5
_VOLUME = re.compile(r"(\d+)%")
_DEFAULT = re.compile(r"^Default Sink: *(\S+)", re.MULTILINE)
_MARK_DIGITS = 12

Ask = Callable[[Sequence[str]], str | None]


@dataclass(frozen=True, slots=True)
class SoundPlaces:
    """Where the machine is asked. ``ask`` runs a program of the system; None when it gave no answer."""

    ask: Ask
    platform: str = sys.platform
    cards: Path = _CARDS
    windows: WindowsCalls | None = None


@dataclass(frozen=True, slots=True)
class OutputFound:
    """Where a sound would come out. ``devices`` None, ``muted`` None: nobody can say.

    ``device`` is a mark of the device, the same as long as it is, and not its name; "" when nobody can say.
    ``server``: a sound server answered.
    """

    devices: int | None
    muted: bool | None
    device: str = ""
    server: bool = False


def ask_system(
    command: Sequence[str], environment: Mapping[str, str] | None = None, within_s: float = _ANSWERS_WITHIN_S
) -> str | None:
    """What a program of the system says, in English; None when it is not there, fails or takes too long."""
    own = outside_environment(os.environ if environment is None else environment) | {"LC_ALL": "C"}
    try:
        ended = subprocess.run(
            command, capture_output=True, check=True, env=own, timeout=within_s, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ended.stdout.decode(errors="replace")


def look_at_output(places: SoundPlaces) -> OutputFound:
    """The devices of the machine, and whether the one that is used is switched off."""
    if places.platform == "win32":
        counter = (places.windows or WindowsCalls()).sound_devices()
        count = None if counter is None else counter()
        return OutputFound(count, None, _mark(count or 0))
    sinks = places.ask(("pactl", "list", "short", "sinks"))
    if sinks is not None:
        names = [line.split("\t")[1] for line in sinks.splitlines() if "\t" in line]
        count = sum(name != _NO_DEVICE for name in names)
        return OutputFound(count, _is_muted(places.ask), _default_mark(places.ask), server=True)
    try:
        cards = places.cards.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        # Linux has this file wherever it has sound at all.
        return OutputFound(0 if places.platform == "linux" else None, None)
    except OSError:
        return OutputFound(None, None)
    return OutputFound(len(_CARD.findall(cards)), None, _mark(cards))


def _default_mark(ask: Ask) -> str:
    named = _DEFAULT.search(ask(("pactl", "info")) or "")
    return _mark(named[1]) if named else ""


def _mark(what: object) -> str:
    """Short and the same for the same; a name may tell whose headphones they are."""
    return sha256(str(what).encode()).hexdigest()[:_MARK_DIGITS]


def _is_muted(ask: Ask) -> bool | None:
    mute = ask(("pactl", "get-sink-mute", "@DEFAULT_SINK@"))
    volume = ask(("pactl", "get-sink-volume", "@DEFAULT_SINK@"))
    if mute is None or volume is None:
        return None
    loudness = [int(found) for found in _VOLUME.findall(volume)]
    return "yes" in mute or (bool(loudness) and max(loudness) == 0)
