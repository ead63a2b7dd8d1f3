"""A child program that lives no longer than this one: its input closes when this program ends, however it ends."""

import os
import select
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from nurse_app.system.outside import outside_environment

_GREETING = b"ready\n"
_END_WITHIN_S = 5


class Companion(Protocol):
    """What is asked of a running child."""

    def has_answered(self) -> bool:
        """Whether it gave back what it was sent at the start. Never waits."""
        ...

    def is_running(self) -> bool: ...

    def end(self) -> None:
        """Let it go, and wait until it is gone."""
        ...


class EchoingCompanion:
    """A child that copies its input to its output, as ``cat`` does; an echo proves that it got as far as running."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. Raises OSError when the command cannot be started."""
        pipe, own = subprocess.PIPE, outside_environment(environment)
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=own, bufsize=0
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._output = self._process.stdout
        self._answered = False
        with suppress(OSError):
            self._process.stdin.write(_GREETING)

    def has_answered(self) -> bool:
        if not self._answered:
            readable, _, _ = select.select([self._output], [], [], 0)
            self._answered = bool(readable) and os.read(self._output.fileno(), len(_GREETING)) != b""
        return self._answered

    def is_running(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        try:
            # Closes its input, which is its sign to go.
            self._process.communicate(timeout=_END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
