"""What updating needs of this machine, and what goes on in the records meanwhile; for the command and the window."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nurse_app import __version__
from nurse_app.cli.records import Workplace, index_of, own_folder, system_disk, system_locking, wait
from nurse_app.store.data_folder import DataFolderError
from nurse_app.system.paths import surroundings
from nurse_app.updating.clinic_folder import clinic_folder_of
from nurse_app.updating.deciding import RecordsStanding
from nurse_app.updating.program_disk import SystemProgramDisk
from nurse_app.updating.updates import Workshop
from nurse_app.updating.versions import version_of
from nurse_app.visit.ports import InUseError, StreamKind

_PLATFORMS = {("linux", "x86_64"): "linux-x86_64", ("win32", "AMD64"): "win-amd64"}


def own_workshop(resources: Path) -> Workshop:
    """Updating as this program can do it on this machine."""
    disk = SystemProgramDisk(windows=sys.platform == "win32", pause=wait)
    executable = None if surroundings().unpacked is None else Path(sys.executable)
    return Workshop(
        disk=disk,
        locking=system_locking(),
        may_write=lambda folder: os.access(folder, os.W_OK),
        resources=resources,
        folder=clinic_folder_of(disk, executable),
        running=version_of(__version__),
        platform=_PLATFORMS.get((sys.platform, platform.machine()), ""),
    )


@contextmanager
def records_at_rest(workplace: Workplace) -> Iterator[RecordsStanding]:
    """Own the data folder, so that no visit begins meanwhile, and say what goes on in it; a missing one stays so."""
    root = workplace.root
    if not root.is_dir():
        yield RecordsStanding(root)
        return
    disk = system_disk()
    try:
        folder = own_folder(root, disk, workplace.identifiers, workplace.clock)
    except (InUseError, DataFolderError) as error:
        yield RecordsStanding(root, holder=str(error))
        return
    try:
        # Every record and not only those at hand: a lost index must not hide a visit.
        visits = index_of(root, disk, folder, workplace.pinned.protocol).entries(StreamKind.VISIT).values()
        is_open = [visit.problem is None and visit.summary.get("phase") != "closed" for visit in visits]
        yield RecordsStanding(root, open_visits=sum(is_open))
    finally:
        folder.close()
