"""T-47: how alarms are signalled, to the second: bursts, pauses, growth while nobody answers, which comes first."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.alarm_signals import (
    FRONT,
    FULL,
    RAISED,
    AlarmKey,
    Given,
    SignalFigures,
    Signals,
    advance,
    next_change,
    pause,
)
from tests.figures import figure

FIGURES = SignalFigures(
    pause_s=120,
    merge_s=30,
    high_repeat_s=10,
    medium_repeat_s=25,
    front_s=60,
    raise_s=120,
    full_s=300,
    here_s=60,
)
A, B, C, D, E = (("v-1", "a"), ("v-1", "b"), ("v-2", "a"), ("v-2", "b"), ("v-3", "a"))


def s(seconds: float) -> timedelta:
    return timedelta(hours=5, seconds=seconds)


class Room:
    """A room with alarms that come, are answered and go; ``bursts`` is what was heard, second by second."""

    def __init__(self) -> None:
        self.signals = Signals()
        self.present: dict[AlarmKey, Given] = {}
        self.bursts: list[tuple[int, Priority]] = []
        self.second = 0

    def begin(self, key: AlarmKey, priority: Priority) -> "Room":
        self.present[key] = Given(key, priority)
        return self.look()

    def answer(self, key: AlarmKey) -> "Room":
        self.present[key] = replace(self.present[key], acknowledged=True)
        return self.look()

    def end(self, key: AlarmKey) -> "Room":
        del self.present[key]
        return self.look()

    def look(self) -> "Room":
        self.signals = advance(self.signals, self.present.values(), s(self.second), FIGURES)
        if self.signals.ring is not None:
            self.bursts.append((self.second, self.signals.ring))
        return self

    def pause(self) -> "Room":
        self.signals = pause(self.signals, s(self.second), FIGURES)
        return self

    def go_on(self, until: int) -> "Room":
        """Look at every second, as a window does more often."""
        while self.second < until:
            self.second += 1
            self.look()
        return self

    def stage(self, key: AlarmKey) -> int:
        return self.signals.of[key].stage


def test_low_sounds_once_and_when_the_window_comes_to_the_front() -> None:
    room = Room().begin(A, "low").go_on(119)

    assert room.bursts == [(0, "low"), (60, "low")]


def test_medium_repeats_until_somebody_answers() -> None:
    room = Room().begin(A, "medium").go_on(40).answer(A).go_on(100)

    assert room.bursts == [(0, "medium"), (25, "medium")]


def test_high_repeats_every_ten_seconds() -> None:
    assert Room().begin(A, "high").go_on(59).bursts == [(second, "high") for second in range(0, 60, 10)]


def test_an_alarm_that_nobody_answers_grows_at_its_times() -> None:
    room = Room().begin(A, "low")
    seen = []
    for second in range(1, 302):
        room.go_on(second)
        seen.append((second, room.stage(A), room.signals.of[A].priority))

    changes = [now for before, now in pairwise(seen) if before[1:] != now[1:]]
    assert changes == [(60, FRONT, "low"), (120, RAISED, "medium"), (300, FULL, "medium")]
    figure("T-47  an alarm that nobody answers: front at 60 s, priority up at 120 s, whole screen at 300 s, exact")


def test_medium_grows_to_high_and_high_stays_high() -> None:
    room = Room().begin(A, "medium").begin(B, "high").go_on(120)

    assert [signal.priority for signal in room.signals.of.values()] == ["high", "high"]


def test_an_answer_stops_growth_and_gives_the_own_priority_back() -> None:
    room = Room().begin(A, "low").go_on(130).answer(A).go_on(900)

    signal = room.signals.of[A]
    assert (signal.priority, signal.stage, signal.acknowledged) == ("low", RAISED, True)
    assert room.signals.loud == ()


def test_acknowledged_is_not_resolved() -> None:
    room = Room().begin(A, "high").answer(A).go_on(600)

    assert A in room.signals.of
    assert A not in room.end(A).signals.of


def test_a_pause_lasts_two_minutes_to_the_second_and_no_longer() -> None:
    room = Room().begin(A, "high").go_on(5).pause().go_on(124)
    assert room.bursts == [(0, "high")]

    room.go_on(125)
    assert room.bursts[1:] == [(125, "high")]


def test_a_new_alarm_breaks_through_a_pause_and_the_paused_one_stays_paused() -> None:
    room = Room().begin(A, "medium").go_on(5).pause().go_on(40).begin(C, "low").go_on(60)

    assert room.bursts == [(0, "medium"), (40, "low")]
    assert room.signals.of[A].paused_until == s(125)


def test_one_that_becomes_more_urgent_breaks_through_its_pause() -> None:
    room = Room().begin(A, "medium").go_on(100).pause().go_on(121)

    assert room.bursts[-1] == (120, "high")
    assert room.signals.of[A].paused_until is None


def test_what_comes_after_a_pause_of_nothing_is_heard() -> None:
    room = Room().pause().begin(A, "low")

    assert room.bursts == [(0, "low")]


def test_what_falls_due_within_thirty_seconds_of_a_sound_joins_it() -> None:
    room = Room().begin(A, "low").go_on(29).begin(B, "low").go_on(31)
    assert room.bursts == [(0, "low")]

    room.begin(C, "low")
    assert room.bursts == [(0, "low"), (31, "low")]


def test_two_at_once_are_one_sound_of_the_higher_priority() -> None:
    room = Room()
    room.present = {A: Given(A, "low"), B: Given(B, "medium")}

    assert room.look().bursts == [(0, "medium")]
    assert set(room.signals.first_heard) == {A, B}


def test_a_higher_one_never_joins_a_lower_sound() -> None:
    assert Room().begin(A, "low").go_on(2).begin(B, "high").bursts == [(0, "low"), (2, "high")]


def test_nothing_joins_the_sound_of_what_was_answered() -> None:
    room = Room().begin(A, "medium").go_on(3).answer(A).go_on(10).begin(B, "low")

    assert room.bursts == [(0, "medium"), (10, "low")]


def test_the_next_burst_is_for_all_that_joined() -> None:
    room = Room().begin(A, "medium").go_on(10).begin(C, "medium").answer(A).go_on(25)

    assert room.bursts == [(0, "medium"), (25, "medium")]


def test_five_at_once_come_in_the_order_of_their_priority_with_one_sound_at_a_time() -> None:
    room = Room()
    room.present = {
        key: Given(key, priority) for key, priority in ((A, "low"), (B, "high"), (C, "medium"), (D, "low"), (E, "high"))
    }
    room.look().go_on(9)

    assert [signal.priority for signal in room.signals.of.values()] == ["high", "high", "medium", "low", "low"]
    assert room.bursts == [(0, "high")]


def test_what_was_noticed_before_a_restart_has_aged_meanwhile() -> None:
    """The trap of timers that vanish: an alarm of before the start is there, as old as it is."""
    signals = advance(Signals(), [Given(A, "low", noticed=s(-200))], s(0), FIGURES)

    assert (signals.of[A].stage, signals.of[A].priority, signals.ring) == (RAISED, "medium", "medium")


def test_a_clock_that_runs_ahead_makes_no_alarm_younger() -> None:
    signals = advance(Signals(), [Given(A, "low", noticed=s(50))], s(0), FIGURES)

    assert signals.of[A].first_seen == s(0)


def test_a_sleep_of_the_machine_is_time_in_which_nobody_answered() -> None:
    room = Room().begin(A, "medium")
    room.second = 600
    room.look()

    assert (room.stage(A), room.bursts[-1]) == (FULL, (600, "high"))


@pytest.mark.parametrize(
    ("priority", "answered", "wait"),
    [("low", False, 60), ("medium", False, 25), ("high", False, 10), ("low", True, None)],
)
def test_nobody_has_to_look_before_something_changes(priority: Priority, answered: bool, wait: int | None) -> None:
    signals = advance(Signals(), [Given(A, priority, acknowledged=answered)], s(0), FIGURES)

    change = next_change(signals, s(0), FIGURES)
    assert change == (None if wait is None else s(wait))


def test_the_end_of_a_pause_is_a_change() -> None:
    signals = pause(advance(Signals(), [Given(A, "high")], s(0), FIGURES), s(0), FIGURES)

    assert next_change(signals, s(61), FIGURES) == s(120)
    assert next_change(Signals(), s(0), FIGURES) is None


def test_the_look_at_each_foreseen_change_hears_the_same_as_looking_all_the_time() -> None:
    every_second = Room().begin(A, "low").go_on(400).bursts
    signals, heard, at = Signals(), [], s(0)
    while at <= s(400):
        signals = advance(signals, [Given(A, "low")], at, FIGURES)
        if signals.ring is not None:
            heard.append((round((at - s(0)).total_seconds()), signals.ring))
        following = next_change(signals, at, FIGURES)
        assert following is not None
        at = following

    assert heard == every_second
