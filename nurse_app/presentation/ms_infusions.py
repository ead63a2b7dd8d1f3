"""The lane of the infusions: each one on record, what went otherwise, and the pauses in treatment."""

from collections.abc import Iterator
from datetime import date, tzinfo
from decimal import Decimal
from itertools import pairwise

from nurse_app.domain.calendar import day_of
from nurse_app.domain.patient_events import AdministrationRecorded
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import day, number, with_unit
from nurse_app.presentation.lab_points import NOON
from nurse_app.presentation.ms_lane import Lane, LaneMark, LaneSeries, LaneStretch, Shape, sentence
from nurse_app.presentation.view_parts import Tone


def infusion_lane(protocol: InfusionProtocol, record: PatientRecord, today: date, zone: tzinfo | None) -> Lane:
    """Ticks for the infusions whose day is known; nothing is guessed for those given elsewhere without one."""
    title = _("Infusions")
    elsewhere = _elsewhere(record, zone)
    known = (_mark(title, each, "tick", "neutral", _("given before this record")) for each in elsewhere)
    given = (_given(title, item, zone) for item in record.administrations)
    marks = tuple(sorted((*known, *given), key=lambda mark: mark.at))
    days = sorted({mark.day for mark in marks})
    unknown = _unknown(record, elsewhere, days, zone)
    limit = _limit(protocol, record)
    pauses = [_pause(title, *each) for each in _gaps(days, today) if each[2] >= limit and each[:2] != unknown]
    return Lane(
        id="infusions",
        title=title,
        series=(LaneSeries("infusions", title, "marks", marks),),
        note=marks[-1].text if marks else _("No infusion yet"),
        stretches=(*_not_on_record(title, record, unknown), *pauses),
    )


def _elsewhere(record: PatientRecord, zone: tzinfo | None) -> list[date]:
    """The days of the first and the last infusion as registered, where this record does not have them itself."""
    course = record.details.treatment
    here = {day_of(item.started_at, zone) for item in record.administrations}
    known = {day_of(when, zone) for when in (course.first_infusion, course.last_infusion) if when is not None}
    return sorted(known - here)


def _given(title: str, item: AdministrationRecorded, zone: tzinfo | None) -> LaneMark:
    of_day, dose = day_of(item.started_at, zone), with_unit(number(item.dose_mg), "mg")
    done = dose if item.complete else _("not complete, {dose}").format(dose=dose)
    if item.reaction:
        return _mark(title, of_day, "cross", "stop", done, _("reaction"))
    return _mark(
        title, of_day, "tick" if item.complete else "open-square", "neutral" if item.complete else "caution", done
    )


def _mark(title: str, of_day: date, shape: Shape, tone: Tone, *words: str) -> LaneMark:
    text = sentence(title, of_day, *words)
    return LaneMark(of_day.toordinal() + NOON, of_day, None, "", shape, tone, words[-1], text)


_Span = tuple[date, date | None]


def _unknown(record: PatientRecord, elsewhere: list[date], days: list[date], zone: tzinfo | None) -> _Span | None:
    """From the first registered infusion to the next known one, when others were given between on days nobody noted."""
    course = record.details.treatment
    first = None if course.first_infusion is None else day_of(course.first_infusion, zone)
    # As many as there are days: then each of them is known.
    if first not in elsewhere or course.infusions_given in (0, len(elsewhere)):
        return None
    return first, next((each for each in days if each > first), None)


def _not_on_record(title: str, record: PatientRecord, unknown: _Span | None) -> Iterator[LaneStretch]:
    if unknown is None:
        return
    start, end = unknown
    given = record.details.treatment.infusions_given
    count = _("an unknown number") if given is None else number(Decimal(given))
    words = _("{count} given elsewhere until {end}; the days between are not on record")
    text = words.format(count=count, end=day(end) or _("an unknown day"))
    yield LaneStretch(*_places(start, end), "muted", _("days not on record"), sentence(title, start, text))


def _limit(protocol: InfusionProtocol, record: PatientRecord) -> int:
    """From how many days on a gap is a pause: where the plan counts a dose as missed, else where a long gap begins."""
    weeks = record.details.treatment.plan_interval_weeks
    plan = protocol.plan(weeks) if weeks is not None else None
    return plan.missed_from if plan is not None and plan.missed_from else protocol.schedule.gap_from_days


def _gaps(days: list[date], today: date) -> Iterator[tuple[date, date | None, int]]:
    """From each infusion to the next, and from the last one until today, with the days between."""
    yield from ((start, end, (end - start).days) for start, end in pairwise(days))
    yield from ((last, None, (today - last).days) for last in days[-1:])


def _pause(title: str, start: date, end: date | None, days: int) -> LaneStretch:
    text = _("no infusion for {n} days, until {end}") if end else _("no infusion for {n} days, until today")
    words = text.format(n=number(Decimal(days)), end=day(end))
    return LaneStretch(*_places(start, end), "caution", _("pause"), sentence(title, start, words))


def _places(start: date, end: date | None) -> tuple[float, float | None]:
    return start.toordinal() + NOON, None if end is None else end.toordinal() + NOON
