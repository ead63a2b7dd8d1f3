"""One line of figures for each fault test, printed together at the end of the run."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.machine import memory_folder

_FIGURES = pytest.StashKey[list[str]]()
_TALLIES = pytest.StashKey[Counter[str]]()
Figure = Callable[[str], None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Takes the line of a test, for instance “T-02  95 kill points, 0 lost, 0 unreadable”."""
    return request.config.stash.setdefault(_FIGURES, []).append


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Figure:
    """Takes a line with {} in it from each of several tests; printed once, with how many gave it."""
    counts = request.config.stash.setdefault(_TALLIES, Counter())
    return lambda line: counts.update([line])


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory, for faults that do not depend on the disk: nobody waits for its syncs."""
    with memory_folder() as folder:
        yield folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash.get(_FIGURES, [])
    figures += [line.format(count) for line, count in config.stash.get(_TALLIES, Counter[str]()).items()]
    if figures:
        terminalreporter.section("figures of the fault tests")
        for line in sorted(figures):
            terminalreporter.line(line)
