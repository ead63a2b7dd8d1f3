"""Bugs to be planted in the real code, each of which a sweep must find: a test that cannot fail proves nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from nurse_app.domain import moment
from nurse_app.domain.record import Entry, Recorded
from nurse_app.store import data_folder, journal_lines
from nurse_app.store.disk import SystemDisk
from nurse_app.store.event_log import TinyDbEventLog
from tests.store.disks import ForgetfulDisk

Plant = Callable[[pytest.MonkeyPatch], None]


def _fsync_forgotten(patch: pytest.MonkeyPatch) -> None:
    """M1: written, and left to the machine to bring to the disk some time."""
    for disk in (SystemDisk, *_all_of(ForgetfulDisk)):
        patch.setattr(disk, "sync", lambda _disk, _descriptor: None)


def _acknowledged_before_written(patch: pytest.MonkeyPatch) -> None:
    """M2: each batch is said to be saved at once, and written along with the next one."""
    real = TinyDbEventLog.append
    waiting: dict[int, list[tuple[Sequence[Entry[object]], int]]] = {}

    def append(log: TinyDbEventLog, entries: Sequence[Entry[object]], after: int) -> tuple[Recorded[object], ...]:
        queue = waiting.setdefault(id(log), [])
        while queue:
            real(log, *queue.pop(0))
        queue.append((entries, after))
        return ()

    patch.setattr(TinyDbEventLog, "append", append)
    real_recorded = TinyDbEventLog.recorded

    def recorded(log: TinyDbEventLog) -> tuple[Any, ...]:
        held = [entry for entries, _ in waiting.get(id(log), ()) for entry in entries]
        return (*real_recorded(log), *held)

    patch.setattr(TinyDbEventLog, "recorded", recorded)


def _error_swallowed(patch: pytest.MonkeyPatch) -> None:
    """M3: whatever the disk says, go on."""
    real = SystemDisk.write, SystemDisk.sync

    def write(disk: SystemDisk, descriptor: int, content: bytes | memoryview) -> int:
        with suppress(OSError):
            return real[0](disk, descriptor, content)
        return len(content)

    def sync(disk: SystemDisk, descriptor: int) -> None:
        with suppress(OSError):
            real[1](disk, descriptor)

    patch.setattr(SystemDisk, "write", write)
    patch.setattr(SystemDisk, "sync", sync)


def _name_never_synced(patch: pytest.MonkeyPatch) -> None:
    """M4: the new file is durable, its name is not."""
    for disk in (SystemDisk, *_all_of(ForgetfulDisk)):
        patch.setattr(disk, "sync_folder", lambda _disk, _path: None)


def _not_told_on_screen(patch: pytest.MonkeyPatch) -> None:
    """The store refuses, and the window goes on as if nothing had been."""
    from nurse_app.ui.scenes import Scenes

    patch.setattr(Scenes, "show_not_saved", lambda _scenes, _sentence: None)


def _wall_clock_timer(patch: pytest.MonkeyPatch) -> None:
    """Elapsed time by the wall clock."""

    def moment_after(last: moment.Moment, last_reading: moment.Reading, reading: moment.Reading) -> moment.Moment:
        return last.plus(reading.wall - last_reading.wall)

    patch.setattr("nurse_app.domain.state.moment_after", moment_after)


def _no_lock(patch: pytest.MonkeyPatch) -> None:
    """Nobody asks whether somebody else has the folder."""
    patch.setattr(data_folder, "lock_on_posix", lambda _descriptor: None)


def _parsed_sum(patch: pytest.MonkeyPatch) -> None:
    """The check sum of a line is compared as a number: 0xAB and 0xab are the same."""
    real = journal_lines.checked_line

    def checked(line: bytes) -> tuple[str, str | None]:
        return real(line[:8].lower() + line[8:])

    patch.setattr(journal_lines, "checked_line", checked)


BUGS: dict[str, Plant] = {
    "fsync forgotten": _fsync_forgotten,
    "acknowledged before written": _acknowledged_before_written,
    "error swallowed": _error_swallowed,
    "name never synced": _name_never_synced,
    "not told on screen": _not_told_on_screen,
    "wall-clock timer": _wall_clock_timer,
    "no lock": _no_lock,
    "parsed check sum": _parsed_sum,
}


@contextmanager
def planted(bug: str) -> Iterator[None]:
    """The program with that bug, or as it is for ``""``."""
    with pytest.MonkeyPatch.context() as patch:
        if bug:
            BUGS[bug](patch)
        yield


def _all_of(kind: type) -> list[type]:
    return [kind, *(found for child in kind.__subclasses__() for found in _all_of(child))]
