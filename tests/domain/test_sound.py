"""What the workstation knows of its sound: when a test is offered, and what counts as trouble."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from nurse_app.domain import station_events as s
from nurse_app.domain.moment import ZERO, Moment, Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.sound import (
    UNTESTED,
    SoundStanding,
    SoundTest,
    SoundTestPlan,
    SoundTrouble,
    sound_test_due,
    sound_trouble,
)
from nurse_app.domain.station import Station, fold_station

T0 = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
PLAN = SoundTestPlan(offered_after_h=12, medium_after_s=5, low_after_s=8, asked_after_s=10)
SHIFT = timedelta(hours=12)
SECOND = timedelta(seconds=1)
HEARD, NOT_HEARD = s.SoundTested(heard=True, device="mark"), s.SoundTested(heard=False, device="mark")


def at(passed: timedelta) -> Moment:
    return Moment(T0 + passed, T0 + passed)


def after(*events: tuple[timedelta, s.StationEvent]) -> Station:
    """The station after these events, each so long after the first."""
    entries = [Entry(event, "one", Reading(T0 + passed, passed, "boot-1")) for passed, event in events]
    return fold_station([Recorded(number, f"e{number}", entry) for number, entry in enumerate(entries, start=1)])


def due(station: Station, passed: timedelta, device: str = "mark") -> bool:
    now = station.moment(Reading(T0 + passed, passed, "boot-1"))
    return sound_test_due(station.sound, now, device, PLAN)


def test_a_station_where_nobody_ever_heard_a_sound_is_offered_a_test_and_has_no_trouble() -> None:
    station = after()
    assert station.sound == UNTESTED
    assert due(station, ZERO)
    assert sound_trouble(None, station.sound) is None


@pytest.mark.parametrize(("passed", "offered"), [(ZERO, False), (SHIFT, False), (SHIFT + SECOND, True)])
def test_a_test_is_offered_when_the_last_heard_one_is_older_than_a_shift(passed: timedelta, offered: bool) -> None:
    assert due(after((ZERO, HEARD)), passed) is offered


@pytest.mark.parametrize(
    ("tested", "now", "offered"), [("mark", "other", True), ("mark", "", False), ("", "other", False), ("", "", False)]
)
def test_a_test_is_offered_on_another_device(tested: str, now: str, offered: bool) -> None:
    assert due(after((ZERO, s.SoundTested(heard=True, device=tested))), SECOND, now) is offered


def test_not_heard_is_trouble_until_a_later_test_is_heard() -> None:
    station = after((ZERO, HEARD), (SECOND, NOT_HEARD))
    assert station.sound == SoundStanding(SoundTest(False, at(SECOND), "mark"), SoundTest(True, at(ZERO), "mark"))
    assert sound_trouble(None, station.sound) == "not-heard"
    assert due(station, 2 * SECOND)
    again = after((ZERO, NOT_HEARD), (SECOND, HEARD))
    assert sound_trouble(None, again.sound) is None
    assert not due(again, 2 * SECOND)


@pytest.mark.parametrize("machine", [each for each in get_args(SoundTrouble) if each != "not-heard"])
def test_what_the_machine_knows_comes_first(machine: SoundTrouble) -> None:
    assert sound_trouble(machine, after((ZERO, NOT_HEARD)).sound) == machine


def test_a_loss_stands_until_it_is_restored() -> None:
    lost: tuple[timedelta, s.StationEvent] = (ZERO, s.SoundLost("muted"))
    assert after(lost).sound.lost == "muted"
    assert after(lost, (SECOND, s.SoundLost("failed"))).sound.lost == "failed"
    assert after(lost, (SECOND, s.SoundRestored())).sound.lost is None
    assert after(lost, (SECOND, HEARD)).sound.lost == "muted", "the machine has its own word for it"


def test_a_machine_that_was_off_for_a_time_nobody_knows_is_offered_a_test() -> None:
    """The longest that it can have been counts."""
    station = after((ZERO, HEARD))
    restarted = station.moment(Reading(T0 + SHIFT + SECOND, SECOND, "boot-2"))
    assert restarted.earliest < T0 + SHIFT
    assert sound_test_due(station.sound, restarted, "mark", PLAN)
