"""What a panel draws: the look of each mark, which marks a line joins, and which no longer count."""

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_drawing import Drawing, drawing_of, nearest_mark
from nurse_app.presentation.lab_points import trend_points
from nurse_app.presentation.lab_replaced import Replaced, replaced_marks
from nurse_app.presentation.lab_scale import bands, scale
from tests.presentation.lab_results import TODAY, case_of, known, result

ALT = ("7", "40")


def drawn(protocol: InfusionProtocol, *labs: LabResult, replaced: tuple[Replaced, ...] = ()) -> Drawing:
    test, case = known(protocol, labs[0].test), case_of(protocol, *labs)
    points = trend_points(case, test)
    axis, lines = scale(points, bands(points), (), from_zero=True)
    crosses = replaced_marks(case, test, replaced)
    return drawing_of(protocol.labs, test.id, points, crosses, (bands(points), lines, axis))


def at(*days_ago: int) -> tuple[LabResult, ...]:
    return tuple(result("ALT", "30", ALT, days_ago=each) for each in days_ago)


@pytest.mark.parametrize(
    ("value", "limits", "shape"),
    [
        ("30", ALT, "dot"),
        ("40.1", ALT, "diamond"),
        ("6.9", ALT, "diamond"),
        ("30", (None, None), "open"),
        ("<5", ALT, "at-most"),
        (">1000", ALT, "at-least"),
    ],
)
def test_the_shape_says_how_a_value_stands(
    protocol: InfusionProtocol, value: str, limits: tuple[str | None, str | None], shape: str
) -> None:
    (mark,) = drawn(protocol, result("ALT", value, limits)).marks

    assert mark.shape == shape


def test_an_index_has_a_full_dot(protocol: InfusionProtocol) -> None:
    (mark,) = drawn(protocol, result("JCV", "0.7", unit="{index}")).marks

    assert mark.shape == "dot"


@pytest.mark.parametrize(("missing", "runs"), [(180, 1), (181, 2)])
def test_a_line_ends_where_two_turns_of_monitoring_were_missed(
    protocol: InfusionProtocol, missing: int, runs: int
) -> None:
    days = (28 + missing + 56, 28 + missing + 28, 28 + missing, 28, 0)

    assert len(drawn(protocol, *at(*days)).runs) == runs


@pytest.mark.parametrize(("missing", "runs"), [(1095, 1), (1096, 2)])
def test_a_patient_tested_once_a_year_has_a_line_until_three_years_are_missing(
    protocol: InfusionProtocol, missing: int, runs: int
) -> None:
    days = (4 * 365 + missing, 3 * 365 + missing, 2 * 365 + missing, 2 * 365, 365, 0)

    assert len(drawn(protocol, *at(*days)).runs) == runs


@pytest.mark.parametrize("days", [(3650, 0), (2700, 2600, 0), (2800, 2700, 2600, 0)])
def test_a_gap_among_a_few_results_is_not_taken_for_their_rhythm(
    protocol: InfusionProtocol, days: tuple[int, ...]
) -> None:
    assert len(drawn(protocol, *at(*days)).runs) == 2


@pytest.mark.parametrize(("missing", "runs"), [(362, 1), (363, 2)])
def test_monitoring_by_months_counts_calendar_months(protocol: InfusionProtocol, missing: int, runs: int) -> None:
    # Six months from the newest result, 12-Nov-2026, are 181 days.
    days = (94 + missing, 66 + missing, 38 + missing, 38, 10)

    assert len(drawn(protocol, *(result("TSH", "2", ("0.4", "4"), days_ago=each) for each in days)).runs) == runs


def test_a_test_that_nobody_asks_for_follows_the_one_asked_for_most_often(protocol: InfusionProtocol) -> None:
    def runs_of(missing: int) -> int:
        days = (missing + 56, missing + 28, missing, 0)
        return len(drawn(protocol, *(result("GGT", "30", ALT, days_ago=each) for each in days)).runs)

    # Every 84 days: antibodies.
    assert (runs_of(168), runs_of(169)) == (1, 2)


def test_one_result_is_a_run_of_its_own(protocol: InfusionProtocol) -> None:
    assert drawn(protocol, *at(10)).runs == ((0,),)


def test_a_corrected_result_stays_as_a_cross_that_no_line_touches(protocol: InfusionProtocol) -> None:
    found = drawn(
        protocol,
        *at(60, 30, 10),
        replaced=(
            Replaced(result("ALT", "300", ALT, days_ago=30), result("ALT", "31", ALT, days_ago=29)),
            Replaced(result("ALT", "99", ALT, days_ago=45)),
            Replaced(result("ALT", "77", ALT, days_ago=29), result("ALT", "gone", ALT, days_ago=29)),
        ),
    )

    assert [mark.shape for mark in found.marks] == ["dot", "cross", "cross", "dot", "cross", "dot"]
    assert found.runs == ((0, 3, 5),)
    assert found.marks[1].text.endswith("taken back or marked in error")
    assert found.marks[2].text.endswith("corrected to 31"), "as the record has it, not what stands at that time"
    assert found.marks[4].text.endswith("corrected to gone")
    assert found.marks[2].tone == "muted"


def test_a_replaced_result_of_another_test_is_not_shown(protocol: InfusionProtocol) -> None:
    assert len(drawn(protocol, *at(10), replaced=(Replaced(result("AST", "300", ALT)),)).marks) == 1


def test_the_nearest_mark_is_found_by_its_day(protocol: InfusionProtocol) -> None:
    found = drawn(protocol, *at(60, 30, 10))

    assert nearest_mark(found, TODAY.toordinal() - 44) == 1
    assert nearest_mark(found, TODAY.toordinal() - 47) == 0
    assert nearest_mark(found, TODAY.toordinal() + 400) == 2
    assert nearest_mark(Drawing((), (), (), (), found.scale), 0) == -1
