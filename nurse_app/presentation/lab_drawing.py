"""What a panel draws, in plain words: marks joined into runs, and the course of treatment under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median_low
from typing import Literal

from nurse_app.domain.calendar import add_months
from nurse_app.domain.lab_protocol import Labs
from nurse_app.presentation.lab_points import TrendPoint
from nurse_app.presentation.lab_scale import Band, Scale, Stretch, TrendLine
from nurse_app.presentation.view_parts import Tone

# Shape before colour. On a curve: a dot in range, a diamond out of range, open where no range is known, a triangle
# where only a bound is known, a cross where the value no longer counts. The others are the MS timeline's.
Shape = Literal[
    "dot", "diamond", "open", "at-most", "at-least", "cross", "square", "open-square", "triangle", "tick", "question"
]

# Two results are joined unless one was surely missed: longer apart than two turns of monitoring, and than three times
# this patient's own rhythm.
_TURNS_MISSED = 2
_RHYTHMS_MISSED = 3
_STEPS_OF_A_RHYTHM = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One spot. ``at`` counts days (proleptic ordinals), ``height`` is in the panel's unit, ``text`` says all of it.

    ``height`` None: it has none, and stands on the strip under the values.
    """

    at: float
    height: Decimal | None
    shape: Shape
    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Zone:
    """Values that mean something, over all time; an open side goes to the edge."""

    low: Decimal | None
    high: Decimal | None
    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted, on the strip under the values."""

    over: Stretch
    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The marks of a panel by time; ``runs`` are the places of those that a line joins, each with a height.

    ``stepped``: what was found holds until the next finding, so the line runs level between them.
    """

    marks: tuple[Mark, ...]
    runs: tuple[tuple[int, ...], ...]
    bands: tuple[Band, ...]
    lines: tuple[TrendLine, ...]
    scale: Scale
    stepped: bool = False
    zones: tuple[Zone, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class InfusionMark:
    """One infusion on the time axis: as given, not the whole dose, or with a reaction."""

    at: float
    kind: Literal["given", "partial", "reaction"]
    text: str


@dataclass(frozen=True, slots=True)
class TreatmentMarks:
    """The infusions that are known, the pauses between them, and the stretch of infusions on days nobody noted."""

    infusions: tuple[InfusionMark, ...] = ()
    pauses: tuple[Stretch, ...] = ()
    unnoted: Stretch | None = None


def mark_of(point: TrendPoint) -> Mark:
    """A result as a spot."""
    return Mark(point.at, point.value, shape_of(point), point.tone, point.text)


def shape_of(point: TrendPoint) -> Shape:
    """How a result stands, as a shape."""
    if point.comparator:
        return "at-most" if point.comparator.startswith("<") else "at-least"
    if point.standing in ("above", "below"):
        return "diamond"
    # An index or a score has no range and no word for it: its dot is full.
    return "open" if point.standing == "unknown" and point.words else "dot"


def drawing_of(
    labs: Labs,
    test: str,
    points: Sequence[TrendPoint],
    replaced: Sequence[Mark],
    limits: tuple[tuple[Band, ...], tuple[TrendLine, ...], Scale],
) -> Drawing:
    """The results of a test joined by a line, with those that no longer count beside it."""
    counted = [mark_of(point) for point in points]
    # What was replaced comes before what replaced it.
    marks = sorted([*replaced, *counted], key=lambda mark: mark.at)
    # Two equal marks are one spot: which of them the line touches makes no difference.
    places = {id(mark): place for place, mark in enumerate(marks)}
    runs = tuple(tuple(places[id(counted[place])] for place in run) for run in _runs(labs, test, points))
    return Drawing(tuple(marks), runs, *limits)


def _runs(labs: Labs, test: str, points: Sequence[TrendPoint]) -> Iterator[tuple[int, ...]]:
    """The places of neighbours that belong together."""
    longest = _longest_step(labs, test, points)
    run: list[int] = []
    for place, point in enumerate(points):
        if run and point.at - points[run[-1]].at > longest:
            yield tuple(run)
            run = []
        run.append(place)
    yield tuple(run)


def _longest_step(labs: Labs, test: str, points: Sequence[TrendPoint]) -> float:
    steps = [after.at - before.at for before, after in pairwise(points)]
    # One gap among a few steps would be taken for the rhythm itself.
    rhythm = median_low(steps) if len(steps) >= _STEPS_OF_A_RHYTHM else 0.0
    return max(_TURNS_MISSED * _turn(labs, test, points), _RHYTHMS_MISSED * rhythm)


def _turn(labs: Labs, test: str, points: Sequence[TrendPoint]) -> float:
    """Days from one monitoring of a test to the next; of a test that nobody asks for, as of the most often asked."""
    day = points[-1].day
    days = {
        each: (add_months(day, item.months) - day).days if item.months is not None else item.days or 0
        for item in labs.monitoring
        for each in item.tests
    }
    return float(days.get(test, min(days.values(), default=0)))


def nearest_mark(drawing: Drawing, day: float) -> int:
    """The place of the mark nearest to a day; -1 without any."""
    return min(range(len(drawing.marks)), key=lambda place: abs(drawing.marks[place].at - day), default=-1)
