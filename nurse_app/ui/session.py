"""Who is at the keyboard now, and when the names were hidden; no widget, so it can be tested alone."""

from dataclasses import dataclass
from datetime import timedelta

from nurse_app.domain.moment import ZERO, Reading
from nurse_app.domain.record import PROGRAM
from nurse_app.domain.station import IDLE_LOCK
from nurse_app.visit.open_visit import Author


@dataclass(slots=True)
class Session:
    """Who is signed in. ``locked`` hides the names and marks acts «sign later»; so it begins, with nobody here yet."""

    user_id: str = ""
    locked: bool = True
    touched_at: Reading | None = None

    @property
    def author(self) -> Author:
        """Whose entries are made now."""
        return Author(self.user_id or PROGRAM, sign_later=self.locked or not self.user_id)

    def sign_in(self, user_id: str, reading: Reading) -> None:
        self.user_id, self.locked, self.touched_at = user_id, False, reading

    def touch(self, reading: Reading) -> None:
        self.touched_at = reading

    def idle_for(self, reading: Reading) -> timedelta:
        """Time without a touch, by the clock that counts sleep and that nobody can move."""
        last = self.touched_at
        if last is None or last.boot_id != reading.boot_id:
            return ZERO
        return reading.uptime - last.uptime

    def should_lock(self, reading: Reading) -> bool:
        return bool(self.user_id) and not self.locked and self.idle_for(reading) >= IDLE_LOCK
