"""What happened to the infusion, the flush and the watch after it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nurse_app.domain.finding import Finding


@dataclass(frozen=True, slots=True)
class InfusionStarted:
    """The drug runs (mL/h). Holds the basis of the decision to start."""

    rate_ml_h: Decimal
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RateChanged:
    rate_ml_h: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class InfusionPaused:
    reason: str


@dataclass(frozen=True, slots=True)
class InfusionResumed:
    pass


@dataclass(frozen=True, slots=True)
class BagEmptied:
    """The bag is empty. ``variance``: so early that the prescriber must be told."""

    reason: str | None
    variance: bool


@dataclass(frozen=True, slots=True)
class FlushFinished:
    """The line is flushed (mL): the dose is complete. ``faster``: the flush ran faster than the infusion."""

    volume_ml: Decimal
    faster: bool = False


@dataclass(frozen=True, slots=True)
class InfusionStopped:
    """The infusion ended early and does not start again."""

    reason: str
    for_reaction: bool = False


@dataclass(frozen=True, slots=True)
class ObservationStarted:
    """Watching began, or began anew."""

    after: Literal["flush", "stop", "reaction"]


@dataclass(frozen=True, slots=True)
class ObservationCompleted:
    pass


@dataclass(frozen=True, slots=True)
class LeftEarly:
    reason: str
