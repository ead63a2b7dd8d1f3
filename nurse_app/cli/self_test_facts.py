"""The facts of a self-test from the machine and the program's folders, gathered without touching any record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from nurse_app import __made__
from nurse_app.cli.protocols import LANGUAGE
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Recorded
from nurse_app.domain.station import fold_station
from nurse_app.domain.station_events import StationEvent
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.digest import digest
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.store.backup_days import backup_days, backup_of
from nurse_app.store.data_folder import DataFolderError, Locking
from nurse_app.store.disk import Disk
from nurse_app.store.folder_trial import TrialTools, try_folder
from nurse_app.store.kinds import event_codecs
from nurse_app.store.newest_entry import newest_wall
from nurse_app.store.record_folder import StoreTools, look_at_records
from nurse_app.store.reserve import RESERVE_BYTES, RESERVE_FILE
from nurse_app.system.sound import Player
from nurse_app.system.sound_devices import look_at_sound
from nurse_app.system.sound_output import SoundPlaces
from nurse_app.visit.ports import Clock, Identifiers, StreamKind, UnreadableRecordError
from nurse_app.visit.self_test import (
    ClockFound,
    DiskFault,
    FilesFound,
    FolderStep,
    FolderTrial,
    ProtocolFound,
    ProtocolsFound,
    SoundFound,
    SpaceFound,
)
from nurse_app.visit.users import STATION_ID

PROTOCOLS, FONTS, SOUNDS = "protocols/", "fonts/", "sounds/"
MADE = datetime.fromisoformat(__made__).replace(tzinfo=UTC)
# One for each priority of an alarm; high.wav also tells of a window that stands still.
ALARM_FILES = ("high.wav", "medium.wav", "low.wav")
_PROCESS = "process-"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where to look. ``root`` None: this user has no folder for records. ``steady_ns`` counts ns and cannot be set."""

    root: Path | None
    resources: Path
    disk: Disk
    locking: Locking
    clock: Clock
    identifiers: Identifiers
    steady_ns: Callable[[], int]
    player: Player
    sound: SoundPlaces
    has_zone: bool


def folder_trial(machine: Machine) -> FolderTrial:
    """A trial of the data folder."""
    if machine.root is None:
        return FolderTrial(FolderStep.MAKE, DiskFault.NO_FOLDER)
    store = StoreTools(machine.disk, event_codecs(), machine.identifiers)
    tools = TrialTools(store, machine.locking, machine.clock.read(), machine.steady_ns)
    return try_folder(machine.root, tools)


def space_found(machine: Machine) -> SpaceFound:
    """How much room the disk of the records has; of a folder that is not there yet, the disk it would be on."""
    root, disk = machine.root, machine.disk
    if root is None:
        return SpaceFound(None, 0, RESERVE_BYTES)
    there = next(folder for folder in (root, *root.parents) if folder.exists())
    try:
        free: int | None = disk.free_bytes(there)
    except OSError:
        free = None
    return SpaceFound(free, _newest_backup_bytes(disk, root), _missing_reserve_bytes(disk, root))


def _newest_backup_bytes(disk: Disk, root: Path) -> int:
    try:
        days = backup_days(disk, root)
        return disk.state(backup_of(root, days[-1])).size if days else 0
    except OSError:
        return 0


def _missing_reserve_bytes(disk: Disk, root: Path) -> int:
    try:
        return max(0, RESERVE_BYTES - disk.state(root / RESERVE_FILE).size)
    except OSError:
        return RESERVE_BYTES


def protocols_found(machine: Machine) -> ProtocolsFound:
    """Every installed protocol, loaded as the program loads it."""
    catalog = ProtocolCatalog(machine.resources / "protocols", LANGUAGE)
    found: list[ProtocolFound] = []
    problem = ""
    try:
        names = [(each, version) for each in catalog.ids() for version in catalog.versions(each)]
    except ProtocolError as error:
        return ProtocolsFound((), str(error))
    for protocol_id, version in names:
        try:
            protocol = catalog.load(protocol_id, version)
        except ProtocolError as error:
            problem = problem or f"{protocol_id} {version}, {error}"
        else:
            approved = protocol.approval is not None
            found.append(ProtocolFound(protocol_id, version, digest(protocol), approved))
    return ProtocolsFound(tuple(found), problem)


def letters_of_protocols(machine: Machine) -> frozenset[str]:
    """Every letter of the newest protocols; none of one that cannot be used, which another look tells."""
    catalog = ProtocolCatalog(machine.resources / "protocols", LANGUAGE)
    letters: set[str] = set()
    try:
        for protocol_id in catalog.ids():
            letters.update(*catalog.load(protocol_id).texts.values())
    except ProtocolError:
        pass
    return frozenset(letters)


def sound_found(machine: Machine, files: FilesFound) -> SoundFound:
    """What would play the program's sounds: those of the list, and at least those that it asks for by name."""
    listed = {name.removeprefix(SOUNDS) for name in files.below(SOUNDS).listed if name.endswith(".wav")}
    return look_at_sound(machine.player, machine.resources / "sounds", sorted({*ALARM_FILES, *listed}), machine.sound)


def clock_found(machine: Machine, first: Reading) -> ClockFound:
    """The clocks now, beside a reading of some time before, and what the records say of the time."""
    second = machine.clock.read()
    root = machine.root
    return ClockFound(
        first=first,
        second=second,
        made=MADE,
        newest=None if root is None else newest_wall(machine.disk, root),
        settled=None if root is None else _settled_doubt(machine, root),
        has_zone=machine.has_zone,
        knows_start=not second.boot_id.startswith(_PROCESS),
    )


def _settled_doubt(machine: Machine, root: Path) -> ClockDoubt | None:
    """The last doubt about the clock that a nurse has settled."""
    try:
        folder = look_at_records(root, StoreTools(machine.disk, event_codecs(), machine.identifiers))
        recorded = folder.content(StreamKind.STATION, STATION_ID).recorded
    except (OSError, DataFolderError, UnreadableRecordError):
        return None
    return fold_station(cast("tuple[Recorded[StationEvent], ...]", recorded)).clock_trusted
