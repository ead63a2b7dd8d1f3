"""Room kept back on the disk and given away when it is full, so that the last entries of a visit can still be saved."""

from collections.abc import Callable
from contextlib import suppress
from errno import EDQUOT, ENOSPC
from hashlib import shake_256
from pathlib import Path
from typing import TypeVar

from nurse_app.store.disk import SystemDisk, write_whole

RESERVE_FILE = "reserve"
# Some two thousand entries; a visit has some hundred.
RESERVE_BYTES = 1 << 20
_FULL = (ENOSPC, EDQUOT)

T = TypeVar("T")


class ReservingDisk(SystemDisk):
    """The disk of this machine with a reserve in the data folder ``root``, from ``keep_reserve`` on.

    What the full disk refuses is asked again once after the reserve was given back, but never a sync: the machine may
    have forgotten the data and would say yes to the second.
    """

    def __init__(self, root: Path, *, windows: bool, pause: Callable[[float], None]) -> None:
        super().__init__(windows=windows, pause=pause)
        self._path = root / RESERVE_FILE
        self._kept = False

    @property
    def has_reserve(self) -> bool:
        """Whether there is room for the last entries of a visit."""
        return self._kept

    def keep_reserve(self) -> None:
        """Make the reserve unless it is there or there is no room for it. The folder must be ours."""
        with suppress(OSError):
            self._kept = self.state(self._path).size == RESERVE_BYTES
        if self._kept:
            return
        try:
            # Nothing that a disk could keep in less room than it has.
            write_whole(self, self._path, shake_256(RESERVE_FILE.encode()).digest(RESERVE_BYTES))
            self._kept = True
        except OSError:
            with suppress(OSError):
                self.remove(self._path.with_name(f"{RESERVE_FILE}.new"))

    def create(self, path: Path) -> int:
        return self._with_reserve(lambda: super(ReservingDisk, self).create(path))

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        return self._with_reserve(lambda: super(ReservingDisk, self).write(descriptor, content))

    def make_folder(self, path: Path) -> bool:
        return self._with_reserve(lambda: super(ReservingDisk, self).make_folder(path))

    def sync(self, descriptor: int) -> None:
        try:
            super().sync(descriptor)
        except OSError as error:
            self._give_back(error)
            raise

    def _with_reserve(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except OSError as error:
            if not self._give_back(error):
                raise
        return act()

    def _give_back(self, error: OSError) -> bool:
        if not self._kept or error.errno not in _FULL:
            return False
        self._kept = False
        with suppress(OSError):
            self.remove(self._path)
        return True
