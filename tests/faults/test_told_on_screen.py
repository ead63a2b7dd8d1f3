"""T-03 at the window: whatever the disk refuses while an entry is saved, the nurse is told, on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EIO, ENOSPC
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.store.disk import SystemDisk
from tests.faults.planted import planted
from tests.figures import Figure
from tests.ui.driver import CALM, Ward
from tests.ui.quick import function_key, open_visit, work_to

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
ERRORS = (EIO, ENOSPC, EDQUOT)
# What one entry asks of the disk.
CALLS = ("state", "write", "sync")
BAR = "not_saved_bar.title"


@contextmanager
def refusing(call: str, error: int) -> Iterator[None]:
    """A disk that does everything but this."""

    def refuse(*_: object) -> None:
        raise OSError(error, "refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SystemDisk, call, refuse)
        yield


def refuse_at_the_window(folder: Path, app: QApplication, bug: str = "") -> tuple[int, int]:
    """How often an entry was refused, and how often nobody was told or the screen said that it was saved."""
    points = not_told = 0
    ward = Ward(folder, app)
    ward.sign_in()
    open_visit(ward, work_to(ward, "prechecks"))
    with planted(bug):
        for call in CALLS:
            for error in ERRORS:
                before = ward.visit(CALM).state
                with refusing(call, error):
                    ward.press("prechecks_page.rest")
                points += 1
                not_told += not (ward.shows(BAR) and ward.visit(CALM).state == before)
                # Read again, or the next one is only refused for that.
                if ward.shows(BAR):
                    function_key(ward, "F5")
                assert ward.parts.service.reopen() == ()
    ward.close()
    return points, not_told


def test_an_entry_that_the_disk_refuses_is_told_on_the_screen(
    tmp_path: Path, qapp: QApplication, figure: Figure
) -> None:
    points, not_told = refuse_at_the_window(tmp_path, qapp)

    figure(f"T-03  {points} points at the window, {not_told} not told on the screen")
    assert points == len(CALLS) * len(ERRORS)
    assert not_told == 0
