"""A command of this program run as a child whose lines are read as they come."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from nurse_app.system.background import creation_flags


class SpeakingCommand:
    """A running child. ``lines`` belongs on a thread of its own; ``stop`` may be called on any."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it. Raises OSError when the command cannot be started."""
        # Nobody reads its errors: a pipe that nobody empties would hold it up.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            creationflags=creation_flags(),
        )

    def lines(self) -> Iterator[str]:
        """Every line that it says, waiting for each; afterwards it has ended."""
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in output:
                yield line.decode(errors="replace").rstrip("\r\n")
        self._process.wait()

    def stop(self) -> None:
        """End it wherever it is."""
        with suppress(OSError):
            self._process.kill()
