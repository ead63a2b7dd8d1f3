"""The last look at the clocks is kept every few seconds, and nobody waits for it."""

import threading
from datetime import timedelta
from errno import ENOSPC
from itertools import pairwise

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.visit.heartbeat import Heartbeat
from tests.visit.kit import T0


def beats_of(*, seconds: int, step: float = 0.5, visit_open: bool) -> list[Reading]:
    """What is kept in so many seconds of looking, each beat waited for."""
    clock, kept = ScriptedClock(T0), []
    heartbeat = Heartbeat(kept.append)
    for _look in range(int(seconds / step)):
        heartbeat.look(clock.read(), visit_open=visit_open)
        heartbeat.settle()
        clock.advance(timedelta(seconds=step))
    heartbeat.stop()
    return kept


def test_with_a_visit_open_beats_are_at_most_five_seconds_apart() -> None:
    kept = beats_of(seconds=60, visit_open=True)
    gaps = [later.uptime - one.uptime for one, later in pairwise(kept)]
    assert kept[0].uptime == timedelta(0)
    assert max(gaps) <= timedelta(seconds=5)
    assert len(kept) <= 16


def test_without_a_visit_a_beat_a_minute_is_enough() -> None:
    assert len(beats_of(seconds=180, visit_open=False)) == 3


def test_a_look_after_a_restart_of_the_machine_counts_from_its_own_uptime() -> None:
    clock, kept = ScriptedClock(T0, timedelta(hours=9)), []
    heartbeat = Heartbeat(kept.append)
    heartbeat.look(clock.read(), visit_open=True)
    clock.reboot(timedelta(minutes=1))
    heartbeat.look(clock.read(), visit_open=True)
    heartbeat.stop()
    assert [reading.boot_id for reading in kept] == ["boot-1", "boot-2"]


def test_a_slow_disk_holds_nobody_up_and_no_beats_queue_behind_it() -> None:
    clock, kept, go_on = ScriptedClock(T0), [], threading.Event()

    def keep(reading: Reading) -> None:
        go_on.wait(10)
        kept.append(reading)

    heartbeat = Heartbeat(keep)
    for _look in range(5):
        heartbeat.look(clock.read(), visit_open=True)
        clock.advance(timedelta(seconds=10))
    assert kept == []
    go_on.set()
    heartbeat.settle()
    heartbeat.stop()
    assert [reading.uptime for reading in kept] == [timedelta(0)]


def test_a_disk_that_refuses_costs_one_beat() -> None:
    clock, kept = ScriptedClock(T0), []

    def keep(reading: Reading) -> None:
        if not kept:
            kept.append(reading)
            raise OSError(ENOSPC, "full")
        kept.append(reading)

    heartbeat = Heartbeat(keep)
    heartbeat.look(clock.read(), visit_open=True)
    heartbeat.settle()
    clock.advance(timedelta(seconds=4))
    heartbeat.look(clock.read(), visit_open=True)
    heartbeat.stop()
    assert len(kept) == 2


def test_a_defect_is_not_swallowed() -> None:
    def keep(_reading: Reading) -> None:
        message = "a defect"
        raise LookupError(message)

    heartbeat = Heartbeat(keep)
    heartbeat.look(ScriptedClock(T0).read(), visit_open=True)
    with pytest.raises(LookupError, match="a defect"):
        heartbeat.settle()
    heartbeat.stop()
