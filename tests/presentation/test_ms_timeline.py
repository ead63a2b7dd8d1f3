"""The MS timeline: lanes in their order, each mark with its meaning in words, and the same as a table."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Enrolment, History, LabResult, Treatment
from nurse_app.domain.patient_events import AdministrationRecorded, PatientDetails
from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.ms_lane import Lane, LaneMark, LaneSeries
from nurse_app.presentation.ms_timeline import MsTimelineView, present_ms_timeline
from tests.presentation.lab_results import TODAY

FIRST, LAST = date(2026, 4, 12), date(2026, 10, 25)
COURSE = Treatment(FIRST, 7, LAST, 4)
NOON = 0.5


def result(test: str, value: str, day: date, unit: str | None = None, upper: str | None = None) -> LabResult:
    return LabResult(test, value, day, unit, None, None if upper is None else Decimal(upper))


def infusion(day: date, *, complete: bool = True, reaction: bool = False, dose: str = "300") -> AdministrationRecorded:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return AdministrationRecorded(f"v-{day}", at, Decimal(dose), complete=complete, reaction=reaction)


def record(
    *labs: LabResult, course: Treatment = COURSE, given: tuple[AdministrationRecorded, ...] = (), gone: int = -1
) -> PatientRecord:
    details = PatientDetails(
        record_no="TRN000417",
        name="SAMPLE, Patient One",
        birth_date=date(1988, 3, 14),
        history=History(prior_immunosuppressant=False),
        treatment=course,
        enrolment=Enrolment(),
    )
    entries = tuple(LabEntry(place, each, superseded=place == gone) for place, each in enumerate(labs))
    return PatientRecord(details=details, labs=entries, administrations=given)


def shown(protocol: InfusionProtocol, *labs: LabResult, **rest: object) -> MsTimelineView:
    return present_ms_timeline(protocol, record(*labs, **rest), TODAY, UTC)  # type: ignore[arg-type]


def lane(view: MsTimelineView, name: str) -> Lane:
    return next(each for each in view.lanes if each.id == name)


def series(view: MsTimelineView, lane_id: str, series_id: str) -> LaneSeries:
    return next(each for each in lane(view, lane_id).series if each.id == series_id)


def texts(found: LaneSeries) -> list[str]:
    return [mark.text for mark in found.marks]


def looks(mark: LaneMark) -> tuple[str, str]:
    return mark.shape, mark.tone


def test_lanes_come_in_the_same_order_for_everybody(protocol: InfusionProtocol) -> None:
    for view in (shown(protocol), shown(protocol, result("ALT", "30", LAST, "U/L", "40"))):
        assert [each.id for each in view.lanes] == [
            "jcv",
            "antibodies",
            "mri",
            "disability",
            "enzyme",
            "infusions",
        ]


def test_an_index_has_its_height_its_status_and_the_bands_of_the_cut_offs(protocol: InfusionProtocol) -> None:
    values = ("0.1", "0.3", "1.5", "1.6", ">1.5", ">=1")
    labs = [result("JCV", value, LAST + timedelta(days=n), "{index}") for n, value in enumerate(values)]
    view = shown(protocol, *labs)
    found = series(view, "jcv", "index")

    assert found.kind == "points"
    assert [text.partition(" · ")[2] for text in texts(found)] == [
        "index 0.1 · negative",
        "index 0.3 · indeterminate",
        "index 1.5 · positive, index 1.5 or less",
        "index 1.6 · positive, index above 1.5",
        "index >1.5 · positive, index above 1.5",
        "index >=1 · positive, index may be above 1.5",
    ]
    assert [mark.tone for mark in found.marks] == ["neutral"] * 3 + ["caution"] * 3
    assert found.marks[0].at == LAST.toordinal() + NOON
    assert found.marks[0].value == Decimal("0.1")
    bands = lane(view, "jcv").bands
    assert [(band.low, band.high, band.label) for band in bands] == [
        (None, Decimal("0.2"), "negative"),
        (Decimal("0.2"), Decimal("0.4"), "indeterminate"),
        (Decimal("0.4"), Decimal("1.5"), "positive"),
        (Decimal("1.5"), None, "positive, high"),
    ]
    scale = lane(view, "jcv").scale
    assert scale is not None
    assert (scale.floor, scale.ceiling) == (0, 3)


@pytest.mark.parametrize(
    ("value", "unit", "look", "text"),
    [
        ("negative", None, ("open", "neutral"), "negative"),
        ("Positive", None, ("dot", "caution"), "positive, index not given"),
        ("indeterminate", None, ("question", "neutral"), "indeterminate"),
        ("equivocal", None, ("question", "neutral"), "equivocal · indeterminate"),
        ("pending", None, ("question", "caution"), "pending · status not clear"),
        ("1.2", "furlong", ("question", "caution"), "1.2 furlong · status not clear"),
    ],
)
def test_an_anti_jcv_result_without_a_number_is_a_mark(
    protocol: InfusionProtocol, value: str, unit: str | None, look: tuple[str, str], text: str
) -> None:
    view = shown(protocol, result("JCV", value, LAST, unit))
    (mark,) = series(view, "jcv", "words").marks

    assert (looks(mark), mark.value) == (look, None)
    assert mark.text == f"Anti-JCV antibody: 25-Oct-2026 · {text}"
    assert lane(view, "jcv").note == mark.text


def test_without_a_range_between_the_bands_touch(protocol: InfusionProtocol) -> None:
    risk = protocol.labs.pml_risk
    assert risk is not None
    older = replace(protocol, labs=replace(protocol.labs, pml_risk=replace(risk, index_indeterminate_to=None)))

    assert [band.label for band in lane(shown(older), "jcv").bands] == ["negative", "positive", "positive, high"]


def test_antibodies_are_told_with_their_part_in_the_course(protocol: InfusionProtocol) -> None:
    words = ("positive", "negative", "positive", "unclear", "positive", "negative", "positive")
    days = [date(2026, 1, 1) + timedelta(days=28 * n) for n in range(7)]
    view = shown(protocol, *(result("ADA", word, day) for word, day in zip(words, days, strict=True)))
    found = lane(view, "antibodies")

    assert [(mark.label, *looks(mark)) for mark in found.series[0].marks] == [
        ("positive, vanished again", "dot", "neutral"),
        ("negative", "open", "neutral"),
        ("positive, persistent", "dot", "hold"),
        ("unclear", "question", "caution"),
        ("positive, persistent", "dot", "hold"),
        ("negative", "open", "neutral"),
        ("positive, repeat due", "dot", "caution"),
    ]
    assert [(each.label, each.start, each.end) for each in found.stretches] == [
        ("transient", days[0].toordinal() + NOON, days[1].toordinal() + NOON),
        ("persistent", days[2].toordinal() + NOON, days[5].toordinal() + NOON),
        ("repeat due", days[6].toordinal() + NOON, None),
    ]
    assert [each.text for each in found.stretches] == [
        "Anti-natalizumab antibody: 01-Jan-2026 · positive until the negative of 29-Jan-2026",
        "Anti-natalizumab antibody: 26-Feb-2026 · positive again after 56 days; last 23-Apr-2026",
        "Anti-natalizumab antibody: 18-Jun-2026 · one positive so far; repeat on or after 30-Jul-2026",
    ]
    assert found.scale is None


def test_an_mri_is_its_counts_or_its_words(protocol: InfusionProtocol) -> None:
    spring, autumn, winter = date(2026, 3, 6), date(2026, 9, 6), date(2025, 11, 20)
    view = shown(
        protocol,
        result("MRI", "no new lesions", winter),
        result("MRI", "stable", spring),
        result("MRI", "contrast given", spring),
        result("MRI-T2", "0", spring),
        result("MRI-GD", "0", spring, "{count}"),
        result("MRI-T2", "2", autumn),
        result("MRI-GD", "<1", autumn),
        result("MRI-T2", "several", TODAY),
    )
    t2, gd, told = lane(view, "mri").series

    assert texts(told) == ["Brain MRI: 20-Nov-2025 · no new lesions"]
    assert [(mark.value, *looks(mark)) for mark in t2.marks] == [
        (Decimal(0), "square", "neutral"),
        (Decimal(2), "square", "caution"),
        (None, "question", "caution"),
    ]
    assert texts(t2)[0] == "MRI: new or enlarging T2 lesions: 06-Mar-2026 · 0 · stable / contrast given"
    assert texts(t2)[2] == "MRI: new or enlarging T2 lesions: 22-Nov-2026 · several · cannot be read"
    assert [(mark.comparator, *looks(mark)) for mark in gd.marks] == [
        ("", "triangle", "neutral"),
        ("<", "triangle", "caution"),
    ]
    scale = lane(view, "mri").scale
    assert scale is not None
    assert (scale.floor, scale.ceiling, scale.marks) == (0, 2, (0, 2))


def test_the_words_of_an_mri_are_not_lost_with_a_count_that_cannot_be_read(protocol: InfusionProtocol) -> None:
    view = shown(protocol, result("MRI", "one new lesion", LAST), result("MRI-T2", "several", LAST))
    t2, _gd, told = lane(view, "mri").series

    words = "MRI: new or enlarging T2 lesions: 25-Oct-2026 · several · cannot be read · one new lesion"
    assert [(mark.text, *looks(mark)) for mark in t2.marks] == [(words, "question", "caution")]
    assert told.marks == (), "two marks in one place would hide each other"
    assert lane(view, "mri").note == words


def test_the_newest_mri_is_told_with_all_its_counts(protocol: InfusionProtocol) -> None:
    view = shown(protocol, result("MRI-T2", "1", LAST), result("MRI-GD", "0", LAST))

    assert lane(view, "mri").note == (
        "MRI: new or enlarging T2 lesions: 25-Oct-2026 · 1; MRI: gadolinium-enhancing lesions: 25-Oct-2026 · 0"
    )


def test_the_score_goes_in_steps_and_relapses_are_marks_beside_it(protocol: InfusionProtocol) -> None:
    view = shown(
        protocol,
        result("EDSS", "2.0", FIRST, "{score}"),
        result("EDSS", "2.5", LAST, "{score}"),
        result("EDSS", "mild", TODAY, "{score}"),
        result("RELAPSE", "moderate, left leg", date(2026, 6, 1)),
    )
    score, relapses, unread = lane(view, "disability").series

    assert [(each.kind, len(each.marks)) for each in (score, relapses, unread)] == [
        ("steps", 2),
        ("marks", 1),
        ("marks", 1),
    ]
    assert texts(score) == ["EDSS: 12-Apr-2026 · 2", "EDSS: 25-Oct-2026 · 2.5"]
    assert texts(relapses) == ["Relapse: 01-Jun-2026 · moderate, left leg"]
    assert looks(relapses.marks[0]) == ("cross", "caution")
    assert lane(view, "disability").title == "EDSS and relapses"
    assert lane(view, "disability").note == "EDSS: 22-Nov-2026 · mild · cannot be read"


def test_the_liver_lane_has_once_three_and_five_times_each_results_own_limit(protocol: InfusionProtocol) -> None:
    view = shown(
        protocol,
        result("ALT", "30", FIRST, "U/L", "40"),
        result("ALT", "2.5", LAST, "ukat/L", "0.6"),
        result("ALT", "30", TODAY, "furlong", "40"),
    )
    found = lane(view, "enzyme")

    assert found.unit == "U/L"
    assert [(line.label, [step.value for step in line.steps]) for line in found.lines] == [
        ("upper limit", [40, 36]),
        ("3× hold", [120, 108]),
        ("5× grade 3", [200, 180]),
    ]
    assert found.scale is not None
    assert (found.scale.ceiling, found.scale.marks) == (200, (0, 36, 108, 180))
    points, unread = found.series
    assert texts(points)[1].startswith("ALT: 25-Oct-2026 · 150 U/L high · 4.17 × ULN")
    assert [mark.tone for mark in points.marks] == ["neutral", "hold"]
    assert texts(unread) == ["ALT: 22-Nov-2026 · 30 furlong · cannot be read"]


def test_without_a_limit_the_liver_lane_has_no_lines(protocol: InfusionProtocol) -> None:
    found = lane(shown(protocol, result("ALT", "30", FIRST, "U/L")), "enzyme")

    assert found.lines == ()
    assert found.scale is not None
    assert found.scale.marks == (0, 30)


def infusions(protocol: InfusionProtocol, course: Treatment, *given: AdministrationRecorded) -> Lane:
    return lane(shown(protocol, course=course, given=given), "infusions")


def test_infusions_say_what_went_otherwise(protocol: InfusionProtocol) -> None:
    found = infusions(
        protocol,
        Treatment(infusions_given=0, plan_interval_weeks=4),
        infusion(date(2026, 9, 1)),
        infusion(date(2026, 9, 29), complete=False, dose="156.5"),
        infusion(date(2026, 10, 27), complete=False, reaction=True, dose="40"),
    )

    assert [(*looks(mark), mark.label) for mark in found.series[0].marks] == [
        ("tick", "neutral", "300 mg"),
        ("open-square", "caution", "not complete, 156.5 mg"),
        ("cross", "stop", "reaction"),
    ]
    assert found.note == "Infusions: 27-Oct-2026 · not complete, 40 mg · reaction"
    assert found.stretches == ()


SOME_DAY = date(2026, 3, 1)


def gap(course: Treatment, days: int) -> tuple[AdministrationRecorded, ...]:
    """Two infusions so many days apart, the second one a week before today."""
    last = TODAY - timedelta(days=7)
    return infusion(last - timedelta(days=days)), infusion(last)


@pytest.mark.parametrize(
    ("weeks", "days", "pause"),
    [(4, 55, False), (4, 56, True), (6, 56, False), (6, 83, False), (6, 84, True), (None, 83, False), (None, 84, True)],
)
def test_a_pause_begins_where_the_plan_counts_a_dose_as_missed(
    protocol: InfusionProtocol, weeks: int | None, days: int, pause: bool
) -> None:
    course = Treatment(infusions_given=0, plan_interval_weeks=weeks)
    found = infusions(protocol, course, *gap(course, days))

    assert bool(found.stretches) is pause
    if pause:
        (stretch,) = found.stretches
        end = TODAY - timedelta(days=7)
        assert (stretch.start, stretch.end) == (end.toordinal() - days + NOON, end.toordinal() + NOON)
        assert stretch.text.endswith(f"no infusion for {days} days, until 15-Nov-2026")


def test_a_pause_that_lasts_has_no_end(protocol: InfusionProtocol) -> None:
    course = Treatment(infusions_given=0, plan_interval_weeks=4)
    (stretch,) = infusions(protocol, course, infusion(TODAY - timedelta(days=56))).stretches

    assert (stretch.end, stretch.label) == (None, "pause")
    assert stretch.text == "Infusions: 27-Sep-2026 · no infusion for 56 days, until today"
    assert infusions(protocol, course, infusion(TODAY - timedelta(days=55))).stretches == ()


@pytest.mark.parametrize(
    ("ended_days_ago", "texts"),
    [
        # stopped in time: nothing was missed, however long ago that is
        (145, []),
        # stopped after a dose was missed: the pause ends with the treatment
        (144, ["no infusion for 56 days, until 01-Jul-2026"]),
        # an end before the last infusion was no end
        (201, ["no infusion for 200 days, until today"]),
        (-1, ["no infusion for 200 days, until today"]),
        (None, ["no infusion for 200 days, until today"]),
    ],
)
def test_after_treatment_has_ended_nothing_is_missed(
    protocol: InfusionProtocol, ended_days_ago: int | None, texts: list[str]
) -> None:
    ended = None if ended_days_ago is None else TODAY - timedelta(days=ended_days_ago)
    course = Treatment(infusions_given=0, plan_interval_weeks=4, ended_on=ended)
    found = infusions(protocol, course, infusion(TODAY - timedelta(days=200)))

    assert [stretch.text.partition(" · ")[2] for stretch in found.stretches] == texts


@pytest.mark.parametrize(
    ("ended_days_ago", "marks"),
    [
        (0, ["square", "tick"]),
        (20, ["square", "tick"]),
        # an infusion came later, the end is only planned, or there is none
        (21, ["tick"]),
        (-1, ["tick"]),
        (None, ["tick"]),
    ],
)
def test_the_end_of_treatment_is_a_mark_of_its_own(
    protocol: InfusionProtocol, ended_days_ago: int | None, marks: list[str]
) -> None:
    ended = None if ended_days_ago is None else TODAY - timedelta(days=ended_days_ago)
    course = Treatment(infusions_given=0, plan_interval_weeks=4, ended_on=ended)
    found = infusions(protocol, course, infusion(TODAY - timedelta(days=20)))

    assert [mark.shape for mark in found.series[0].marks] == marks


def test_a_reaction_on_the_day_on_which_treatment_ended_is_not_hidden(protocol: InfusionProtocol) -> None:
    course = Treatment(infusions_given=0, plan_interval_weeks=4, ended_on=LAST)
    found = infusions(protocol, course, infusion(LAST, complete=False, reaction=True, dose="40"))

    # What comes later is drawn over what comes before.
    assert [mark.shape for mark in found.series[0].marks] == ["square", "cross"]
    assert found.note == (
        "Infusions: 25-Oct-2026 · treatment ended; Infusions: 25-Oct-2026 · not complete, 40 mg · reaction"
    )


def test_the_end_of_treatment_is_told_with_its_day(protocol: InfusionProtocol) -> None:
    view = shown(protocol, course=Treatment(ended_on=date(2026, 7, 1)))
    (mark,) = lane(view, "infusions").series[0].marks

    assert (*looks(mark), mark.at) == ("square", "neutral", date(2026, 7, 1).toordinal() + NOON)
    assert mark.text == lane(view, "infusions").note == "Infusions: 01-Jul-2026 · treatment ended"
    assert [row.text for row in view.table] == [mark.text]
    assert view.empty == ""


def test_no_pause_is_made_of_an_unnoted_stretch_that_ended(protocol: InfusionProtocol) -> None:
    course = replace(COURSE, last_infusion=None, ended_on=TODAY - timedelta(days=10))
    (stretch,) = infusions(protocol, course).stretches

    assert stretch.label == "days not on record"


@pytest.mark.parametrize(
    ("course", "given", "expected"),
    [
        # seven given elsewhere, the days of two known: no pause is made up between them
        (COURSE, (), ["7 given elsewhere until 25-Oct-2026; the days between are not on record"]),
        (
            replace(COURSE, infusions_given=None),
            (),
            ["an unknown number given elsewhere until 25-Oct-2026; the days between are not on record"],
        ),
        # two given, two known
        (replace(COURSE, infusions_given=2), (), ["no infusion for 196 days, until 25-Oct-2026"]),
        # the first only
        (
            replace(COURSE, last_infusion=None),
            (infusion(date(2026, 11, 1)),),
            ["7 given elsewhere until 01-Nov-2026; the days between are not on record"],
        ),
        (
            replace(COURSE, last_infusion=None),
            (),
            ["7 given elsewhere until an unknown day; the days between are not on record"],
        ),
        (
            replace(COURSE, infusions_given=1, last_infusion=None),
            (),
            ["no infusion for 224 days, until today"],
        ),
        # the last only, or days that this record has itself
        (replace(COURSE, first_infusion=None), (), []),
        (replace(COURSE, first_infusion=LAST), (infusion(LAST),), []),
    ],
)
def test_nothing_is_made_up_about_infusions_given_elsewhere(
    protocol: InfusionProtocol, course: Treatment, given: tuple[AdministrationRecorded, ...], expected: list[str]
) -> None:
    found = infusions(protocol, course, *given)

    assert [stretch.text.partition(" · ")[2] for stretch in found.stretches] == expected


def test_the_days_of_infusions_given_elsewhere_are_ticks_too(protocol: InfusionProtocol) -> None:
    found = infusions(protocol, COURSE, infusion(TODAY))

    assert texts(found.series[0]) == [
        "Infusions: 12-Apr-2026 · given before this record",
        "Infusions: 25-Oct-2026 · given before this record",
        "Infusions: 22-Nov-2026 · 300 mg",
    ]


def test_the_table_tells_every_mark_and_stretch_newest_first(protocol: InfusionProtocol) -> None:
    view = shown(
        protocol,
        result("JCV", "1.6", LAST, "{index}"),
        result("ADA", "positive", FIRST),
        result("RELAPSE", "mild", date(2026, 6, 1)),
        result("MRI", "stable", date(2026, 5, 6)),
    )
    marks = [mark.text for each in view.lanes for row in each.series for mark in row.marks]
    stretches = [stretch.text for each in view.lanes for stretch in each.stretches]

    assert sorted(row.text for row in view.table) == sorted([*marks, *stretches])
    assert [row.at for row in view.table] == sorted((row.at for row in view.table), reverse=True)
    relapse = next(row for row in view.table if row.text.startswith("Relapse"))
    assert (relapse.day, relapse.lane, relapse.tone) == ("01-Jun-2026", "EDSS and relapses", "caution")


def test_what_was_superseded_is_left_out(protocol: InfusionProtocol) -> None:
    labs = (result("JCV", "1.6", LAST, "{index}"), result("JCV", "0.1", LAST, "{index}"))

    assert [mark.label for mark in series(shown(protocol, *labs, gone=0), "jcv", "index").marks] == ["0.1"]


def test_the_axis_reaches_from_the_first_mark_to_today(protocol: InfusionProtocol) -> None:
    view = shown(protocol, result("MRI", "baseline", date(2015, 1, 5)))
    whole = next(each for each in view.ranges if each.id == view.default_range)

    assert whole.start < date(2015, 1, 5).toordinal() < TODAY.toordinal() < whole.end
    assert view.today == TODAY.toordinal() + NOON


def test_an_empty_record_says_so_in_every_lane(protocol: InfusionProtocol) -> None:
    view = shown(protocol, course=Treatment())

    assert view.empty == "Nothing on record yet."
    assert [each.note for each in view.lanes] == ["No result yet"] * 5 + ["No infusion yet"]
    assert view.table == ()
    assert shown(protocol).empty == ""


def test_the_risk_group_goes_with_it(protocol: InfusionProtocol) -> None:
    view = shown(protocol, result("JCV", "1.6", LAST, "{index}"))

    assert view.pml is not None
    assert view.pml.group == "Anti-JCV positive, index above 1.5, no earlier immunosuppressant, up to 24 infusions"


def test_a_protocol_without_these_parts_shows_the_infusions(protocol: InfusionProtocol) -> None:
    bare = replace(protocol, labs=replace(protocol.labs, pml_risk=None, antibodies=None, ms_course=None))
    view = shown(bare)

    assert [each.id for each in view.lanes] == ["infusions"]
    assert view.pml is None
