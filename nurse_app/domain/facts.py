"""Everything a decision about one visit may rest on; None means not known, which is never no or normal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

DecisionWord = Literal["proceed", "do-not-give"]
Place = Literal["room", "refrigerator"]
Look = Literal["clear", "particles", "discoloured", "shaken", "frozen"]


@dataclass(frozen=True, slots=True)
class Identity:
    """What the record says and what the wristband says."""

    record_no: str | None = None
    wristband: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Lasting facts of the patient's past."""

    pml: bool | None = None
    natalizumab_hypersensitivity: bool | None = None
    opportunistic_infection: bool | None = None
    prior_immunosuppressant: bool | None = None
    severe_renal_or_hepatic_impairment: bool | None = None


@dataclass(frozen=True, slots=True)
class Treatment:
    """The course so far; ``infusions_given`` does not count today's.

    ``evaluated_on`` is the day of the last prescriber evaluation, ``ended_on`` the day on which treatment was stopped.
    """

    first_infusion: datetime | date | None = None
    infusions_given: int | None = None
    last_infusion: datetime | date | None = None
    plan_interval_weeks: int | None = None
    crohns_benefit: bool | None = None
    crohns_on_steroids: bool | None = None
    evaluated_on: date | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        if self.infusions_given is not None and self.infusions_given < 0:
            message = "infusions_given must be 0 or more"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class PrescriberDecision:
    """What a named prescriber decided about one rule, and when."""

    about: str
    decision: DecisionWord
    by: str
    at: datetime | date


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as the record has it."""

    birth_date: date | None = None
    sex: Literal["female", "male", "other", "unknown"] | None = None
    weight_kg: Decimal | None = None
    indication: str | None = None
    allergies: tuple[str, ...] | None = None
    medicines: tuple[str, ...] | None = None
    history: History | None = field(default_factory=History)
    treatment: Treatment | None = field(default_factory=Treatment)
    decisions: tuple[PrescriberDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The patient's place in the access programme today."""

    programme: str | None = None
    authorised: bool | None = None
    valid_until: date | None = None
    medication_guide_read: bool | None = None


@dataclass(frozen=True, slots=True)
class VitalSigns:
    """One set: mmHg, per minute, per cent, degrees Celsius."""

    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    respiration: Decimal | None = None
    spo2: Decimal | None = None
    temperature_c: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LabResult:
    """One result as it came, with its own unit and limits."""

    test: str
    value: str | Decimal | None
    collected: datetime | date
    unit: str | None = None
    lln: Decimal | None = None
    uln: Decimal | None = None

    def __post_init__(self) -> None:
        if self.uln is not None and self.uln <= 0:
            message = "uln must be greater than 0"
            raise ValueError(message)
        if self.lln is not None and self.uln is not None and self.lln > self.uln:
            message = "lln is above uln"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class VialOnHand:
    """The vial as its label or barcode says; ``expiry`` is a day or a month (YYYY-MM, its last day)."""

    brand: str | None = None
    route: str | None = None
    strength_mg: Decimal | None = None
    volume_ml: Decimal | None = None
    lot: str | None = None
    expiry: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What was prescribed for today."""

    dose_mg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BagMove:
    """When the bag came to a place."""

    at: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class BagFacts:
    """How the bag was made and where it has been."""

    diluent: str | None = None
    bag_ml: Decimal | None = None
    added_ml: Decimal | None = None
    withdrawn_from_bag_ml: Decimal | None = None
    inspection: Look | None = None
    diluted_at: datetime | None = None
    locations: tuple[BagMove, ...] = ()
    cold: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """One whole set of facts. ``product`` and ``preparation`` None mean not there yet."""

    identity: Identity | None = field(default_factory=Identity)
    patient: Patient | None = field(default_factory=Patient)
    rems: Enrolment | None = field(default_factory=Enrolment)
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    vitals: VitalSigns | None = None
    labs: tuple[LabResult, ...] = ()
    product: VialOnHand | None = None
    order: Order | None = None
    preparation: BagFacts | None = None
