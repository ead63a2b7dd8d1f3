"""Parts of a state against what a script expects of them."""

import pytest

from nurse_app.interchange.expectation import difference, require_known
from nurse_app.plain_data import MisfitError

STATE = {"phase": "infuse", "bag": {"usable": True, "room_used_s": 60}, "alarms": ["a"], "outcome": None}


@pytest.mark.parametrize(
    "expected",
    [{}, {"phase": "infuse"}, {"bag": {"usable": True}}, {"alarms": ["a"]}, {"outcome": None}, {"bag": {}}, STATE],
)
def test_what_is_named_and_equal_holds(expected: dict[str, object]) -> None:
    assert difference(expected, STATE) is None


@pytest.mark.parametrize(
    ("expected", "differs"),
    [
        ({"phase": "flush", "outcome": None}, ({"phase": "flush"}, {"phase": "infuse"})),
        ({"bag": {"usable": 1, "room_used_s": 60}}, ({"bag": {"usable": 1}}, {"bag": {"usable": True}})),
        ({"bag": {"usable": False}}, ({"bag": {"usable": False}}, {"bag": {"usable": True}})),
        ({"bag": None}, ({"bag": None}, {"bag": STATE["bag"]})),
        ({"alarms": []}, ({"alarms": []}, {"alarms": ["a"]})),
        ({"outcome": {"a": 1}}, ({"outcome": {"a": 1}}, {"outcome": None})),
    ],
)
def test_what_differs_is_given_alone(expected: dict[str, object], differs: tuple[object, object]) -> None:
    assert difference(expected, STATE) == differs


@pytest.mark.parametrize(
    ("expected", "place"), [({"phases": 1}, "steps[3].state.phases"), ({"bag": {"ml": 1}}, "steps[3].state.bag.ml")]
)
def test_a_name_that_no_state_has_is_a_slip(expected: dict[str, object], place: str) -> None:
    with pytest.raises(MisfitError, match="is not part of a visit’s state") as caught:
        require_known(expected, STATE, "steps[3].state")

    assert caught.value.place == place


def test_a_part_may_be_expected_to_be_something_else_altogether() -> None:
    require_known({"bag": None, "outcome": {"a": 1}}, STATE, "state")
