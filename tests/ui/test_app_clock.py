"""A wall clock that somebody moves during a visit: the countdowns do not care, the record says it, once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFrame

from nurse_app.domain import events as e
from tests.ui.driver import CALM, FIRST, Ward
from tests.ui.quick import begin, open_visit, shown_strings, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_moved_wall_clock_changes_no_countdown_and_is_noted_once(ward: Ward, hours: int) -> None:
    visit = work_to(ward, "infuse")
    other = begin(ward, FIRST)
    open_visit(ward, visit)
    ward.wait(minutes=10)
    assert "50:00" in shown_strings(ward)
    ward.clock.set_wall_by(timedelta(hours=hours))
    for _turn in range(3):
        ward.settle()
    assert "50:00" in shown_strings(ward)
    ward.wait(minutes=1)
    assert "49:00" in shown_strings(ward)
    for record_no in (CALM, FIRST):
        noted = [item for item in ward.visit(record_no).record if isinstance(item.event, e.ClockStepNoticed)]
        assert len(noted) == 1, other
        assert noted[0].entry.by == "program"
    assert ward.shows("alert_bar") or "clock" in ward.words().casefold()


def test_small_unevenness_is_no_step(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    ward.clock.set_wall_by(timedelta(seconds=2))
    ward.settle()
    assert not any(isinstance(item.event, e.ClockStepNoticed) for item in ward.visit(CALM).record)


def test_an_alarm_that_nobody_acknowledged_flashes_with_the_beat(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    ward.wait(minutes=70)
    marks = [frame for frame in ward.stage.findChildren(QFrame) if frame.property("kind") == "alert-mark"]
    seen: set[str] = set()
    for _beat in range(12):
        ward.program.controller.beat()
        seen |= {str(mark.property("lit")) for mark in marks if mark.isVisible()}
    assert len(seen) > 1, seen


def test_the_machine_is_kept_awake_from_the_start_of_the_infusion_to_the_end_of_the_watch(ward: Ward) -> None:
    assert set(ward.awake) == {False}
    open_visit(ward, work_to(ward, "infuse"))
    assert ward.awake[-1] is True
    ward.key("F8")
    assert ward.awake[-1] is True


def test_the_machine_may_sleep_when_the_watch_is_over(ward: Ward) -> None:
    work_to(ward, "observe")
    assert ward.awake[-1] is True
    ward.wait(minutes=60)
    ward.press(f"visit.{ward.visit(CALM).visit_id}.open")
    ward.press("complete")
    assert ward.awake[-1] is False


def test_after_a_sleep_of_the_machine_the_time_over_is_shown_and_nothing_is_lost(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    ward.clock.advance(timedelta(minutes=75))
    ward.settle()
    assert "Locked" in ward.words()
    ward.enter_pin("sign_in.pin", "246810")
    assert "+15:00" in shown_strings(ward)
    assert ward.phase() == "infuse"
