"""No new visit begins with a clock that is earlier than something that has been, until somebody has looked."""

from datetime import UTC, datetime, timedelta

import pytest

from nurse_app.domain.clock_trust import ClockDoubt, clock_doubt

NEWEST = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
EARLY = ClockDoubt(NEWEST - 5 * HOUR, NEWEST)


@pytest.mark.parametrize(
    ("wall", "trusted", "doubted"),
    [
        pytest.param(NEWEST, None, False, id="at the newest entry"),
        pytest.param(NEWEST + HOUR, None, False, id="later"),
        pytest.param(NEWEST - 2 * SECOND, None, False, id="the clock's own unevenness"),
        pytest.param(NEWEST - 3 * SECOND, None, True, id="earlier"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), None, True, id="an empty clock battery"),
        pytest.param(NEWEST - 5 * HOUR, EARLY, False, id="as somebody has looked at it"),
        pytest.param(NEWEST - HOUR, EARLY, False, id="later than somebody has looked at it"),
        pytest.param(NEWEST - 6 * HOUR, EARLY, True, id="put back once more"),
        pytest.param(NEWEST - HOUR, ClockDoubt(NEWEST - 5 * HOUR, NEWEST - SECOND), True, id="newer entries since"),
    ],
)
def test_a_clock_that_is_too_early_is_doubted(wall: datetime, trusted: ClockDoubt | None, doubted: bool) -> None:
    assert clock_doubt(wall, NEWEST, trusted) == (ClockDoubt(wall, NEWEST) if doubted else None)
