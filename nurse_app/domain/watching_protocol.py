"""How a patient is watched: vital signs with their limits, when they are due, and the symptom rounds."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class VitalSign:
    """One sign: its unit, what can be, and where caution and hold begin (``_from`` includes the figure itself).

    ``alarm_fall_from`` and ``alarm_rise_from`` are changes against this patient's own baseline once the drug runs.
    """

    unit: str
    possible_from: Decimal
    possible_to: Decimal
    caution_below: Decimal | None = None
    caution_above: Decimal | None = None
    caution_from: Decimal | None = None
    hold_below: Decimal | None = None
    hold_above: Decimal | None = None
    hold_from: Decimal | None = None
    alarm_fall_from: Decimal | None = None
    alarm_rise_from: Decimal | None = None
    rule: str = "vital-signs"


@dataclass(frozen=True, slots=True)
class VitalSignSchedule:
    """When vital signs are due; an early set counts for a due point up to ``early_minutes`` before it."""

    infusion_every_minutes: Decimal
    observation_at_minutes: tuple[Decimal, ...]
    reaction_every_minutes: Decimal
    recheck_minutes: Decimal
    early_minutes: Decimal


@dataclass(frozen=True, slots=True)
class PressureFall:
    """Systolic pressure against the patient's own baseline. Falls are fractions of it; the last one is exclusive."""

    absolute_below_mmhg: Decimal
    caution_fall_from: Decimal
    alarm_fall_above: Decimal
    sign: str


@dataclass(frozen=True, slots=True)
class SymptomRounds:
    """When to ask and look, in minutes; a round a little early counts up to ``early_minutes`` before its point.

    ``signs`` are those of the reaction's signs that a round asks and looks for, in this order.
    """

    infusion_every_minutes: Decimal
    observation_at_minutes: tuple[Decimal, ...]
    early_minutes: Decimal
    signs: tuple[str, ...]
