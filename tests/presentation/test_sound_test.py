"""The sound test in words: what is played when, what is asked, and what home offers."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from nurse_app.domain.moment import Moment
from nurse_app.domain.sound import UNTESTED, SoundStanding, SoundTest, SoundTestPlan, SoundTrouble
from nurse_app.presentation.sound_offer import present_sound_offer
from nurse_app.presentation.sound_test import (
    PRIORITIES,
    SoundTestState,
    playing_in,
    present_sound_test,
    turn_is_over,
)
from nurse_app.presentation.sound_words import sound_trouble_words
from nurse_app.protocol_files.ismp import unsafe_form

AT = datetime(2026, 11, 22, 6, 12, tzinfo=UTC)
NOW = Moment(AT, AT)
PLAN = SoundTestPlan()
WELL = SoundTest(True, NOW, "mark")
HEARD = SoundStanding(WELL, WELL)
NOT_HEARD = SoundStanding(SoundTest(False, NOW, "mark"), WELL)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


# --- words of trouble ---


@pytest.mark.parametrize("trouble", get_args(SoundTrouble))
def test_each_trouble_says_what_it_is_and_what_to_do(trouble: SoundTrouble) -> None:
    words = sound_trouble_words(trouble)
    assert "atch this screen" in words
    assert words.endswith(".")
    assert unsafe_form(words) is None


def test_a_muted_loudspeaker_is_said_in_ten_words() -> None:
    assert sound_trouble_words("muted") == "The loudspeaker is muted. Turn it on, or watch this screen."


# --- the test ---


def test_before_it_begins_there_is_one_thing_to_do() -> None:
    view = present_sound_test(SoundTestState(), UNTESTED, None, UTC)
    assert (view.play, view.plays, view.asks, view.result, view.trouble) == ("Play the sounds", False, False, (), "")
    assert [sound.status for sound in view.sounds] == ["", "", ""]
    assert view.last == "Nobody has heard a sound test on this computer yet."


@pytest.mark.parametrize(
    ("turn", "status"),
    [
        (0, ["plays now", "", ""]),
        (1, ["played", "plays now", ""]),
        (2, ["played", "played", "plays now"]),
    ],
)
def test_the_sounds_have_their_turn_the_most_urgent_first(turn: int, status: list[str]) -> None:
    state = SoundTestState(turn)
    view = present_sound_test(state, HEARD, None, UTC)
    assert [sound.priority for sound in view.sounds] == ["high", "medium", "low"]
    assert [sound.status for sound in view.sounds] == status
    assert [sound.now for sound in view.sounds] == [each == "plays now" for each in status]
    assert playing_in(state) == PRIORITIES[turn]
    assert (view.play, view.plays, view.asks) == ("Stop the sounds", True, False)
    assert view.last == "Last heard on this computer: 22-Nov-2026, 06:12."


def test_after_the_last_sound_it_asks() -> None:
    state = SoundTestState(3)
    view = present_sound_test(state, HEARD, None, UTC)
    assert playing_in(state) is None
    assert (view.play, view.plays, view.asks) == ("Play again", False, True)
    assert {sound.status for sound in view.sounds} == {"played"}


@pytest.mark.parametrize(("turn", "ends_after"), [(0, 5), (1, 3), (2, 2)])
def test_a_turn_ends_by_the_plan_however_late_anybody_looks(turn: int, ends_after: int) -> None:
    state = SoundTestState(turn)
    assert not turn_is_over(state, seconds(ends_after - 0.001), PLAN)
    assert turn_is_over(state, seconds(ends_after), PLAN)
    assert turn_is_over(state, seconds(3600), PLAN)


@pytest.mark.parametrize("turn", [None, 3])
def test_no_turn_ends_before_the_first_and_after_the_last(turn: int | None) -> None:
    assert playing_in(SoundTestState(turn)) is None
    assert not turn_is_over(SoundTestState(turn), seconds(3600), PLAN)


@pytest.mark.parametrize(
    ("trouble", "result"),
    [(None, "Noted: you heard the sounds."), ("muted", "Noted: heard. Read what is wrong, above.")],
)
def test_heard_is_noted_beside_what_the_machine_knows(trouble: SoundTrouble | None, result: str) -> None:
    view = present_sound_test(SoundTestState(3, "heard"), HEARD, trouble, UTC)
    assert (view.result, view.is_heard, view.asks) == ((result,), True, False)
    assert view.trouble == (sound_trouble_words(trouble) if trouble else "")


def test_not_heard_says_what_to_do_step_by_step() -> None:
    view = present_sound_test(SoundTestState(3, "not-heard"), NOT_HEARD, None, UTC)
    assert (view.is_heard, view.asks, view.play) == (False, False, "Play again")
    lines = view.result
    assert [line[:2] for line in lines[1:4]] == ["1.", "2.", "3."]
    assert "keep this screen in sight" in lines[4]


# --- what home says ---


def test_home_offers_a_test_to_a_new_shift() -> None:
    offer = present_sound_offer(UNTESTED, None, "mark", NOW, PLAN)
    assert offer is not None
    assert (offer.text[:12], offer.tone, offer.can_wait) == ("A new shift:", "information", True)
    late = NOW.plus(timedelta(hours=13))
    again = present_sound_offer(HEARD, None, "mark", late, PLAN)
    assert again == offer
    assert present_sound_offer(HEARD, None, "", late, PLAN) == offer


def test_home_says_nothing_when_the_sound_was_heard_in_this_shift() -> None:
    assert present_sound_offer(HEARD, None, "mark", NOW.plus(timedelta(hours=12)), PLAN) is None


def test_home_offers_a_test_on_another_loudspeaker() -> None:
    offer = present_sound_offer(HEARD, None, "other", NOW, PLAN)
    assert offer is not None
    assert offer.can_wait
    assert offer.text.startswith("The loudspeaker is another one")


@pytest.mark.parametrize(
    ("standing", "machine", "trouble"),
    [(HEARD, "muted", "muted"), (NOT_HEARD, None, "not-heard"), (NOT_HEARD, "no-device", "no-device")],
)
def test_home_says_what_is_wrong_and_that_cannot_be_put_off(
    standing: SoundStanding, machine: SoundTrouble | None, trouble: SoundTrouble
) -> None:
    offer = present_sound_offer(standing, machine, "mark", NOW, PLAN)
    assert offer is not None
    assert (offer.text, offer.tone, offer.can_wait) == (sound_trouble_words(trouble), "hold", False)
