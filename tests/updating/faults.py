"""The program's folder on disks that fail or are cut off: the store's, with what a program's folder needs besides."""

import os
import signal
from pathlib import Path

from tests.store.disks import FaultyDisk, ForgetfulDisk
from tests.updating.kit import disk


class FaultyProgramDisk(FaultyDisk):
    """The real disk, until the call number ``at``, which fails; with ``for_good`` so do all after it."""

    def __init__(self, at: int, error: BaseException, *, for_good: bool = False) -> None:
        super().__init__(at, error, for_good=for_good)
        self._disk = disk()

    def share(self, path: Path, like: Path, *, executable: bool) -> None:
        self._count("share")
        disk().share(path, like, executable=executable)

    def make_link(self, path: Path, target: str) -> None:
        self._count("make_link")
        disk().make_link(path, target)


class DeadlyProgramDisk(FaultyProgramDisk):
    """The real disk until that call; then the program is gone."""

    def _count(self, call: str) -> None:
        self.calls.append(call)
        if len(self.calls) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


class ForgetfulProgramDisk(ForgetfulDisk):
    """A disk in memory that only promises what was synced. A link there is a small file."""

    def share(self, path: Path, like: Path, *, executable: bool) -> None:
        self._call()

    def make_link(self, path: Path, target: str) -> None:
        self.close(self.create(path))

    def free_bytes(self, _path: Path) -> int:
        return 1 << 40
