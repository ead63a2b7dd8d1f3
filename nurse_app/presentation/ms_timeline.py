"""One timeline of multiple sclerosis under the drug: lanes on one axis, the risk group, and all of it as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo

from nurse_app.domain.patient_record import PatientRecord, facts_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case, case_at_noon
from nurse_app.i18n import _
from nurse_app.presentation.formats import day
from nurse_app.presentation.lab_axis import ALL, TimeRange, time_ranges
from nurse_app.presentation.lab_points import NOON
from nurse_app.presentation.ms_infusions import infusion_lane
from nurse_app.presentation.ms_lane import Lane
from nurse_app.presentation.ms_lanes import antibody_lane, disability_lane, enzyme_lane, jcv_lane, mri_lane
from nurse_app.presentation.pml_card import PmlCard, pml_card
from nurse_app.presentation.view_parts import StepHead, Tone


@dataclass(frozen=True, slots=True)
class MsRow:
    """One mark or stretch in words, for the table; ``at`` is its place on the axis, where it begins."""

    at: float
    day: str
    lane: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class MsTimelineView:
    """The page. ``today`` is the place of today on the axis; ``table`` tells the same as ``lanes``, newest first."""

    head: StepHead
    lanes: tuple[Lane, ...]
    today: float
    ranges: tuple[TimeRange, ...]
    default_range: str
    pml: PmlCard | None
    table: tuple[MsRow, ...]
    empty: str


def present_ms_timeline(
    protocol: InfusionProtocol,
    record: PatientRecord,
    today: date,
    zone: tzinfo | None,
) -> MsTimelineView:
    """The course of one patient as on record, what was superseded left out; lanes in the same order for everybody.

    Call it when the record or the day changed, not on every tick.
    """
    case = case_at_noon(protocol, facts_of(record), today, zone)
    lanes = (*_lanes(case), infusion_lane(protocol, record, today, zone))
    table = tuple(sorted(_rows(lanes), key=lambda row: row.at, reverse=True))
    return MsTimelineView(
        head=StepHead(_("MS timeline"), _("Results, relapses and infusions on one axis.")),
        lanes=lanes,
        today=today.toordinal() + NOON,
        ranges=time_ranges(today, [date.fromordinal(int(row.at)) for row in table]),
        default_range=ALL,
        pml=pml_card(case),
        table=table,
        empty="" if table else _("Nothing on record yet."),
    )


def _lanes(case: Case) -> Iterator[Lane]:
    labs = case.protocol.labs
    if labs.pml_risk is not None:
        yield jcv_lane(case, labs.pml_risk)
    if labs.antibodies is not None:
        yield antibody_lane(case, labs.antibodies.test)
    if labs.ms_course is not None:
        yield mri_lane(case, labs.ms_course)
        yield disability_lane(case, labs.ms_course)
        yield enzyme_lane(case, labs.ms_course.enzyme)


def _rows(lanes: tuple[Lane, ...]) -> Iterator[MsRow]:
    for lane in lanes:
        for series in lane.series:
            for mark in series.marks:
                yield MsRow(mark.at, day(mark.day), lane.title, mark.text, mark.tone)
        for stretch in lane.stretches:
            start = date.fromordinal(int(stretch.start))
            yield MsRow(stretch.start, day(start), lane.title, stretch.text, stretch.tone)
