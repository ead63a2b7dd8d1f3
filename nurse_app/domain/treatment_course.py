"""The course of treatment as on record: infusions by day, pauses between them, its end, and what nobody noted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from itertools import pairwise

from nurse_app.domain.calendar import day_of
from nurse_app.domain.facts import Treatment
from nurse_app.domain.patient_record import PatientRecord, treatment_of
from nurse_app.domain.protocol import InfusionProtocol


@dataclass(frozen=True, slots=True)
class Infusion:
    """One infusion. ``dose_mg`` None: given elsewhere, before this record; nothing more is known of it."""

    day: date
    dose_mg: Decimal | None = None
    complete: bool = True
    reaction: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """No infusion for so many ``days``; ``end`` None: it lasts until today."""

    start: date
    end: date | None
    days: int


@dataclass(frozen=True, slots=True)
class TreatmentCourse:
    """Infusions and pauses by day; ``unnoted`` is the stretch in which others were given on days nobody noted.

    ``ended`` is the day on which treatment was stopped, None while it goes on.
    """

    infusions: tuple[Infusion, ...]
    pauses: tuple[Pause, ...]
    unnoted: tuple[date, date | None] | None
    ended: date | None = None


def has_ended(treatment: Treatment, zone: tzinfo | None) -> bool:
    """Treatment was stopped, and no infusion came after that day."""
    if treatment.ended_on is None:
        return False
    return treatment.last_infusion is None or day_of(treatment.last_infusion, zone) <= treatment.ended_on


def treatment_course(
    record: PatientRecord, protocol: InfusionProtocol, today: date, zone: tzinfo | None
) -> TreatmentCourse:
    """The infusions whose day is known; nothing is guessed for those given elsewhere without one."""
    elsewhere = _elsewhere(record, zone)
    given = (
        Infusion(day_of(item.started_at, zone), item.dose_mg, item.complete, item.reaction)
        for item in record.administrations
    )
    infusions = sorted((*(Infusion(day) for day in elsewhere), *given), key=lambda infusion: infusion.day)
    days = sorted({infusion.day for infusion in infusions})
    unnoted = _unnoted(record, elsewhere, days, zone)
    longest = _pause_from(protocol, record)
    ended = _ended(record, today, zone)
    gaps = (gap for gap in _gaps(days, today, ended) if gap.days >= longest)
    # The gap that begins with the unnoted stretch is that stretch.
    pauses = tuple(gap for gap in gaps if unnoted is None or gap.start != unnoted[0])
    return TreatmentCourse(tuple(infusions), pauses, unnoted, ended)


def _ended(record: PatientRecord, today: date, zone: tzinfo | None) -> date | None:
    """An end that is only planned is none yet."""
    treatment = treatment_of(record)
    ended = treatment.ended_on if has_ended(treatment, zone) else None
    return ended if ended is not None and ended <= today else None


def _elsewhere(record: PatientRecord, zone: tzinfo | None) -> list[date]:
    """The days of the first and the last infusion as registered, where this record does not have them itself."""
    course = record.details.treatment
    here = {day_of(item.started_at, zone) for item in record.administrations}
    known = {day_of(when, zone) for when in (course.first_infusion, course.last_infusion) if when is not None}
    return sorted(known - here)


def _unnoted(
    record: PatientRecord, elsewhere: Sequence[date], days: Sequence[date], zone: tzinfo | None
) -> tuple[date, date | None] | None:
    """From the first registered infusion to the next known one, when others were given between on days nobody noted."""
    course = record.details.treatment
    first = None if course.first_infusion is None else day_of(course.first_infusion, zone)
    # As many as there are days: then each of them is known.
    if first is None or first not in elsewhere or course.infusions_given in (0, len(elsewhere)):
        return None
    return first, next((each for each in days if each > first), None)


def _pause_from(protocol: InfusionProtocol, record: PatientRecord) -> int:
    """From how many days on a gap is a pause: where the plan counts a dose as missed, else where a long gap begins."""
    weeks = record.details.treatment.plan_interval_weeks
    plan = protocol.plan(weeks) if weeks is not None else None
    return plan.missed_from if plan is not None and plan.missed_from else protocol.schedule.gap_from_days


def _gaps(days: Sequence[date], today: date, ended: date | None) -> Iterator[Pause]:
    """From each infusion to the next, and from the last one until today, with the days between.

    After treatment has ended nothing is missed: the last gap then ends on that day.
    """
    yield from (Pause(start, end, (end - start).days) for start, end in pairwise(days))
    for last in days[-1:]:
        yield Pause(last, ended, ((ended or today) - last).days)
