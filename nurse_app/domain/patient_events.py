"""Every fact of a patient's record that outlives one visit, past tense."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import Enrolment, History, LabResult, PrescriberDecision, Treatment
from nurse_app.domain.protocol import Level


@dataclass(frozen=True, slots=True)
class PatientDetails:
    """What is known of the patient. ``name`` may be missing: a record number alone is enough to hold results."""

    record_no: str
    name: str = ""
    birth_date: date | None = None
    sex: Literal["female", "male", "other", "unknown"] | None = None
    weight_kg: Decimal | None = None
    indication: str | None = None
    allergies: tuple[str, ...] | None = None
    medicines: tuple[str, ...] | None = None
    history: History = field(default_factory=History)
    treatment: Treatment = field(default_factory=Treatment)
    enrolment: Enrolment = field(default_factory=Enrolment)
    dose_mg: Decimal | None = None
    chair: str = ""


@dataclass(frozen=True, slots=True)
class PatientRegistered:
    """A record was opened. ``sample`` marks training data for ever."""

    details: PatientDetails
    sample: bool = False


@dataclass(frozen=True, slots=True)
class PatientAmended:
    """The details as they are from now on."""

    details: PatientDetails


@dataclass(frozen=True, slots=True)
class TextAsCame:
    """One result letter by letter as its file has it; "" is nothing."""

    collected_at: str
    test: str
    value: str
    unit: str = ""
    ref_low: str = ""
    ref_high: str = ""


@dataclass(frozen=True, slots=True)
class LabResultRecorded:
    """One result; ``came_from`` says how, ``text`` is how a file had it."""

    result: LabResult
    came_from: Literal["typed", "file", "sample"]
    text: TextAsCame | None = None


@dataclass(frozen=True, slots=True)
class LabResultCorrected:
    """The laboratory sent another result for the same test and time; the earlier ``entry`` stays visible."""

    entry: int
    result: LabResult
    text: TextAsCame | None = None


@dataclass(frozen=True, slots=True)
class LabResultWithdrawn:
    """The laboratory took a result back; the ``entry`` stays visible and no longer counts."""

    entry: int


@dataclass(frozen=True, slots=True)
class LabResultMarkedInError:
    """An earlier result entry of this record is wrong; it stays visible and no longer counts."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionKept:
    """A prescriber's decision that stands beyond the visit it was made in."""

    decision: PrescriberDecision
    visit_id: str | None = None


@dataclass(frozen=True, slots=True)
class HypersensitivityFlagged:
    """A reaction of the allergic kind; ``permanent`` is never cleared."""

    visit_id: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class HypersensitivityCleared:
    """A prescriber cleared the flag between visits."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class AdministrationRecorded:
    """One infusion that was begun, from its visit."""

    visit_id: str
    started_at: datetime
    dose_mg: Decimal
    complete: bool
    reaction: bool


@dataclass(frozen=True, slots=True)
class ReactionRecorded:
    """A reaction of the allergic kind, or one that ended the infusion, from its visit, where it has this ``number``.

    Noted again when its level rises, or when the patient died of it; the last one counts.
    """

    visit_id: str
    level: Level
    onset_at: datetime
    number: int = 1
    died: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpCallMade:
    """A call after a reaction. ``reached`` False: nobody answered, and it stays due.

    ``signs`` are the delayed signs that the patient told of; none: the patient is well.
    """

    visit_id: str
    reached: bool
    signs: tuple[str, ...] = ()
    note: str = ""


PatientEvent = (
    PatientRegistered
    | PatientAmended
    | LabResultRecorded
    | LabResultCorrected
    | LabResultWithdrawn
    | LabResultMarkedInError
    | DecisionKept
    | HypersensitivityFlagged
    | HypersensitivityCleared
    | AdministrationRecorded
    | ReactionRecorded
    | FollowUpCallMade
)
