"""Where the program keeps its records and finds its resources. Looks only; makes no folder."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nurse_app

_NAME = "nurse-app"
_TRAINING_NAME = "nurse-app-training"
_WORKSTATION_NAME = "nurse-app-workstation"


class NoFolderError(Exception):
    """A folder that the program needs cannot be named or found. Text is for people."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a running program knows of its machine before it reads a file.

    ``platform`` as ``sys.platform`` names it; ``home`` raises RuntimeError when there is none; ``package`` is the
    folder of the Python package; ``unpacked`` the folder of a packaged executable, else None.
    """

    environment: Mapping[str, str]
    platform: str
    home: Callable[[], Path]
    package: Path
    unpacked: Path | None


def surroundings() -> Surroundings:
    """The surroundings of this process."""
    unpacked = getattr(sys, "_MEIPASS", None)
    return Surroundings(
        environment=os.environ,
        platform=sys.platform,
        home=Path.home,
        package=Path(nurse_app.__file__).parent,
        unpacked=Path(unpacked) if isinstance(unpacked, str) else None,
    )


def data_folder(around: Surroundings, given: Path | None, *, training: bool) -> Path:
    """The folder of the records: ``given`` (--data-dir), else NURSE_APP_DATA, else the platform's user data.

    Training has a folder of its own: inside a chosen folder, because nothing is written outside that, or beside the
    platform's. Raises NoFolderError when the user has no home.
    """
    chosen = given or _chosen_by_environment(around)
    if chosen is not None:
        chosen = chosen.absolute()
        return chosen / _TRAINING_NAME if training else chosen
    return _user_data(around) / (_TRAINING_NAME if training else _NAME)


def workstation_folder(around: Surroundings) -> Path:
    """The folder of what this workstation knows by itself: the key of its checkpoints, and how far each data folder is.

    Never in a data folder, so that copying one does not bring it along. Raises NoFolderError when the user has no home.
    """
    if around.platform == "win32":
        return _user_folder(around, "LOCALAPPDATA", Path("AppData", "Local")) / _WORKSTATION_NAME
    return _user_folder(around, "XDG_STATE_HOME", Path(".local", "state")) / _WORKSTATION_NAME


def log_folder(data: Path) -> Path:
    """The folder of log files and fault reports of one data folder."""
    return data / "log"


def resources_folder(around: Surroundings) -> Path:
    """The folder with protocols, words, fonts and sounds: of the executable, of the wheel, or of the checkout.

    Raises NoFolderError when the installation lacks it.
    """
    candidates = [around.package / "_resources", around.package.parent / "resources"]
    if around.unpacked is not None:
        candidates.insert(0, around.unpacked / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise NoFolderError("The program's resources are missing. Install it again.")


def _chosen_by_environment(around: Surroundings) -> Path | None:
    text = around.environment.get("NURSE_APP_DATA", "")
    return Path(text) if text else None


def _user_data(around: Surroundings) -> Path:
    if around.platform == "win32":
        return _user_folder(around, "LOCALAPPDATA", Path("AppData", "Local"))
    return _user_folder(around, "XDG_DATA_HOME", Path(".local", "share"))


def _user_folder(around: Surroundings, variable: str, usual: Path) -> Path:
    folder = Path(around.environment.get(variable, ""))
    # The XDG specification: a path that is not absolute is to be ignored.
    if folder.is_absolute():
        return folder
    try:
        return around.home() / usual
    except RuntimeError as error:
        raise NoFolderError("This user has no home folder. Say where the records go with --data-dir.") from error
