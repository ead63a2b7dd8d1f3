"""Whether the machine says in which time zone it stands; one that does not shows UTC without a word."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

_LOCAL = Path("/etc/localtime")
_ZONES = (Path("/usr/share/zoneinfo"), Path("/usr/lib/zoneinfo"), Path("/usr/share/lib/zoneinfo"))
# POSIX: a name of three letters or more (or anything in angle brackets) and its offset.
_POSIX = re.compile(r"([A-Za-z]{3,}|<[^>]+>)[+-]?\d.*")


def has_time_zone(
    environment: Mapping[str, str], platform: str = sys.platform, local: Path = _LOCAL, zones: tuple[Path, ...] = _ZONES
) -> bool:
    """Whether TZ, or else the machine's own setting, names a zone. Windows always has one."""
    if platform == "win32":
        return True
    name = environment.get("TZ")
    if name is None:
        return local.exists()
    name = name.removeprefix(":")
    return name == "UTC" or _POSIX.fullmatch(name) is not None or _is_file(name, zones)


def _is_file(name: str, zones: tuple[Path, ...]) -> bool:
    return bool(name) and any((zone / name).is_file() for zone in zones)
