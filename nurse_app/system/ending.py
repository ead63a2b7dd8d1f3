"""The machine asks the program to end, as at log-off or shutdown: remembered, so that nothing on its way is lost."""

import signal
from collections.abc import Callable
from types import FrameType

# What asks; not every system knows each of them.
_NAMES = ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK")
_Handler = Callable[[int, FrameType | None], object] | int | None


class EndRequest:
    """From ``listen`` to ``forget`` a request only sets ``asked``; whoever runs the program ends it in good order."""

    def __init__(self) -> None:
        self._asked = False
        self._before: dict[signal.Signals, _Handler] = {}

    @property
    def asked(self) -> bool:
        return self._asked

    def listen(self) -> None:
        """Take the requests over. Call it from the first thread."""
        for name in _NAMES:
            number: signal.Signals | None = getattr(signal, name, None)
            if number is not None:
                self._before[number] = signal.signal(number, self._hear)

    def forget(self) -> None:
        """Leave the requests to whoever had them before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True
