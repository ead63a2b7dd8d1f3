"""What a panel is drawn against: reference bands, lines of the rules, and how far its axis reaches.

Limits belong to a result, not to a test: each holds from half-way to the result before to half-way to the next.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nurse_app.domain.lab_protocol import CountRule, MultipleRule
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import number
from nurse_app.presentation.lab_points import TrendPoint
from nurse_app.presentation.view_parts import Tone

# How far from the values a line may lie and still be drawn: beyond, it would press the values flat.
_FARTHEST_ABOVE = 3
_FARTHEST_BELOW = 2
# An axis begins at zero unless its values lie so high that they would be pressed flat.
_ZERO_WITHIN = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time (days) over which something is the same; None: without an end."""

    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """A reference range over a stretch; an open side has no limit there."""

    over: Stretch
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class LineStep:
    """A line's height over a stretch."""

    over: Stretch
    value: Decimal


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A boundary of a rule, and in a word or two what it means. It steps where the limits behind it change."""

    label: str
    tone: Tone
    steps: tuple[LineStep, ...]

    @property
    def newest(self) -> Decimal:
        return self.steps[-1].value


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of a panel: the lowest and highest value it must show, and the values written on it."""

    floor: Decimal
    ceiling: Decimal
    marks: tuple[Decimal, ...]


def bands(points: Sequence[TrendPoint]) -> tuple[Band, ...]:
    """The reference ranges one after another; none where a result came without."""
    found = (Band(over, point.lower_limit, point.upper_limit) for over, point in _stretches(points))
    return tuple(band for band in found if band.low is not None or band.high is not None)


def _stretches(points: Sequence[TrendPoint]) -> Iterator[tuple[Stretch, TrendPoint]]:
    """Neighbours with the same limits as one stretch, its first point standing for them all."""
    start: float | None = None
    first: TrendPoint | None = None
    last: TrendPoint | None = None
    for point in points:
        if first is not None and last is not None and not _same_limits(first, point):
            middle = (last.at + point.at) / 2
            yield Stretch(start, middle), first
            start, first = middle, point
        first = first or point
        last = point
    if first is not None:
        yield Stretch(start, None), first


def _same_limits(one: TrendPoint, other: TrendPoint) -> bool:
    return (one.lower_limit, one.upper_limit) == (other.lower_limit, other.upper_limit)


def lines(protocol: InfusionProtocol, test: str, points: Sequence[TrendPoint]) -> tuple[TrendLine, ...]:
    """The boundaries that the rules know for a test, lowest first; multiples only where an upper limit is known."""
    found = [*_multiple_lines(protocol, test, points), *_count_lines(protocol, test), *_risk_line(protocol, test)]
    return tuple(sorted(found, key=lambda line: line.newest))


def _multiple_lines(protocol: InfusionProtocol, test: str, points: Sequence[TrendPoint]) -> Iterator[TrendLine]:
    for rule in protocol.labs.multiple_rules:
        if test not in rule.tests:
            continue
        for times, words, tone in _boundaries(protocol, test, rule):
            steps = tuple(
                LineStep(over, point.upper_limit * times)
                for over, point in _stretches(points)
                if point.upper_limit is not None
            )
            if steps:
                label = _("{times}× {meaning}").format(times=number(times), meaning=words)
                yield TrendLine(label, tone, steps)


def _boundaries(protocol: InfusionProtocol, test: str, rule: MultipleRule) -> Iterator[tuple[Decimal, str, Tone]]:
    hold = rule.hold_from if rule.hold_from is not None else rule.hold_above
    if hold is not None:
        yield hold, _("hold"), "hold"
    if rule.stop_above is not None:
        # Above it only symptoms make a stop: without them the grade is what it means.
        graded = _grade_at(protocol, test, rule.stop_above)
        yield rule.stop_above, graded or _("stop"), "stop"


def _grade_at(protocol: InfusionProtocol, test: str, times: Decimal) -> str:
    for scale in protocol.labs.ctcae:
        if scale.test == test and scale.measure == "multiple":
            for grade, boundary in scale.grades.items():
                if boundary == times:
                    return _("grade {n}").format(n=grade)
    return ""


def _count_lines(protocol: InfusionProtocol, test: str) -> Iterator[TrendLine]:
    for rule in protocol.labs.count_rules:
        if rule.test == test:
            for value, words, tone in _limits(rule):
                yield TrendLine(words, tone, (LineStep(Stretch(None, None), value),))


def _risk_line(protocol: InfusionProtocol, test: str) -> Iterator[TrendLine]:
    risk = protocol.labs.pml_risk
    if risk is not None and test == risk.test:
        yield TrendLine(_("high"), "caution", (LineStep(Stretch(None, None), risk.index_above),))


def _limits(rule: CountRule) -> Iterator[tuple[Decimal, str, Tone]]:
    known: tuple[tuple[Decimal | None, str, Tone], ...] = (
        (rule.stop_below, _("stop"), "stop"),
        (rule.hold_below, _("hold"), "hold"),
        (rule.caution_above, _("caution"), "caution"),
        (rule.hold_above, _("hold"), "hold"),
    )
    for value, words, tone in known:
        if value is not None:
            yield value, words, tone


def scale(
    points: Sequence[TrendPoint], drawn_bands: Iterable[Band], known_lines: Iterable[TrendLine], *, from_zero: bool
) -> tuple[Scale, tuple[TrendLine, ...]]:
    """The axis, and the lines that are drawn on it: those among the values, and the next one each way when near.

    ``from_zero``: the axis of an index or a score, which is read from zero.
    """
    ranges = tuple(drawn_bands)
    limits = [limit for band in ranges for limit in (band.low, band.high) if limit is not None]
    values = [*(point.value for point in points), *limits]
    lowest, highest = min(values), max(values)
    near = tuple(line for line in known_lines if _is_near(line, lowest, highest))
    above = [line for line in near if line.newest > highest][:1]
    below = [line for line in near if line.newest < lowest][-1:]
    shown = tuple(line for line in near if line in above or line in below or lowest <= line.newest <= highest)
    heights = [step.value for line in shown for step in line.steps]
    lowest, highest = min([lowest, *heights]), max([highest, *heights])
    from_zero = from_zero or lowest * _ZERO_WITHIN <= highest
    floor = Decimal(0) if from_zero else lowest
    return Scale(floor, highest, _marks(floor, highest, ranges, shown)), shown


def _marks(floor: Decimal, highest: Decimal, ranges: Sequence[Band], shown: Iterable[TrendLine]) -> tuple[Decimal, ...]:
    """The values written on an axis: its limits as they are now, the rules' lines, and zero; never only one."""
    newest = (ranges[-1].low, ranges[-1].high) if ranges else ()
    marks = {limit for limit in newest if limit is not None} | {line.newest for line in shown}
    if floor == 0 or len(marks) == 0:
        marks.add(floor)
    return tuple(sorted(marks if len(marks) > 1 else marks | {highest}))


def _is_near(line: TrendLine, lowest: Decimal, highest: Decimal) -> bool:
    return lowest <= line.newest * _FARTHEST_BELOW and line.newest <= highest * _FARTHEST_ABOVE
