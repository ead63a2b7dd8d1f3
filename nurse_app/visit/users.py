"""Who is at the keyboard: adding nurses, signing in with a PIN, locking; each act is an entry of the station."""

from enum import StrEnum
from typing import cast

from nurse_app.domain import station_events as s
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import ZERO
from nurse_app.domain.record import Entry
from nurse_app.domain.station import Station, evolve_station, fold_station, locked_for
from nurse_app.visit.ports import Clock, EventLog, Identifiers, PinHasher, Records, StreamKind

STATION_ID = "station"


class SignIn(StrEnum):
    """How signing in ended."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


class UserDesk:
    """The people of this workstation. One thread writes; any thread may read ``station``."""

    def __init__(self, records: Records, clock: Clock, identifiers: Identifiers, hasher: PinHasher) -> None:
        self._clock = clock
        self._identifiers = identifiers
        self._hasher = hasher
        self._records = records
        self.reopen()

    def reopen(self) -> None:
        """Read the station's record from the disk again, as after a failure to save.

        Raises NotSavedError, UnreadableRecordError.
        """
        known = STATION_ID in self._records.stream_ids(StreamKind.STATION)
        opened = self._records.open if known else self._records.create
        self._log = cast("EventLog[s.StationEvent]", opened(StreamKind.STATION, STATION_ID))
        self._station = fold_station(self._log.recorded())

    @property
    def station(self) -> Station:
        return self._station

    def add(self, name: str, pin: str, by: str | None = None) -> str:
        """Add a nurse and return her id; the first one adds herself. Raises NotSavedError.

        The PIN must have been looked at before (system/pin_rules.py).
        """
        user_id = self._identifiers.new_id()
        self._append(s.UserAdded(user_id, name.strip(), self._hasher.hashed(pin)), by or user_id)
        return user_id

    def change_pin(self, user_id: str, pin: str) -> None:
        """Give a nurse a new PIN. Raises NotSavedError."""
        self._append(s.PinChanged(user_id, self._hasher.hashed(pin)), user_id)

    def sign_in(self, user_id: str, pin: str) -> SignIn:
        """Check a PIN and record the outcome; a locked name takes none. Raises NotSavedError."""
        outcome = self.check(user_id, pin)
        if outcome is SignIn.RIGHT:
            self._append(s.UserSignedIn(user_id), user_id)
        return outcome

    def check(self, user_id: str, pin: str) -> SignIn:
        """Check a PIN without signing in, as for a second check; a wrong one is recorded. Raises NotSavedError."""
        user = self._station.user(user_id)
        if user is None or user.retired:
            return SignIn.WRONG
        if locked_for(user, self._station.moment(self._clock.read())) > ZERO:
            return SignIn.LOCKED
        if self._hasher.matches(pin, user.pin_hash):
            return SignIn.RIGHT
        self._append(s.SignInFailed(user_id), user_id)
        return SignIn.WRONG

    def lock(self, user_id: str) -> None:
        """Note that names are hidden now. Raises NotSavedError."""
        self._append(s.ScreenLocked(user_id), user_id)

    def retire(self, user_id: str, by: str) -> None:
        """A nurse no longer works here; past entries keep the name. Raises NotSavedError."""
        self._append(s.UserRetired(user_id), by)

    def trust_clock(self, doubt: ClockDoubt, by: str) -> None:
        """A nurse has compared the clock of this computer and says that it is right. Raises NotSavedError."""
        self._append(s.ClockTrusted(doubt.wall, doubt.newest), by)

    def _append(self, event: s.StationEvent, by: str) -> None:
        entry = Entry(event, by, self._clock.read())
        for item in self._log.append((entry,), after=self._station.number):
            self._station = evolve_station(self._station, item)
