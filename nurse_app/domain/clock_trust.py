"""May a new visit begin with what the wall clock says? Not while it is earlier than something that has been."""

from dataclasses import dataclass
from datetime import UTC, datetime

from nurse_app.domain.moment import NOTICED_FROM


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The wall clock shows an earlier time than ``newest``: an entry, or the day this program was made."""

    wall: datetime
    newest: datetime


def clock_doubt(wall: datetime, newest: datetime, trusted: ClockDoubt | None) -> ClockDoubt | None:
    """The doubt there is; none when a person has looked at the same doubt and said that the clock is right."""
    wall, newest = wall.astimezone(UTC), newest.astimezone(UTC)
    if wall >= newest - NOTICED_FROM:
        return None
    if trusted is not None and newest <= trusted.newest and wall >= trusted.wall - NOTICED_FROM:
        return None
    return ClockDoubt(wall, newest)
