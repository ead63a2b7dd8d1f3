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


def lower_priority() -> None:
    """Let every other program on the machine go first. On Windows whoever starts the program has seen to it."""
    if hasattr(os, "nice"):
        os.nice(_LOWEST_POSIX)


def creation_flags() -> int:
    """What Windows is asked for when a child is started: others go first, and no window of its own."""
    if sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
    return 0
