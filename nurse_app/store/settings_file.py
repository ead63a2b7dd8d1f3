"""The few settings of this device, in one small file that people may also edit."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.store.disk import Disk, write_whole
from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json

_LIMIT_BYTES = 1 << 16
_WARD_NAME_LENGTH = 60


class Theme(StrEnum):
    """How the windows look."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """What this device remembers. ``text_percent`` is the size of text, 100 to 200. Raises ValueError."""

    theme: Theme = Theme.LIGHT
    text_percent: int = 100
    ward_name: str = ""

    def __post_init__(self) -> None:
        if not 100 <= self.text_percent <= 200:
            raise ValueError("text_percent is from 100 to 200")
        if len(self.ward_name) > _WARD_NAME_LENGTH or not (self.ward_name.isprintable()):
            raise ValueError(f"ward_name is one line of at most {_WARD_NAME_LENGTH} characters")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and one sentence for people when the file could not be used."""

    settings: DeviceSettings
    problem: str | None = None


class SettingsFile:
    """Reads and writes the settings of one data folder."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk

    def load(self) -> LoadedSettings:
        """The settings of the file; the usual ones when there is none or it cannot be used."""
        try:
            text = self._disk.read(self._path, _LIMIT_BYTES).decode()
            return LoadedSettings(build(DeviceSettings, parse_json(text)))
        except FileNotFoundError:
            return LoadedSettings(DeviceSettings())
        except MisfitError as error:
            reason = f" ({error.place or 'settings'}: {error.problem})"
        except (MalformedJsonError, UnicodeDecodeError):
            reason = " (it is not a settings file)"
        except OSError:
            reason = " (it cannot be read)"
        problem = (
            f"The settings in {self._path} cannot be used{reason}. The usual settings are in force; set them again."
        )
        return LoadedSettings(DeviceSettings(), problem)

    def save(self, settings: DeviceSettings) -> None:
        """Make the settings durable: the old ones or the new ones are in the file, never half. Raises OSError."""
        write_whole(self._disk, self._path, f"{compact_json(plain(settings))}\n".encode())
