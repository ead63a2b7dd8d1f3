"""The shared time axis: ranges to choose from, months that are never too close."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurse_app.presentation.lab_axis import month_marks, time_ranges

TODAY = date(2026, 11, 22)


def test_the_ranges_end_today_and_begin_calendar_months_earlier() -> None:
    quarter, year, everything = time_ranges(TODAY, [date(2021, 3, 4)])

    assert [each.label for each in (quarter, year, everything)] == ["3 months", "12 months", "All"]
    assert [each.key for each in (quarter, year, everything)] == ["M", "Y", "L"]
    for each, first in ((quarter, date(2026, 8, 22)), (year, date(2025, 11, 22)), (everything, date(2021, 3, 4))):
        assert each.start < first.toordinal() < TODAY.toordinal() + 1 < each.end


def test_all_is_never_shorter_than_a_year() -> None:
    _quarter, year, everything = time_ranges(TODAY, [TODAY])

    assert (everything.start, everything.end) == (year.start, year.end)


def test_months_are_written_with_their_year() -> None:
    start, end = date(2026, 8, 20).toordinal(), date(2026, 11, 25).toordinal()

    assert month_marks(start, end, 6) == (
        (date(2026, 9, 1).toordinal(), "Sep 2026"),
        (date(2026, 10, 1).toordinal(), "Oct 2026"),
        (date(2026, 11, 1).toordinal(), "Nov 2026"),
    )


@pytest.mark.parametrize(("most", "words"), [(5, "Jan 2026"), (2, "Jan 2026"), (1, "Jan 2026")])
def test_fewer_months_are_written_where_there_is_less_room(most: int, words: str) -> None:
    start, end = date(2025, 11, 22).toordinal(), date(2026, 11, 22).toordinal()

    marks = month_marks(start, end, most)

    assert 1 <= len(marks) <= most
    assert words in [text for _day, text in marks]


@given(st.integers(1, 3_600_000), st.integers(1, 40_000), st.integers(1, 12))
def test_marks_lie_in_the_range_in_order_and_are_never_too_many(start: int, length: int, most: int) -> None:
    marks = month_marks(start, start + length, most)

    days = [day for day, _words in marks]
    assert len(days) <= most
    assert days == sorted(days)
    assert all(start <= day <= start + length for day in days)


def test_a_range_of_centuries_with_no_room_has_no_marks() -> None:
    assert month_marks(1.0, 3_600_000.0, 1) == ()


def test_the_axis_never_begins_before_the_calendar() -> None:
    assert time_ranges(TODAY, [date(1, 1, 1)])[-1].start == 1
