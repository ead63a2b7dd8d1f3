"""The look at the clocks, and the one writer thread."""

import threading
from collections.abc import Callable
from datetime import timedelta
from queue import SimpleQueue

import pytest

from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.visit.watch import ClockWatch
from nurse_app.visit.writer import Done, Failed, Finished, Writer
from tests.visit.kit import T0


def test_a_moved_wall_clock_is_noticed_once_and_a_sleep_is_no_step() -> None:
    clock = ScriptedClock(T0)
    watch = ClockWatch(clock.read())
    clock.advance(timedelta(hours=2))
    assert watch.step(clock.read()) is None
    clock.set_wall_by(timedelta(minutes=-5))
    clock.advance(timedelta(seconds=1))
    assert watch.step(clock.read()) == timedelta(minutes=-5)
    assert watch.step(clock.read()) is None


def test_two_seconds_are_the_clocks_own_unevenness() -> None:
    clock = ScriptedClock(T0)
    watch = ClockWatch(clock.read())
    clock.set_wall_by(timedelta(seconds=2))
    assert watch.step(clock.read()) is None
    clock.set_wall_by(timedelta(seconds=2.1))
    assert watch.step(clock.read()) == timedelta(seconds=2.1)


def test_after_a_restart_of_the_machine_no_step_is_claimed() -> None:
    clock = ScriptedClock(T0)
    watch = ClockWatch(clock.read())
    clock.reboot(timedelta(minutes=30))
    assert watch.step(clock.read()) is None


class Desk:
    """Takes what the writer delivers and runs it on the test's own thread."""

    def __init__(self) -> None:
        self.arrived: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def run_next(self) -> None:
        self.arrived.get(timeout=10)()


def test_work_runs_in_order_on_another_thread_and_ends_on_the_callers() -> None:
    desk = Desk()
    writer = Writer(desk.arrived.put)
    ran_on: list[str] = []
    ends: list[Done[int]] = []
    for number in range(3):

        def work(number: int = number) -> int:
            ran_on.append(threading.current_thread().name)
            return number

        writer.submit(work, ends.append)
    assert writer.pending == 3
    for _piece in range(3):
        desk.run_next()
    assert ends == [Finished(0), Finished(1), Finished(2)]
    assert writer.pending == 0
    assert threading.current_thread().name not in ran_on
    assert len(set(ran_on)) == 1
    writer.stop()


def test_an_error_is_handed_on_and_the_next_work_still_runs() -> None:
    desk = Desk()
    writer = Writer(desk.arrived.put)
    ends: list[Done[int]] = []

    def fail() -> int:
        raise OSError("the disk is full")

    writer.submit(fail, ends.append)
    writer.submit(lambda: 7, ends.append)
    desk.run_next()
    desk.run_next()
    assert isinstance(ends[0], Failed)
    assert str(ends[0].error) == "the disk is full"
    assert ends[1] == Finished(7)
    writer.stop()


def test_what_nobody_waits_for_is_not_pending_and_comes_after_what_was_asked_before() -> None:
    desk = Desk()
    writer = Writer(desk.arrived.put)
    order: list[str] = []
    writer.submit(lambda: order.append("entry"), lambda _end: None)
    writer.submit_behind(lambda: order.append("behind") or 7, lambda found: order.append(f"found {found}"))
    assert writer.pending == 1
    desk.run_next()
    assert writer.pending == 0
    desk.run_next()
    assert order == ["entry", "behind", "found 7"]
    writer.stop()


def test_a_piece_that_fails_is_handed_on_and_one_that_nobody_waits_for_raises() -> None:
    desk = Desk()
    writer = Writer(desk.arrived.put)
    ends: list[Done[int]] = []

    def fail() -> int:
        raise OSError("the disk is full")

    writer.submit_piece(fail, ends.append)
    writer.submit_piece(lambda: 7, ends.append)
    assert writer.pending == 0
    desk.run_next()
    desk.run_next()
    assert isinstance(ends[0], Failed)
    assert ends[1] == Finished(7)
    writer.submit_behind(fail, lambda _never: None)
    with pytest.raises(OSError, match="full"):
        desk.run_next()
    writer.stop()


def test_after_the_end_nobody_hears_of_what_nobody_waited_for() -> None:
    desk = Desk()
    writer = Writer(desk.arrived.put)
    heard: list[int] = []
    writer.submit_behind(lambda: 7, heard.append)
    writer.stop()
    desk.run_next()
    assert heard == []
