"""The list of visits: search by lot, number or name; a lot answers who received it."""

from collections.abc import Mapping
from datetime import UTC

import pytest

from nurse_app.presentation.reports import MOST_ROWS, ReportsView, present_reports

PATIENTS = {"p1": {"name": "SAMPLE, Patient One"}, "p2": {"name": "SAMPLE, Patient Two"}}
Summary = Mapping[str, str | int | bool | None]


def visit(
    patient: str = "p1",
    day: str = "2026-11-22",
    *,
    lot: str | None = "A12345",
    outcome: str | None = "completed",
    phase: str = "closed",
    set_aside: str = "",
) -> Summary:
    return {
        "patient_id": patient,
        "record_no": f"TRN 000 41{patient[-1]}",
        "phase": phase,
        "started_at": f"{day}T09:00:00+00:00",
        "outcome": outcome,
        "lot": lot,
        "lots_set_aside": set_aside,
    }


VISITS = {
    "v1": visit("p1", "2026-09-27"),
    "v2": visit("p2", "2026-10-25", outcome="stopped-for-reaction"),
    "v3": visit("p1", "2026-10-25", lot="B99"),
    "v4": visit("p1", "2026-11-22", lot="B99", outcome=None, phase="infuse"),
    "v5": visit("p2", "2026-11-21", outcome="not-given"),
}


def found(search: str, visits: Mapping[str, Summary] = VISITS) -> ReportsView:
    return present_reports(visits, PATIENTS, search, UTC)


def test_without_a_search_all_visits_are_listed_newest_first() -> None:
    view = found("")

    assert [row.visit_id for row in view.rows] == ["v4", "v5", "v2", "v3", "v1"]
    assert (view.headline, view.empty, view.more) == ("5 visits, newest first", "", "")


def test_a_row_says_whose_when_how_it_ended_and_from_which_lot() -> None:
    row = next(row for row in found("").rows if row.visit_id == "v2")

    assert (row.name, row.record_no, row.started) == ("SAMPLE, Patient Two", "TRN 000 412", "25-Oct-2026 09:00")
    assert (row.outcome, row.tone, row.lot) == ("Stopped for a reaction", "stop", "A12345")


def test_typing_a_lot_answers_who_received_it() -> None:
    view = found("a12345")

    assert view.headline == "Lot A12345 was given to 2 patients in 2 visits; prepared and not given in 1 visit."
    assert [row.visit_id for row in view.rows] == ["v5", "v2", "v1"]
    assert found(" B 99 ").headline == "Lot B99 was given to 1 patient in 2 visits."


def test_a_lot_that_was_set_aside_is_found_and_was_not_given() -> None:
    visits = VISITS | {"v6": visit("p2", "2026-11-22", lot="B99", set_aside="A12345\nC7")}

    view = found("A12345", visits)
    assert view.headline == "Lot A12345 was given to 2 patients in 2 visits; prepared and not given in 2 visits."
    (row,) = found("c7", visits).rows
    assert (row.visit_id, row.lot) == ("v6", "B99 · A12345, C7 set aside")
    assert found("c7", visits).headline == "Lot C7 was given to nobody; prepared and not given in 1 visit."
    (row,) = found("A1", {"v": visit(lot=None, set_aside="A1")}).rows
    assert row.lot == "A1 set aside"


def test_a_part_of_a_lot_only_counts_the_visits() -> None:
    assert found("A123").headline == "3 visits found"
    assert found("zzz", {"v": visit(lot=None)}).headline == ""


@pytest.mark.parametrize(
    ("search", "visits"),
    [
        ("two", ["v5", "v2"]),
        ("patient one sample", ["v4", "v3", "v1"]),
        ("TRN 000 412", ["v5", "v2"]),
        ("trn000412", ["v5", "v2"]),
        ("one b99", ["v4", "v3"]),
    ],
)
def test_lots_numbers_and_names_are_searched(search: str, visits: list[str]) -> None:
    assert [row.visit_id for row in found(search).rows] == visits


def test_a_visit_in_progress_says_so() -> None:
    row = found("").rows[0]

    assert (row.outcome, row.tone) == ("in progress", "information")


@pytest.mark.parametrize(
    ("outcome", "words", "tone"),
    [
        ("completed", "Whole dose given, observation complete", "done"),
        ("partial", "Part of the dose given", "caution"),
        ("left-early", "Patient left before the observation was over", "caution"),
        ("not-given", "Not given today", "muted"),
        (None, "Closed", "neutral"),
    ],
)
def test_every_ending_has_its_words(outcome: str | None, words: str, tone: str) -> None:
    (row,) = found("", {"v": visit(outcome=outcome)}).rows

    assert (row.outcome, row.tone) == (words, tone)


def test_what_is_not_known_does_not_break_the_list() -> None:
    (row,) = present_reports({"v": {"phase": "closed"}}, {}, "", UTC).rows

    assert (row.name, row.record_no, row.started, row.lot) == ("(record number only)", "", "", "—")


@pytest.mark.parametrize(
    ("phase", "given"), [("prepare", "nobody"), ("infuse", "1 patient"), ("reaction", "1 patient")]
)
def test_a_lot_in_hand_is_not_yet_a_lot_received(phase: str, given: str) -> None:
    view = found("A12345", {"v": visit(outcome=None, phase=phase)})

    assert f"given to {given}" in view.headline


def test_nothing_found_says_what_can_be_typed() -> None:
    assert found("nobody").empty == "No visit found. Type a lot, a record number or a name."
    assert found("", {}).empty == "No visits yet."


def test_rows_left_out_are_counted_and_counted_in_the_answer() -> None:
    many = {f"v{place}": visit() for place in range(MOST_ROWS + 2)}

    view = found("A12345", many)

    assert len(view.rows) == MOST_ROWS
    assert view.more == "2 more: type more to find them"
    assert f"in {MOST_ROWS + 2} visits" in view.headline


def test_records_that_cannot_be_read_are_told() -> None:
    assert present_reports({}, {}, "", UTC, ["One record is damaged."]).unreadable == ("One record is damaged.",)
