"""Results from outside: which are taken, as what, and which replace which."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import Change, Course, IncomingResult, NotTaken, judged, left_out
from nurse_app.domain.patient_events import LabResultCorrected, LabResultRecorded, LabResultWithdrawn, TextAsCame
from nurse_app.domain.patient_record import LabEntry
from nurse_app.domain.protocol import InfusionProtocol

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 2)
SPELLINGS = {"IU/L": "[IU]/L"}


def row(**changes: Any) -> IncomingResult:
    known: dict[str, Any] = {
        "place": "line 2",
        "record_no": "TRN000417",
        "tests": ("ALT",),
        "value": "25",
        "collected": AT,
        "text": TextAsCame("2026-11-02", "ALT", "25"),
        "unit": "U/L",
        "upper": Decimal(40),
    }
    return IncomingResult(**(known | changes))


def alt(value: str = "25", collected: date = AT) -> LabResult:
    return LabResult("ALT", value, collected, "U/L", None, Decimal(40))


# --- one result by itself ---


@pytest.mark.parametrize("name", ["ALT", "alt", "1742-6"])
def test_a_test_is_known_by_its_name_and_its_code(protocol: InfusionProtocol, name: str) -> None:
    assert judged(protocol, {}, row(tests=("local", name)), NOW) == alt()


def test_a_test_that_the_protocol_does_not_know_is_kept_as_it_is(protocol: InfusionProtocol) -> None:
    found = judged(protocol, {}, row(tests=("1751-7", "albumin"), value="about 4", unit="whatever"), NOW)
    assert found == LabResult("1751-7", "about 4", AT, "whatever", None, Decimal(40))


def test_what_does_not_count_is_left_out_whatever_it_says(protocol: InfusionProtocol) -> None:
    unfit = row(counts=False, value="many", unit="", lower=Decimal(50), collected=date(2027, 1, 1))
    unknown = row(counts=False, tests=("9999-9",))

    assert left_out(protocol, unfit) == Change("line 2", "past", LabResult("ALT", "many", date(2027, 1, 1)))
    assert left_out(protocol, unknown).result.test == "9999-9"


def test_what_a_laboratory_prints_for_a_unit_becomes_the_unit(protocol: InfusionProtocol) -> None:
    found = judged(protocol, SPELLINGS, row(unit="IU/L"), NOW)
    assert isinstance(found, LabResult)
    assert found.unit == "[IU]/L"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"unit": ""}, "no-unit"),
        ({"unit": "umol/L"}, "unit"),
        ({"unit": "u/l"}, "unit"),
        ({"value": "-5"}, "value"),
        ({"value": "1,234.5"}, "value"),
        ({"value": "pending"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e3"}, "value"),
        ({"tests": ("ADA",), "unit": "", "value": "3"}, "value"),
        ({"tests": ("ADA",), "unit": "U/L", "value": "negative"}, "unit"),
        ({"tests": ("JCV",), "unit": "", "value": "high"}, "value"),
        ({"tests": ("EDSS",), "unit": "", "value": "walks well"}, "value"),
        ({"lower": Decimal(50)}, "limits"),
        ({"upper": Decimal(0)}, "limits"),
        ({"collected": NOW + timedelta(seconds=1)}, "future"),
        ({"collected": date(2026, 11, 23)}, "future"),
        ({"collected": date(26, 11, 1)}, "too-early"),
        ({"collected": datetime(26, 11, 1, 8, tzinfo=UTC)}, "too-early"),
    ],
)
def test_what_cannot_be_is_not_taken(protocol: InfusionProtocol, changes: dict[str, Any], reason: str) -> None:
    found = judged(protocol, SPELLINGS, row(**changes), NOW)
    assert isinstance(found, NotTaken)
    assert found.reason == reason


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "<5"},
        {"value": ">=1000"},
        {"unit": "ukat/L"},
        {"tests": ("ADA",), "unit": "", "value": "NEG"},
        {"tests": ("JCV",), "unit": "{index}", "value": "1.6"},
        {"tests": ("JCV",), "unit": "", "value": "indeterminate"},
        {"tests": ("EDSS",), "unit": "", "value": "3.5"},
        {"tests": ("MRI",), "unit": "", "value": "no new lesions", "upper": None},
        {"collected": NOW},
        {"collected": NOW.date()},
    ],
)
def test_what_can_be_is_taken(protocol: InfusionProtocol, changes: dict[str, Any]) -> None:
    assert isinstance(judged(protocol, {}, row(**changes), NOW), LabResult)


@pytest.mark.parametrize(
    ("collected", "reason"),
    [
        (date(1988, 3, 13), "before-birth"),
        (datetime(1988, 3, 13, 23, 59, tzinfo=UTC), "before-birth"),
        (date(1988, 3, 14), None),
        (datetime(1988, 3, 14, 0, 0, tzinfo=UTC), None),
    ],
)
def test_nothing_is_collected_before_the_patient_is_born(
    protocol: InfusionProtocol, collected: date, reason: str | None
) -> None:
    found = judged(protocol, SPELLINGS, row(collected=collected), NOW, date(1988, 3, 14))
    assert (found.reason if isinstance(found, NotTaken) else None) == reason
    assert isinstance(judged(protocol, SPELLINGS, row(collected=collected), NOW), LabResult)


def test_what_is_on_record_of_an_impossible_day_can_be_taken_back(protocol: InfusionProtocol) -> None:
    assert isinstance(judged(protocol, {}, row(collected=date(26, 11, 1), withdrawn=True), NOW), LabResult)


# --- beside what is on record ---


def outcomes(course: Course, *results: LabResult) -> list[str]:
    found = [course.take(row(), result) for result in results]
    assert all(isinstance(each, Change) for each in found)
    return [each.outcome for each in found if isinstance(each, Change)]


def test_the_same_result_twice_is_one() -> None:
    course = Course((LabEntry(4, alt()),), 9)
    assert outcomes(course, alt(), alt("30", AT + timedelta(hours=1)), alt("30", AT + timedelta(hours=1))) == [
        "there",
        "added",
        "there",
    ]
    assert course.events == [LabResultRecorded(alt("30", AT + timedelta(hours=1)), "file", row().text)]


def test_another_result_of_the_same_time_corrects_the_one_before_it() -> None:
    course = Course((LabEntry(4, alt()),), 9)
    assert outcomes(course, alt("26"), alt("27")) == ["corrected", "corrected"]
    assert course.events == [
        LabResultCorrected(4, alt("26"), row().text),
        LabResultCorrected(10, alt("27"), row().text),
    ]


def test_a_result_that_was_corrected_before_does_not_come_back_with_the_old_file() -> None:
    course = Course((LabEntry(4, alt(), superseded=True), LabEntry(5, alt("26"))), 5)
    assert outcomes(course, alt(), alt("26")) == ["there", "there"]
    assert course.events == []


def test_a_result_in_place_of_one_that_counts_no_more_is_new() -> None:
    course = Course((LabEntry(4, alt(), superseded=True),), 5)
    assert outcomes(course, alt("26")) == ["added"]


def test_other_limits_or_another_unit_are_a_correction() -> None:
    course = Course((LabEntry(4, alt()),), 4)
    assert outcomes(course, LabResult("ALT", "25", AT, "U/L", None, Decimal(45))) == ["corrected"]


def test_two_results_of_one_day_in_one_file_are_two_samples() -> None:
    course = Course((), 1)
    assert outcomes(course, alt("25", DAY), alt("30", DAY)) == ["added", "added"]


def test_a_later_file_corrects_the_one_result_of_a_day_but_not_one_of_two() -> None:
    course = Course((LabEntry(4, alt("25", DAY)),), 4)
    assert outcomes(course, alt("26", DAY)) == ["corrected"]
    both = Course((LabEntry(4, alt("25", DAY)), LabEntry(5, alt("30", DAY))), 5)
    assert outcomes(both, alt("26", DAY)) == ["added"]
    assert outcomes(Course((LabEntry(4, alt("25", DAY)),), 4), alt("26", DAY), alt("27", DAY)) == ["corrected", "added"]


def test_results_of_other_tests_and_times_stand_beside_one_another() -> None:
    course = Course((LabEntry(4, alt()),), 4)
    assert outcomes(course, alt("26", AT + timedelta(seconds=1)), LabResult("AST", "25", AT, "U/L")) == ["added"] * 2


def test_a_result_that_is_taken_back_counts_no_more() -> None:
    course = Course((LabEntry(4, alt()),), 9)
    change = course.take(row(withdrawn=True), alt("999"))
    assert isinstance(change, Change)
    assert change.outcome == "withdrawn"
    assert course.events == [LabResultWithdrawn(4)]
    again = course.take(row(withdrawn=True), alt())
    assert isinstance(again, Change)
    assert again.outcome == "there"
    assert outcomes(course, alt("26"), alt("27")) == ["added", "corrected"]
    assert course.events[-1] == LabResultCorrected(11, alt("27"), row().text)


def test_what_is_not_there_cannot_be_taken_back(protocol: InfusionProtocol) -> None:
    assert Course((), 1).take(row(withdrawn=True), alt()) == NotTaken("nothing-to-withdraw", "ALT")
    blank = judged(protocol, {}, row(value="", unit="", withdrawn=True), NOW)
    assert isinstance(blank, LabResult), "a sender that takes a result back may leave its value out"


def test_a_correction_knows_what_it_replaces() -> None:
    course = Course((LabEntry(4, alt()), LabEntry(5, alt("90"), superseded=True)), 9)
    found = [course.take(row(), result) for result in (alt("26"), alt("27"), alt("30", AT + timedelta(hours=1)))]
    assert [each.replaced for each in found if isinstance(each, Change)] == [alt(), alt("26"), None]
