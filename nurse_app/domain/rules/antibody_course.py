"""How antibodies against the drug went: which positives vanished again, which stayed, which need a second test."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from nurse_app.domain.calendar import days_after
from nurse_app.domain.facts import LabResult
from nurse_app.domain.lab_protocol import Antibodies
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.results import Presence, in_order, presence

# A single positive may still become either of the others; “unclear” is a word that is neither.
Course = Literal["single", "transient", "persistent"]
Part = Literal["negative", "unclear", "single", "transient", "persistent"]


@dataclass(frozen=True, slots=True)
class PositiveStretch:
    """Positives with no negative between: the days of the first and the last, and of the negative that ended it.

    ``repeat_from``: the first day on which another positive makes it persistent.
    """

    first: date
    last: date
    ended: date | None
    repeat_from: date
    course: Course

    @property
    def days(self) -> int:
        """From the first positive to the last."""
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class AntibodyResult:
    """One result and the part it has in the course."""

    result: LabResult
    day: date
    part: Part


@dataclass(frozen=True, slots=True)
class AntibodyCourse:
    """All results, oldest first, and the stretches of positives among them."""

    results: tuple[AntibodyResult, ...] = ()
    stretches: tuple[PositiveStretch, ...] = ()

    @property
    def now(self) -> PositiveStretch | None:
        """The stretch that no negative has ended."""
        last = self.stretches[-1] if self.stretches else None
        return last if last is not None and last.ended is None else None


def antibody_course(case: Case) -> AntibodyCourse:
    """The whole course; empty when the protocol knows no such antibodies, or there is no result."""
    limits = case.protocol.labs.antibodies
    if limits is None:
        return AntibodyCourse()
    stretches: list[PositiveStretch] = []
    run: list[date] = []
    # Each result with the number of its stretch; None for one that is not positive.
    placed: list[tuple[LabResult, Presence | None, int | None]] = []
    for result in _worst_last(case, limits.test):
        day, status = case.day(result.collected), presence(case.protocol, result)
        placed.append((result, status, len(stretches) if status == "positive" else None))
        if status == "positive":
            run.append(day)
        elif status == "negative" and run:
            stretches.append(_stretch(limits, run, day))
            run = []
    if run:
        stretches.append(_stretch(limits, run, None))
    courses = [stretch.course for stretch in stretches]
    results = tuple(
        AntibodyResult(result, case.day(result.collected), _part(status, None if place is None else courses[place]))
        for result, status, place in placed
    )
    return AntibodyCourse(results, tuple(stretches))


def _stretch(limits: Antibodies, run: list[date], ended: date | None) -> PositiveStretch:
    repeat_from = days_after(run[0], limits.persistent_days)
    if run[-1] >= repeat_from:
        course: Course = "persistent"
    else:
        course = "single" if ended is None else "transient"
    return PositiveStretch(run[0], run[-1], ended, repeat_from, course)


def _part(status: Presence | None, course: Course | None) -> Part:
    if course is not None:
        return course
    return "negative" if status == "negative" else "unclear"


def _worst_last(case: Case, test: str) -> list[LabResult]:
    """Oldest first; where the order within a day is not known, the positives count as the later ones."""
    results = in_order(case, test)
    untimed = {case.day(result.collected) for result in results if not isinstance(result.collected, datetime)}

    def when(result: LabResult) -> tuple[date, float, bool]:
        at, day = result.collected, case.day(result.collected)
        moment = at.timestamp() if isinstance(at, datetime) and day not in untimed else 0.0
        return day, moment, presence(case.protocol, result) == "positive"

    return sorted(results, key=when)
