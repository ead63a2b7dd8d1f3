"""Writing a file that somebody takes along: whole or not at all."""

import logging
from itertools import count
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

_log = logging.getLogger("nurse_app.ui")


def save_whole(content: bytes, path: Path) -> str:
    """Write a file in place of what was there; returns "" or in a few words why it was not written."""
    # Qt writes beside the target, then puts the new file in its place.
    file = QSaveFile(str(path))
    done = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit()
    if done:
        return ""
    why = file.errorString().rstrip(".")
    _log.warning("a file could not be written: %s", why)
    return why


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """Where a file goes that must not take the place of another: with a number when the name is taken."""
    names = (folder / f"{stem}{'' if number == 1 else f'-{number}'}.{ending}" for number in count(1))
    return next(path for path in names if not path.exists())
