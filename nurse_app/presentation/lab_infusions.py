"""The course of treatment under the curves: infusions as given, in part or with a reaction, and pauses between them."""

from collections.abc import Sequence
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

    Where there may be others on days that nobody entered, there is no pause.
    """
    course = record.details.treatment
    marks = {day_of(item.started_at, zone): _mark(item, zone) for item in record.administrations}
    for when in (course.first_infusion, course.last_infusion):
        if when is not None:
            of_day = day_of(when, zone)
            marks.setdefault(of_day, _given(of_day))
    days = sorted(marks)
    unsure = days_not_known(record, days, zone)
    longest = pause_from(protocol, course.plan_interval_weeks)
    pauses = tuple(
        Stretch(earlier.toordinal() + NOON, later.toordinal() + NOON)
        for earlier, later in pairwise(days)
        if (later - earlier).days >= longest and not _may_hide_others(earlier, later, unsure)
    )
    return TreatmentMarks(tuple(marks[each] for each in days), pauses)


Span = tuple[date, date | None]


def days_not_known(record: PatientRecord, days: Sequence[date], zone: tzinfo | None) -> Span | None:
    """Between which of the known days others were, or may have been, given before this record; None: nowhere.

    From the first registered infusion to the last registered one, else to the next known; None: not even that.
    """
    course = record.details.treatment
    registered = (course.first_infusion, course.last_infusion)
    first, last = (None if when is None else day_of(when, zone) for when in registered)
    # As many as there are days: then each of them is known.
    if first is None or (last is not None and last <= first) or course.infusions_given in (0, 1 if last is None else 2):
        return None
    return first, last or next((each for each in days if each > first), None)


def _may_hide_others(earlier: date, later: date, unsure: Span | None) -> bool:
    return unsure is not None and unsure[0] <= earlier and (unsure[1] is None or later <= unsure[1])


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


def pause_from(protocol: InfusionProtocol, weeks: int | None) -> int:
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
