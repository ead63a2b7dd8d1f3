"""Every fact of a visit, past tense; what happened and nothing else. Who and when is in the envelope (record.py)."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import DecisionWord, Facts, Look, Place, VialOnHand, VitalSigns
from nurse_app.domain.finding import Decision, Finding
from nurse_app.domain.protocol import InfusionProtocol, Level

Outcome = Literal["resolved", "improving", "transferred", "died"]
HowEntered = Literal["typed", "scanned"]


@dataclass(frozen=True, slots=True)
class VisitStarted:
    """The appointment began, with the protocol it is bound to for ever and the facts known then."""

    patient_id: str
    record_no: str
    protocol: InfusionProtocol
    digest: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class FactsUpdated:
    """The patient's record changed while the visit was open."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class PatientIdentified:
    """Wristband and record agree."""

    wristband: str
    entered: HowEntered


@dataclass(frozen=True, slots=True)
class IdentityMismatched:
    """What was scanned or typed is not this patient."""

    wristband: str
    entered: HowEntered


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    question: str
    answer: bool


@dataclass(frozen=True, slots=True)
class VitalSignsRecorded:
    vitals: VitalSigns


@dataclass(frozen=True, slots=True)
class DecisionRecorded:
    """A prescriber decided, and it was read back."""

    about: str
    decision: DecisionWord
    by: str


@dataclass(frozen=True, slots=True)
class PrechecksFinished:
    """Nothing held the dose back; the cautions shown were acknowledged. Holds the basis of the decision."""

    decision: Decision
    findings: tuple[Finding, ...]


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
class ReactionClosed:
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ObservationCompleted:
    pass


@dataclass(frozen=True, slots=True)
class LeftEarly:
    reason: str


@dataclass(frozen=True, slots=True)
class Discharged:
    pass


@dataclass(frozen=True, slots=True)
class NotGiven:
    reason: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    text: str


@dataclass(frozen=True, slots=True)
class EntryMarkedInError:
    """An earlier entry is wrong; it stays visible and no longer counts."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class AlarmAcknowledged:
    alarm: str


@dataclass(frozen=True, slots=True)
class ClockStepNoticed:
    """Somebody moved the wall clock by so much; running times go on unchanged."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class VisitReopened:
    """The program was opened again on a visit in progress; a torn tail was kept aside when ``tail_bytes`` is not 0."""

    tail_bytes: int = 0


Event = (
    VisitStarted
    | FactsUpdated
    | PatientIdentified
    | IdentityMismatched
    | QuestionAnswered
    | VitalSignsRecorded
    | DecisionRecorded
    | PrechecksFinished
    | ProductRecorded
    | VialInspected
    | DiluentRecorded
    | DoseAdded
    | BagInverted
    | DilutionFinished
    | BagInspected
    | BagLabelled
    | BagMoved
    | BagWarmed
    | BagDiscarded
    | SecondCheckPassed
    | SecondCheckFailed
    | LineReadied
    | InfusionStarted
    | RateChanged
    | InfusionPaused
    | InfusionResumed
    | BagEmptied
    | FlushFinished
    | InfusionStopped
    | ObservationStarted
    | ReactionOpened
    | SignNoted
    | ReactionGraded
    | HypersensitivitySuspected
    | TreatmentGiven
    | ActionDone
    | ReactionClosed
    | ObservationCompleted
    | LeftEarly
    | Discharged
    | NotGiven
    | NoteAdded
    | EntryMarkedInError
    | AlarmAcknowledged
    | ClockStepNoticed
    | VisitReopened
)
