"""Bands, lines and axis: limits belong to results, and nothing far away presses the values flat."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_points import TrendPoint, trend_points
from nurse_app.presentation.lab_scale import Scale, bands, lines, scale
from tests.presentation.lab_results import case_of, known, result, series

ALT = (None, "40")


def points(protocol: InfusionProtocol, *labs: LabResult) -> tuple[TrendPoint, ...]:
    return trend_points(case_of(protocol, *labs), known(protocol, labs[0].test))


def drawn(protocol: InfusionProtocol, labs: Sequence[LabResult], *, from_zero: bool = False) -> tuple[Scale, list[str]]:
    found = points(protocol, *labs)
    axis, shown = scale(found, bands(found), lines(protocol, labs[0].test, found), from_zero=from_zero)
    return axis, [f"{line.label} at {line.newest:f}" for line in shown]


def test_one_range_for_all_results_is_one_band_without_ends(protocol: InfusionProtocol) -> None:
    (band,) = bands(points(protocol, *series("ALT", ["30", "31", "32"], ALT)))

    assert (band.over.start, band.over.end, band.low, band.high) == (None, None, None, Decimal(40))


def test_a_range_that_changed_steps_half_way_between_the_results(protocol: InfusionProtocol) -> None:
    labs = (result("PLT", "200", ("140", "440"), days_ago=30), result("PLT", "200", ("150", "400"), days_ago=10))
    found = points(protocol, *labs)

    before, after = bands(found)

    assert (before.low, before.high, after.low, after.high) == tuple(map(Decimal, (140, 440, 150, 400)))
    assert before.over.end == after.over.start == (found[0].at + found[1].at) / 2


def test_there_is_no_band_where_a_result_came_without_a_range(protocol: InfusionProtocol) -> None:
    labs = (result("PLT", "200", days_ago=30), result("PLT", "200", ("150", "400"), days_ago=10))

    (band,) = bands(points(protocol, *labs))

    assert band.over.start is not None
    assert bands(()) == ()


def test_a_normal_alt_is_drawn_up_to_three_times_its_limit(protocol: InfusionProtocol) -> None:
    axis, shown = drawn(protocol, series("ALT", ["30", "34"], ALT))

    assert shown == ["3× hold at 120"]
    assert (axis.floor, axis.ceiling, axis.marks) == (0, 120, (0, 40, 120))


def test_an_alt_above_three_times_shows_the_next_line_with_its_grade(protocol: InfusionProtocol) -> None:
    axis, shown = drawn(protocol, series("ALT", ["30", "121"], ALT))

    assert shown == ["3× hold at 120", "5× grade 3 at 200"]
    assert axis.ceiling == 200


def test_lines_of_multiples_follow_the_limit_they_are_multiples_of(protocol: InfusionProtocol) -> None:
    labs = (result("ALT", "30", (None, "50"), days_ago=30), result("ALT", "30", (None, "40"), days_ago=10))
    found = points(protocol, *labs)

    hold = lines(protocol, "ALT", found)[0]

    assert [step.value for step in hold.steps] == [150, 120]
    assert hold.steps[0].over.end == hold.steps[1].over.start


def test_without_an_upper_limit_there_is_nothing_to_be_a_multiple_of(protocol: InfusionProtocol) -> None:
    assert lines(protocol, "ALT", points(protocol, result("ALT", "30"))) == ()


@pytest.mark.parametrize(
    ("test", "value", "limits", "shown"),
    [
        ("PLT", "236", ("150", "400"), ["hold at 100"]),
        ("PLT", "70", ("150", "400"), ["stop at 50", "hold at 100"]),
        ("NEUT", "4", ("2", "7.5"), ["hold at 1.5"]),
        ("LYMPH", "4.3", ("1", "4"), ["hold at 0.5"]),
        ("LYMPH", "15", ("1", "4"), ["hold at 0.5", "hold at 20"]),
        ("HGB", "13.5", ("12", "16"), ["hold at 8"]),
        ("EOS", "0.3", (None, "0.5"), ["caution at 1.5"]),
        ("BILI", "12", (None, "20"), ["2× hold at 40"]),
        ("TSH", "2", ("0.4", "4"), []),
    ],
)
def test_only_lines_near_the_values_are_drawn(
    protocol: InfusionProtocol, test: str, value: str, limits: tuple[str | None, str], shown: list[str]
) -> None:
    assert drawn(protocol, [result(test, value, limits)])[1] == shown


def test_the_index_above_which_the_risk_is_high_is_a_line(protocol: InfusionProtocol) -> None:
    axis, shown = drawn(protocol, [result("JCV", "1.7", unit="{index}")], from_zero=True)

    assert shown == ["high at 1.5"]
    assert axis.floor == 0


def test_values_that_lie_high_do_not_begin_at_zero(protocol: InfusionProtocol) -> None:
    axis, _shown = drawn(protocol, series("HGB", ["13", "14"], ("12", "16")))

    assert (axis.floor, axis.ceiling, axis.marks) == (8, 16, (8, 12, 16))


@pytest.mark.parametrize(("from_zero", "floor", "marks"), [(True, 0, (0, 2)), (False, 2, (2,))])
def test_values_without_limits_are_marked_themselves(
    protocol: InfusionProtocol, from_zero: bool, floor: int, marks: tuple[int, ...]
) -> None:
    axis, shown = drawn(protocol, [result("EDSS", "2.0", unit="{score}")], from_zero=from_zero)

    assert (axis.floor, axis.marks, shown) == (floor, marks, [])


def test_another_protocol_may_know_fewer_lines_and_grades(protocol: InfusionProtocol) -> None:
    liver = replace(protocol.labs.multiple_rules[0], hold_from=None)
    other_grades = tuple(replace(each, grades={"2": Decimal(3)}) for each in protocol.labs.ctcae)
    labs = replace(protocol.labs, multiple_rules=(liver,), ctcae=other_grades, pml_risk=None)

    found = lines(replace(protocol, labs=labs), "ALT", points(protocol, result("ALT", "30", ALT)))

    assert [(line.label, line.tone) for line in found] == [("5× stop", "stop")]
