"""A running infusion's window through 20,000 ticks in fast time: right all the way, and nothing piles up."""

import gc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.formats import countdown
from nurse_app.ui.widgets.ring_clock import RingClock
from tests.ui.driver import Ward
from tests.ui.quick import open_visit, work_to

TICKS = 20_000
TICK = timedelta(milliseconds=250)
LOOK_EVERY = 2_000
PLANNED = timedelta(minutes=60)
A_SECOND = 4


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def counted(ward: Ward) -> tuple[int, int, int]:
    gc.collect()
    objects = ward.stage.findChildren(QObject)
    timers = [each for each in objects if each.inherits("QTimer")]
    return len(objects), len(timers), len(QApplication.allWidgets())


def test_a_running_visit_is_drawn_through_20_000_ticks(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    scenes = ward.program.controller._scenes
    ring = ward.stage.findChild(RingClock)
    assert ring is not None
    digits = QRect(0, 0, 80, 40)
    digits.moveCenter(ring.rect().center())
    passed = timedelta(0)
    counts: list[tuple[int, int, int]] = []
    for tick in range(1, TICKS + 1):
        ward.clock.advance(TICK)
        passed += TICK
        scenes.refresh()
        # The whole ring each second, as it is in use; else the digits only, which are cheap to draw.
        ring.repaint(digits if tick % A_SECOND else ring.rect())
        if tick % LOOK_EVERY == 0:
            ward.key("Shift")
            assert ring.view.digits == countdown(PLANNED - passed), tick
            assert ring.isVisible()
            counts.append(counted(ward))
    # Cards and alarms come at the full hour and when vital signs fall due; between such moments nothing grows.
    assert max(counts[4:])[0] <= counts[3][0] + 60
    assert counts[-1] == counts[-2]
    assert {timers for _objects, timers, _widgets in counts} == {counts[0][1]}
