"""A clock that goes only when it is told to: replay, rehearsal, training and tests."""

from datetime import datetime, timedelta, timezone

from nurse_app.domain.moment import ZERO, Reading


class ScriptedClock:
    """The Clock port with hands to turn; ``passed`` is the true time since it was made, whatever ``wall`` says."""

    def __init__(self, wall: datetime, uptime: timedelta = ZERO, boot_id: str = "boot-1") -> None:
        """``wall`` must be aware; its offset is kept for good. Raises ValueError for one without an offset."""
        offset = wall.utcoffset()
        if offset is None:
            raise ValueError("The wall clock needs an offset from UTC.")
        self.wall = wall.astimezone(timezone(offset))
        self.uptime = uptime
        self.boot_id = boot_id
        self.passed = ZERO
        self._starts = 1

    def read(self) -> Reading:
        return Reading(self.wall, self.uptime, self.boot_id)

    def advance(self, by: timedelta) -> None:
        """Let time pass, awake or asleep: sleep counts. Raises ValueError for time going back."""
        if by < ZERO:
            raise ValueError("Time does not go back.")
        self.passed += by
        self.wall += by
        self.uptime += by

    def set_wall_by(self, by: timedelta) -> None:
        """Somebody moves the wall clock; no time passes."""
        self.wall += by

    def reboot(self, off_for: timedelta) -> None:
        """The machine is off for a while and starts anew: the uptime begins at zero under a new boot_id."""
        self.advance(off_for)
        self._starts += 1
        self.uptime = ZERO
        self.boot_id = f"boot-{self._starts}"
