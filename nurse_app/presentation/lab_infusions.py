"""The course of treatment under the curves: infusions as given, in part or with a reaction, and pauses between them."""

from datetime import date, tzinfo
from itertools import pairwise

from nurse_app.domain.calendar import day_of
from nurse_app.domain.patient_events import AdministrationRecorded
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.formats import day
from nurse_app.presentation.lab_drawing import InfusionMark, TreatmentMarks
from nurse_app.presentation.lab_points import NOON
from nurse_app.presentation.lab_scale import Stretch


def treatment_marks(record: PatientRecord, protocol: InfusionProtocol, zone: tzinfo | None) -> TreatmentMarks:
    """The infusions on record: those given here, and the first and last known from before.

    Between the first and the last known from before there may be others that nobody entered, so there is no pause.
    """
    course = record.details.treatment
    marks = {day_of(item.started_at, zone): _mark(item, zone) for item in record.administrations}
    before = sorted({day_of(when, zone) for when in (course.first_infusion, course.last_infusion) if when is not None})
    for each in before:
        marks.setdefault(
            each, InfusionMark(each.toordinal() + NOON, "given", _("{day} infusion").format(day=day(each)))
        )
    days = sorted(marks)
    unsure = (before[0], before[-1]) if before else None
    longest = _pause_from(protocol, course.plan_interval_weeks)
    pauses = tuple(
        Stretch(earlier.toordinal() + NOON, later.toordinal() + NOON)
        for earlier, later in pairwise(days)
        if (later - earlier).days >= longest and not _may_hide_others(earlier, later, unsure)
    )
    return TreatmentMarks(tuple(marks[each] for each in days), pauses)


def _may_hide_others(earlier: date, later: date, unsure: tuple[date, date] | None) -> bool:
    return unsure is not None and unsure[0] <= earlier and later <= unsure[1]


def _mark(item: AdministrationRecorded, zone: tzinfo | None) -> InfusionMark:
    of_day = day_of(item.started_at, zone)
    at = of_day.toordinal() + NOON
    if item.reaction:
        return InfusionMark(at, "reaction", _("{day} infusion with a reaction").format(day=day(of_day)))
    if not item.complete:
        return InfusionMark(at, "partial", _("{day} infusion, not the whole dose").format(day=day(of_day)))
    return _given(of_day)


def _given(on: date) -> InfusionMark:
    return InfusionMark(on.toordinal() + NOON, "given", _("{day} infusion").format(day=day(on)))


def _pause_from(protocol: InfusionProtocol, weeks: int | None) -> int:
    """Days between two infusions from which one was missed, by the patient's plan; else the long gap of all plans."""
    plans = [plan for plan in protocol.schedule.plans if plan.weeks == weeks]
    missed = plans[0].missed_from if plans else None
    return protocol.schedule.gap_from_days if missed is None else missed


def pointed_words(treatment: TreatmentMarks, at: float) -> str:
    """A day on the axis, and how long after which infusion it is."""
    pointed = date.fromordinal(int(at))
    given = [mark for mark in treatment.infusions if int(mark.at) <= int(at)]
    if not given:
        return day(pointed)
    passed = int(at) - int(given[-1].at)
    if passed == 0:
        return given[-1].text
    after = ngettext("{n} day after: {infusion}", "{n} days after: {infusion}", passed)
    words = after.format(n=passed, infusion=given[-1].text)
    paused = any((pause.start or at) < at < (pause.end or at) for pause in treatment.pauses)
    parts = (day(pointed), words, _("pause in treatment") if paused else "")
    return " · ".join(part for part in parts if part)
