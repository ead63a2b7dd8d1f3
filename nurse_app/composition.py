"""Puts the parts together: a data folder, its records, index and services. The only module that knows all adapters."""

import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Recorded
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.digest import digest
from nurse_app.store.data_folder import Owner, lock_on_posix, lock_on_windows
from nurse_app.store.disk import Disk, SystemDisk
from nurse_app.store.index_file import RecordIndex
from nurse_app.store.kinds import event_codecs
from nurse_app.store.record_folder import RecordFolder, StoreTools, look_at_records, own_records
from nurse_app.store.settings_file import SettingsFile
from nurse_app.visit.ports import Clock, Identifiers, StreamKind
from nurse_app.visit.service import VisitService
from nurse_app.visit.summaries import summarise

DRUG = "natalizumab"
LANGUAGE = "en"
# Raise it when summaries change their form, so that older index files are made again.
SUMMARIES = 1
INDEX_FILE = "index.json"
SETTINGS_FILE = "settings.json"
IS_WINDOWS = sys.platform == "win32"


class Chance(Identifiers, Protocol):
    """New names, and salt for PINs."""

    def salt(self, size: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class OpenData:
    """An open data folder with everything that works on it."""

    root: Path
    records: RecordFolder
    index: RecordIndex
    service: VisitService
    settings: SettingsFile

    def close(self) -> None:
        """Write the index, close the records and give the folder free."""
        self.index.save()
        self.records.close()


def machine_disk() -> Disk:
    """The disk of this machine."""
    return SystemDisk(windows=IS_WINDOWS, pause=time.sleep)


def protocol_catalog(resources: Path) -> ProtocolCatalog:
    """The protocols that are installed with the program."""
    return ProtocolCatalog(resources / "protocols", LANGUAGE)


def store_tools(identifiers: Identifiers) -> StoreTools:
    """What every record folder works with."""
    return StoreTools(machine_disk(), event_codecs(), identifiers)


def open_data(root: Path, clock: Clock, identifiers: Identifiers, catalog: ProtocolCatalog) -> OpenData:
    """Open a data folder as its one owner. Raises InUseError, DataFolderError, ProtocolError."""
    protocol = catalog.load(DRUG)
    owner = Owner(os.getpid(), platform.node(), clock.read().wall.isoformat(timespec="minutes"))
    locking = lock_on_windows if IS_WINDOWS else lock_on_posix
    records = own_records(root, store_tools(identifiers), owner, locking)
    return _assemble(root, records, clock, identifiers, protocol)


def look_at_data(root: Path, clock: Clock, identifiers: Identifiers, catalog: ProtocolCatalog) -> OpenData:
    """Open a data folder for reading only, whoever owns it. Raises DataFolderError, ProtocolError."""
    records = look_at_records(root, store_tools(identifiers))
    return _assemble(root, records, clock, identifiers, catalog.load(DRUG))


def _assemble(
    root: Path, records: RecordFolder, clock: Clock, identifiers: Identifiers, protocol: InfusionProtocol
) -> OpenData:
    disk = machine_disk()
    index = RecordIndex(root / INDEX_FILE, disk, records, partial(_summary, protocol), version=SUMMARIES)
    records.listen(index.note)
    service = VisitService(records, index, clock, identifiers, (protocol, digest(protocol)))
    return OpenData(root, records, index, service, SettingsFile(root / SETTINGS_FILE, disk))


def _summary(
    protocol: InfusionProtocol, kind: StreamKind, record: Sequence[Recorded[Any]]
) -> Mapping[str, str | int | bool | None]:
    return summarise(kind, record, protocol)
