"""The lanes of the MS timeline that come from results: anti-JCV, antibodies, MRI, disability and relapses, liver."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from nurse_app.domain.facts import LabResult
from nurse_app.domain.lab_protocol import LabTest, MsCourse, PmlRisk
from nurse_app.domain.rules.antibody_course import Part, PositiveStretch, antibody_course
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.pml_group import IndexStatus, index_statuses
from nurse_app.domain.rules.results import in_order
from nurse_app.i18n import N_, _
from nurse_app.presentation.finding_words import lab_test_words, unit_words
from nurse_app.presentation.formats import day, number, with_unit
from nurse_app.presentation.lab_drawing import Shape, shape_of
from nurse_app.presentation.lab_points import NOON, TrendPoint, panel_unit, trend_points
from nurse_app.presentation.lab_scale import LineStep, Scale, TrendLine, bands, lines
from nurse_app.presentation.ms_lane import (
    Lane,
    LaneBand,
    LaneMark,
    LaneSeries,
    LaneStretch,
    drawn_mark,
    newest_words,
    sentence,
    told_mark,
)
from nurse_app.presentation.view_parts import Tone

_PARTS: dict[Part, tuple[str, Shape, Tone]] = {
    "negative": (N_("negative"), "open", "neutral"),
    "unclear": (N_("unclear"), "question", "caution"),
    "transient": (N_("positive, vanished again"), "dot", "neutral"),
    "single": (N_("positive, repeat due"), "dot", "caution"),
    "persistent": (N_("positive, persistent"), "dot", "hold"),
}


def jcv_lane(case: Case, risk: PmlRisk) -> Lane:
    """Each index with its status, results in words as marks, and the bands between the protocol's cut-offs."""
    points, rest = _split(case, risk.test)
    drawn = tuple(_jcv_point(case, risk, point) for point in points)
    told = tuple(_jcv_word(case, risk, result) for result in rest)
    title = lab_test_words(case.protocol, risk.test)
    series = LaneSeries("index", _("index"), "points", drawn), LaneSeries("words", title, "marks", told)
    # As much room above the cut-off as below it, so that its band is seen.
    ceiling = max([*(point.value for point in points), risk.index_above * 2])
    return Lane(
        id="jcv",
        title=title,
        series=series,
        note=newest_words(series),
        bands=tuple(_jcv_bands(risk)),
        scale=Scale(Decimal(0), ceiling, (Decimal(0), risk.index_above)),
    )


def _jcv_bands(risk: PmlRisk) -> Iterator[LaneBand]:
    start, until, above = risk.index_positive_from, risk.index_indeterminate_to, risk.index_above
    yield LaneBand(None, start, "neutral", _("negative"))
    if until is not None:
        yield LaneBand(start, until, "muted", _("indeterminate"))
    yield LaneBand(until or start, above, "information", _("positive"))
    yield LaneBand(above, None, "caution", _("positive, high"))


def _jcv_point(case: Case, risk: PmlRisk, point: TrendPoint) -> LaneMark:
    words, tone = _status_words(risk, index_statuses(case, risk, point.result))
    return drawn_mark(case, point, "dot", tone, _("index {value}").format(value=_said(point.result)), words)


def _jcv_word(case: Case, risk: PmlRisk, result: LabResult) -> LaneMark:
    statuses = index_statuses(case, risk, result)
    words, tone = _status_words(risk, statuses)
    shape: Shape = "open" if statuses == {"negative"} else "dot" if statuses == {"not-known"} else "question"
    said = _said(result)
    # “positive” and “positive, index not given” are said once.
    return told_mark(case, result, shape, tone, *((words,) if words.startswith(said.casefold()) else (said, words)))


def _status_words(risk: PmlRisk, statuses: frozenset[IndexStatus]) -> tuple[str, Tone]:
    cut = number(risk.index_above)
    known: dict[frozenset[IndexStatus], tuple[str, Tone]] = {
        frozenset({"negative"}): (_("negative"), "neutral"),
        frozenset({"negative", "low"}): (_("indeterminate"), "neutral"),
        frozenset({"low"}): (_("positive, index {cut} or less").format(cut=cut), "neutral"),
        frozenset({"high"}): (_("positive, index above {cut}").format(cut=cut), "caution"),
        frozenset({"not-known"}): (_("positive, index not given"), "caution"),
        frozenset({"low", "high"}): (_("positive, index may be above {cut}").format(cut=cut), "caution"),
    }
    return known.get(statuses, (_("status not clear"), "caution"))


def antibody_lane(case: Case, test: str) -> Lane:
    """Each result positive or negative, and the stretches of positives: vanished, persistent, or still open."""
    course = antibody_course(case)
    marks = tuple(_antibody_mark(case, each.result, each.part) for each in course.results)
    title = lab_test_words(case.protocol, test)
    series = (LaneSeries("antibodies", title, "marks", marks),)
    return Lane(
        id="antibodies",
        title=title,
        series=series,
        note=newest_words(series),
        stretches=tuple(_antibody_stretch(title, stretch) for stretch in course.stretches),
    )


def _antibody_mark(case: Case, result: LabResult, part: Part) -> LaneMark:
    words, shape, tone = _PARTS[part]
    said = _said(result) if part == "unclear" else ""
    return told_mark(case, result, shape, tone, _(words), said)


def _antibody_stretch(title: str, stretch: PositiveStretch) -> LaneStretch:
    _words, _shape, tone = _PARTS[stretch.course]
    label, text = {
        "transient": (_("transient"), _("positive until the negative of {end}")),
        "persistent": (_("persistent"), _("positive again after {days} days; last {last}")),
        "single": (_("repeat due"), _("one positive so far; repeat on or after {repeat}")),
    }[stretch.course]
    figures = {"end": day(stretch.ended), "days": stretch.days, "last": day(stretch.last)}
    words = text.format(**figures, repeat=day(stretch.repeat_from))
    end = None if stretch.ended is None else stretch.ended.toordinal() + NOON
    return LaneStretch(stretch.first.toordinal() + NOON, end, tone, label, sentence(title, stretch.first, words))


def mri_lane(case: Case, course: MsCourse) -> Lane:
    """Counts of new T2 and of enhancing lesions; an MRI that has none of them stands in its own words."""
    words: dict[date, str] = {}
    for result in in_order(case, course.mri):
        of_day = case.day(result.collected)
        words[of_day] = " / ".join(part for part in (words.get(of_day, ""), _said(result)) if part)
    counts = (
        _counts(case, course.new_t2, "square", words),
        _counts(case, course.gadolinium, "triangle", words),
    )
    # The words of their day stand with them; a second mark in the same place would hide the first.
    counted = {mark.day for each in counts for mark in each.marks}
    told = tuple(
        told_mark(case, result, "open-square", "neutral", _said(result))
        for result in in_order(case, course.mri)
        if case.day(result.collected) not in counted
    )
    series = (
        *counts,
        LaneSeries(course.mri, lab_test_words(case.protocol, course.mri), "marks", told),
    )
    heights = [mark.value for each in series for mark in each.marks if mark.value is not None]
    return Lane(
        id="mri",
        title=lab_test_words(case.protocol, course.mri),
        series=series,
        note=newest_words(series),
        scale=_from_zero(heights) if heights else None,
    )


def _counts(case: Case, test: str, shape: Shape, words: Mapping[date, str]) -> LaneSeries:
    points, rest = _split(case, test)
    drawn = [
        drawn_mark(case, point, shape, _count_tone(point), point.figure, words.get(point.day, "")) for point in points
    ]
    marks = (*drawn, *(_unreadable(case, result, words) for result in rest))
    return LaneSeries(
        test, lab_test_words(case.protocol, test), "points", tuple(sorted(marks, key=lambda mark: mark.at))
    )


def _count_tone(point: TrendPoint) -> Tone:
    """Any lesion, also one that is only possible, is worth a look."""
    return "caution" if point.value or point.comparator else "neutral"


def disability_lane(case: Case, course: MsCourse) -> Lane:
    """The score as steps, since it holds until the next one, and each relapse as a mark on the same lane."""
    points, rest = _split(case, course.disability)
    drawn = tuple(drawn_mark(case, point, "dot", "neutral", point.figure) for point in points)
    relapses = tuple(
        told_mark(case, result, "cross", "caution", _said(result)) for result in in_order(case, course.relapse)
    )
    title, relapse = (lab_test_words(case.protocol, test) for test in (course.disability, course.relapse))
    series = (
        LaneSeries(course.disability, title, "steps", drawn),
        LaneSeries(course.relapse, relapse, "marks", relapses),
        _unread(case, title, rest),
    )
    return Lane(
        id="disability",
        title=_("{score} and relapses").format(score=title),
        series=series,
        note=newest_words(series),
        scale=_from_zero([point.value for point in points]) if points else None,
    )


def enzyme_lane(case: Case, test: str) -> Lane:
    """The liver test with the lines of its own upper limits: once, and where the rules begin."""
    points, rest = _split(case, test)
    title = lab_test_words(case.protocol, test)
    drawn = tuple(
        LaneMark(
            point.at,
            point.day,
            point.value,
            point.comparator,
            shape_of(point),
            point.tone,
            point.figure,
            f"{title}: {point.text}",
        )
        for point in points
    )
    known = (*_limit_line(points), *lines(case.protocol, test, points))
    heights = [step.value for line in known for step in line.steps]
    scale = (
        _from_zero([*heights, *(point.value for point in points)], *(line.newest for line in known)) if points else None
    )
    series = LaneSeries(test, title, "points", drawn), _unread(case, title, rest)
    return Lane(
        id="enzyme",
        title=title,
        series=series,
        note=newest_words(series),
        unit=panel_unit(_known(case, test)),
        lines=known,
        scale=scale,
    )


def _limit_line(points: Sequence[TrendPoint]) -> Iterator[TrendLine]:
    steps = tuple(LineStep(band.over, band.high) for band in bands(points) if band.high is not None)
    if steps:
        yield TrendLine(_("upper limit"), "neutral", steps)


def _from_zero(heights: Sequence[Decimal], *written: Decimal) -> Scale:
    highest = max([*heights, Decimal(1)])
    return Scale(Decimal(0), highest, tuple(sorted({Decimal(0), *(written or (highest,))})))


def _split(case: Case, test: str) -> tuple[tuple[TrendPoint, ...], tuple[LabResult, ...]]:
    """The results of a test that have a height, and those that have none; oldest first."""
    points = trend_points(case, _known(case, test))
    drawn = {point.result for point in points}
    return points, tuple(result for result in in_order(case, test) if result not in drawn)


def _unread(case: Case, title: str, results: Iterable[LabResult]) -> LaneSeries:
    return LaneSeries("unreadable", title, "marks", tuple(_unreadable(case, result) for result in results))


def _unreadable(case: Case, result: LabResult, words: Mapping[date, str] | None = None) -> LaneMark:
    of_day = (words or {}).get(case.day(result.collected), "")
    return told_mark(case, result, "question", "caution", _said(result), _("cannot be read"), of_day)


def _known(case: Case, test: str) -> LabTest:
    """A test that the protocol itself names; its loader has seen to it that there is one."""
    return next(each for each in case.protocol.labs.tests if each.id == test)


def _said(result: LabResult) -> str:
    """The value as it came, with its unit where that is one that people read."""
    value = str("" if result.value is None else result.value).strip() or _("empty")
    return with_unit(value, unit_words(result.unit or ""))
