"""The machine's clocks on each platform, with the lowest readers replaced."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from nurse_app.domain.moment import first_moment, moment_after
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.system.clock import BootClock, SystemClock, boot_clock, machine_clock, steady_clock
from nurse_app.system.windows import WindowsCalls

SECOND = 1_000_000_000
NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NINE_NS = int(NINE.timestamp()) * SECOND


class Counter:
    """A counter of nanoseconds that stands at ``seconds``."""

    def __init__(self, seconds: int = 0) -> None:
        self.seconds = seconds

    def __call__(self) -> int:
        return self.seconds * SECOND


class FakeWindows(WindowsCalls):
    def __init__(
        self,
        boot_instant: int | None = 0x1DD,
        interrupt_time: Callable[[], int] | None = None,
        tick_count: Callable[[], int] | None = None,
    ) -> None:
        self._boot_instant = boot_instant
        self._interrupt_time = interrupt_time
        self._tick_count = tick_count

    def boot_instant(self) -> int | None:
        return self._boot_instant

    def interrupt_time(self) -> Callable[[], int] | None:
        return self._interrupt_time

    def tick_count(self) -> Callable[[], int] | None:
        return self._tick_count


def no_steady_clock() -> int:
    raise AssertionError("There was a better clock.")


def test_a_reading_has_the_wall_clock_with_the_local_offset_and_the_uptime() -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    clock = SystemClock(
        BootClock("boot", lambda: 90_000_001_999),
        wall_ns=lambda: NINE_NS + 123_456_789,
        to_local=lambda instant: instant.astimezone(kathmandu),
    )

    reading = clock.read()

    assert reading.wall.isoformat() == "2026-11-22T14:45:00.123456+05:45"
    assert reading.uptime == timedelta(seconds=90, microseconds=1)
    assert reading.boot_id == "boot"


def test_the_offset_is_looked_up_for_each_reading_so_that_summer_time_may_end_between_two() -> None:
    offsets = iter([2, 1])
    wall = Counter(NINE_NS // SECOND)
    clock = SystemClock(
        BootClock("boot", Counter()),
        wall_ns=wall,
        to_local=lambda instant: instant.astimezone(timezone(timedelta(hours=next(offsets)))),
    )

    before = clock.read().wall
    wall.seconds += 60
    after = clock.read().wall

    assert (before.hour, after.hour) == (11, 10)
    assert after - before == timedelta(minutes=1)


def test_linux_gives_its_boot_id_and_the_clock_that_counts_sleep(tmp_path: Path) -> None:
    file = tmp_path / "boot_id"
    file.write_text("2f1d6c0e-0000-4000-8000-3b0c5f3c7a11\n", encoding="ascii")

    clock = boot_clock("linux", SequentialIdentifiers(), steady_ns=Counter(7), boot_id_file=file)

    assert clock.boot_id == "2f1d6c0e-0000-4000-8000-3b0c5f3c7a11"
    assert clock.uptime_ns() == 7 * SECOND


@pytest.mark.parametrize("content", [None, b"", b"\xff\n"], ids=["missing", "empty", "damaged"])
def test_linux_without_a_boot_id_counts_from_the_start_of_the_process(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "boot_id"
    if content is not None:
        file.write_bytes(content)
    counter = Counter(500_000)

    clock = boot_clock("linux", SequentialIdentifiers(), steady_ns=counter, boot_id_file=file)
    counter.seconds += 3

    assert clock.boot_id == f"process-{1:032x}"
    assert clock.uptime_ns() == 3 * SECOND


def test_windows_takes_the_interrupt_time_first() -> None:
    windows = FakeWindows(interrupt_time=Counter(11), tick_count=Counter(22))

    clock = boot_clock("win32", SequentialIdentifiers(), steady_ns=no_steady_clock, windows=windows)

    assert (clock.boot_id, clock.uptime_ns()) == ("windows-1dd", 11 * SECOND)


def test_windows_before_10_takes_the_tick_count() -> None:
    windows = FakeWindows(tick_count=Counter(22))

    clock = boot_clock("win32", SequentialIdentifiers(), steady_ns=no_steady_clock, windows=windows)

    assert (clock.boot_id, clock.uptime_ns()) == ("windows-1dd", 22 * SECOND)


def test_windows_without_a_boot_instant_counts_from_the_start_of_the_process() -> None:
    interrupt_time = Counter(500_000)
    windows = FakeWindows(boot_instant=None, interrupt_time=interrupt_time)

    clock = boot_clock("win32", SequentialIdentifiers(), steady_ns=no_steady_clock, windows=windows)
    interrupt_time.seconds += 3

    assert (clock.boot_id, clock.uptime_ns()) == (f"process-{1:032x}", 3 * SECOND)


def test_windows_without_any_call_of_its_own_falls_back_on_python() -> None:
    counter = Counter(500_000)

    clock = boot_clock("win32", SequentialIdentifiers(), steady_ns=counter, windows=FakeWindows())
    counter.seconds += 3

    assert (clock.boot_id, clock.uptime_ns()) == (f"process-{1:032x}", 3 * SECOND)


def test_a_platform_unknown_to_us_counts_from_the_start_of_the_process() -> None:
    counter = Counter(500_000)

    clock = boot_clock("darwin", SequentialIdentifiers(), steady_ns=counter)

    assert (clock.boot_id, clock.uptime_ns()) == (f"process-{1:032x}", 0)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_restart_of_the_program_never_makes_more_time_pass_than_did(platform: str, tmp_path: Path) -> None:
    # The machine has been up for days; the program ends and comes back a minute later, its start unknown.
    wall, counter = Counter(NINE_NS // SECOND), Counter(500_000)
    identifiers = SequentialIdentifiers()

    def program() -> SystemClock:
        windows = FakeWindows(boot_instant=None, interrupt_time=counter)
        file = tmp_path / "no boot_id"
        clock = boot_clock(platform, identifiers, steady_ns=counter, boot_id_file=file, windows=windows)
        return SystemClock(clock, wall, to_local=lambda instant: instant)

    def pass_time(seconds: int) -> None:
        wall.seconds += seconds
        counter.seconds += seconds

    before = program().read()
    pass_time(60)
    second_program = program()
    pass_time(5)
    after = second_program.read()

    start = first_moment(before)
    passed = moment_after(start, before, after).since(start)

    assert passed.least <= timedelta(seconds=65) <= passed.most


def test_the_steady_clock_elsewhere_is_pythons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    earlier, later = steady_clock()(), steady_clock()()

    assert 0 < earlier <= later


def test_the_clock_of_this_machine_reads_and_never_goes_back() -> None:
    clock = machine_clock(SequentialIdentifiers())

    earlier, later = clock.read(), clock.read()

    assert earlier.wall.utcoffset() is not None
    assert earlier.uptime <= later.uptime
    assert earlier.boot_id == later.boot_id != ""
