"""The same results as text: every one that is on record, newest first, also those that no curve can show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nurse_app.domain.facts import LabResult
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.results import in_order, unit_fits
from nurse_app.i18n import _
from nurse_app.presentation.finding_words import lab_test_words, unit_words
from nurse_app.presentation.formats import day, with_unit
from nurse_app.presentation.lab_points import TrendPoint, limits_words
from nurse_app.presentation.view_parts import Tone


@dataclass(frozen=True, slots=True)
class LabRow:
    """One result as it came, how it stands, and its place on the time axis (days)."""

    at: float
    test: str
    day: str
    value: str
    limits: str
    standing: str
    tone: Tone


def lab_rows(case: Case, points: Mapping[str, Iterable[TrendPoint]]) -> tuple[LabRow, ...]:
    """All results, test by test in the protocol's order, each test's newest first; unknown tests last.

    ``points`` are those that can be drawn, by test.
    """
    known = [test.id for test in case.protocol.labs.tests]
    others = sorted({result.test for result in case.facts.labs} - set(known))
    drawn = {point.result: point for each in points.values() for point in each}
    return tuple(
        _row(case, result, drawn.get(result)) for test in (*known, *others) for result in reversed(in_order(case, test))
    )


def _row(case: Case, result: LabResult, point: TrendPoint | None) -> LabRow:
    of_day = case.day(result.collected)
    return LabRow(
        at=point.at if point else float(of_day.toordinal()),
        test=lab_test_words(case.protocol, result.test),
        day=day(of_day),
        value=with_unit(str(result.value or _("empty")), unit_words(result.unit or "")),
        limits=limits_words(result.lln, result.uln) or "—",
        standing=" · ".join(part for part in how_it_stands(case, result, point) if part),
        tone=point.tone if point else "neutral",
    )


def how_it_stands(case: Case, result: LabResult, point: TrendPoint | None) -> tuple[str, str, str]:
    """A word against its limits (or why there is none), how many times the limit, and the grade; each may be empty."""
    return (point.words, point.multiple, point.grade) if point else (_not_judged(case, result), "", "")


def _not_judged(case: Case, result: LabResult) -> str:
    """Why there is no point; nothing for a result that is told in words."""
    test = case.protocol.lab_test(result.test)
    if test is None:
        return _("not assessed")
    if not unit_fits(test, result):
        return _("unit does not fit")
    return _("cannot be read") if test.kind in ("number", "score") else ""
