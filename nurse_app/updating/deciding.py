"""Whether an update may be installed, and whether one may go back: decided from facts, without looking at anything."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from nurse_app.updating.clinic_folder import Installed
from nurse_app.updating.manifest import UpdateManifest
from nurse_app.updating.versions import Version

# Beside the new version something stays free: for entries of the records, which may lie on the same disk.
ROOM_BESIDE_BYTES = 256 << 20


class Refusal(Enum):
    """Why nothing is installed, or why one cannot go back."""

    NOT_A_CLINIC_FOLDER = auto()
    FOLDER_NOT_WRITABLE = auto()
    NO_VERSION_IN_USE = auto()
    OTHER_PLATFORM = auto()
    SAME_VERSION = auto()
    OLDER_VERSION = auto()
    RUNNING_VERSION = auto()
    VISIT_OPEN = auto()
    RECORDS_IN_USE = auto()
    NO_ROOM = auto()
    NO_VERSION_BEFORE = auto()


@dataclass(frozen=True, slots=True)
class RecordsStanding:
    """What goes on in the data folder that was asked.

    ``holder`` is the sentence about another program that has the records open, empty when there is none.
    """

    root: Path
    open_visits: int = 0
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that counts.

    ``folder`` None: the program does not run from a clinic’s folder. ``running`` is this very program, which need not
    be the version in use. ``platform`` as in a manifest, empty when there are no updates for this kind of computer.
    """

    folder: Path | None
    installed: Installed
    running: Version | None
    platform: str
    records: RecordsStanding
    writable: bool = False
    free_bytes: int = 0


def refuse_update(manifest: UpdateManifest, there: Situation) -> Refusal | None:
    """Why this update is not installed now; None when it may be. What lasts comes before what passes."""
    in_use, wanted = there.installed.in_use, manifest.number
    if manifest.platform != there.platform:
        return Refusal.OTHER_PLATFORM
    refusal = refuse_folder(there)
    if refusal is not None or in_use is None:
        return refusal or Refusal.NO_VERSION_IN_USE
    if wanted == in_use:
        return Refusal.SAME_VERSION
    if wanted < in_use:
        return Refusal.OLDER_VERSION
    # It was gone back from and goes when a later one comes: not under a program that runs from it.
    if there.running is not None and in_use < there.running <= wanted:
        return Refusal.RUNNING_VERSION
    if there.free_bytes < manifest.bytes + ROOM_BESIDE_BYTES:
        return Refusal.NO_ROOM
    return refuse_records(there.records)


def refuse_back(there: Situation) -> Refusal | None:
    """Why one cannot go back now; None when one may."""
    refusal = refuse_folder(there)
    if refusal is None and there.installed.before is None:
        refusal = Refusal.NO_VERSION_BEFORE
    return refusal or refuse_records(there.records)


def refuse_folder(there: Situation) -> Refusal | None:
    """Why nothing can be installed where this program is."""
    if there.folder is None:
        return Refusal.NOT_A_CLINIC_FOLDER
    return None if there.writable else Refusal.FOLDER_NOT_WRITABLE


def refuse_records(records: RecordsStanding) -> Refusal | None:
    """Why the records do not let the program be changed now."""
    if records.open_visits:
        return Refusal.VISIT_OPEN
    return Refusal.RECORDS_IN_USE if records.holder else None
