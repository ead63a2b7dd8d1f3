"""File operations for the program’s own folder, which, unlike the records, others may read and start."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from nurse_app.store.disk import Disk, SystemDisk, write_all

_READ_AND_WRITE, _ALL = 0o666, 0o777
# In each of them ``replace`` waits for most of a second.
_SCANNERS_TURNS = 10


class ProgramDisk(Disk, Protocol):
    """The store’s operations, links, and who may use a file."""

    def share(self, path: Path, like: Path, *, executable: bool) -> None:
        """Open a file or a folder to those whom the folder ``like`` is open to; start it only when ``executable``."""
        ...

    def make_link(self, path: Path, target: str) -> None:
        """Make a link that leads from its own folder to ``target``. Raises FileExistsError."""
        ...


class SystemProgramDisk(SystemDisk):
    """The disk of this machine."""

    def __init__(self, *, windows: bool, pause: Callable[[float], None]) -> None:
        super().__init__(windows=windows, pause=pause)
        self._has_modes = not windows

    def make_folder(self, path: Path) -> bool:
        # Not for this user only: newer Pythons on Windows would keep the others of the ward out, whatever follows.
        try:
            path.mkdir()
        except FileExistsError:
            return False
        return True

    def move_folder(self, source: Path, target: Path) -> None:
        # Scanners look through what was just written, and Windows moves no folder that somebody looks into.
        for _turn in range(0 if self._has_modes else _SCANNERS_TURNS):
            with suppress(PermissionError):
                self.replace(source, target)
                return
        self.replace(source, target)

    def share(self, path: Path, like: Path, *, executable: bool) -> None:
        if self._has_modes:  # Windows gives a new file the rights of its folder
            path.chmod(like.stat().st_mode & (_ALL if executable else _READ_AND_WRITE))

    def make_link(self, path: Path, target: str) -> None:
        path.symlink_to(target)


def write_shared(disk: ProgramDisk, path: Path, content: bytes) -> None:
    """Replace a small file beside which others may read as well; the old one or the new one, never half.

    Raises OSError.
    """
    fresh = path.with_name(f"{path.name}.new")
    disk.remove(fresh)
    descriptor = disk.create(fresh)
    try:
        write_all(disk, descriptor, content)
        disk.share(fresh, path.parent, executable=False)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    disk.replace(fresh, path)
    with suppress(OSError):  # a power cut may then bring the old one back, which is whole as well
        disk.sync_folder(path.parent)


def remove_tree(disk: Disk, folder: Path) -> None:
    """Remove a folder with everything in it. Raises OSError."""
    for item in disk.list_folder(folder):
        # A link is removed and never followed.
        if item.size is None and not (folder / item.name).is_symlink():
            remove_tree(disk, folder / item.name)
        else:
            disk.remove(folder / item.name)
    disk.remove_folder(folder)
