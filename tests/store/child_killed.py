"""A program of its own that makes a backup or restores one, and is killed before the call of the disk that it is told.

``child_killed.py backup|restore|record FOLDER FILE CALL``; it ends with 0 when it came to its end before that call.
"""

import os
import signal
import sys
from pathlib import Path

from nurse_app.store.restoring import restore_folder
from nurse_app.store.restoring_record import restore_record
from tests.store.backup_kit import back_up
from tests.store.disks import FaultyDisk


class DeadlyDisk(FaultyDisk):
    """The real disk until that call; then the program is gone."""

    def _count(self, call: str) -> None:
        self.calls.append(call)
        if len(self.calls) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def main(what: str, folder: Path, file: Path, call: int) -> None:
    disk = DeadlyDisk(call, OSError())
    if what == "backup":
        back_up(folder, file, disk)
    elif what == "restore":
        restore_folder(disk, file, folder, "unfinished")
    else:
        restore_record(disk, file, folder, "a01")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
