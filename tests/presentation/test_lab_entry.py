"""Results typed by hand: what is offered, what is refused beside which field, and what is recorded."""

from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Facts, LabResult, Patient
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_entry import LabEntryView, LabTestChoice, present_lab_entry
from nurse_app.presentation.lab_entry_check import LabEntries, check_entries
from tests.presentation.lab_results import TODAY, result

COLLECTED = date(2026, 11, 20)
ALT = LabEntries("ALT", "34", "U/L", "7", "40", COLLECTED)


@pytest.fixture
def view(protocol: InfusionProtocol) -> LabEntryView:
    facts = Facts(patient=Patient(birth_date=date(1988, 3, 14)), labs=(result("ALT", "30", ("7", "40")),))
    return present_lab_entry(protocol, facts, TODAY, UTC, "p-1")


def choice(view: LabEntryView, test: str) -> LabTestChoice:
    found = view.choice(test)
    assert found is not None
    return found


# --- what is offered ---


def test_monitored_tests_come_first_and_every_test_once(view: LabEntryView, protocol: InfusionProtocol) -> None:
    tests = [each.test for each in view.tests]

    assert tests[:3] == ["ALT", "AST", "PLT"]
    assert sorted(tests) == sorted(test.id for test in protocol.labs.tests)
    assert view.choice("XYZ") is None


def test_units_that_read_the_same_are_offered_once(view: LabEntryView) -> None:
    assert choice(view, "ALT").units == (
        ("U/L", "U/L"),
        ("[IU]/L", "IU/L"),
        ("mU/mL", "mU/mL"),
        ("ukat/L", "microkat/L"),
        ("nkat/L", "nkat/L"),
    )
    assert choice(view, "JCV").units == ()


def test_words_are_offered_for_tests_that_are_told_in_words(view: LabEntryView) -> None:
    assert choice(view, "ADA").words == ("negative", "positive", "indeterminate")
    assert choice(view, "MRI").words == () == choice(view, "ALT").words


def test_the_range_of_the_last_result_is_offered_not_taken(view: LabEntryView, protocol: InfusionProtocol) -> None:
    before = choice(view, "ALT").before

    assert before is not None
    assert before.words == "Range as on 12-Nov-2026: 7 to 40 U/L"
    assert (before.unit, before.lower, before.upper) == ("U/L", "7", "40")
    assert choice(view, "AST").before is None
    open_range = present_lab_entry(protocol, Facts(labs=(result("ALT", "3", (None, "40")),)), TODAY, UTC, "p-1")
    offered = choice(open_range, "ALT").before
    assert offered is not None
    assert offered.lower == ""


@pytest.mark.parametrize(
    "last",
    [result("ALT", "30"), result("ALT", "30", ("7", "40"), unit=None), result("ALT", "3", ("7", "40"), unit="x")],
)
def test_no_range_is_offered_that_is_not_whole(protocol: InfusionProtocol, last: LabResult) -> None:
    view = present_lab_entry(protocol, Facts(labs=(last,)), TODAY, UTC, "p-1")

    assert choice(view, "ALT").before is None


def test_the_unit_offered_with_a_range_is_one_of_the_chips(protocol: InfusionProtocol) -> None:
    view = present_lab_entry(
        protocol, Facts(labs=(result("TSH", "2", ("0.4", "4"), unit="m[iU]/L"),)), TODAY, UTC, "p-1"
    )

    before = choice(view, "TSH").before

    assert before is not None
    assert before.unit in [unit for unit, _words in choice(view, "TSH").units]


# --- what is recorded ---


@pytest.mark.parametrize(
    ("entries", "recorded"),
    [
        (ALT, LabResult("ALT", "34", COLLECTED, "U/L", Decimal(7), Decimal(40))),
        (replace(ALT, value="0,5"), LabResult("ALT", "0.5", COLLECTED, "U/L", Decimal(7), Decimal(40))),
        (replace(ALT, value="< 5"), LabResult("ALT", "<5", COLLECTED, "U/L", Decimal(7), Decimal(40))),
        (replace(ALT, value=">1000"), LabResult("ALT", ">1000", COLLECTED, "U/L", Decimal(7), Decimal(40))),
        (replace(ALT, value="0,125"), LabResult("ALT", "0.125", COLLECTED, "U/L", Decimal(7), Decimal(40))),
        (replace(ALT, lower=""), LabResult("ALT", "34", COLLECTED, "U/L", None, Decimal(40))),
        (replace(ALT, upper="40,5"), LabResult("ALT", "34", COLLECTED, "U/L", Decimal(7), Decimal("40.5"))),
        (LabEntries("ADA", "Positive", "", "", "", COLLECTED), LabResult("ADA", "Positive", COLLECTED, "{presence}")),
        (LabEntries("JCV", "1.7", "", "", "", COLLECTED), LabResult("JCV", "1.7", COLLECTED, "{index}")),
        (LabEntries("JCV", "negative", "", "", "", COLLECTED), LabResult("JCV", "negative", COLLECTED, "{index}")),
        (LabEntries("MRI", "2 new lesions", "", "", "", TODAY), LabResult("MRI", "2 new lesions", TODAY)),
        (LabEntries("EDSS", "2,5", "", "", "", COLLECTED), LabResult("EDSS", "2.5", COLLECTED, "{score}")),
    ],
)
def test_what_is_complete_and_clear_is_recorded(view: LabEntryView, entries: LabEntries, recorded: LabResult) -> None:
    check = check_entries(view, entries)

    assert (check.result, check.missing, check.wrong) == (recorded, {}, {})


def test_the_value_is_judged_while_it_is_typed(view: LabEntryView) -> None:
    check = check_entries(view, replace(ALT, value="130"))

    assert (check.standing, check.tone) == ("130 U/L high · 3.25 × ULN · CTCAE 5.0 grade 2", "hold")
    assert check_entries(view, LabEntries("MRI", "clear", "", "", "", TODAY)).standing == ""


# --- what is refused, and where ---


def test_without_a_test_there_is_nothing_to_check(view: LabEntryView) -> None:
    check = check_entries(view, LabEntries("", "34", "U/L", "", "", COLLECTED))

    assert (check.result, dict(check.missing)) == (None, {"test": "Choose the test."})


def test_everything_that_is_missing_is_said_at_its_field(view: LabEntryView) -> None:
    check = check_entries(view, LabEntries("ALT", "", "", "", "", None))

    assert check.result is None
    assert list(check.missing) == ["value", "unit", "collected"]
    assert list(check_entries(view, LabEntries("ADA", "", "", "", "", None)).missing) == ["value", "collected"]


@pytest.mark.parametrize(
    ("entries", "place", "sentence"),
    [
        (replace(ALT, value="1,234"), "value", "The comma can be read in two ways. Write 1234 or 1.234."),
        (replace(ALT, value="positive"), "value", "Write a number such as 34, <5 or >1000."),
        (replace(ALT, value="3 4"), "value", "Write a number such as 34, <5 or >1000."),
        (replace(ALT, value="-3"), "value", "Write a number such as 34, <5 or >1000."),
        (replace(ALT, unit="mg/dL"), "unit", "This unit does not belong to this test. Look at the report again."),
        (replace(ALT, lower="x"), "lower", "Write a number such as 40 or 0.4."),
        (replace(ALT, upper="1,000"), "upper", "Write a number such as 40 or 0.4."),
        (replace(ALT, upper="0", lower=""), "upper", "The upper limit must be more than 0."),
        (replace(ALT, lower="50"), "lower", "The lower limit is above the upper one."),
        (
            replace(ALT, collected=date(2026, 11, 23)),
            "collected",
            "This day is in the future. Enter the day when the sample was taken.",
        ),
        (
            replace(ALT, collected=date(26, 11, 1)),
            "collected",
            "This day is before the year 1900. Enter the day when the sample was taken.",
        ),
        (
            replace(ALT, collected=date(1988, 3, 13)),
            "collected",
            "This day is before the patient was born. Enter the day when the sample was taken.",
        ),
        (
            LabEntries("RELAPSE", "mild", "", "", "", date(2026, 11, 23)),
            "collected",
            "This day is in the future. Enter the day of the scan or examination; of a relapse, the day when it began.",
        ),
        (
            LabEntries("ADA", "12", "", "", "", COLLECTED),
            "value",
            "Write positive, negative or indeterminate, as the report has it.",
        ),
        (LabEntries("JCV", "high", "", "", "", COLLECTED), "value", "Write a number such as 34, <5 or >1000."),
        (
            LabEntries("MRI", "x" * 121, "", "", "", COLLECTED),
            "value",
            "Shorter, please: the main finding in one line.",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    view: LabEntryView, entries: LabEntries, place: str, sentence: str
) -> None:
    check = check_entries(view, entries)

    assert (check.result, dict(check.wrong)) == (None, {place: sentence})


def test_a_result_on_record_is_not_recorded_twice(view: LabEntryView, protocol: InfusionProtocol) -> None:
    first = check_entries(view, ALT).result
    assert first is not None

    again = check_entries(replace(view, known=frozenset({first})), ALT)

    assert (again.result, dict(again.wrong)) == (None, {"value": "This result is on record already."})


@pytest.mark.parametrize(
    ("entries", "notes"),
    [
        (
            replace(ALT, upper=""),
            {"upper": "Without the upper limit this result cannot be judged and holds the dose."},
        ),
        (
            LabEntries("NEUT", "4", "10*9/L", "", "", COLLECTED),
            {
                "lower": "Without the lower limit this result cannot be judged and holds the dose.",
                "upper": "Without the upper limit this result cannot be judged and holds the dose.",
            },
        ),
        (replace(ALT, lower=""), {}),
        (LabEntries("GGT", "40", "U/L", "", "", COLLECTED), {}),
    ],
)
def test_a_limit_that_a_rule_needs_is_asked_for_with_the_reason(
    view: LabEntryView, entries: LabEntries, notes: dict[str, str]
) -> None:
    check = check_entries(view, entries)

    assert check.result is not None
    assert dict(check.notes) == notes


@pytest.mark.parametrize(
    ("highest", "step", "value", "problem"),
    [
        ("10", "0.5", "10", ""),
        ("10", "0.5", "10.5", "At most 10, in steps of 0.5."),
        ("10", "0.5", "2,2", "At most 10, in steps of 0.5."),
        (None, "0.5", "2.2", "Only in steps of 0.5."),
        ("10", None, "11", "At most 10."),
    ],
)
def test_a_score_beyond_its_scale_is_a_slip(
    protocol: InfusionProtocol, highest: str | None, step: str | None, value: str, problem: str
) -> None:
    limits = {"highest": None if highest is None else Decimal(highest), "step": None if step is None else Decimal(step)}
    tests = tuple(replace(test, **limits) if test.id == "EDSS" else test for test in protocol.labs.tests)
    changed = replace(protocol, labs=replace(protocol.labs, tests=tests))
    view = present_lab_entry(changed, Facts(), TODAY, UTC, "p-1")
    check = check_entries(view, LabEntries("EDSS", value, "", "", "", COLLECTED))

    assert check.wrong.get("value", "") == problem
