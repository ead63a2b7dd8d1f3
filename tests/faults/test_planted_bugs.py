"""T-62: bugs planted in the real code, each caught by the sweep that is there for it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain.protocol import InfusionProtocol
from tests.faults.machine import needs
from tests.faults.planted import BUGS, planted
from tests.faults.test_damage import FEW, flip_every_bit
from tests.faults.test_power_cut_replay import replay_every_cut
from tests.faults.test_processes import start_at_once
from tests.faults.test_told_on_screen import refuse_at_the_window
from tests.faults.tracing import kill_everywhere, refuse_everywhere
from tests.figures import Figure
from tests.kit import TestVisit

needs_strace = needs("strace")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def by_kill(folder: Path, bug: str) -> int:
    return kill_everywhere(folder, bug).violations


def by_refusal(folder: Path, bug: str) -> int:
    return refuse_everywhere(folder, "EIO", bug, ("write", "fsync")).violations


def by_replay(_: Path, bug: str) -> int:
    return replay_every_cut(4, bug).violations


def by_flipped_bits(folder: Path, bug: str) -> int:
    return flip_every_bit(folder, FEW, bug).violations


def by_many_starts(folder: Path, bug: str) -> int:
    return start_at_once(folder / "records", 20, bug).violations


CAUGHT_BY = {
    "fsync forgotten": by_replay,
    "acknowledged before written": pytest.param(by_kill, marks=needs_strace),
    "error swallowed": pytest.param(by_refusal, marks=needs_strace),
    "name never synced": by_replay,
    "no lock": by_many_starts,
    "parsed check sum": by_flipped_bits,
}


def cases() -> list[object]:
    """Bug and sweep, with whatever the sweep needs of the machine."""
    found: list[object] = []
    for bug, sweep in CAUGHT_BY.items():
        values = getattr(sweep, "values", (sweep,))
        found.append(pytest.param(bug, *values, marks=getattr(sweep, "marks", ()), id=bug))
    return found


@pytest.mark.parametrize(("bug", "sweep"), cases())
def test_a_planted_bug_is_caught(
    bug: str, sweep: Callable[[Path, str], int], quick_folder: Path, figure: Figure, tally: Figure
) -> None:
    found = sweep(quick_folder, bug)

    figure(f"T-62  {bug}: {found} violations")
    assert found > 0
    tally(f"T-62  {{}} of {len(BUGS)} planted bugs caught")


def test_a_window_that_does_not_tell_is_caught(
    tmp_path: Path, qapp: QApplication, figure: Figure, tally: Figure
) -> None:
    _, not_told = refuse_at_the_window(tmp_path, qapp, "not told on screen")

    figure(f"T-62  not told on screen: {not_told} violations")
    assert not_told > 0
    tally(f"T-62  {{}} of {len(BUGS)} planted bugs caught")


def wrong_under_a_moved_clock(protocol: InfusionProtocol, bug: str) -> int:
    """How often the running time differs from the truth after somebody has moved the wall clock."""
    wrong = 0
    with planted(bug):
        for seconds in (1, 60, 3600, 86400):
            for step in (timedelta(seconds=seconds), -timedelta(seconds=seconds)):
                visit = TestVisit(protocol).to("infuse")
                visit.wall_moved = step
                visit.wait(minutes=5)
                wrong += visit.shown()["infusion"]["elapsed_s"] != 300
    return wrong


def test_a_timer_by_the_wall_clock_is_caught(protocol: InfusionProtocol, figure: Figure, tally: Figure) -> None:
    assert wrong_under_a_moved_clock(protocol, "") == 0
    wrong = wrong_under_a_moved_clock(protocol, "wall-clock timer")

    figure(f"T-62  wall-clock timer: {wrong} violations")
    assert wrong > 0
    tally(f"T-62  {{}} of {len(BUGS)} planted bugs caught")
