"""Results that no longer count, as crosses beside the curve: corrected ones with what replaced them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.rules.context import Case
from nurse_app.i18n import _
from nurse_app.presentation.lab_drawing import Mark
from nurse_app.presentation.lab_points import TrendPoint, trend_points

_Counted = dict[date | datetime, str]


def replaced_marks(
    case: Case, test: LabTest, counted: Sequence[TrendPoint], replaced: Iterable[LabResult]
) -> tuple[Mark, ...]:
    """One cross for each result of a test that was corrected, taken back or marked in error, where it can be drawn."""
    now_counts: _Counted = {point.result.collected: point.figure for point in counted}
    gone = trend_points(replace(case, facts=Facts(labs=tuple(replaced))), test)
    return tuple(Mark(point.at, point.value, "cross", "muted", _text(point, now_counts)) for point in gone)


def _text(point: TrendPoint, now_counts: _Counted) -> str:
    return f"{point.text} · {replaced_words(now_counts.get(point.result.collected, ''))}"


def replaced_words(figure: str) -> str:
    """What became of a result; ``figure`` is the value that counts in its place, "" when none does."""
    return _("corrected to {value}").format(value=figure) if figure else _("taken back or marked in error")
