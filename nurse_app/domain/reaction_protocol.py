"""The part of a protocol about a reaction: the first drug, what every reaction begins with, and paths of their own."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Epinephrine:
    """Intramuscular epinephrine of the standing order: mg per kg, at most, the strength, and the repeat clock."""

    mg_per_kg: Decimal
    max_mg: Decimal
    strength_mg_per_ml: Decimal
    repeat_minutes: Decimal
    repeat_until_minutes: Decimal


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A mild symptom is looked at again in so many minutes; not settled at the end of them, it is no longer mild."""

    from_minutes: Decimal
    until_minutes: Decimal


@dataclass(frozen=True, slots=True)
class ReactionPath:
    """What to do about certain signs besides the list of the level (action ids, in order).

    ``alone``: only while none but these signs is seen. A path changes no level and starts no drug.
    """

    id: str
    signs: tuple[str, ...]
    acts: tuple[str, ...]
    alone: bool = False
