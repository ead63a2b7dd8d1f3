"""What happened in a reaction."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nurse_app.domain.protocol import Level

Outcome = Literal["resolved", "improving", "transferred", "died"]


@dataclass(frozen=True, slots=True)
class ReactionOpened:
    """Somebody pressed Reaction, or vital signs did."""

    signs: tuple[str, ...]
    from_vital_signs: bool = False


@dataclass(frozen=True, slots=True)
class SignNoted:
    sign: str


@dataclass(frozen=True, slots=True)
class ReactionGraded:
    """The level worked out from the signs, with the reasons (ids)."""

    level: Level
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HypersensitivitySuspected:
    """The flag on the patient; ``permanent`` after a severe reaction or anaphylaxis."""

    permanent: bool


@dataclass(frozen=True, slots=True)
class TreatmentGiven:
    name: str
    dose: str | None = None
    route: str | None = None


@dataclass(frozen=True, slots=True)
class ActionDone:
    """One line of the reaction checklist was done."""

    action: str


@dataclass(frozen=True, slots=True)
class ExtravasationRecorded:
    """The line slipped: CTCAE grade, and about how much of the bag (mL) went beside the vein; None when not known."""

    grade: int | None = None
    lost_ml: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReactionClosed:
    outcome: Outcome
