"""The watch over a window that stands still: it rings in time, and not when there is no need (T-14)."""

from threading import Event

import pytest

from nurse_app.system.watchdog import LIMIT_S, LOOK_EVERY_S, RING_EVERY_S, StandstillWatch


class Machine:
    """Seconds that only the test lets pass, and who rang when."""

    def __init__(self, *, has_sound: bool = True) -> None:
        self.now = 100.0
        self.rang: list[float] = []
        self.watch = StandstillWatch(self.ring, lambda: self.now)
        self._has_sound = has_sound

    def ring(self) -> bool:
        self.rang.append(self.now)
        return self._has_sound

    def pass_by(self, seconds: float, *, window_looks: bool) -> None:
        for _look in range(round(seconds / LOOK_EVERY_S)):
            self.now += LOOK_EVERY_S
            if window_looks:
                self.watch.seen(visit_open=True)
            self.watch.look()


def test_a_window_that_looks_at_the_clocks_never_rings() -> None:
    machine = Machine()
    machine.pass_by(600, window_looks=True)
    assert machine.rang == []


def test_a_window_that_stands_still_rings_within_six_seconds_and_again(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    machine.pass_by(10, window_looks=True)
    stood_still_at = machine.now
    machine.pass_by(LIMIT_S + 1 + 2 * RING_EVERY_S, window_looks=False)
    assert [at - stood_still_at for at in machine.rang] == [5.5, 15.5, 25.5]
    assert "stood still for 5.5 s while a visit is open; rang" in caplog.messages[0]
    machine.pass_by(60, window_looks=True)
    assert len(machine.rang) == 3, "it is quiet once the window goes on"


def test_without_an_open_visit_it_is_quiet() -> None:
    machine = Machine()
    machine.pass_by(60, window_looks=False)
    machine.watch.seen(visit_open=True)
    machine.watch.seen(visit_open=False)
    machine.pass_by(60, window_looks=False)
    assert machine.rang == []


def test_a_program_that_was_stopped_whole_and_goes_on_does_not_ring() -> None:
    machine = Machine()
    machine.pass_by(10, window_looks=True)
    machine.now += 3600
    machine.watch.look()
    machine.pass_by(1, window_looks=False)
    machine.pass_by(10, window_looks=True)
    assert machine.rang == []


def test_a_machine_without_sound_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine(has_sound=False)
    machine.watch.seen(visit_open=True)
    machine.pass_by(6, window_looks=False)
    assert "could not ring: no sound" in caplog.messages[0]


def test_it_watches_on_a_thread_of_its_own_until_it_is_stopped() -> None:
    rang, now = Event(), iter(float(number) for number in range(10_000))

    def ring() -> bool:
        rang.set()
        return True

    # Each question after the time finds a second gone.
    watch = StandstillWatch(ring, lambda: next(now))
    watch.seen(visit_open=True)
    watch.start()
    assert rang.wait(30)
    watch.stop()
    StandstillWatch(ring).stop()
