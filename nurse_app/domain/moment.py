"""True time as an interval: what the machine's clocks can prove about when something happened."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ZERO = timedelta(0)
# Smaller differences between two clocks are their own unevenness (reliability notes, 2.2 rule 6).
NOTICED_FROM = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the machine's clocks.

    ``wall`` is aware and keeps the local offset; ``uptime`` counts since the machine started, sleep included;
    ``boot_id`` names that start. Source: reliability notes, section 2.2.
    """

    wall: datetime
    uptime: timedelta
    boot_id: str


@dataclass(frozen=True, slots=True)
class Span:
    """How long something lasted: at least ``least``, at most ``most``. Without a reboot between, both are equal."""

    least: timedelta
    most: timedelta

    def __add__(self, other: "Span") -> "Span":
        return Span(self.least + other.least, self.most + other.most)


NO_TIME = Span(ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in true UTC time: not before ``earliest``, not after ``latest``."""

    earliest: datetime
    latest: datetime

    def since(self, earlier: "Moment") -> Span:
        """The time from ``earlier`` to this moment, never negative. Both must be of one stream."""
        return Span(max(self.earliest - earlier.earliest, ZERO), max(self.latest - earlier.latest, ZERO))

    def plus(self, duration: timedelta) -> "Moment":
        return Moment(self.earliest + duration, self.latest + duration)

    def after(self, span: Span) -> "Moment":
        """The moment that lies a span later, of which only the bounds are known."""
        return Moment(self.earliest + span.least, self.latest + span.most)


def first_moment(reading: Reading) -> Moment:
    """The moment that a stream begins with: the wall clock is believed once."""
    at = reading.wall.astimezone(UTC)
    return Moment(at, at)


def passed_between(last_reading: Reading, reading: Reading) -> Span:
    """How much time passed from one reading of the clocks to a later one.

    Within one start of the machine only the uptime counts, so sleep is included and a changed wall clock is not.
    After a restart of the machine at least its new uptime has passed, at most what the wall clock says.
    """
    if reading.boot_id == last_reading.boot_id:
        passed = max(reading.uptime - last_reading.uptime, ZERO)
        return Span(passed, passed)
    least = max(reading.uptime, ZERO)
    return Span(least, max(least, _on_the_wall(last_reading, reading)))


def moment_after(last: Moment, last_reading: Reading, reading: Reading) -> Moment:
    """The moment of ``reading``, given the last known one."""
    return last.after(passed_between(last_reading, reading))


def runs_behind(last_reading: Reading, reading: Reading) -> bool:
    """After a restart of the machine: does the wall clock show less time than has surely passed?"""
    if reading.boot_id == last_reading.boot_id:
        return False
    return _on_the_wall(last_reading, reading) < reading.uptime - NOTICED_FROM


def wall_step(last_reading: Reading, reading: Reading) -> timedelta:
    """How far somebody moved the wall clock between two readings of one start of the machine; zero after a restart."""
    if reading.boot_id != last_reading.boot_id:
        return ZERO
    return _on_the_wall(last_reading, reading) - (reading.uptime - last_reading.uptime)


def _on_the_wall(last_reading: Reading, reading: Reading) -> timedelta:
    # Two times of one zone are subtracted as they look, which is wrong where summer time begins or ends between them.
    return reading.wall.astimezone(UTC) - last_reading.wall.astimezone(UTC)
