"""The limits of the clinical facts (4.1 and 4.5) written down a second time, independent of the protocol's data.

A scale is cut into pieces; each piece has its meaning. A result known only to lie beyond a figure has the worst meaning
of all pieces that it may lie in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# So little that no rounding may swallow it, and nothing that a laboratory prints lies between.
STEP = Decimal("0.000001")
FAR = Decimal(1000)


@dataclass(frozen=True)
class Cut:
    """Where a piece begins: ``from`` includes the figure, ``above`` does not."""

    begins: Literal["from", "above"]
    figure: Decimal
    means: str | None


def cuts(*pairs: tuple[str, str | None]) -> tuple[Cut, ...]:
    """Cuts from “from 3” or “above 2.5” and what lies beyond; the first begins at “from 0”."""
    return tuple(_cut(where, means) for where, means in pairs)


def _cut(where: str, means: str | None) -> Cut:
    word, _, figure = where.partition(" ")
    assert word in ("from", "above")
    return Cut("from" if word == "from" else "above", Decimal(figure), means)


def meaning(scale: Sequence[Cut], value: Decimal) -> str | None:
    """What an exact value means."""
    reached = [cut for cut in scale if value > cut.figure or (value == cut.figure and cut.begins == "from")]
    return reached[-1].means


def worst(scale: Sequence[Cut], comparator: str, figure: Decimal, order: Mapping[str | None, int]) -> str | None:
    """The worst meaning of every value that “<100” or “>=3” may stand for."""
    allowed = {
        "": lambda value: value == figure,
        "<": lambda value: value < figure,
        "<=": lambda value: value <= figure,
        ">": lambda value: value > figure,
        ">=": lambda value: value >= figure,
    }[comparator]
    found = [meaning(scale, value) for value in {*probes(scale), figure} if allowed(value)]
    return max(found, key=order.__getitem__)


def probes(scale: Sequence[Cut]) -> Iterator[Decimal]:
    """Just below, exactly at and just above every cut; and far above."""
    yield FAR
    for cut in scale:
        yield cut.figure
        yield cut.figure + STEP
        if cut.figure:
            yield cut.figure - STEP


def written(scale: Sequence[Cut]) -> Iterator[tuple[str, Decimal]]:
    """Every probe as an exact result, and every cut with each comparator (nothing is below 0)."""
    for value in sorted(set(probes(scale))):
        yield "", value
    for figure in sorted({cut.figure for cut in scale}):
        yield from ((comparator, figure) for comparator in (">", ">=", "<=", "<") if figure or comparator[0] == ">")
