"""The import of results in words: the page at each moment, its rows, and what is said elsewhere."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import Change, IncomingResult, NotTaken, Outcome, Reason
from nurse_app.domain.patient_events import LabResultWithdrawn, TextAsCame
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.rows import Question, RefusedRow
from nurse_app.presentation.import_page import (
    MOST_ROWS,
    ImportState,
    ImportView,
    declared,
    finished_words,
    present_import,
    taken_words,
    to_take,
    unclear_words,
)
from nurse_app.presentation.lab_import import new_numbers_words, not_taken_words
from nurse_app.visit.lab_import import ImportOutcome, NotTakenRow, PatientShare

AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
DATES = RefusedRow("line 7", "“01/02/2026” does not say which is the day and which the month", Question("dates"))


def change(line: int, outcome: Outcome = "added", test: str = "ALT", unit: str | None = "U/L") -> Change:
    return Change(f"line {line}", outcome, LabResult(test, "25.5", AT, unit))


def refusal(line: int, reason: Reason = "unit", test: str = "ALT") -> NotTakenRow:
    text = TextAsCame("2026-12-02", "1742-6", "25", "mmol/L", "", "")
    row = IncomingResult(f"line {line}", "TRN1", ("1742-6",), "25", AT, text, "mmol/L")
    return NotTakenRow(row, NotTaken(reason, test))


def share(*changes: Change, not_taken: tuple[NotTakenRow, ...] = (), known: bool = True) -> PatientShare:
    # What the events are does not matter here, only that there are some.
    events = (LabResultWithdrawn(1),)
    return PatientShare("TRN1", "p-1" if known else None, changes, events, not_taken)


def state(phase: str, *shares: PatientShare, **more: object) -> ImportState:
    made = ImportState(phase, "labs.csv", done=12, total=60, outcome=ImportOutcome(shares))  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def page(protocol: InfusionProtocol, shown: ImportState) -> ImportView:
    return present_import(shown, protocol)


def buttons(view: ImportView) -> tuple[str, str, str, str]:
    return view.take, view.choose, view.stop, view.again


# --- the page ---


def test_at_first_there_is_a_file_to_choose(protocol: InfusionProtocol) -> None:
    view = page(protocol, ImportState())

    assert "nothing is recorded before you say so" in view.lead
    assert buttons(view) == ("", "Choose a file…", "", "")
    assert (view.progress, view.verdict, view.notes, view.rows, view.more) == ("", "", (), (), "")


def test_a_file_that_is_not_there_says_so_and_another_can_be_chosen(protocol: InfusionProtocol) -> None:
    view = page(protocol, ImportState(problem="labs.csv cannot be read."))

    assert (view.verdict, view.tone) == ("labs.csv cannot be read.", "caution")
    assert buttons(view) == ("", "Choose a file…", "", "")


@pytest.mark.parametrize(
    ("phase", "progress", "stop"),
    [
        ("reading", "Reading…", "Cancel"),
        ("looking", "Looking at 12 of 60 patients", "Cancel"),
        ("taking", "Recorded for 12 of 60 patients", "Stop"),
    ],
)
def test_while_it_works_it_says_how_far_it_is_and_can_be_ended(
    protocol: InfusionProtocol, phase: str, progress: str, stop: str
) -> None:
    view = page(protocol, state(phase, share(change(2))))

    assert (view.lead, view.progress) == ("File: labs.csv", progress)
    assert buttons(view) == ("", "", stop, "")
    assert (view.verdict, view.rows, view.questions) == ("", (), ())


def test_before_anything_is_taken_it_says_what_would_be(protocol: InfusionProtocol) -> None:
    shares = (share(change(2), change(3, "corrected"), change(4, "there"), known=False),)
    view = page(protocol, state("preview", *shares))

    assert (view.verdict, view.tone) == ("Nothing is recorded yet. All results can be taken", "information")
    assert view.notes == (
        "3 results in the file: 1 would be added, 1 there already, 1 would correct one on record, 0 not taken.",
        "1 record number would be new: TRN1",
    )
    assert buttons(view) == ("Take 2 results", "Choose another file…", "", "")


def test_what_cannot_be_taken_is_said_before_and_after(protocol: InfusionProtocol) -> None:
    mixed = share(change(2), not_taken=(refusal(3),))
    before = page(protocol, state("preview", mixed, refused=(RefusedRow("line 4", "no"),)))
    after = page(protocol, state("taken", mixed))

    assert (before.verdict, before.tone) == ("Nothing is recorded yet. 2 results cannot be taken", "caution")
    assert before.take == "Take 1 result"
    assert (after.verdict, after.tone) == ("Recorded. 1 result cannot be taken", "caution")


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ((share(change(2, "there")),), "There is nothing new in this file"),
        (
            (share(change(2, "there"), not_taken=(refusal(3),)),),
            "There is nothing new in this file. 1 result cannot be taken",
        ),
        ((share(change(2, "past")),), "There is nothing new in this file"),
        ((share(not_taken=(refusal(3),)),), "Nothing in this file can be taken"),
        ((), "There are no results in this file"),
    ],
)
def test_with_nothing_to_take_there_is_no_button_for_it(
    protocol: InfusionProtocol, shares: tuple[PatientShare, ...], verdict: str
) -> None:
    view = page(protocol, state("preview", *shares))

    assert (view.verdict, view.take) == (verdict, "")


def test_what_was_taken_is_counted(protocol: InfusionProtocol) -> None:
    view = page(protocol, state("taken", share(change(2), change(3, "withdrawn"))))

    assert (view.verdict, view.tone) == ("Recorded. All results are on record", "done")
    assert view.notes == ("2 results in the file: 1 added, 0 there already, 1 taken back, 0 not taken.",)
    assert buttons(view) == ("", "Choose another file…", "", "")
    assert view.is_over
    assert not any(page(protocol, state(phase)).is_over for phase in ("choose", "preview", "taking", "stopped"))


def test_what_counts_no_more_is_counted_and_told_apart(protocol: InfusionProtocol) -> None:
    one = share(change(2), change(3, "past"))
    before, after = (page(protocol, state(phase, one)) for phase in ("preview", "taken"))
    many = page(protocol, state("preview", share(change(2, "past"), change(3, "past"))))

    assert (before.verdict, before.tone) == (
        "Nothing is recorded yet. All results that count can be taken",
        "information",
    )
    assert before.take == "Take 1 result"
    assert before.notes == (
        "2 results in the file: 1 would be added, 0 there already, 1 does not count any more, 0 not taken.",
    )
    assert (after.verdict, after.tone) == ("Recorded. All results that count are on record", "done")
    assert [(row.place, row.what, row.tone, row.why) for row in after.rows][1:] == [
        ("line 3", "Left out", "muted", "corrected or taken back where it comes from: it does not count any more")
    ]
    assert "2 do not count any more" in many.notes[0]


@pytest.mark.parametrize(
    ("phase", "verdict", "what_next"),
    [
        ("stopped", "Stopped: recorded for 12 of 60 patients", "Take the rest when you like."),
        (
            "not-saved",
            "Not everything could be recorded: 12 of 60 patients are done",
            "it is taken at the next start of the program.",
        ),
    ],
)
def test_after_a_part_the_rest_can_be_taken(
    protocol: InfusionProtocol, phase: str, verdict: str, what_next: str
) -> None:
    view = page(protocol, state(phase, share(change(2))))

    assert (view.verdict, view.tone) == (verdict, "caution")
    assert view.notes[0] == "1 added, 0 there already, 0 not taken."
    assert view.notes[-1].endswith(what_next)
    assert view.take == "Take the rest"


def test_what_could_not_be_begun_can_be_begun_again(protocol: InfusionProtocol) -> None:
    view = page(protocol, state("preview", share(change(2)), problem="Nothing could be recorded."))

    assert (view.verdict, view.tone, view.take) == ("Nothing could be recorded.", "caution", "Take 1 result")


# --- what somebody can declare ---


def asked(view: ImportView) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(each.key, each.label, tuple(key for key, _words in each.options), each.chosen) for each in view.questions]


SIGN = ("decimal", "Decimal sign of its numbers", ("point", "comma"), "")
ORDER = ("dates", "Order in its dates", ("day-first", "month-first"), "")


def test_an_unclear_decimal_sign_is_asked_for(protocol: InfusionProtocol) -> None:
    view = page(protocol, state("unreadable", problem="Which sign?", question=Question("decimal")))

    assert asked(view) == [SIGN]
    assert (view.verdict, view.tone) == ("Which sign?", "caution")
    assert buttons(view) == ("", "Choose another file…", "", "Read again")


def test_a_column_of_another_name_is_asked_for(protocol: InfusionProtocol) -> None:
    question = Question("column", "record_no", ("Patient", "Datum"))
    view = page(protocol, state("unreadable", question=question))

    assert asked(view) == [("column", "Which column of the file holds the record number?", ("Patient", "Datum"), "")]
    other = page(protocol, state("unreadable", question=Question("column", "unit", ("Einheit",))))
    assert other.questions[0].label == "Which column of the file holds unit?"


def test_an_unclear_order_of_dates_is_asked_for_beside_what_can_be_taken(protocol: InfusionProtocol) -> None:
    view = page(protocol, state("preview", share(change(2)), refused=(DATES, DATES)))

    assert asked(view) == [ORDER]
    assert (view.take, view.again) == ("Take 1 result", "Read again")


def test_with_nothing_but_an_open_question_nothing_can_be_taken_yet(protocol: InfusionProtocol) -> None:
    view = page(protocol, state("preview", refused=(DATES,)))

    assert (view.verdict, view.take, view.again) == ("Nothing in this file can be taken yet", "", "Read again")


def test_what_was_declared_stays_to_be_declared_otherwise(protocol: InfusionProtocol) -> None:
    form = CsvForm(sign=",", dates="day-first")
    view = page(protocol, state("preview", share(change(2)), form=form))

    assert asked(view) == [(*SIGN[:3], "comma"), (*ORDER[:3], "day-first")]
    assert page(protocol, state("taken", share(change(2)), form=form)).questions == ()


def test_a_file_that_nothing_can_be_declared_about_has_no_question(protocol: InfusionProtocol) -> None:
    assert buttons(page(protocol, state("unreadable", problem="It is empty."))) == ("", "Choose another file…", "", "")


def test_what_is_chosen_is_what_is_known_about_the_file() -> None:
    first = declared(CsvForm(), Question("column", "record_no", ("Patient",)), {"column": "Patient"})
    assert first == CsvForm({"record_no": "Patient"})
    second = declared(first, Question("column", "value", ("Wert",)), {"column": "", "decimal": "comma"})
    assert second == CsvForm({"record_no": "Patient"}, ",")
    third = declared(second, None, {"decimal": "point", "dates": "month-first"})
    assert third == CsvForm({"record_no": "Patient"}, ".", "month-first")
    assert declared(third, Question("decimal"), {"decimal": "", "dates": ""}) == first


# --- the rows ---


def test_rows_that_are_not_taken_come_first_in_the_order_of_the_file(protocol: InfusionProtocol) -> None:
    shares = (
        share(change(2), change(3, "there"), not_taken=(refusal(12),)),
        share(change(4, "withdrawn"), change(5, "corrected"), change(6, test="9999-9", unit=None)),
    )
    view = page(protocol, state("preview", *shares, refused=(RefusedRow("line 9", "value is missing"),)))

    assert [row.collected for row in view.rows] == ["", *["02-Nov-2026"] * 6]
    assert [(row.place, row.test, row.value, row.what, row.why) for row in view.rows] == [
        ("line 9", "", "", "Not taken", "value is missing"),
        ("line 12", "ALT", "25 mmol/L", "Not taken", "the unit “mmol/L” does not belong to ALT"),
        ("line 5", "ALT", "25.5 U/L", "Corrects one on record", ""),
        ("line 4", "ALT", "25.5 U/L", "Takes one back", ""),
        ("line 2", "ALT", "25.5 U/L", "New", ""),
        ("line 6", "9999-9", "25.5", "New", "kept, not assessed: no test of this protocol"),
        ("line 3", "ALT", "25.5 U/L", "There already", ""),
    ]
    assert [row.tone for row in view.rows][:3] == ["caution", "caution", "information"]
    assert {row.record_no for row in view.rows} == {"TRN1", ""}
    assert view.more == ""


def test_once_it_is_recorded_the_rows_say_what_happened(protocol: InfusionProtocol) -> None:
    shares = (share(change(2), change(3, "there"), change(4, "withdrawn"), change(5, "corrected")),)
    for phase, head in (("preview", "What happens"), ("taken", "What happened"), ("stopped", "What happened")):
        assert page(protocol, state(phase, *shares)).what_head == head
    view = page(protocol, state("not-saved", *shares))

    assert [row.what for row in view.rows] == ["Corrected one on record", "Took one back", "Added", "There already"]


@pytest.mark.parametrize(
    ("before", "test", "why"),
    [
        (LabResult("ALT", "34", AT, "U/L"), "ALT", "was 34 U/L"),
        (LabResult("ALT", "25.5", AT, "ukat/L"), "ALT", "was 25.5 ukat/L"),
        (LabResult("ALT", "25.5", AT, "U/L", Decimal(7), Decimal(40)), "ALT", "was with the range 7 to 40"),
        (LabResult("ALT", "25.5", AT, "U/L"), "ALT", "was without a range"),
        (
            LabResult("9999-9", "34", AT, "U/L"),
            "9999-9",
            "was 34 U/L; kept, not assessed: no test of this protocol",
        ),
    ],
)
def test_a_correction_shows_what_it_replaces(
    protocol: InfusionProtocol, before: LabResult, test: str, why: str
) -> None:
    corrected = replace(change(5, "corrected", test), replaced=before)
    (row,) = page(protocol, state("preview", share(corrected))).rows

    assert row.why == why


def test_a_long_list_says_how_many_are_left_out(protocol: InfusionProtocol) -> None:
    view = page(protocol, state("preview", share(*(change(line) for line in range(MOST_ROWS + 3)))))

    assert (len(view.rows), view.more) == (MOST_ROWS, "and 3 more")


@pytest.mark.parametrize(
    ("reason", "test", "words"),
    [
        ("no-unit", "ALT", "ALT has no unit"),
        ("future", "ALT", "it was collected in the future (2026-12-02)"),
        ("before-birth", "ALT", "it was collected before the patient was born (2026-12-02)"),
        ("too-early", "ALT", "its year cannot be (2026-12-02)"),
        ("value", "9999-9", "“25” is no value of 9999-9"),
    ],
)
def test_each_reason_is_part_of_a_sentence(protocol: InfusionProtocol, reason: Reason, test: str, words: str) -> None:
    assert not_taken_words(protocol, refusal(3, reason, test)) == words


# --- what is said elsewhere ---


def test_many_new_numbers_are_not_all_named() -> None:
    numbers = [f"P{n}" for n in range(4)]
    assert new_numbers_words((), dry_run=True) == ""
    assert new_numbers_words(numbers, dry_run=False) == "4 record numbers are new: P0, P1, P2, P3"
    assert new_numbers_words(numbers, dry_run=True, most=4) == "4 record numbers would be new: P0, P1, P2, P3"
    assert new_numbers_words(numbers, dry_run=True, most=2) == "4 record numbers would be new: P0, P1 and 2 more"


def test_footer_and_home_hear_the_counts() -> None:
    outcome = ImportOutcome((share(change(2), not_taken=(refusal(3),)),))
    assert to_take(outcome) == 1
    assert taken_words(outcome, 1) == "Import: 1 added, 0 there already, 2 not taken"
    assert finished_words(outcome, 0) == (
        "An import of results was broken off; it was finished now: 1 added, 0 there already, 1 not taken."
    )
    assert "cannot be read" in unclear_words()
