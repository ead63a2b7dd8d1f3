"""What the MS timeline is made of: lanes on one time axis, plain enough to draw and to read aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import LabResult
from nurse_app.domain.quantity import Comparator
from nurse_app.domain.rules.context import Case
from nurse_app.i18n import _
from nurse_app.presentation.finding_words import lab_test_words
from nurse_app.presentation.formats import day
from nurse_app.presentation.lab_drawing import Shape
from nurse_app.presentation.lab_points import TrendPoint, axis_place
from nurse_app.presentation.lab_scale import Scale, TrendLine
from nurse_app.presentation.view_parts import Tone

SeriesKind = Literal["points", "steps", "marks"]


@dataclass(frozen=True, slots=True)
class LaneMark:
    """One thing that happened. ``at`` counts days (proleptic ordinals); ``value`` None has no height of its own.

    ``label`` is a word or two beside it, ``text`` the whole of it in one line: for hover, keyboard and screen reader.
    """

    at: float
    day: date
    value: Decimal | None
    comparator: Comparator
    shape: Shape
    tone: Tone
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LaneStretch:
    """Something that lasted, in days of the axis; an open end lasts until today."""

    start: float
    end: float | None
    tone: Tone
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LaneSeries:
    """Marks of one kind: joined by nothing (points), by steps, or standing alone without a height (marks)."""

    id: str
    title: str
    kind: SeriesKind
    marks: tuple[LaneMark, ...]


@dataclass(frozen=True, slots=True)
class LaneBand:
    """A range of values with a meaning; an open side goes to the edge."""

    low: Decimal | None
    high: Decimal | None
    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane. ``scale`` None: nothing in it has a height. ``note`` is its newest in words, or that there is none."""

    id: str
    title: str
    series: tuple[LaneSeries, ...]
    note: str
    unit: str = ""
    stretches: tuple[LaneStretch, ...] = ()
    bands: tuple[LaneBand, ...] = ()
    lines: tuple[TrendLine, ...] = ()
    scale: Scale | None = None


def sentence(title: str, of_day: date, *parts: str) -> str:
    """Anti-JCV antibody: 02-Nov-2026 · index 1.6 · positive."""
    return f"{title}: {' · '.join(part for part in (day(of_day), *parts) if part)}"


def drawn_mark(case: Case, point: TrendPoint, shape: Shape, tone: Tone, *words: str) -> LaneMark:
    """The mark of a result that has a height; ``words`` are what is said of it."""
    text = sentence(lab_test_words(case.protocol, point.result.test), point.day, *words)
    return LaneMark(point.at, point.day, point.value, point.comparator, shape, tone, point.figure, text)


def told_mark(case: Case, result: LabResult, shape: Shape, tone: Tone, label: str, *words: str) -> LaneMark:
    """The mark of a result without a height; ``words`` stand after its label."""
    of_day = case.day(result.collected)
    text = sentence(lab_test_words(case.protocol, result.test), of_day, label, *words)
    return LaneMark(axis_place(case, result.collected), of_day, None, "", shape, tone, label, text)


def newest_words(series: Iterable[LaneSeries]) -> str:
    """What a lane says of itself in a line: everything of its newest day; that there is nothing, when there is not."""
    marks = [mark for each in series for mark in each.marks]
    last = max((mark.at for mark in marks), default=None)
    return "; ".join(mark.text for mark in marks if mark.at == last) or _("No result yet")
