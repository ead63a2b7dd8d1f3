"""The stretch of time that is shown: closer, wider, earlier, later, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_app.presentation.time_window import TimeWindow

WHOLE = (1000.0, 5000.0)
YEAR = TimeWindow(4600.0, 5000.0, WHOLE)


def test_closer_keeps_the_newest_end_or_the_day_that_is_pointed_at() -> None:
    assert YEAR.closer().span == (4800.0, 5000.0)
    assert YEAR.closer(4700.0).span == (4650.0, 4850.0)


def test_wider_stays_within_all_there_is() -> None:
    assert YEAR.wider().span == (4200.0, 5000.0)
    assert YEAR.wider(4700.0).span == (4200.0, 5000.0)
    assert TimeWindow(*WHOLE, WHOLE).wider() == TimeWindow(*WHOLE, WHOLE)


def test_earlier_and_later_move_by_half_a_window_until_the_ends() -> None:
    assert YEAR.moved(-1).span == (4400.0, 4800.0)
    assert YEAR.moved(1) is YEAR
    assert TimeWindow(1100.0, 1500.0, WHOLE).moved(-1).span == (1000.0, 1400.0)


def test_nothing_is_shorter_than_two_weeks() -> None:
    window = YEAR
    for _turn in range(20):
        window = window.closer()

    assert window.end - window.start == 14
    assert YEAR.stretch(4700.0, 4701.0).span == (4693.5, 4707.5)


def test_a_drawn_stretch_may_go_either_way() -> None:
    assert YEAR.stretch(4700.0, 4900.0).span == YEAR.stretch(4900.0, 4700.0).span == (4700.0, 4900.0)


def test_every_change_has_its_way_back() -> None:
    closer = YEAR.closer()
    moved = closer.moved(-1)

    assert moved.back() == closer
    assert moved.back().back() == YEAR
    assert YEAR.back() is YEAR


def test_what_changes_nothing_needs_no_way_back() -> None:
    assert YEAR.moved(1).before == ()


@pytest.mark.parametrize("about", [-50.0, 9000.0])
def test_a_day_outside_the_window_counts_as_its_edge(about: float) -> None:
    closer = YEAR.closer(about)

    assert WHOLE[0] <= closer.start < closer.end <= WHOLE[1]


@given(st.lists(st.sampled_from(["closer", "wider", "earlier", "later"]), max_size=80), st.floats(4600, 5000))
def test_whatever_is_pressed_the_window_stays_within_all_there_is(acts: list[str], about: float) -> None:
    window = YEAR
    for act in acts:
        window = {
            "closer": lambda now: now.closer(about),
            "wider": lambda now: now.wider(about),
            "earlier": lambda now: now.moved(-1),
            "later": lambda now: now.moved(1),
        }[act](window)
        assert WHOLE[0] <= window.start < window.end <= WHOLE[1] + 1e-6
    assert len(window.before) <= 50


def test_a_day_outside_is_brought_into_the_middle_and_one_inside_changes_nothing() -> None:
    assert YEAR.around(4700.0) is YEAR
    assert YEAR.around(3000.0).span == (2800.0, 3200.0)
    assert YEAR.around(3000.0).back() == YEAR
