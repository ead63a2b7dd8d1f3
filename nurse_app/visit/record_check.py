"""What a check of all records finds: each finding says what is wrong, where, since when, what is left, what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Called with the records looked at and the records there are; may raise to end the check.
Progress = Callable[[int, int], None]


class Gravity(StrEnum):
    """Damage: a record is not what it was. Warning: nobody can say. Note: nothing is lost."""

    DAMAGE = "damage"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that a check found, in words. ``since``: it came about after that time, as far as anybody knows."""

    gravity: Gravity
    file: str
    what: str
    where: str
    since: datetime | None
    left: str
    to_do: str


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """A whole check: how much was read, and what was found, the worst first."""

    records: int
    entries: int
    checkpoints: int
    findings: tuple[CheckFinding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything that was ever acknowledged is there, unchanged, as far as anybody can tell."""
        return all(finding.gravity is not Gravity.DAMAGE for finding in self.findings)
