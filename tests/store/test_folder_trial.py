"""The trial of a data folder: it finds what keeps entries from being saved, and leaves nothing behind."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from errno import EACCES, EDQUOT, EIO, ENOLCK, ENOSPC, EPERM, EROFS
from itertools import count
from pathlib import Path

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.store.data_folder import DataFolderError, Locking, lock_on_posix
from nurse_app.store.disk import Disk, SystemDisk
from nurse_app.store.folder_trial import SCRATCH, TrialTools, fault_of, try_folder
from nurse_app.store.kinds import event_codecs
from nurse_app.store.record_folder import StoreTools
from nurse_app.visit.ports import NotSavedError, UnreadableRecordError
from nurse_app.visit.self_test import DiskFault, FolderStep, FolderTrial
from tests.cli.kit import files_in
from tests.faults.machine import memory_folder
from tests.store.disks import FaultyDisk
from tests.store.kit import CountingIdentifiers, own, system_disk

READING = Reading(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), timedelta(hours=5), "boot")
HOUR_NS = 3_600 * 10**9


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory: nobody waits for its syncs."""
    with memory_folder() as folder:
        yield folder


def trial_of(root: Path, disk: Disk | None = None, locking: Locking = lock_on_posix) -> FolderTrial:
    """A trial; its clock goes on by 1 ms at each look."""
    ticks = count(0, 10**6)
    store = StoreTools(disk or system_disk(), event_codecs(), CountingIdentifiers())
    return try_folder(root, TrialTools(store, locking, READING, lambda: next(ticks)))


def test_a_sound_folder_keeps_entries_and_nothing_of_the_trial(tmp_path: Path) -> None:
    (tmp_path / "visits").mkdir()
    (tmp_path / "visits" / "kept").write_bytes(b"kept")

    trial = trial_of(tmp_path)

    assert trial == FolderTrial(None, None, 3, timedelta(milliseconds=1))
    assert files_in(tmp_path) == {"visits/kept": b"kept"}
    assert [item.name for item in tmp_path.iterdir()] == ["visits"]


def test_a_folder_that_is_not_there_is_made_and_removed_with_those_above_it(tmp_path: Path) -> None:
    assert trial_of(tmp_path / "ward" / "pc" / "records").fault is None

    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_running_program_is_tried_without_its_lock(tmp_path: Path) -> None:
    records = own(tmp_path)
    before = files_in(tmp_path)

    assert trial_of(tmp_path).fault is None

    assert files_in(tmp_path) == before
    records.close()


FAULTS: Mapping[int, DiskFault] = {
    ENOSPC: DiskFault.FULL,
    EDQUOT: DiskFault.FULL,
    EROFS: DiskFault.READ_ONLY,
    EACCES: DiskFault.FORBIDDEN,
    EPERM: DiskFault.FORBIDDEN,
    EIO: DiskFault.FAULT,
}
# What is asked to see what is there, to tidy up, or for the note about a lock's owner, which only serves a message.
MAY_FAIL = ("state", "remove_folder", "remove", "list_folder", "cut", "sync_folder", "read")
MUST_BE_TOLD = ("create", "sync", "make_folder", "replace", "open_lock")


@pytest.mark.parametrize("number", FAULTS, ids=os.strerror)
def test_whatever_the_disk_refuses_is_found(quick_folder: Path, number: int) -> None:
    whole = FaultyDisk(10**6, OSError())
    assert trial_of(quick_folder / "whole", whole).fault is None
    steps = set()

    for at in range(1, len(whole.calls) + 1):
        root = quick_folder / f"records-{at}"
        disk = FaultyDisk(at, OSError(number, os.strerror(number)))
        trial = trial_of(root, disk)
        call = disk.calls[at - 1]
        if trial.fault is None:
            of_the_note = call == "write" and disk.calls[at - 2] in ("cut", "write")
            assert of_the_note or call in MAY_FAIL, (at, call)
        else:
            assert trial.fault in (FAULTS[number], DiskFault.DIFFERENT, DiskFault.FAULT), (at, call)
            steps.add(trial.step)
        assert trial.fault is not None or call not in MUST_BE_TOLD, (at, call)
        disk.die()

    assert steps == set(FolderStep)


def test_a_full_disk_stops_at_the_writing(tmp_path: Path) -> None:
    class FullDisk(SystemDisk):
        def write(self, descriptor: int, content: bytes | memoryview) -> int:
            raise OSError(ENOSPC, "full")

    trial = trial_of(tmp_path, FullDisk(windows=False, pause=lambda _: None))

    assert (trial.step, trial.fault) == (FolderStep.WRITE, DiskFault.FULL)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_read_only_stops_at_once(tmp_path: Path) -> None:
    class ReadOnlyDisk(SystemDisk):
        def make_folder(self, path: Path) -> bool:
            raise OSError(EROFS, "read only")

    trial = trial_of(tmp_path, ReadOnlyDisk(windows=False, pause=lambda _: None))

    assert (trial.step, trial.fault) == (FolderStep.MAKE, DiskFault.READ_ONLY)


def test_a_disk_that_gives_back_something_else_is_found(tmp_path: Path) -> None:
    class Forgetful(SystemDisk):
        def read(self, path: Path, limit: int) -> bytes:
            return super().read(path, limit)[:-1] + b"?"

    trial = trial_of(tmp_path, Forgetful(windows=False, pause=lambda _: None))

    assert (trial.step, trial.fault) == (FolderStep.READ, DiskFault.DIFFERENT)


def test_a_renamed_file_that_is_another_and_names_that_do_not_last_are_found(tmp_path: Path) -> None:
    class MixesUp(SystemDisk):
        def read(self, path: Path, limit: int) -> bytes:
            return b"another" if path.name == "renamed" else super().read(path, limit)

    class ForgetsNames(SystemDisk):
        def sync_folder(self, path: Path) -> None:
            if path.name.startswith(SCRATCH):
                raise OSError(EIO, "fault")
            super().sync_folder(path)

    for disk, fault in ((MixesUp, DiskFault.DIFFERENT), (ForgetsNames, DiskFault.FAULT)):
        trial = trial_of(tmp_path, disk(windows=False, pause=lambda _: None))
        assert (trial.step, trial.fault) == (FolderStep.RENAME, fault)
    assert list(tmp_path.iterdir()) == []


def test_entries_that_are_not_all_there_again_are_found(tmp_path: Path) -> None:
    class LosesTheLastLine(SystemDisk):
        def read(self, path: Path, limit: int) -> bytes:
            lines = super().read(path, limit).splitlines(keepends=True)
            return b"".join(lines[:2] if path.suffix == ".jsonl" else lines)

    trial = trial_of(tmp_path, LosesTheLastLine(windows=False, pause=lambda _: None))

    assert (trial.step, trial.fault, trial.entries) == (FolderStep.JOURNAL, DiskFault.DIFFERENT, 0)


def test_a_folder_without_locks_is_found(tmp_path: Path) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(ENOLCK, "no locks")

    trial = trial_of(tmp_path, locking=refuse)

    assert (trial.step, trial.fault) == (FolderStep.JOURNAL, DiskFault.FAULT)


def test_a_file_in_place_of_the_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "records").write_bytes(b"not a folder")

    trial = trial_of(tmp_path / "records")

    assert (trial.step, trial.fault) == (FolderStep.MAKE, DiskFault.NO_FOLDER)
    assert files_in(tmp_path) == {"records": b"not a folder"}


def test_what_a_killed_trial_has_left_goes_with_the_next_but_not_what_is_running(tmp_path: Path) -> None:
    for name, age_ns in (("old", 2 * HOUR_NS), ("new", 0)):
        folder = tmp_path / f"{SCRATCH}{name}"
        (folder / "records").mkdir(parents=True)
        (folder / "records" / "left").write_bytes(b"")
        now_ns = folder.stat().st_mtime_ns
        os.utime(folder, ns=(now_ns - age_ns, now_ns - age_ns))

    assert trial_of(tmp_path).fault is None

    assert [item.name for item in tmp_path.iterdir()] == [f"{SCRATCH}new"]


def test_what_cannot_be_removed_of_an_older_trial_stops_nobody(tmp_path: Path) -> None:
    class Clings(SystemDisk):
        def remove_folder(self, path: Path) -> None:
            if path.name == f"{SCRATCH}old":
                raise OSError(EACCES, "no")
            super().remove_folder(path)

    old = tmp_path / f"{SCRATCH}old"
    old.mkdir()
    (tmp_path / "other").mkdir()
    os.utime(old, ns=(0, 0))

    assert trial_of(tmp_path, Clings(windows=False, pause=lambda _: None)).fault is None


def test_every_kind_of_error_is_some_fault() -> None:
    behind = NotSavedError("not saved")
    behind.__cause__ = OSError(ENOSPC, "full")

    assert fault_of(behind) is DiskFault.FULL
    assert fault_of(DataFolderError("no idea")) is DiskFault.FAULT
    assert fault_of(UnreadableRecordError("damaged")) is DiskFault.DIFFERENT
    assert fault_of(OSError("no number")) is DiskFault.FAULT
