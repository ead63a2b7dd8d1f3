"""A course of values in pixels: as many lines as the screen has columns, however many values there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF

Days = NDArray[np.float64]
# Beyond so many values a column of pixels, each column is drawn from its lowest to its highest.
_CROWDED = 4


@dataclass(frozen=True, slots=True)
class Course:
    """Values by day; ``breaks`` are the places at which a run has ended."""

    days: Days
    values: Days
    breaks: frozenset[int] = frozenset()
    stepped: bool = False


@dataclass(frozen=True, slots=True)
class Pixels:
    """How days and values become pixels: ``x = days * across + left``, ``y = values * up + top``."""

    across: float
    left: float
    up: float
    top: float

    def x(self, days: Days) -> Days:
        return days * self.across + self.left

    def y(self, values: Days) -> Days:
        return values * self.up + self.top


def course_of(days: Days, values: Days, runs: Sequence[Sequence[int]], *, stepped: bool) -> Course:
    """The values of all runs one after another; the places in ``runs`` count in ``days`` and ``values``."""
    kept = np.array([place for run in runs for place in run], dtype=np.intp)
    ends = accumulate(len(run) for run in runs)
    return Course(days[kept], values[kept], frozenset(ends), stepped)


def shown_places(days: Days, first: float, last: float) -> tuple[int, int]:
    """The places from the last value before a stretch to the first one after it."""
    start = max(int(np.searchsorted(days, first, "left")) - 1, 0)
    end = min(int(np.searchsorted(days, last, "right")) + 1, len(days))
    return start, end


def lines_of(course: Course, stretch: tuple[float, float], pixels: Pixels, width: float) -> list[QLineF]:
    """The lines that join the values of a stretch."""
    start, end = shown_places(course.days, *stretch)
    if end - start > _CROWDED * max(width, 1.0):
        return _columns(course, (start, end), pixels)
    x = pixels.x(course.days[start:end]).tolist()
    y = pixels.y(course.values[start:end]).tolist()
    lines = []
    for place in range(1, end - start):
        if start + place in course.breaks:
            continue
        if course.stepped:
            lines.append(QLineF(x[place - 1], y[place - 1], x[place], y[place - 1]))
            lines.append(QLineF(x[place], y[place - 1], x[place], y[place]))
        else:
            lines.append(QLineF(x[place - 1], y[place - 1], x[place], y[place]))
    return lines


def _columns(course: Course, places: tuple[int, int], pixels: Pixels) -> list[QLineF]:
    """For each column of pixels one upright line over all its values, and one to the next column."""
    start, end = places
    days, values = course.days[start:end], course.values[start:end]
    edges = np.floor(pixels.x(days[[0, -1]]))
    # The place at which each column begins is looked up: a million values are too many to ask each for its column.
    begin = (np.arange(edges[0], edges[1] + 1) - pixels.left) / pixels.across
    first = np.unique(np.append(0, np.searchsorted(days, begin)))
    first = first[first < len(days)]
    column = np.floor(pixels.x(days[first]))
    low = pixels.y(np.minimum.reduceat(values, first)).tolist()
    high = pixels.y(np.maximum.reduceat(values, first)).tolist()
    x = (column + 0.5).tolist()
    entering = pixels.y(values[first]).tolist()
    leaving = pixels.y(values[np.append(first[1:], len(values)) - 1]).tolist()
    upright = [QLineF(x[place], low[place], x[place], high[place]) for place in range(len(x))]
    across = [QLineF(x[place - 1], leaving[place - 1], x[place], entering[place]) for place in range(1, len(x))]
    return upright + across
