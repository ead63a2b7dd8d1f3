"""Results as points: one unit, own limits, judged as if they stood alone, told in one line."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Facts, LabResult, Patient, Treatment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.presentation.lab_points import TrendPoint, limits_words, trend_points
from tests.presentation.lab_results import NOW, TODAY, case_of, known, result

ALT = ("7", "40")


def point(protocol: InfusionProtocol, lab: LabResult) -> TrendPoint:
    (found,) = trend_points(case_of(protocol, lab), known(protocol, lab.test))
    return found


@pytest.mark.parametrize(
    ("value", "standing", "tone", "multiple", "grade"),
    [
        ("34", "within", "neutral", "0.85 × ULN", ""),
        ("40", "within", "neutral", "1 × ULN", ""),
        ("5", "below", "neutral", "0.12 × ULN", ""),
        ("62", "above", "caution", "1.55 × ULN", "CTCAE 5.0 grade 1"),
        ("119.99", "above", "caution", "2.9998 × ULN", "CTCAE 5.0 grade 1"),
        ("120", "above", "hold", "3 × ULN", "CTCAE 5.0 grade 1"),
        ("121.2", "above", "hold", "3.03 × ULN", "CTCAE 5.0 grade 2"),
        ("<5", "below", "neutral", "<0.12 × ULN", ""),
        (">1000", "above", "hold", ">25 × ULN", "CTCAE 5.0 grade 4"),
    ],
)
def test_a_liver_value_stands_where_the_rules_put_it(
    protocol: InfusionProtocol, value: str, standing: str, tone: str, multiple: str, grade: str
) -> None:
    found = point(protocol, result("ALT", value, ALT))

    assert (found.standing, found.tone, found.multiple, found.grade) == (standing, tone, multiple, grade)


def test_a_rising_alt_is_told_in_one_line(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("ALT", "121.2", ALT))

    assert found.text == "12-Nov-2026 · 121.2 U/L high · 3.03 × ULN · range 7 to 40 · CTCAE 5.0 grade 2"


def test_an_abnormal_value_before_treatment_is_named_in_the_grade(protocol: InfusionProtocol) -> None:
    labs = (result("ALT", "60", ALT, days_ago=90), result("ALT", "200", ALT, days_ago=10))
    course = Treatment(first_infusion=TODAY - timedelta(days=80))
    case = Case(protocol, Facts(patient=Patient(treatment=course), labs=labs), NOW)
    before, since = trend_points(case, known(protocol, "ALT"))

    assert (before.grade, since.grade) == ("CTCAE 5.0 grade 1", "CTCAE 5.0 grade 2 of baseline (60)")


def test_the_rise_of_lymphocytes_is_the_drugs_effect_and_has_no_grade(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("LYMPH", "4.3", ("1.0", "4.0")))

    assert (found.standing, found.words, found.tone, found.grade) == ("above", "expected", "information", "")


def test_the_number_of_infusions_so_far_says_nothing_about_an_old_result(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("LYMPH", "1.9", ("1.0", "4.0")))

    assert (found.standing, found.tone) == ("within", "neutral")


def test_a_result_in_another_unit_is_converted_and_says_how_it_came(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("ALT", "0.6", (None, "0.67"), unit="ukat/L"))

    assert (found.value, found.upper_limit) == (Decimal("36.0"), Decimal("40.20"))
    assert found.text.endswith("36 U/L in range · 0.9 × ULN · range up to 40.2 · reported as 0.6 microkat/L")


def test_a_value_without_any_limit_is_not_called_normal(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("ALT", "34"))

    assert (found.standing, found.words, found.tone, found.multiple) == ("unknown", "no range given", "neutral", "")


@pytest.mark.parametrize(("value", "comparator"), [("<5", "<"), ("<= 5", "≤"), (">5", ">"), (">=5", "≥"), ("5", "")])
def test_a_comparator_is_kept_beside_its_figure(protocol: InfusionProtocol, value: str, comparator: str) -> None:
    found = point(protocol, result("TSH", value, ("0.4", "4.0")))

    assert (found.value, found.figure) == (Decimal(5), f"{comparator}5")


def test_at_most_three_times_is_not_told_as_less_than_three_times(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("ALT", "<=120", (None, "40")))

    assert (found.tone, found.figure, found.multiple) == ("hold", "≤120", "≤3 × ULN")


@pytest.mark.parametrize(
    ("value", "limits", "graded"),
    [
        ("4.5", ("1.0", "4.8"), ""),
        ("5.2", (None, None), ""),
        ("20", (None, None), ""),
        ("20.1", (None, None), "CTCAE 5.0 grade 3"),
        ("0.9", ("1.0", "4.8"), "CTCAE 5.0 grade 1"),
        ("0.7", (None, None), "CTCAE 5.0 grade 2"),
    ],
)
def test_the_drugs_own_rise_has_no_grade_whatever_limit_was_sent(
    protocol: InfusionProtocol, value: str, limits: tuple[str | None, str | None], graded: str
) -> None:
    assert point(protocol, result("LYMPH", value, limits)).grade == graded


def test_an_index_or_score_needs_no_unit_and_has_no_word(protocol: InfusionProtocol) -> None:
    index = point(protocol, LabResult("JCV", "1.7", date(2026, 9, 2)))
    score = point(protocol, LabResult("EDSS", "2.0", date(2026, 9, 2), "{score}"))

    assert (index.figure, index.words, score.figure, score.words) == ("1.7", "", "2", "")
    assert index.text == "02-Sep-2026 · 1.7"


@pytest.mark.parametrize(
    "lab",
    [
        LabResult("JCV", "negative", date(2026, 9, 2)),
        LabResult("ADA", "positive", date(2026, 9, 2), "{presence}"),
        LabResult("MRI", "3 new lesions", date(2026, 9, 2)),
        LabResult("MRI", "3", date(2026, 9, 2)),
        LabResult("ALT", "34", date(2026, 9, 2), "mg/dL"),
        LabResult("ALT", "34", date(2026, 9, 2)),
        LabResult("ALT", "hemolysed", date(2026, 9, 2), "U/L"),
    ],
)
def test_what_is_no_number_in_a_known_unit_is_not_drawn(protocol: InfusionProtocol, lab: LabResult) -> None:
    assert trend_points(case_of(protocol, lab), known(protocol, lab.test)) == ()


def test_points_come_oldest_first_and_keep_their_result(protocol: InfusionProtocol) -> None:
    labs = (result("ALT", "34", ALT, days_ago=3), result("ALT", "30", ALT, days_ago=90), result("AST", "9", ALT))

    found = trend_points(case_of(protocol, *labs), known(protocol, "ALT"))

    assert [each.result for each in found] == [labs[1], labs[0]]


def test_a_day_counts_at_its_noon_and_a_time_where_it_was_on_the_wall(protocol: InfusionProtocol) -> None:
    late = datetime(2026, 11, 11, 23, 30, tzinfo=UTC)
    there = Case(
        protocol, Facts(labs=(LabResult("ALT", "34", late, "U/L"),)), NOW.astimezone(timezone(timedelta(hours=1)))
    )

    (timed,) = trend_points(there, known(protocol, "ALT"))

    assert timed.day == date(2026, 11, 12)
    assert timed.at == pytest.approx(date(2026, 11, 12).toordinal() + 0.5 / 24)
    assert point(protocol, result("ALT", "34")).at == date(2026, 11, 12).toordinal() + 0.5


def test_a_test_that_is_judged_in_grades_alone_shows_its_multiple(protocol: InfusionProtocol) -> None:
    found = point(protocol, result("GGT", "150", (None, "60")))

    assert (found.standing, found.tone, found.multiple) == ("above", "neutral", "2.5 × ULN")


def test_a_fall_against_the_result_before_is_no_matter_of_one_point(protocol: InfusionProtocol) -> None:
    labs = (result("HGB", "14", ("12", "16"), days_ago=60), result("HGB", "11", ("10", "16")))

    assert [each.tone for each in trend_points(case_of(protocol, *labs), known(protocol, "HGB"))] == ["neutral"] * 2


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [(7, 40, "7 to 40"), (None, 40, "up to 40"), (150, None, "from 150"), (None, None, "")],
)
def test_a_range_may_be_open_on_either_side(lower: int | None, upper: int | None, words: str) -> None:
    limits = [None if limit is None else Decimal(limit) for limit in (lower, upper)]

    assert limits_words(*limits) == words


def test_a_number_test_without_units_in_the_protocol_is_not_drawn(protocol: InfusionProtocol) -> None:
    bare = replace(known(protocol, "EDSS"), units={})

    assert trend_points(case_of(protocol, LabResult("EDSS", "2", date(2026, 9, 2))), bare) == ()
