"""The data folder as commands open it: to own it, or to look at it while another program owns it."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.store.checkpoints import CheckpointKey
from nurse_app.store.data_folder import Locking, Owner, lock_on_posix, lock_on_windows
from nurse_app.store.disk import Disk, SystemDisk
from nurse_app.store.kinds import event_codecs
from nurse_app.store.record_folder import RecordFolder, StoreTools, look_at_records, own_records
from nurse_app.store.record_index import RecordIndex
from nurse_app.store.reserve import ReservingDisk
from nurse_app.visit.ports import Clock, Identifiers
from nurse_app.visit.service import VisitService
from nurse_app.visit.summaries import is_at_hand, summarise


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a command works with, given once by the composition root. ``pinned`` is the protocol of new visits.

    ``key`` makes the codes on records; without one they have none.
    """

    root: Path
    pinned: PinnedProtocol
    clock: Clock
    identifiers: Identifiers
    training: bool = False
    key: CheckpointKey | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The records and the service on them, for reading only."""

    folder: RecordFolder
    index: RecordIndex
    service: VisitService


INDEX_FILE = "index.json"
# To be raised whenever a summary gets other facts.
SUMMARY_VERSION = 6


def system_disk() -> SystemDisk:
    """The disk of this machine."""
    return SystemDisk(windows=sys.platform == "win32", pause=wait)


def reserving_disk(root: Path) -> ReservingDisk:
    """The disk of this machine with room kept back in a data folder."""
    return ReservingDisk(root, windows=sys.platform == "win32", pause=wait)


def system_locking() -> Locking:
    """How this machine locks a file."""
    return lock_on_windows if sys.platform == "win32" else lock_on_posix


def wait(seconds: float) -> None:
    """Let so many seconds pass."""
    Event().wait(seconds)


def own_folder(root: Path, disk: Disk, identifiers: Identifiers, clock: Clock) -> RecordFolder:
    """Open the data folder as its one owner. Raises InUseError, DataFolderError."""
    owner = Owner(os.getpid(), platform.node(), f"{clock.read().wall:%H:%M}")
    return own_records(root, StoreTools(disk, event_codecs(), identifiers), owner, system_locking())


def index_of(root: Path, disk: Disk, folder: RecordFolder, protocol: InfusionProtocol) -> RecordIndex:
    """The index of an open data folder, told of every change from now on. Raises DataFolderError."""
    index = RecordIndex(
        root / INDEX_FILE,
        disk,
        folder,
        lambda kind, record: summarise(kind, record, protocol),
        version=SUMMARY_VERSION,
        is_at_hand=is_at_hand,
    )
    index.report_to(report_defect)
    folder.listen(index.note)
    return index


def report_defect(error: Exception) -> None:
    """Hand a defect that was survived to the crash reports; without them, its words stay off the console."""
    if sys.excepthook is not sys.__excepthook__:
        sys.excepthook(type(error), error, error.__traceback__)


def look_at(workplace: Workplace) -> Look:
    """Open the records for reading only, whoever owns them; nothing is written. Raises DataFolderError."""
    disk, pinned = system_disk(), workplace.pinned
    folder = look_at_records(workplace.root, StoreTools(disk, event_codecs(), workplace.identifiers))
    index = index_of(workplace.root, disk, folder, pinned.protocol)
    protocol = (pinned.protocol, pinned.digest)
    return Look(folder, index, VisitService(folder, index, workplace.clock, workplace.identifiers, protocol))
