"""Sleep is held off where the system agrees, and the answer is honest where it does not."""

from collections.abc import Callable, Sequence

import pytest

from nurse_app.system.companion import Companion
from nurse_app.system.sleep_inhibit import (
    LinuxSleepInhibitor,
    NoSleepInhibitor,
    SleepInhibitor,
    WindowsSleepInhibitor,
    machine_sleep_inhibitor,
    sleep_inhibitor,
)
from nurse_app.system.windows import WindowsCalls


class FakeCompanion:
    def __init__(self) -> None:
        self.answered = False
        self.running = True

    def has_answered(self) -> bool:
        return self.answered

    def is_running(self) -> bool:
        return self.running

    def end(self) -> None:
        self.running = False


class Starter:
    """Starts companions that do nothing and remembers the commands."""

    def __init__(self) -> None:
        self.commands: list[Sequence[str]] = []
        self.companions: list[FakeCompanion] = []

    def __call__(self, command: Sequence[str]) -> Companion:
        self.commands.append(command)
        self.companions.append(FakeCompanion())
        return self.companions[-1]


class FakeWindows(WindowsCalls):
    def __init__(self, answer: int | None) -> None:
        self._answer = answer
        self.states: list[int] = []

    def execution_state(self) -> Callable[[int], int] | None:
        return None if self._answer is None else self._set

    def _set(self, state: int) -> int:
        self.states.append(state)
        return self._answer or 0


def choose(platform: str, program: str | None = None, windows: WindowsCalls | None = None) -> SleepInhibitor:
    return sleep_inhibitor(platform, windows or FakeWindows(None), lambda _name: program, Starter())


def test_windows_is_asked_to_keep_system_and_display_on_until_told_otherwise() -> None:
    windows = FakeWindows(answer=0x80000000)
    inhibitor = choose("win32", windows=windows)

    inhibitor.hold()
    held = inhibitor.holds
    inhibitor.release()

    assert windows.states == [0x80000003, 0x80000000]
    assert (held, inhibitor.holds) == (True, False)


def test_windows_that_refuses_is_told_as_not_held() -> None:
    inhibitor = choose("win32", windows=FakeWindows(answer=0))

    inhibitor.hold()

    assert isinstance(inhibitor, WindowsSleepInhibitor)
    assert not inhibitor.holds


@pytest.mark.parametrize(
    "inhibitor", [choose("win32"), choose("linux"), choose("darwin", program="/usr/bin/systemd-inhibit")]
)
def test_a_system_without_a_way_is_told_as_not_held(inhibitor: SleepInhibitor) -> None:
    inhibitor.hold()

    assert isinstance(inhibitor, NoSleepInhibitor)
    assert not inhibitor.holds
    inhibitor.release()


def test_linux_holds_once_the_lock_is_got_and_while_its_program_runs() -> None:
    start = Starter()
    inhibitor = LinuxSleepInhibitor("/usr/bin/systemd-inhibit", start)
    told = [inhibitor.holds]

    inhibitor.hold()
    told.append(inhibitor.holds)
    start.companions[0].answered = True
    told.append(inhibitor.holds)
    start.companions[0].running = False
    told.append(inhibitor.holds)

    assert told == [False, False, True, False]
    assert start.commands[0][0] == "/usr/bin/systemd-inhibit"
    assert "--what=idle:sleep" in start.commands[0]


def test_linux_starts_one_program_however_often_it_is_asked() -> None:
    start = Starter()
    inhibitor = LinuxSleepInhibitor("systemd-inhibit", start)

    inhibitor.hold()
    inhibitor.hold()

    assert len(start.commands) == 1


def test_linux_lets_go_and_can_hold_again() -> None:
    start = Starter()
    inhibitor = LinuxSleepInhibitor("systemd-inhibit", start)
    inhibitor.hold()

    inhibitor.release()
    inhibitor.release()
    inhibitor.hold()

    assert [companion.running for companion in start.companions] == [False, True]


def test_linux_that_cannot_start_the_program_is_told_as_not_held() -> None:
    def no_start(_command: Sequence[str]) -> Companion:
        raise FileNotFoundError

    inhibitor = LinuxSleepInhibitor("systemd-inhibit", no_start)

    inhibitor.hold()

    assert not inhibitor.holds
    inhibitor.release()


def test_linux_with_systemd_uses_its_program() -> None:
    assert isinstance(choose("linux", program="/usr/bin/systemd-inhibit"), LinuxSleepInhibitor)


def test_this_machine_has_an_answer_and_holds_nothing_unasked() -> None:
    assert not machine_sleep_inhibitor().holds
