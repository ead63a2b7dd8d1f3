"""Every fact of a visit, past tense; what happened and nothing else. Who and when is in the envelope (record.py).

The facts of the bag, the infusion, a reaction and the clocks have modules of their own and are listed here too.
"""

from dataclasses import dataclass

from nurse_app.domain.after_reaction_events import CtcaeGraded, HandedOver
from nurse_app.domain.alarm_events import AlarmEscalated, AlarmRaised, AlarmResolved, AlarmSounded, AudioPaused
from nurse_app.domain.bag_events import (
    BagDiscarded,
    BagInspected,
    BagInverted,
    BagLabelled,
    BagMoved,
    BagWarmed,
    DiluentRecorded,
    DilutionFinished,
    DoseAdded,
    HowEntered,
    LineReadied,
    ProductRecorded,
    SecondCheckFailed,
    SecondCheckPassed,
    VialInspected,
)
from nurse_app.domain.clock_events import ClockConfirmed, ClockStepNoticed, ConfirmedGap, VisitReopened
from nurse_app.domain.facts import DecisionWord, Facts, VitalSigns
from nurse_app.domain.finding import Decision, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_events import (
    ActionDone,
    ExtravasationRecorded,
    HypersensitivitySuspected,
    Outcome,
    ReactionClosed,
    ReactionGraded,
    ReactionOpened,
    SignNoted,
    TreatmentGiven,
)
from nurse_app.domain.round_events import RoundDone
from nurse_app.domain.run_events import (
    BagEmptied,
    FlushFinished,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    LeftEarly,
    ObservationCompleted,
    ObservationStarted,
    RateChanged,
)
from nurse_app.domain.time_events import EntryTimeCorrected

__all__ = [
    "ActionDone",
    "AlarmAcknowledged",
    "AlarmEscalated",
    "AlarmRaised",
    "AlarmResolved",
    "AlarmSounded",
    "AudioPaused",
    "BagDiscarded",
    "BagEmptied",
    "BagInspected",
    "BagInverted",
    "BagLabelled",
    "BagMoved",
    "BagWarmed",
    "ClockConfirmed",
    "ClockStepNoticed",
    "ConfirmedGap",
    "CtcaeGraded",
    "DecisionRecorded",
    "DiluentRecorded",
    "DilutionFinished",
    "Discharged",
    "DoseAdded",
    "EntryMarkedInError",
    "EntryTimeCorrected",
    "Event",
    "ExtravasationRecorded",
    "FactsUpdated",
    "FlushFinished",
    "HandedOver",
    "HowEntered",
    "HypersensitivitySuspected",
    "IdentityMismatched",
    "InfusionPaused",
    "InfusionResumed",
    "InfusionStarted",
    "InfusionStopped",
    "LeftEarly",
    "LineReadied",
    "NotGiven",
    "NoteAdded",
    "ObservationCompleted",
    "ObservationStarted",
    "Outcome",
    "PatientIdentified",
    "PrechecksFinished",
    "ProductRecorded",
    "QuestionAnswered",
    "RateChanged",
    "ReactionClosed",
    "ReactionGraded",
    "ReactionOpened",
    "RoundDone",
    "SecondCheckFailed",
    "SecondCheckPassed",
    "SignNoted",
    "TreatmentGiven",
    "VialInspected",
    "VisitReopened",
    "VisitStarted",
    "VitalSignsRecorded",
]


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
    | RoundDone
    | ReactionOpened
    | SignNoted
    | ReactionGraded
    | HypersensitivitySuspected
    | TreatmentGiven
    | ActionDone
    | ExtravasationRecorded
    | ReactionClosed
    | CtcaeGraded
    | HandedOver
    | ObservationCompleted
    | LeftEarly
    | Discharged
    | NotGiven
    | NoteAdded
    | EntryMarkedInError
    | EntryTimeCorrected
    | AlarmAcknowledged
    | AlarmRaised
    | AlarmSounded
    | AlarmEscalated
    | AudioPaused
    | AlarmResolved
    | ClockStepNoticed
    | ClockConfirmed
    | VisitReopened
)
