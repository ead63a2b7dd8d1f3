"""One line of figures for each fault test, printed together at the end of the run."""

from collections import Counter
from collections.abc import Callable

Figure = Callable[[str], None]

_lines: list[str] = []
_tallies: Counter[str] = Counter()


def figure(line: str) -> None:
    """Take the line of a test, for instance “T-02  95 kill points, 0 lost, 0 unreadable”."""
    _lines.append(line)


def tally(line: str) -> None:
    """Take a line with {} in it from each of several tests; printed once, with how many gave it."""
    _tallies[line] += 1


def figures() -> list[str]:
    """All lines so far, in the order of their tests' numbers."""
    return sorted([*_lines, *(line.format(count) for line, count in _tallies.items())])
