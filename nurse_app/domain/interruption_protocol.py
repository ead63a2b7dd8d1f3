"""The part of a protocol that says where a nurse who was called away begins again, and after how long that is asked."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

# A step is a phase of the visit, or a panel in it that has something to read and to enter.
InterruptedStep = Literal[
    "identify",
    "prechecks",
    "prepare",
    "product",
    "diluent",
    "second-check",
    "start",
    "infuse",
    "change-rate",
    "vital-signs",
    "decision",
    "flush",
    "observe",
    "discharge",
]
STEPS: tuple[InterruptedStep, ...] = get_args(InterruptedStep)


@dataclass(frozen=True, slots=True)
class Interruption:
    """After ``after_seconds`` without a touch a ``critical`` step that was begun counts as interrupted."""

    after_seconds: Decimal
    critical: tuple[InterruptedStep, ...]
