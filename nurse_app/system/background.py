"""A command of this program run as a child of its own, which others on the machine may overtake."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_LOWEST_POSIX = 19


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code, and the last line it said to people, empty when it said nothing."""

    code: int
    sentence: str


class BackgroundWork(Protocol):
    """A command that runs, or has ended."""

    def ended(self) -> Ended | None:
        """How it ended; None while it runs. Never waits. Called again, it answers the same."""
        ...


class BackgroundCommand:
    """A running child. It goes on to its end when this program ends before it. It may say one line at most."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. Raises OSError when the command cannot be started."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=dict(environment),
            creationflags=creation_flags(),
        )
        self._end: Ended | None = None

    def ended(self) -> Ended | None:
        if self._end is None and self._process.poll() is not None:
            _, said = self._process.communicate()
            lines = said.decode(errors="replace").splitlines() or [""]
            self._end = Ended(self._process.returncode, lines[-1])
        return self._end


def own_command(package: Path, unpacked: Path | None) -> tuple[str, ...]:
    """How this program starts itself: the packaged executable, or Python with the ``package``."""
    # -P: never the package of the same name that may lie in the present folder.
    return (sys.executable,) if unpacked is not None else (sys.executable, "-P", "-m", package.name)


def own_environment(package: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The surroundings in which ``own_command`` finds the same program, wherever it is started from."""
    paths = [str(package.parent), *filter(None, [environment.get("PYTHONPATH")])]
    # A packaged executable that starts itself must unpack anew: what this one unpacked is gone when it ends.
    return {**environment, "PYTHONPATH": os.pathsep.join(paths), "PYINSTALLER_RESET_ENVIRONMENT": "1"}


def start_again(command: Sequence[str], unpacked: Path | None, environment: Mapping[str, str]) -> None:
    """Start a program that goes on when this one has ended, as if somebody had clicked on it. Raises OSError."""
    fresh = {**environment, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    # A packaged executable may have put its own libraries first; the next version brings others.
    folders = fresh.pop("LD_LIBRARY_PATH", "").split(os.pathsep)
    others = [
        folder for folder in folders if folder and (unpacked is None or not Path(folder).is_relative_to(unpacked))
    ]
    if others:
        fresh["LD_LIBRARY_PATH"] = os.pathsep.join(others)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=fresh,
        start_new_session=True,
        creationflags=_detached(),
    )
    # Nobody waits for it: Python would warn of a child that is left.
    process.returncode = 0


def lower_priority() -> None:
    """Let every other program on the machine go first. On Windows whoever starts the program has seen to it."""
    if hasattr(os, "nice"):
        os.nice(_LOWEST_POSIX)


def creation_flags() -> int:
    """What Windows is asked for when a child is started: others go first, and no window of its own."""
    if sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
    return 0


def _detached() -> int:
    if sys.platform == "win32":
        return subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
