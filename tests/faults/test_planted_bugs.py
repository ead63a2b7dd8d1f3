"""T-62: bugs planted in the real code, each caught by the sweep that is there for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Figure
from tests.faults.machine import needs
from tests.faults.test_power_cut_replay import replay_every_cut
from tests.faults.tracing import kill_everywhere, refuse_everywhere

needs_strace = needs("strace")


def by_kill(folder: Path, bug: str) -> int:
    return kill_everywhere(folder, bug).violations


def by_refusal(folder: Path, bug: str) -> int:
    return refuse_everywhere(folder, "EIO", bug, ("write", "fsync")).violations


def by_replay(_: Path, bug: str) -> int:
    return replay_every_cut(4, bug).violations


CAUGHT_BY: dict[str, Callable[[Path, str], int]] = {
    "fsync forgotten": by_replay,
    "acknowledged before written": by_kill,
    "error swallowed": by_refusal,
    "name never synced": by_replay,
}


@pytest.mark.parametrize("bug", CAUGHT_BY)
def test_a_planted_bug_is_caught(tmp_path: Path, bug: str, figure: Figure) -> None:
    found = CAUGHT_BY[bug](tmp_path, bug)

    figure(f"T-62  {bug}: {found} violations")
    assert found > 0
