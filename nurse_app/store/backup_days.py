"""Where the automatic backups of a data folder lie: one file a day, named by its date and by nothing else."""

from datetime import date
from pathlib import Path

from nurse_app.store.disk import Disk

FOLDER = "backups"
_ENDING = ".backup"


def backup_days(disk: Disk, root: Path) -> tuple[date, ...]:
    """The days of which there is an automatic backup, in order. Raises OSError."""
    days = (_day_of(item.name) for item in disk.list_folder(root / FOLDER) if item.size)
    return tuple(sorted(day for day in days if day is not None))


def backup_of(root: Path, day: date) -> Path:
    """The file of a day’s backup."""
    return root / FOLDER / f"{day.isoformat()}{_ENDING}"


def _day_of(name: str) -> date | None:
    try:
        day = date.fromisoformat(name.removesuffix(_ENDING))
    except ValueError:
        return None
    return day if name == f"{day.isoformat()}{_ENDING}" else None
