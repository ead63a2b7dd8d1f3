"""The course of treatment under the curves: what was given, in part, with a reaction, and where it paused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Treatment
from nurse_app.domain.patient_events import AdministrationRecorded, PatientDetails
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.treatment_course import treatment_course
from nurse_app.presentation.lab_drawing import TreatmentMarks
from nurse_app.presentation.lab_infusions import pointed_words, treatment_marks

LAST = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)


def given(days_ago: int, *, complete: bool = True, reaction: bool = False) -> AdministrationRecorded:
    at = LAST - timedelta(days=days_ago)
    return AdministrationRecorded(f"v-{days_ago}", at, Decimal(300), complete=complete, reaction=reaction)


def record_of(course: Treatment, *administrations: AdministrationRecorded) -> PatientRecord:
    return PatientRecord(PatientDetails("TRN000417", treatment=course), administrations=administrations)


def marks_of(
    protocol: InfusionProtocol, course: Treatment, *administrations: AdministrationRecorded, zone: tzinfo = UTC
) -> TreatmentMarks:
    return treatment_marks(treatment_course(record_of(course, *administrations), protocol, LAST.date(), zone))


def test_infusions_from_before_and_from_here_stand_on_their_day(protocol: InfusionProtocol) -> None:
    night = AdministrationRecorded("v", datetime(2026, 11, 1, 23, 30, tzinfo=UTC), Decimal(300), True, False)
    course = Treatment(first_infusion=date(2025, 1, 7), last_infusion=date(2026, 10, 4))

    marks = marks_of(protocol, course, night, zone=timezone(timedelta(hours=1))).infusions

    assert [mark.text for mark in marks] == [
        "07-Jan-2025 infusion",
        "04-Oct-2026 infusion",
        "02-Nov-2026 infusion",
    ]
    assert [mark.at for mark in marks] == [
        date(2025, 1, 7).toordinal() + 0.5,
        date(2026, 10, 4).toordinal() + 0.5,
        date(2026, 11, 2).toordinal() + 0.5,
    ]
    assert marks_of(protocol, Treatment()).infusions == ()


def test_an_infusion_known_from_before_and_given_here_is_one_mark(protocol: InfusionProtocol) -> None:
    course = Treatment(last_infusion=LAST.date())

    (mark,) = marks_of(protocol, course, given(0, reaction=True)).infusions

    assert mark.kind == "reaction"


def test_a_reaction_goes_before_a_dose_not_whole(protocol: InfusionProtocol) -> None:
    both = given(0, complete=False, reaction=True)
    all_given = (given(84), given(56, complete=False), given(28, reaction=True), both)

    marks = marks_of(protocol, Treatment(), *all_given).infusions

    assert [mark.kind for mark in marks] == ["given", "partial", "reaction", "reaction"]
    assert marks[1].text == "06-Sep-2026 infusion, not the whole dose"
    assert marks[2].text == "04-Oct-2026 infusion with a reaction"


@pytest.mark.parametrize(
    ("weeks", "days", "pauses"), [(4, 55, 0), (4, 56, 1), (6, 83, 0), (6, 84, 1), (None, 83, 0), (None, 84, 1)]
)
def test_a_pause_begins_where_a_dose_was_missed_by_plan(
    protocol: InfusionProtocol, weeks: int | None, days: int, pauses: int
) -> None:
    found = marks_of(protocol, Treatment(plan_interval_weeks=weeks), given(days), given(0))

    assert len(found.pauses) == pauses


def test_between_the_first_and_the_last_known_from_before_others_may_have_been(protocol: InfusionProtocol) -> None:
    course = Treatment(first_infusion=date(2024, 1, 7), last_infusion=date(2026, 3, 1), plan_interval_weeks=4)

    (pause,) = marks_of(protocol, course, given(0)).pauses

    assert pause.start == date(2026, 3, 1).toordinal() + 0.5
    assert pause.end == LAST.date().toordinal() + 0.5


def test_a_day_on_the_axis_says_after_which_infusion_it_is(protocol: InfusionProtocol) -> None:
    marks = marks_of(protocol, Treatment(plan_interval_weeks=4), given(100), given(0))
    last = LAST.date().toordinal()

    assert pointed_words(marks, last - 101) == "23-Jul-2026"
    assert pointed_words(marks, last + 0.2) == "01-Nov-2026 infusion"
    assert pointed_words(marks, last + 1.9) == "02-Nov-2026 · 1 day after: 01-Nov-2026 infusion"
    assert pointed_words(marks, last - 40) == ("22-Sep-2026 · 60 days after: 24-Jul-2026 infusion · pause in treatment")


def test_a_pause_that_lasts_reaches_to_the_edge(protocol: InfusionProtocol) -> None:
    marks = marks_of(protocol, Treatment(plan_interval_weeks=4), given(60))

    assert [(pause.start, pause.end) for pause in marks.pauses] == [(LAST.date().toordinal() - 59.5, None)]
    assert pointed_words(marks, LAST.date().toordinal()).endswith("pause in treatment")


def test_two_infusions_from_before_on_two_known_days_have_a_pause_between(protocol: InfusionProtocol) -> None:
    course = Treatment(date(2026, 1, 7), 2, date(2026, 10, 4), 4)

    (pause,) = marks_of(protocol, course, given(0)).pauses

    assert (pause.start, pause.end) == (date(2026, 1, 7).toordinal() + 0.5, date(2026, 10, 4).toordinal() + 0.5)


def test_after_the_first_one_others_may_have_been_given_elsewhere(protocol: InfusionProtocol) -> None:
    course = Treatment(date(2026, 1, 7), 7, None, 4)

    assert marks_of(protocol, course, given(0)).pauses == ()
    assert marks_of(protocol, replace(course, infusions_given=1), given(0)).pauses != ()


def test_between_infusions_on_days_nobody_noted_no_gap_is_asserted(protocol: InfusionProtocol) -> None:
    marks = marks_of(protocol, Treatment(date(2024, 8, 4), 30, date(2026, 10, 24), 4))

    assert (marks.unnoted and marks.unnoted.start) == date(2024, 8, 4).toordinal() + 0.5
    assert pointed_words(marks, date(2026, 8, 21).toordinal()) == (
        "21-Aug-2026 · infusions given elsewhere, their days are not on record"
    )
    assert (
        pointed_words(marks, date(2026, 10, 25).toordinal() + 0.6) == "25-Oct-2026 · 1 day after: 24-Oct-2026 infusion"
    )


def test_before_the_calendar_begins_the_first_day_is_said() -> None:
    assert pointed_words(TreatmentMarks(), -40.0) == "01-Jan-0001"
