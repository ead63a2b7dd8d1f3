"""Who may use the workstation, and how long a wrong PIN locks a name."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from nurse_app.domain import station_events as s
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import ZERO, Moment, Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.station import Station, User, fold_station, locked_for

T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ADDED = s.UserAdded("one", "SAMPLE, Nurse One", "hash")
FAILED = s.SignInFailed("one")


def reading(passed: timedelta = ZERO) -> Reading:
    return Reading(T0 + passed, passed, "boot-1")


def station(*events: s.StationEvent) -> Station:
    """The station after these events, one minute apart."""
    entries = [Entry(event, "one", reading(number * MINUTE)) for number, event in enumerate(events)]
    return fold_station([Recorded(number, f"e{number}", entry) for number, entry in enumerate(entries, start=1)])


def test_a_new_station_has_nobody_and_believes_its_clock() -> None:
    empty = station()
    assert (empty, empty.active(), empty.user("one")) == (Station(), (), None)
    assert empty.moment(reading()) == Moment(T0, T0)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), User("one", "SAMPLE, Nurse One", "hash")),
        ((s.PinChanged("one", "other"),), User("one", "SAMPLE, Nurse One", "other")),
        ((s.UserRetired("one"),), User("one", "SAMPLE, Nurse One", "hash", retired=True)),
        ((s.ScreenLocked("one"),), User("one", "SAMPLE, Nurse One", "hash")),
        ((FAILED, FAILED), User("one", "SAMPLE, Nurse One", "hash", 2, Moment(T0 + 2 * MINUTE, T0 + 2 * MINUTE))),
        (
            (FAILED, s.UserSignedIn("one")),
            User("one", "SAMPLE, Nurse One", "hash", 0, Moment(T0 + MINUTE, T0 + MINUTE)),
        ),
        (
            (FAILED, s.PinChanged("one", "other")),
            User("one", "SAMPLE, Nurse One", "other", 0, Moment(T0 + MINUTE, T0 + MINUTE)),
        ),
    ],
)
def test_what_an_event_leaves(events: tuple[s.StationEvent, ...], expected: User) -> None:
    assert station(ADDED, *events).user("one") == expected


def test_every_event_is_applied() -> None:
    other = s.UserAdded("two", "SAMPLE, Nurse Two", "hash")
    simple = [kind("two") for kind in (s.UserSignedIn, s.SignInFailed, s.ScreenLocked, s.UserRetired)]
    trusted = s.ClockTrusted(T0, T0 + MINUTE)
    sounds = (s.SoundTested(heard=True), s.SoundLost("muted"), s.SoundRestored())
    events: list[s.StationEvent] = [ADDED, other, *simple, s.PinChanged("two", "hash"), trusted, *sounds]
    assert {type(event) for event in events} == set(get_args(s.StationEvent))
    after = station(*events)
    assert after.number == len(events)
    assert after.user("one") == User("one", "SAMPLE, Nurse One", "hash")
    assert after.clock_trusted == ClockDoubt(T0, T0 + MINUTE)


def test_a_wrong_pin_for_nobody_changes_nobody() -> None:
    assert station(ADDED, s.SignInFailed("two")).users == station(ADDED).users


def test_who_retired_keeps_the_name_on_past_entries() -> None:
    after = station(ADDED, s.UserRetired("one"))
    assert after.active() == ()
    assert after.name_of("one") == "SAMPLE, Nurse One"
    assert after.name_of("nobody") == "nobody"


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (40, 15)])
def test_wrong_pins_lock_a_name_for_longer_and_longer(failures: int, minutes: int) -> None:
    after = station(ADDED, *[FAILED] * failures)
    user = after.user("one")
    assert user is not None
    at = after.moment(reading(failures * MINUTE))
    assert locked_for(user, at) == minutes * MINUTE
    assert locked_for(user, at.plus(minutes * MINUTE)) == ZERO


def test_moving_the_wall_clock_does_not_open_a_lock() -> None:
    after = station(ADDED, *[FAILED] * 5)
    user = after.user("one")
    assert user is not None
    moved = Reading(T0 + timedelta(days=1), 5 * MINUTE + timedelta(seconds=30), "boot-1")
    assert locked_for(user, after.moment(moved)) == timedelta(seconds=30)


def test_a_restart_of_the_machine_does_not_open_a_lock() -> None:
    after = station(ADDED, *[FAILED] * 5)
    user = after.user("one")
    assert user is not None
    restarted = Reading(T0 + timedelta(days=1), timedelta(seconds=20), "boot-2")
    assert locked_for(user, after.moment(restarted)) == timedelta(seconds=40)


def test_a_name_that_was_never_refused_is_open() -> None:
    assert locked_for(User("one", "SAMPLE, Nurse One", "hash", failures=9), Moment(T0, T0)) == ZERO
