"""Plays a sound file with what the machine has, without waiting for its end."""

import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from nurse_app.system.outside import outside_environment

# The players of PipeWire, PulseAudio and ALSA, the first that is there.
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
# A child that was killed is gone at once, unless its driver holds it.
_GONE_WITHIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Burst:
    """A sound file that can be played, and how long it takes, s."""

    file: Path
    length_s: float


def burst_in(file: Path) -> Burst | None:
    """The sound in a WAV file; None when there is no file of whole samples with a sound in it."""
    try:
        with wave.open(str(file), "rb") as sound:
            samples = sound.readframes(sound.getnframes())
            whole = sound.getnframes() * sound.getnchannels() * sound.getsampwidth()
            length_s = sound.getnframes() / sound.getframerate()
    except (OSError, EOFError, wave.Error):
        return None
    return Burst(file, length_s) if len(samples) == whole and any(samples) else None


class Playing(Protocol):
    """A sound that was begun."""

    def ended(self, after_s: float) -> bool | None:
        """Whether it played well, ``after_s`` since its begin; None while it plays. Never waits."""
        ...

    def cut(self) -> None:
        """End it wherever it is."""
        ...


class Player(Protocol):
    """Plays sounds; one that cannot says so."""

    def play(self, file: Path) -> bool:
        """Begin to play, and whether that was possible."""
        ...

    def begin(self, burst: Burst) -> Playing | None:
        """Begin to play, to be followed to the end; None when that was not possible."""
        ...


class NoPlayer:
    """For a machine without any way."""

    def play(self, _file: Path) -> bool:
        return False

    def begin(self, _burst: Burst) -> Playing | None:
        return None


class _ChildPlaying:
    """A player that runs as a program of its own: one that ends with an error did not play well."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def ended(self, after_s: float) -> bool | None:
        del after_s
        code = self._process.poll()
        return None if code is None else code == 0

    def cut(self) -> None:
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GONE_WITHIN_S)


class CommandPlayer:
    """By a program of the system. Whether it was heard, nobody can say."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
        self._command = tuple(command)
        self._environment = outside_environment(environment)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self._command[0]

    def play(self, file: Path) -> bool:
        if self._process is not None:
            # Lets the system forget the one before.
            self._process.poll()
        self._process = self._start(file)
        return self._process is not None

    def begin(self, burst: Burst) -> Playing | None:
        process = self._start(burst.file)
        return None if process is None else _ChildPlaying(process)

    def _start(self, file: Path) -> "subprocess.Popen[bytes] | None":
        nowhere = subprocess.DEVNULL
        try:
            return subprocess.Popen(
                [*self._command, str(file)], stdin=nowhere, stdout=nowhere, stderr=nowhere, env=self._environment
            )
        except OSError:
            return None


class _Winsound(Protocol):
    SND_FILENAME: int
    SND_ASYNC: int
    SND_NODEFAULT: int

    def PlaySound(self, name: str | None, flags: int) -> None: ...  # noqa: N802  (its own name)


class _WindowsPlaying:
    """Windows does not say how an asynchronous sound ended: what it began counts as played when its time is over."""

    def __init__(self, winsound: _Winsound, length_s: float) -> None:
        self._winsound = winsound
        self._length_s = length_s

    def ended(self, after_s: float) -> bool | None:
        return True if after_s >= self._length_s else None

    def cut(self) -> None:
        with suppress(RuntimeError):
            self._winsound.PlaySound(None, 0)


class WindowsPlayer:
    """By PlaySound, which goes on by itself."""

    def play(self, file: Path) -> bool:
        winsound = cast("_Winsound", import_module("winsound"))
        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True

    def begin(self, burst: Burst) -> Playing | None:
        winsound = cast("_Winsound", import_module("winsound"))
        return _WindowsPlaying(winsound, burst.length_s) if self.play(burst.file) else None


def machine_players(
    platform: str = sys.platform, find: Callable[[str], str | None] = shutil.which
) -> tuple[Player, ...]:
    """Everything that plays sounds on this machine, the best first."""
    if platform == "win32":
        return (WindowsPlayer(),)
    return tuple(CommandPlayer(command) for command in _PLAYERS if find(command[0]))


def machine_player(platform: str = sys.platform, find: Callable[[str], str | None] = shutil.which) -> Player:
    """What plays sounds on this machine."""
    return next(iter(machine_players(platform, find)), NoPlayer())
