"""What happened to the vial, the bag and the line."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import Look, Place, VialOnHand

HowEntered = Literal["typed", "scanned"]


@dataclass(frozen=True, slots=True)
class ProductRecorded:
    product: VialOnHand
    entered: HowEntered


@dataclass(frozen=True, slots=True)
class VialInspected:
    result: Look


@dataclass(frozen=True, slots=True)
class DiluentRecorded:
    diluent: str
    bag_ml: Decimal
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class DoseAdded:
    """Drug added to the bag, and saline taken out of it before (mL)."""

    added_ml: Decimal
    withdrawn_from_bag_ml: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class BagInverted:
    pass


@dataclass(frozen=True, slots=True)
class DilutionFinished:
    """Mixing ended: this starts both clocks of the bag."""


@dataclass(frozen=True, slots=True)
class BagInspected:
    result: Look


@dataclass(frozen=True, slots=True)
class BagLabelled:
    pass


@dataclass(frozen=True, slots=True)
class BagMoved:
    place: Place


@dataclass(frozen=True, slots=True)
class BagWarmed:
    """The bag is at room temperature again."""


@dataclass(frozen=True, slots=True)
class BagDiscarded:
    reason: str


@dataclass(frozen=True, slots=True)
class SecondCheckPassed:
    """Another person entered the same from what is in the hand."""

    by: str
    lot: str
    added_ml: Decimal
    record_no: str


@dataclass(frozen=True, slots=True)
class SecondCheckFailed:
    """The second person's entries differ; the fields that do."""

    by: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineReadied:
    site: str
