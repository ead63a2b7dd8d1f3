"""The lane of the infusions: each one on record, what went otherwise, the pauses in treatment and its end."""

from collections.abc import Iterator
from datetime import date, tzinfo
from decimal import Decimal

from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.treatment_course import Infusion, Pause, TreatmentCourse, treatment_course
from nurse_app.i18n import _
from nurse_app.presentation.formats import day, number, with_unit
from nurse_app.presentation.lab_drawing import Shape
from nurse_app.presentation.lab_points import NOON
from nurse_app.presentation.ms_lane import Lane, LaneMark, LaneSeries, LaneStretch, newest_words, sentence
from nurse_app.presentation.view_parts import Tone


def infusion_lane(protocol: InfusionProtocol, record: PatientRecord, today: date, zone: tzinfo | None) -> Lane:
    """Ticks for the infusions whose day is known; nothing is guessed for those given elsewhere without one."""
    title = _("Infusions")
    course = treatment_course(record, protocol, today, zone)
    # The end comes first, so that it lies under the infusion of its day and hides no reaction.
    marks = (*_end(title, course.ended), *(_mark(title, infusion) for infusion in course.infusions))
    series = (LaneSeries("infusions", title, "marks", marks),)
    pauses = (_pause(title, pause) for pause in course.pauses)
    return Lane(
        id="infusions",
        title=title,
        series=series,
        note=newest_words(series) if marks else _("No infusion yet"),
        stretches=(*_not_on_record(title, record, course), *pauses),
    )


def _mark(title: str, infusion: Infusion) -> LaneMark:
    shape, tone, words = _look(infusion)
    text = sentence(title, infusion.day, *words)
    return LaneMark(infusion.day.toordinal() + NOON, infusion.day, None, "", shape, tone, words[-1], text)


def _end(title: str, ended: date | None) -> Iterator[LaneMark]:
    if ended is not None:
        words = _("treatment ended")
        text = sentence(title, ended, words)
        yield LaneMark(ended.toordinal() + NOON, ended, None, "", "square", "neutral", words, text)


def _look(infusion: Infusion) -> tuple[Shape, Tone, tuple[str, ...]]:
    if infusion.dose_mg is None:
        return "tick", "neutral", (_("given before this record"),)
    dose = with_unit(number(infusion.dose_mg), "mg")
    done = dose if infusion.complete else _("not complete, {dose}").format(dose=dose)
    if infusion.reaction:
        return "cross", "stop", (done, _("reaction"))
    return ("tick", "neutral", (done,)) if infusion.complete else ("open-square", "caution", (done,))


def _not_on_record(title: str, record: PatientRecord, course: TreatmentCourse) -> Iterator[LaneStretch]:
    if course.unnoted is None:
        return
    start, end = course.unnoted
    given = record.details.treatment.infusions_given
    count = _("an unknown number") if given is None else number(Decimal(given))
    words = _("{count} given elsewhere until {end}; the days between are not on record")
    text = words.format(count=count, end=day(end) or _("an unknown day"))
    yield LaneStretch(*_places(start, end), "muted", _("days not on record"), sentence(title, start, text))


def _pause(title: str, pause: Pause) -> LaneStretch:
    text = _("no infusion for {n} days, until {end}") if pause.end else _("no infusion for {n} days, until today")
    words = text.format(n=number(Decimal(pause.days)), end=day(pause.end))
    return LaneStretch(*_places(pause.start, pause.end), "caution", _("pause"), sentence(title, pause.start, words))


def _places(start: date, end: date | None) -> tuple[float, float | None]:
    return start.toordinal() + NOON, None if end is None else end.toordinal() + NOON
