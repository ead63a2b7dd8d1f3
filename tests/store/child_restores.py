"""A program of its own that tries to restore one file after another and says how much memory that took at most.

``child_restores.py TARGET FILE...`` prints a line a file, “restored” or the refusal, and last the peak in kilobytes.
"""

import shutil
import sys
from pathlib import Path

from nurse_app.store.backup_messages import BackupError
from nurse_app.store.restoring import restore_folder
from tests.store.kit import system_disk


def peak_kilobytes() -> int:
    """The most memory that this program had, not counting that of the one that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def main(target: Path, files: list[Path]) -> None:
    for file in files:
        try:
            restore_folder(system_disk(), file, target, "unfinished")
        except BackupError as error:
            sys.stdout.write(f"{error}\n")
        else:
            sys.stdout.write("restored\n")
            shutil.rmtree(target)
    sys.stdout.write(f"{peak_kilobytes()}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
