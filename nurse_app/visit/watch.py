"""Notices between two looks at the clocks what nobody told us: a moved wall clock, a sleep."""

from datetime import timedelta

from nurse_app.domain.moment import NOTICED_FROM, Reading, wall_step


class ClockWatch:
    """Compares each reading of the clocks with the one before."""

    def __init__(self, reading: Reading) -> None:
        self._last = reading

    def step(self, reading: Reading) -> timedelta | None:
        """How far the wall clock was moved since the last look; None when it was not."""
        moved = wall_step(self._last, reading)
        self._last = reading
        return moved if abs(moved) > NOTICED_FROM else None
