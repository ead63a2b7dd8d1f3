"""The folder that a clinic copies: a starter, the file ``current``, and one folder for each version.

The starters (packaging/linux/starter.sh, packaging/windows/starter.c) read it by the same rules.
"""

from contextlib import suppress
from dataclasses import dataclass
from errno import EFBIG
from pathlib import Path

from nurse_app.store.disk import Disk
from nurse_app.updating.versions import Version, version_before, version_of

CURRENT, VERSIONS, LOCK = "current", "versions", ".lock"
# A number, in the resources of every version: the newest form of records that it writes.
RECORD_FORM = Path("update", "record_form.txt")
_CURRENT_LIMIT = 64
_FORM_LIMIT = 16


@dataclass(frozen=True, slots=True)
class ClinicFolder:
    """Where it lies, and what the program in it is called on this system (nurse-app, nurse-app.exe)."""

    root: Path
    program: str

    @property
    def versions(self) -> Path:
        return self.root / VERSIONS

    @property
    def current(self) -> Path:
        return self.root / CURRENT

    @property
    def starter(self) -> Path:
        return self.root / self.program

    def folder_of(self, version: Version) -> Path:
        """The folder of one version."""
        return self.versions / str(version)


@dataclass(frozen=True, slots=True)
class Installed:
    """What a clinic’s folder holds. ``in_use`` None: not one version in it is whole."""

    versions: tuple[Version, ...]
    in_use: Version | None

    @property
    def before(self) -> Version | None:
        """The version that going back would lead to."""
        return None if self.in_use is None else version_before(self.versions, self.in_use)


def clinic_folder_of(disk: Disk, executable: Path | None) -> ClinicFolder | None:
    """The folder that a packaged program was started from; None when it was installed in another way, or not at all."""
    if executable is None:
        return None
    version, versions = executable.parent, executable.parent.parent
    folder = ClinicFolder(versions.parent, executable.name)
    if versions.name != VERSIONS or version_of(version.name) is None:
        return None
    with suppress(OSError):
        return folder if _is_file(disk, folder.starter) else None
    return None


def installed_in(disk: Disk, folder: ClinicFolder) -> Installed:
    """The whole versions, in order, and the one in use: that of ``current``, or the newest. Raises OSError."""
    found = (version_of(item.name) for item in disk.list_folder(folder.versions) if item.size is None)
    whole = sorted(v for v in found if v is not None and _is_file(disk, folder.folder_of(v) / folder.program))
    named = version_of(_text(disk, folder.current, _CURRENT_LIMIT))
    return Installed(tuple(whole), named if named in whole else max(whole, default=None))


def record_form_of(disk: Disk, folder: ClinicFolder, version: Version) -> int | None:
    """The newest form of records that an installed version writes; None when it does not say."""
    text = ""
    with suppress(OSError):
        text = _text(disk, folder.folder_of(version) / "_internal" / "resources" / RECORD_FORM, _FORM_LIMIT)
    return int(text) if text.isascii() and text.isdecimal() else None


def _text(disk: Disk, path: Path, limit: int) -> str:
    """The first line of a short text; empty when there is none. Raises OSError when the disk fails."""
    try:
        return disk.read(path, limit).decode("ascii").partition("\n")[0].strip()
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return ""
    except OSError as error:
        if error.errno == EFBIG:
            return ""
        raise


def _is_file(disk: Disk, path: Path) -> bool:
    return any(item.name == path.name and item.size is not None for item in disk.list_folder(path.parent))
