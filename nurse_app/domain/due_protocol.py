"""The part of a protocol that says what falls due, who may put it off, and how it bears on today's infusion."""

from dataclasses import dataclass
from typing import Literal

# What an item's day is counted from; the figures of most lie in the parts of the protocol that judge the same thing.
DueKind = Literal[
    "results",
    "antibody-repeat",
    "risk-mri",
    "risk-talk",
    "authorisation",
    "infusion",
    "missed-infusion",
    "treatment-gap",
    "crohns-benefit",
    "crohns-steroids",
    "evaluation",
    "watch",
    "follow-up",
]
Bearing = Literal["none", "caution", "hold", "stop"]
PutOffBy = Literal["nurse", "prescriber", "pharmacist", "nobody"]


@dataclass(frozen=True, slots=True)
class DueRule:
    """One thing that falls due. ``soon_days`` before its day it is due soon.

    ``monitoring`` names the item of labs.monitoring whose results it asks for. ``bears`` is what the pre-checks make of
    it once it is overdue, ``bears_before_first`` before a first infusion, ``bears_unknown`` when nothing is on record.
    While it is listed, the rules named in ``instead_of`` are not. ``unreliable_with`` is a rule on medicines that makes
    its sample doubtful. ``first_months`` are steps after the first infusion, ``every_months`` the interval after them,
    ``months`` a time after the last dose.
    """

    name: str
    kind: DueKind
    soon_days: int
    bears: Bearing
    put_off: PutOffBy
    monitoring: str | None = None
    bears_before_first: Bearing | None = None
    bears_unknown: Bearing | None = None
    instead_of: tuple[str, ...] = ()
    unreliable_with: str | None = None
    first_months: tuple[int, ...] = ()
    every_months: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class DueList:
    """Everything that falls due; the recall list looks ``recall_days`` ahead."""

    recall_days: int
    rules: tuple[DueRule, ...]
