"""T-02 and T-03: killed, or refused, at every system call on our files."""

from pathlib import Path

import pytest

from tests.faults.machine import needs
from tests.faults.tracing import kill_everywhere, refuse_everywhere
from tests.figures import Figure

pytestmark = needs("strace")
ERRORS = ("EIO", "ENOSPC", "EDQUOT")


def test_killed_at_any_system_call_nothing_that_was_saved_is_lost(quick_folder: Path, figure: Figure) -> None:
    found = kill_everywhere(quick_folder)

    figure(f"T-02  {found.points} kill points, {found.lost} lost, {found.unreadable} unreadable")
    assert found.points >= 90
    assert found.violations == 0, found.reasons


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_at_any_system_call_is_told_and_loses_nothing(quick_folder: Path, error: str, figure: Figure) -> None:
    found = refuse_everywhere(quick_folder, error)

    figure(f"T-03  {found.points} points with {error}, {found.swallowed} swallowed, {found.lost} lost")
    assert found.points >= 60
    assert found.violations == 0, found.reasons
