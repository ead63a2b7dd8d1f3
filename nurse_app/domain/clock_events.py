"""What happened to the clocks: a wall clock moved, the program opened again, a time confirmed by a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nurse_app.domain.moment import Reading


@dataclass(frozen=True, slots=True)
class ClockStepNoticed:
    """Somebody moved the wall clock by so much; running times go on unchanged."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class VisitReopened:
    """The program was opened again on a visit in progress; a torn tail was kept aside when ``tail_bytes`` is not 0.

    ``last_seen`` is the last look at the clocks before, when one was kept after the last entry: until then the
    program surely ran.
    """

    tail_bytes: int = 0
    last_seen: Reading | None = None


@dataclass(frozen=True, slots=True)
class ConfirmedGap:
    """A restart of the machine lasted at least and at most so long; ``entry`` is the first one after it."""

    entry: int
    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class ClockConfirmed:
    """A nurse read another clock. Before, the time was only known to lie from ``earliest`` to ``latest``.

    ``latest`` None: nobody knew, because the clock of the computer ran behind.
    """

    ward_clock: datetime
    earliest: datetime
    latest: datetime | None
    gaps: tuple[ConfirmedGap, ...]
