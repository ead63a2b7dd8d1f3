"""The age of a mixed bag: both clocks, at the last second they allow."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from nurse_app.domain.bag import age_when_infused, bag_age
from nurse_app.domain.facts import BagMove, Place
from nurse_app.domain.protocol import InfusionProtocol

MIXED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
Moves = Sequence[tuple[float, Place]]


def moved(moves: Moves) -> list[BagMove]:
    """Moves by hours after mixing."""
    return [BagMove(MIXED + hours * HOUR, place) for hours, place in moves]


@pytest.mark.parametrize(
    ("moves", "hours", "at_room", "place"),
    [
        pytest.param([], 3, 3, "room", id="never moved"),
        pytest.param([(1, "refrigerator")], 10, 1, "refrigerator", id="put away"),
        pytest.param([(1, "refrigerator"), (9, "room")], 10, 2, "room", id="taken out again"),
        pytest.param([(9, "room"), (1, "refrigerator")], 10, 2, "room", id="noted in another order"),
        pytest.param([(0, "refrigerator")], 10, 0, "refrigerator", id="put away at once"),
        pytest.param([(-1, "refrigerator")], 10, 0, "refrigerator", id="a move from before mixing"),
        pytest.param([(11, "refrigerator")], 10, 10, "refrigerator", id="a move still to come"),
        pytest.param([(1, "refrigerator"), (2, "refrigerator")], 10, 1, "refrigerator", id="put away twice"),
    ],
)
def test_only_time_out_of_the_refrigerator_counts_as_room_time(
    protocol: InfusionProtocol, moves: Moves, hours: float, at_room: float, place: Place
) -> None:
    age = bag_age(protocol.preparation, MIXED, moved(moves), MIXED + hours * HOUR)
    assert (age.total, age.at_room, age.place) == (hours * HOUR, at_room * HOUR, place)


@pytest.mark.parametrize(
    ("moves", "after", "usable"),
    [
        pytest.param([], 8 * HOUR, True, id="8 h at room"),
        pytest.param([], 8 * HOUR + SECOND, False, id="a second more at room"),
        pytest.param([(0, "refrigerator")], 24 * HOUR, True, id="24 h cold"),
        pytest.param([(0, "refrigerator")], 24 * HOUR + SECOND, False, id="a second more cold"),
        pytest.param([(4, "refrigerator"), (16, "room")], 20 * HOUR, True, id="4 h and 4 h at room"),
        pytest.param([(4, "refrigerator"), (16, "room")], 20 * HOUR + SECOND, False, id="a second more of both"),
        pytest.param([(8.5, "refrigerator")], 12 * HOUR, False, id="put away too late"),
    ],
)
def test_limits_include_their_last_moment(
    protocol: InfusionProtocol, moves: Moves, after: timedelta, usable: bool
) -> None:
    assert bag_age(protocol.preparation, MIXED, moved(moves), MIXED + after).usable is usable


@pytest.mark.parametrize(
    ("moves", "hours", "first_limit", "use_before"),
    [
        pytest.param([], 1, "room", 8, id="at room the eight hours end first"),
        pytest.param([(1, "refrigerator")], 2, "total", 24, id="in the refrigerator the day ends first"),
        pytest.param([(1, "refrigerator"), (9, "room")], 10, "room", 16, id="what is left of the eight hours"),
        pytest.param([(1, "refrigerator"), (20, "room")], 21, "total", 24, id="less is left of the day"),
        pytest.param([(9, "refrigerator")], 10, "room", 8, id="put away too late"),
        pytest.param([(8, "refrigerator")], 10, "total", 24, id="put away at the last moment"),
        pytest.param([(7, "refrigerator"), (9, "room"), (11, "refrigerator")], 12, "room", 10, id="too long in two"),
        pytest.param([], 30, "room", 8, id="left lying"),
    ],
)
def test_the_bag_is_to_be_used_before_the_first_of_both_limits(
    protocol: InfusionProtocol, moves: Moves, hours: float, first_limit: str, use_before: float
) -> None:
    age = bag_age(protocol.preparation, MIXED, moved(moves), MIXED + hours * HOUR)
    assert (age.first_limit, age.use_before) == (first_limit, MIXED + use_before * HOUR)


def test_a_bag_that_will_be_mixed_has_no_age(protocol: InfusionProtocol) -> None:
    age = bag_age(protocol.preparation, MIXED, moved([(1, "refrigerator")]), MIXED - HOUR)
    assert (age.total, age.at_room) == (timedelta(0), timedelta(0))


def test_an_infusion_is_counted_at_room(protocol: InfusionProtocol) -> None:
    now = bag_age(protocol.preparation, MIXED, moved([(1, "refrigerator")]), MIXED + 23 * HOUR)
    at_end = age_when_infused(now, HOUR)
    assert (at_end.total, at_end.at_room, at_end.place) == (24 * HOUR, 2 * HOUR, "room")
    assert at_end.usable
    assert not age_when_infused(now, HOUR + SECOND).usable
    assert at_end.use_before == now.use_before
