"""Who is at the keyboard: PINs, wrong ones, locked names, a moved clock, leavers."""

from datetime import timedelta

import pytest

from nurse_app.domain import station_events as s
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.sound import SoundTrouble
from nurse_app.visit.ports import StreamKind, TailKeptAside
from nurse_app.visit.users import STATION_ID, SignIn, UserDesk
from tests.visit.kit import Ward


class PlainHasher:
    """Hashes that a test can read."""

    def hashed(self, pin: str) -> str:
        return f"hash of {pin}"

    def matches(self, pin: str, stored: str) -> bool:
        return stored == f"hash of {pin}"


@pytest.fixture
def ward(protocol: InfusionProtocol) -> Ward:
    return Ward(protocol)


def desk(ward: Ward) -> UserDesk:
    return UserDesk(ward.records, ward.clock, ward.identifiers, PlainHasher())


def test_a_clock_that_somebody_vouches_for_is_an_entry_of_the_station(ward: Ward) -> None:
    at_desk = desk(ward)
    assert at_desk.station.newest_wall is None
    user = at_desk.add("SAMPLE, Nurse One", "482913")
    newest = ward.clock.wall
    ward.clock.set_wall_by(timedelta(days=-3))
    doubt = ClockDoubt(ward.clock.wall, newest)
    at_desk.trust_clock(doubt, user)
    assert at_desk.station.newest_wall == newest
    assert desk(ward).station.clock_trusted == doubt
    last = ward.records.logs[StreamKind.STATION, STATION_ID].items[-1]
    assert (last.event, last.entry.by) == (s.ClockTrusted(doubt.wall, newest), user)


def test_the_first_nurse_adds_herself_and_can_sign_in_after_a_restart(ward: Ward) -> None:
    user = desk(ward).add("  SAMPLE, Nurse One ", "482913")
    again = desk(ward)
    assert again.station.name_of(user) == "SAMPLE, Nurse One"
    assert again.sign_in(user, "482913") is SignIn.RIGHT
    events = [item.event for item in ward.records.logs[StreamKind.STATION, STATION_ID].items]
    assert isinstance(events[0], s.UserAdded)
    assert "482913" not in events[0].pin_hash.removeprefix("hash of 482913")
    assert events[-1] == s.UserSignedIn(user)


def test_five_wrong_pins_lock_the_name_and_a_moved_clock_does_not_help(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    for _attempt in range(5):
        assert people.sign_in(user, "000000") is SignIn.WRONG
    assert people.sign_in(user, "482913") is SignIn.LOCKED
    ward.clock.set_wall_by(timedelta(hours=2))
    assert people.sign_in(user, "482913") is SignIn.LOCKED
    assert desk(ward).sign_in(user, "482913") is SignIn.LOCKED
    ward.wait(seconds=60)
    assert desk(ward).sign_in(user, "482913") is SignIn.RIGHT


def test_each_further_wrong_pin_doubles_the_wait_up_to_a_quarter_of_an_hour(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    for _attempt in range(5):
        people.sign_in(user, "000000")
    waits = []
    for _attempt in range(6):
        passed = 0
        while people.check(user, "482913") is SignIn.LOCKED:
            ward.wait(minutes=1)
            passed += 1
        waits.append(passed)
        people.sign_in(user, "000000")
    assert waits == [1, 2, 4, 8, 15, 15]


def test_a_right_pin_forgets_the_wrong_ones(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    for _attempt in range(4):
        people.sign_in(user, "000000")
    assert people.sign_in(user, "482913") is SignIn.RIGHT
    assert people.sign_in(user, "000000") is SignIn.WRONG
    assert people.sign_in(user, "482913") is SignIn.RIGHT


def test_a_checked_pin_signs_nobody_in(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    assert people.check(user, "482913") is SignIn.RIGHT
    events = [item.event for item in ward.records.logs[StreamKind.STATION, STATION_ID].items]
    assert len(events) == 1


def test_an_unknown_name_is_just_wrong(ward: Ward) -> None:
    assert desk(ward).sign_in("nobody", "482913") is SignIn.WRONG


def test_a_new_pin_replaces_the_old_one(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    people.change_pin(user, "739150")
    assert people.sign_in(user, "482913") is SignIn.WRONG
    assert people.sign_in(user, "739150") is SignIn.RIGHT


def test_a_leaver_cannot_sign_in_and_keeps_the_name_on_past_entries(ward: Ward) -> None:
    people = desk(ward)
    first = people.add("SAMPLE, Nurse One", "482913")
    second = people.add("SAMPLE, Nurse Two", "739150", by=first)
    people.retire(second, by=first)
    assert [user.name for user in people.station.active()] == ["SAMPLE, Nurse One"]
    assert people.station.name_of(second) == "SAMPLE, Nurse Two"
    assert people.sign_in(second, "739150") is SignIn.WRONG


def test_locking_is_an_entry_and_changes_nobody(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    before = people.station.user(user)
    people.lock(user)
    assert people.station.user(user) == before
    assert people.station.number == 2


def test_a_damaged_record_of_the_station_keeps_nobody_out(ward: Ward) -> None:
    people = desk(ward)
    first = people.add("SAMPLE, Nurse One", "482913")
    second = people.add("SAMPLE, Nurse Two", "739150", by=first)
    people.retire(second, by=first)
    people.lock(first)
    before = ward.records.logs[StreamKind.STATION, STATION_ID].recorded()
    ward.records.unreadable.add(STATION_ID)

    for _start in range(2):
        people = desk(ward)
        assert people.problem == "this record is damaged"
        assert [user.name for user in people.station.active()] == ["SAMPLE, Nurse One"]
        assert people.station.name_of(second) == "SAMPLE, Nurse Two"
        assert people.sign_in(first, "482913") is SignIn.RIGHT
        assert people.sign_in(second, "739150") is SignIn.WRONG

    assert ward.records.logs[StreamKind.STATION, STATION_ID].recorded() == before
    kinds = [type(item.event) for item in ward.records.logs[StreamKind.STATION, "station-2"].items]
    assert kinds == [s.UserAdded, s.UserAdded, s.UserRetired, s.UserSignedIn, s.UserSignedIn]
    assert people.station.number == len(kinds)


def test_when_nothing_is_left_of_the_station_the_first_nurse_adds_herself_again(ward: Ward) -> None:
    desk(ward).add("SAMPLE, Nurse One", "482913")
    ward.records.unreadable.add(STATION_ID)
    ward.records.unreadable_throughout.add(STATION_ID)

    people = desk(ward)
    assert people.station.active() == ()
    again = people.add("SAMPLE, Nurse One", "482913")

    assert desk(ward).sign_in(again, "482913") is SignIn.RIGHT


def test_the_second_record_of_the_station_may_be_damaged_as_well(ward: Ward) -> None:
    user = desk(ward).add("SAMPLE, Nurse One", "482913")
    desk(ward).lock(user)
    ward.records.unreadable.add(STATION_ID)
    desk(ward).lock(user)
    desk(ward).lock(user)
    ward.records.unreadable.add("station-2")

    people = desk(ward)
    assert people.sign_in(user, "482913") is SignIn.RIGHT
    assert (StreamKind.STATION, "station-3") in ward.records.logs
    ward.records.unreadable.clear()
    assert desk(ward).problem is None, "a record that was brought back is the station's again"


def test_a_station_cut_short_to_nothing_is_told(ward: Ward) -> None:
    assert desk(ward).problem is None, "a new station has nothing to tell"
    ward.records.logs[StreamKind.STATION, STATION_ID].tail_kept_aside = TailKeptAside(7, "ab", "x.tail")
    problem = desk(ward).problem
    assert problem is not None
    assert "Add the nurses again" in problem


def test_a_sound_test_is_an_entry_of_the_nurse(ward: Ward) -> None:
    people = desk(ward)
    user = people.add("SAMPLE, Nurse One", "482913")
    people.note_sound_test(heard=False, device="mark", trouble="muted", by=user)
    last = ward.records.logs[StreamKind.STATION, STATION_ID].items[-1]
    assert (last.event, last.entry.by) == (s.SoundTested(False, "mark", "muted"), user)
    heard = desk(ward).station.sound.last
    assert heard is not None
    assert not heard.heard


def test_sound_that_is_lost_and_comes_back_is_kept_once_per_change(ward: Ward) -> None:
    people = desk(ward)
    people.add("SAMPLE, Nurse One", "482913")
    looks: tuple[SoundTrouble | None, ...] = (None, "muted", "muted", "failed", "failed", None, None)
    for trouble in looks:
        people.note_sound(trouble)
    added, *kept = ward.records.logs[StreamKind.STATION, STATION_ID].items
    assert isinstance(added.event, s.UserAdded)
    assert [item.event for item in kept] == [s.SoundLost("muted"), s.SoundLost("failed"), s.SoundRestored()]
    assert {item.entry.by for item in kept} == {"program"}


def test_sound_that_was_lost_before_the_program_was_started_again_is_not_kept_twice(ward: Ward) -> None:
    desk(ward).note_sound("no-device")
    desk(ward).note_sound("no-device")
    assert desk(ward).station.number == 1
    desk(ward).note_sound(None)
    assert desk(ward).station.sound.lost is None
