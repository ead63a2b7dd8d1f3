"""The course of treatment under the curves: infusions as given, in part or with a reaction, and pauses between them."""

from datetime import date

from nurse_app.domain.treatment_course import Infusion, TreatmentCourse
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.formats import day
from nurse_app.presentation.lab_drawing import InfusionMark, TreatmentMarks
from nurse_app.presentation.lab_points import NOON
from nurse_app.presentation.lab_scale import Stretch


def treatment_marks(course: TreatmentCourse) -> TreatmentMarks:
    """The infusions and pauses of a course as places on the time axis."""
    pauses = tuple(_stretch(pause.start, pause.end) for pause in course.pauses)
    unnoted = None if course.unnoted is None else _stretch(*course.unnoted)
    return TreatmentMarks(tuple(_mark(infusion) for infusion in course.infusions), pauses, unnoted)


def _stretch(start: date, end: date | None) -> Stretch:
    return Stretch(start.toordinal() + NOON, None if end is None else end.toordinal() + NOON)


def _mark(infusion: Infusion) -> InfusionMark:
    at = infusion.day.toordinal() + NOON
    if infusion.reaction:
        return InfusionMark(at, "reaction", _("{day} infusion with a reaction").format(day=day(infusion.day)))
    if not infusion.complete:
        return InfusionMark(at, "partial", _("{day} infusion, not the whole dose").format(day=day(infusion.day)))
    return InfusionMark(at, "given", _("{day} infusion").format(day=day(infusion.day)))


def pointed_words(treatment: TreatmentMarks, at: float) -> str:
    """A day on the axis, and how long after which infusion it is."""
    pointed = date.fromordinal(max(int(at), 1))
    given = [mark for mark in treatment.infusions if int(mark.at) <= int(at)]
    if not given:
        return day(pointed)
    passed = int(at) - int(given[-1].at)
    if passed == 0:
        return given[-1].text
    if treatment.unnoted is not None and _is_within(treatment.unnoted, at):
        return " · ".join((day(pointed), _("infusions given elsewhere, their days are not on record")))
    after = ngettext("{n} day after: {infusion}", "{n} days after: {infusion}", passed)
    words = after.format(n=passed, infusion=given[-1].text)
    paused = any(_is_within(pause, at) for pause in treatment.pauses)
    parts = (day(pointed), words, _("pause in treatment") if paused else "")
    return " · ".join(part for part in parts if part)


def _is_within(stretch: Stretch, at: float) -> bool:
    return (stretch.start is None or stretch.start < at) and (stretch.end is None or at < stretch.end)
