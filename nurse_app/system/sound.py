"""Plays a sound file with what the machine has, without waiting for its end."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from nurse_app.system.outside import outside_environment

# The players of PipeWire, PulseAudio and ALSA, the first that is there.
_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))


class Player(Protocol):
    """Plays sounds; one that cannot says so."""

    def play(self, file: Path) -> bool:
        """Begin to play, and whether that was possible."""
        ...


class NoPlayer:
    """For a machine without any way."""

    def play(self, _file: Path) -> bool:
        return False


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
        nowhere = subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(
                [*self._command, str(file)], stdin=nowhere, stdout=nowhere, stderr=nowhere, env=self._environment
            )
        except OSError:
            return False
        return True


class _Winsound(Protocol):
    SND_FILENAME: int
    SND_ASYNC: int
    SND_NODEFAULT: int

    def PlaySound(self, name: str, flags: int) -> None: ...  # noqa: N802  (its own name)


class WindowsPlayer:
    """By PlaySound, which goes on by itself."""

    def play(self, file: Path) -> bool:
        winsound = cast("_Winsound", import_module("winsound"))
        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            return False
        return True


def machine_player(platform: str = sys.platform, find: Callable[[str], str | None] = shutil.which) -> Player:
    """What plays sounds on this machine."""
    if platform == "win32":
        return WindowsPlayer()
    command = next((command for command in _PLAYERS if find(command[0])), None)
    return NoPlayer() if command is None else CommandPlayer(command)
