"""Who may use this workstation, who is signed in, and how long a wrong PIN locks a name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from nurse_app.domain import station_events as s
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import ZERO, Moment, Reading, first_moment, moment_after
from nurse_app.domain.record import Recorded
from nurse_app.domain.sound import UNTESTED, SoundStanding, SoundTest

# Five wrong PINs lock a name for one minute, each further one doubles it up to fifteen (reliability notes, 5.1).
FREE_FAILURES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(minutes=15)
IDLE_LOCK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class User:
    """One nurse. ``failures`` counts wrong PINs since the last right one."""

    user_id: str
    name: str
    pin_hash: str
    failures: int = 0
    failed_at: Moment | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """All users of this workstation, and the last doubt about its clock that a nurse has settled.

    ``newest_wall`` is the latest time that its wall clock has shown at any entry, ``sound`` what is known of its sound.
    """

    users: tuple[User, ...] = ()
    number: int = 0
    last_reading: Reading | None = None
    last_moment: Moment | None = None
    clock_trusted: ClockDoubt | None = None
    newest_wall: datetime | None = None
    sound: SoundStanding = UNTESTED

    def user(self, user_id: str) -> User | None:
        return next((user for user in self.users if user.user_id == user_id), None)

    def active(self) -> tuple[User, ...]:
        return tuple(user for user in self.users if not user.retired)

    def name_of(self, user_id: str) -> str:
        """The name to show for an author; the id itself when the station does not know it."""
        user = self.user(user_id)
        return user.name if user else user_id

    def moment(self, reading: Reading) -> Moment:
        if self.last_reading is None or self.last_moment is None:
            return first_moment(reading)
        return moment_after(self.last_moment, self.last_reading, reading)


def locked_for(user: User, now: Moment) -> timedelta:
    """How long this name still takes no PIN; zero when it does. Moving the wall clock does not shorten it."""
    if user.failures < FREE_FAILURES or user.failed_at is None:
        return ZERO
    lock: timedelta = min(FIRST_LOCK * 2 ** (user.failures - FREE_FAILURES), LONGEST_LOCK)
    return max(lock - now.since(user.failed_at).least, ZERO)


def fold_station(record: Sequence[Recorded[s.StationEvent]]) -> Station:
    """The station after all its events."""
    station = Station()
    for item in record:
        station = evolve_station(station, item)
    return station


def evolve_station(station: Station, recorded: Recorded[s.StationEvent]) -> Station:
    """The station after one more event."""
    reading = recorded.entry.reading
    now = station.moment(reading)
    event = recorded.event
    newest = max(station.newest_wall or reading.wall, reading.wall)
    station = replace(station, number=recorded.number, last_reading=reading, last_moment=now, newest_wall=newest)
    if isinstance(event, s.ClockTrusted):
        return replace(station, clock_trusted=ClockDoubt(event.wall, event.newest))
    if isinstance(event, s.SoundEvent):
        return replace(station, sound=_sound(station.sound, event, now))
    return replace(station, users=_apply(station.users, event, now))


def _apply(users: tuple[User, ...], event: s.UserEvent, now: Moment) -> tuple[User, ...]:
    match event:
        case s.UserAdded():
            return (*users, User(event.user_id, event.name, event.pin_hash))
        case s.PinChanged():
            return _change(users, event.user_id, pin_hash=event.pin_hash, failures=0)
        case s.UserSignedIn():
            return _change(users, event.user_id, failures=0)
        case s.SignInFailed():
            failures = next((user.failures for user in users if user.user_id == event.user_id), 0)
            return _change(users, event.user_id, failures=failures + 1, failed_at=now)
        case s.UserRetired():
            return _change(users, event.user_id, retired=True)
        case s.ScreenLocked():
            return users
        case _:
            assert_never(event)


def _sound(sound: SoundStanding, event: s.SoundEvent, now: Moment) -> SoundStanding:
    match event:
        case s.SoundTested():
            test = SoundTest(event.heard, now, event.device)
            return replace(sound, last=test, heard=test if event.heard else sound.heard)
        case s.SoundLost():
            return replace(sound, lost=event.trouble)
        case s.SoundRestored():
            return replace(sound, lost=None)
        case _:
            assert_never(event)


def _change(users: tuple[User, ...], user_id: str, **changes: Any) -> tuple[User, ...]:
    return tuple(replace(user, **changes) if user.user_id == user_id else user for user in users)
