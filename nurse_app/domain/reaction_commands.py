"""What a nurse can do in a reaction besides marking signs and acts."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from nurse_app.domain.protocol import Level


@dataclass(frozen=True, slots=True)
class RaiseLevel:
    """Treat it as graver than the signs say. No reason is asked; a level is never lowered by hand."""

    level: Level


@dataclass(frozen=True, slots=True)
class StopInReaction:
    """Stop the infusion for good from within a reaction, whatever its level; ``reason`` in words."""

    reason: str


@dataclass(frozen=True, slots=True)
class RecordExtravasation:
    """CTCAE grade 1 to 3 of a slipped line, and about how much (mL) went beside the vein; either may be left out."""

    grade: int | None = None
    lost_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CorrectTime:
    """When an earlier entry really happened; ``at`` is aware, true time."""

    entry: int
    at: datetime
