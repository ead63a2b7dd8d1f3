"""Before a new visit begins with a clock in doubt, both times are there to compare."""

from datetime import UTC, datetime

from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.presentation.clock_check import present_clock_check


def test_both_times_are_shown_with_their_day_and_offset() -> None:
    doubt = ClockDoubt(datetime(2026, 11, 19, 9, 34, tzinfo=UTC), datetime(2026, 11, 22, 9, 34, tzinfo=UTC))
    view = present_clock_check(doubt, UTC)
    assert [card.value for card in view.cards] == ["19-Nov-2026 09:34 +00:00", "22-Nov-2026 09:34 +00:00"]
    assert "Visits in progress go on" in view.advice
