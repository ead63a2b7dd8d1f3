"""A trial of the data folder in a folder of its own inside it, which is gone afterwards. Their lock is not taken.

Everything that an entry needs is done once: make, write, sync, read back, rename, sync the names; then entries go
through the real storage, are let go of and read again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from errno import EACCES, EDQUOT, EFBIG, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from hashlib import shake_256
from itertools import takewhile
from pathlib import Path

from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry
from nurse_app.domain.station_events import ClockTrusted
from nurse_app.store.data_folder import DataFolderError, Locking, Owner, make_folders_above
from nurse_app.store.disk import Disk, FolderItem, write_all
from nurse_app.store.record_folder import StoreTools, look_at_records, own_records
from nurse_app.visit.ports import EventLog, InUseError, NotSavedError, StreamKind, UnreadableRecordError
from nurse_app.visit.self_test import DiskFault, FolderStep, FolderTrial

SCRATCH = ".self-test-"
# More than a page of any disk.
_CONTENT = shake_256(SCRATCH.encode()).digest(70_000)
_ENTRIES = 3
# What a trial that was killed has left is older than any trial takes.
_LEFT_BEHIND_NS = 3_600 * 10**9
_REASONS = {
    **dict.fromkeys((ENOSPC, EDQUOT, EFBIG), DiskFault.FULL),
    EROFS: DiskFault.READ_ONLY,
    **dict.fromkeys((EACCES, EPERM), DiskFault.FORBIDDEN),
    **dict.fromkeys((ENOENT, ENOTDIR), DiskFault.NO_FOLDER),
}


class _DifferentError(Exception):
    """The disk gave back something else than it was given."""


@dataclass(frozen=True, slots=True)
class TrialTools:
    """What a trial works with. ``steady_ns`` counts ns and cannot be set; ``reading`` is for its entries."""

    store: StoreTools
    locking: Locking
    reading: Reading
    steady_ns: Callable[[], int]


class _Trial:
    """One trial, and how far it is."""

    def __init__(self, root: Path, tools: TrialTools) -> None:
        self._root = root
        self._tools = tools
        self._disk = tools.store.disk
        self._missing = _missing(tools.store.disk, root)
        self._longest_ns = 0
        self.step = FolderStep.MAKE
        self.entries = 0
        self.scratch = root / f"{SCRATCH}{tools.store.identifiers.new_id()}"

    @property
    def longest_sync(self) -> timedelta:
        return timedelta(microseconds=self._longest_ns // 1000)

    def run(self) -> None:
        """Raises OSError, and what the store raises."""
        disk = self._disk
        make_folders_above(disk, self._root)
        disk.make_folder(self._root)
        _remove_left_behind(disk, self._root)
        disk.make_folder(self.scratch)
        self._one_file()
        self.step = FolderStep.JOURNAL
        self._journal()
        self.step = FolderStep.REMOVE
        _remove_tree(disk, self.scratch)
        disk.sync_folder(self._root)

    def tidy(self) -> None:
        """Leave nothing behind, however far it came."""
        with suppress(OSError):
            _remove_tree(self._disk, self.scratch)
        with suppress(OSError):
            for folder in self._missing:
                self._disk.remove_folder(folder)

    def _one_file(self) -> None:
        disk, first, second = self._disk, self.scratch / "trial", self.scratch / "renamed"
        self.step = FolderStep.WRITE
        descriptor = disk.create(first)
        try:
            write_all(disk, descriptor, _CONTENT)
            self.step = FolderStep.SYNC
            self._sync(descriptor)
        finally:
            disk.close(descriptor)
        self.step = FolderStep.READ
        self._compare(first)
        self.step = FolderStep.RENAME
        disk.replace(first, second)
        disk.sync_folder(self.scratch)
        self._compare(second)

    def _sync(self, descriptor: int) -> None:
        began = self._tools.steady_ns()
        self._disk.sync(descriptor)
        self._longest_ns = max(self._longest_ns, self._tools.steady_ns() - began)

    def _compare(self, path: Path) -> None:
        if self._disk.read(path, len(_CONTENT)) != _CONTENT:
            raise _DifferentError

    def _journal(self) -> None:
        root, tools, wall = self.scratch / "records", self._tools, self._tools.reading.wall
        owner = Owner(0, "", "")
        wanted: list[Entry[object]] = [Entry(ClockTrusted(wall, wall), "program", tools.reading)] * _ENTRIES
        folder = own_records(root, tools.store, owner, tools.locking)
        try:
            log = folder.create(StreamKind.STATION, "trial")
            for entry in wanted[:-1]:
                self._append(log, entry)
        finally:
            folder.close()
        folder = own_records(root, tools.store, owner, tools.locking)
        try:
            # The last one as after a restart.
            log = folder.open(StreamKind.STATION, "trial")
            self._append(log, wanted[-1])
        finally:
            folder.close()
        content = look_at_records(root, tools.store).content(StreamKind.STATION, "trial")
        kept = [each.entry for each in content.recorded]
        if kept != wanted:
            raise _DifferentError
        self.entries = len(kept)

    def _append(self, log: EventLog[object], entry: Entry[object]) -> None:
        began = self._tools.steady_ns()
        log.append([entry], after=len(log.recorded()))
        self._longest_ns = max(self._longest_ns, self._tools.steady_ns() - began)


def try_folder(root: Path, tools: TrialTools) -> FolderTrial:
    """Try a data folder, whoever owns it; one that is not there is made, and removed again."""
    trial = _Trial(root, tools)
    fault: DiskFault | None = None
    try:
        trial.run()
    except (OSError, DataFolderError, InUseError, NotSavedError, UnreadableRecordError, _DifferentError) as error:
        fault = fault_of(error)
    finally:
        trial.tidy()
    return FolderTrial(trial.step if fault else None, fault, trial.entries, trial.longest_sync)


def fault_of(error: BaseException) -> DiskFault:
    """The kind of fault behind an error of the disk or of the store."""
    if isinstance(error, _DifferentError | UnreadableRecordError):
        return DiskFault.DIFFERENT
    cause = error if isinstance(error, OSError) else error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    return _REASONS.get(number or 0, DiskFault.FAULT)


def _missing(disk: Disk, root: Path) -> tuple[Path, ...]:
    """The folders on the way to the data folder that are not there, itself first."""

    def is_missing(folder: Path) -> bool:
        try:
            disk.state(folder)
        except OSError:
            return True
        return False

    return tuple(takewhile(is_missing, (root, *root.parents)))


def _remove_left_behind(disk: Disk, root: Path) -> None:
    """Remove what a killed trial has left. By the disk's own times: every wall clock may be wrong."""
    items = disk.list_folder(root)
    now_ns = max((item.changed_ns for item in items), default=0)
    for item in items:
        if item.name.startswith(SCRATCH) and item.changed_ns < now_ns - _LEFT_BEHIND_NS:
            with suppress(OSError):
                _remove_tree(disk, root / item.name)


def _remove_tree(disk: Disk, folder: Path) -> None:
    for item in disk.list_folder(folder):
        _remove(disk, folder / item.name, item)
    with suppress(FileNotFoundError):
        disk.remove_folder(folder)


def _remove(disk: Disk, path: Path, item: FolderItem) -> None:
    if item.size is None:
        _remove_tree(disk, path)
    else:
        disk.remove(path)
