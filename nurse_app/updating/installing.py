"""Installs a version beside the one in use and then lets ``current`` name it; goes back; removes what is left over.

At every moment the version in use is whole and ``current`` names it: a new one is written under a name that no starter
looks at, gets its own in one step, and only then is the one line of ``current`` replaced in one step.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from nurse_app.store.data_folder import HELD_BY_ANOTHER, Locking
from nurse_app.store.disk import write_all
from nurse_app.updating.clinic_folder import LOCK, ClinicFolder, installed_in
from nurse_app.updating.manifest import Kind
from nurse_app.updating.program_disk import ProgramDisk, remove_tree, write_shared
from nurse_app.updating.update_archive import Progress, UpdateArchive
from nurse_app.updating.versions import Version

NEW, OLD = ".new-", ".old-"


class BusyError(Exception):
    """Another program is at the same folder."""


@contextmanager
def alone(disk: ProgramDisk, folder: ClinicFolder, locking: Locking) -> Iterator[None]:
    """Nobody else changes the folder meanwhile. Raises BusyError, OSError."""
    descriptor = disk.open_lock(folder.versions / LOCK)
    try:
        try:
            locking(descriptor)
        except OSError as error:
            if error.errno in HELD_BY_ANOTHER:
                raise BusyError from error
            raise
        yield
    finally:
        disk.close(descriptor)


def install(
    disk: ProgramDisk, archive: UpdateArchive, folder: ClinicFolder, may_switch: Callable[[], None], progress: Progress
) -> None:
    """Put the update’s version beside the others and into use. To be called ``alone``.

    ``may_switch`` raises when the records no longer let the program be changed. Raises that, BadUpdateError, OSError:
    then the version in use is as it was, and what is left over goes with the next try.
    """
    version = archive.manifest.number
    unfinished = folder.versions / f"{NEW}{version}"
    clear(disk, folder)
    try:
        _unpack(disk, archive, unfinished, folder, progress)
        may_switch()
        _set_aside(disk, folder, version)
        disk.move_folder(unfinished, folder.folder_of(version))
        disk.sync_folder(folder.versions)
    except BaseException:
        with suppress(OSError):
            clear(disk, folder)
        raise
    switch_to(disk, folder, version)
    with suppress(OSError):  # goes with the next try
        clear(disk, folder)


def switch_to(disk: ProgramDisk, folder: ClinicFolder, version: Version) -> None:
    """Let the next start be that version, which must be there. Raises OSError."""
    write_shared(disk, folder.current, f"{version}\n".encode())


def tidy(disk: ProgramDisk, folder: ClinicFolder) -> None:
    """Remove versions older than the one before, once the one in use has proved itself. To be called ``alone``.

    Raises OSError.
    """
    clear(disk, folder)
    there = installed_in(disk, folder)
    for version in there.versions:
        if there.before is not None and version < there.before:
            _put_aside(disk, folder, version)
    clear(disk, folder)


def clear(disk: ProgramDisk, folder: ClinicFolder) -> None:
    """Remove what an earlier try has left. Raises OSError."""
    for item in disk.list_folder(folder.versions):
        if item.size is None and item.name.startswith((NEW, OLD)):
            remove_tree(disk, folder.versions / item.name)


def _set_aside(disk: ProgramDisk, folder: ClinicFolder, wanted: Version) -> None:
    """Versions above the one in use were gone back from: none of them is to be the version before."""
    there = installed_in(disk, folder)
    for version in there.versions:
        if there.in_use is not None and there.in_use < version <= wanted:
            _put_aside(disk, folder, version)


def _put_aside(disk: ProgramDisk, folder: ClinicFolder, version: Version) -> None:
    """Take away the name by which a version is found, in one step, so that none is ever there by half."""
    disk.move_folder(folder.folder_of(version), folder.versions / f"{OLD}{version}")
    disk.sync_folder(folder.versions)


def _unpack(
    disk: ProgramDisk, archive: UpdateArchive, unfinished: Path, folder: ClinicFolder, progress: Progress
) -> None:
    made = {unfinished}
    _make_folder(disk, unfinished, folder)
    done = 0
    for file, content in archive.files():
        place = unfinished / file.path
        for above in reversed(PurePosixPath(file.path).parents):
            if unfinished / above not in made:
                _make_folder(disk, unfinished / above, folder)
                made.add(unfinished / above)
        if file.kind is Kind.LINK:
            disk.make_link(place, archive.target(file, content))
            continue
        descriptor = disk.create(place)
        try:
            for piece in content:
                write_all(disk, descriptor, piece)
                done += len(piece)
                progress(done, archive.manifest.bytes)
            disk.share(place, folder.versions, executable=file.kind is Kind.PROGRAM)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
    for each in made:
        disk.sync_folder(each)


def _make_folder(disk: ProgramDisk, path: Path, folder: ClinicFolder) -> None:
    disk.make_folder(path)
    disk.share(path, folder.versions, executable=True)
