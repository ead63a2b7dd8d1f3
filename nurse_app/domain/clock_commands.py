"""What the program and its people can say about the clocks of a visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nurse_app.domain.moment import Reading


@dataclass(frozen=True, slots=True)
class NoticeClockStep:
    by: timedelta


@dataclass(frozen=True, slots=True)
class ReopenVisit:
    """``last_seen`` is the last look at the clocks that was kept before the program ended."""

    tail_bytes: int = 0
    last_seen: Reading | None = None


@dataclass(frozen=True, slots=True)
class ConfirmClock:
    """What another clock shows now, to the minute."""

    ward_clock: datetime
