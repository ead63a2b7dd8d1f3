"""The lane of the infusions: each one on record, what went otherwise, and the pauses in treatment."""

from collections.abc import Iterator
from datetime import date, tzinfo
from decimal import Decimal

from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import day, number
from nurse_app.presentation.lab_drawing import InfusionMark, TreatmentMarks
from nurse_app.presentation.lab_infusions import Span, days_not_known, pause_from, treatment_marks
from nurse_app.presentation.lab_points import NOON
from nurse_app.presentation.ms_lane import Lane, LaneMark, LaneSeries, LaneStretch, Shape, sentence
from nurse_app.presentation.view_parts import Tone

_KINDS: dict[str, tuple[Shape, Tone]] = {
    "given": ("tick", "neutral"),
    "partial": ("open-square", "caution"),
    "reaction": ("cross", "stop"),
}


def infusion_lane(protocol: InfusionProtocol, record: PatientRecord, today: date, zone: tzinfo | None) -> Lane:
    """The same days and pauses as under the trends, and in words what is not known, and a pause that lasts."""
    treatment, title = treatment_marks(record, protocol, zone), _("Infusions")
    marks = tuple(_mark(each) for each in treatment.infusions)
    unsure = days_not_known(record, [mark.day for mark in marks], zone)
    stretches = [] if unsure is None else [_not_on_record(title, record, unsure)]
    stretches += _pauses(title, treatment)
    if unsure is None or unsure[1] is not None:
        stretches += _lasting(title, marks, pause_from(protocol, record.details.treatment.plan_interval_weeks), today)
    return Lane(
        id="infusions",
        title=title,
        series=(LaneSeries("infusions", title, "marks", marks),),
        note=marks[-1].text if marks else _("No infusion yet"),
        stretches=tuple(stretches),
    )


def _mark(infusion: InfusionMark) -> LaneMark:
    shape, tone = _KINDS[infusion.kind]
    labels = {"given": "", "partial": _("in part"), "reaction": _("reaction")}
    return LaneMark(infusion.at, _day(infusion.at), None, "", shape, tone, labels[infusion.kind], infusion.text)


def _not_on_record(title: str, record: PatientRecord, unsure: Span) -> LaneStretch:
    course, (first, end) = record.details.treatment, unsure
    count = _("an unknown number") if course.infusions_given is None else number(Decimal(course.infusions_given))
    words = _("{count} given before this record, until {end}; not all their days are known")
    text = words.format(count=count, end=day(end) or _("an unknown day"))
    place = None if end is None else end.toordinal() + NOON
    return LaneStretch(first.toordinal() + NOON, place, "muted", _("days not known"), sentence(title, first, text))


def _pauses(title: str, treatment: TreatmentMarks) -> Iterator[LaneStretch]:
    ends = [(each.start, each.end) for each in treatment.pauses if each.start is not None and each.end is not None]
    for start, end in ends:
        text = _("no infusion for {n} days, until {end}").format(
            n=number(Decimal(int(end - start))), end=day(_day(end))
        )
        yield LaneStretch(start, end, "caution", _("pause"), sentence(title, _day(start), text))


def _lasting(title: str, marks: tuple[LaneMark, ...], longest: int, today: date) -> Iterator[LaneStretch]:
    """The pause that began with the last infusion and lasts."""
    for last in marks[-1:]:
        days = (today - last.day).days
        if days >= longest:
            words = _("no infusion for {n} days, until today").format(n=number(Decimal(days)))
            yield LaneStretch(last.at, None, "caution", _("pause"), sentence(title, last.day, words))


def _day(at: float) -> date:
    return date.fromordinal(int(at))
