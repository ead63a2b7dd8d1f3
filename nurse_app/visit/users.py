"""Who is at the keyboard, and what this workstation knows of its sound; each act is an entry of the station."""

from enum import StrEnum
from itertools import count
from typing import cast

from nurse_app.domain import station_events as s
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import ZERO
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.sound import SoundTrouble
from nurse_app.domain.station import Station, User, evolve_station, fold_station, locked_for
from nurse_app.visit.ports import Clock, EventLog, Identifiers, PinHasher, Records, StreamKind, UnreadableRecordError

STATION_ID = "station"
# Who makes the entries that no nurse makes.
_PROGRAM = "program"
_NOBODY_LEFT = (
    "The record station has no first entry: its file is cut short. Add the nurses again, "
    "or bring the record back from a backup."
)


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
        self._problem: str | None = None
        self._taken_over: tuple[User, ...] = ()
        self.reopen()

    @property
    def problem(self) -> str | None:
        """Why the station's own record cannot be read, if so; a new one goes on from what is left of it."""
        return self._problem

    def reopen(self) -> None:
        """Read the station's record from the disk again, as after a failure to save. Raises NotSavedError.

        One that cannot be read is left as it is. The next one goes on with the people from before the damage, so that
        nobody is kept from a running infusion.
        """
        self._problem, self._taken_over = None, ()
        self._log = self._first_readable()
        recorded = self._log.recorded()
        self._station = fold_station(recorded) if recorded else Station(self._taken_over)
        if recorded:
            self._taken_over = ()
        elif self._log.tail_kept_aside is not None:
            self._problem = _NOBODY_LEFT

    def _first_readable(self) -> EventLog[s.StationEvent]:
        known = self._records.stream_ids(StreamKind.STATION)
        numbers = count(2)
        stream_id = STATION_ID
        while stream_id in known:
            try:
                return cast("EventLog[s.StationEvent]", self._records.open(StreamKind.STATION, stream_id))
            except UnreadableRecordError as error:
                self._problem = str(error)
                # Written along with the next entry: whoever only starts the program adds nothing to a record.
                self._taken_over = self._people_left_in(stream_id) or self._taken_over
            stream_id = f"{STATION_ID}-{next(numbers)}"
        return cast("EventLog[s.StationEvent]", self._records.create(StreamKind.STATION, stream_id))

    def _people_left_in(self, stream_id: str) -> tuple[User, ...]:
        try:
            prefix = self._records.read_sound_prefix(StreamKind.STATION, stream_id)
        except (UnreadableRecordError, FileNotFoundError):
            return ()
        return fold_station(cast("tuple[Recorded[s.StationEvent], ...]", prefix)).users

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

    def note_sound_test(self, *, heard: bool, device: str, trouble: SoundTrouble | None, by: str) -> None:
        """The sounds of alarms were played, and a nurse says whether she heard them all. Raises NotSavedError."""
        self._append(s.SoundTested(heard, device, trouble), by)

    def note_sound(self, trouble: SoundTrouble | None) -> None:
        """Keep what is wrong with the sound now, None: nothing; an entry only when that has changed.

        Raises NotSavedError.
        """
        if trouble != self._station.sound.lost:
            self._append(s.SoundRestored() if trouble is None else s.SoundLost(trouble), _PROGRAM)

    def _append(self, event: s.StationEvent, by: str) -> None:
        reading = self._clock.read()
        before = [Entry(event, user.user_id, reading) for user in self._taken_over for event in _as_events(user)]
        station = Station() if before else self._station
        for item in self._log.append((*before, Entry(event, by, reading)), after=station.number):
            station = evolve_station(station, item)
        self._station, self._taken_over = station, ()


def _as_events(user: User) -> tuple[s.StationEvent, ...]:
    added = s.UserAdded(user.user_id, user.name, user.pin_hash)
    return (added, s.UserRetired(user.user_id)) if user.retired else (added,)
