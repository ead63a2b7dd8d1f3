"""Everything a person can ask of a visit, imperative. Commands are not stored; the events they lead to are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nurse_app.domain.after_reaction_commands import GradeReaction, HandOver
from nurse_app.domain.alarm_commands import NoteAlarmSounded, NoticeAlarms, PauseAudio
from nurse_app.domain.clock_commands import ConfirmClock, NoticeClockStep, ReopenVisit
from nurse_app.domain.events import HowEntered, Outcome
from nurse_app.domain.facts import DecisionWord, Facts, Look, Place, VialOnHand, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import CorrectTime, RaiseLevel, RecordExtravasation, StopInReaction
from nurse_app.domain.round_commands import SeenWell


@dataclass(frozen=True, slots=True)
class StartVisit:
    patient_id: str
    record_no: str
    protocol: InfusionProtocol
    digest: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    facts: Facts


@dataclass(frozen=True, slots=True)
class Identify:
    wristband: str
    birth_date: date | None = None
    entered: HowEntered = "typed"


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    question: str
    answer: bool


@dataclass(frozen=True, slots=True)
class AnswerRest:
    """The same answer to every question that has none yet."""

    answer: bool


@dataclass(frozen=True, slots=True)
class RecordVitalSigns:
    vitals: VitalSigns


@dataclass(frozen=True, slots=True)
class RecordDecision:
    about: str
    decision: DecisionWord
    by: str
    read_back: bool


@dataclass(frozen=True, slots=True)
class FinishPrechecks:
    pass


@dataclass(frozen=True, slots=True)
class RecordProduct:
    product: VialOnHand
    entered: HowEntered = "typed"


@dataclass(frozen=True, slots=True)
class InspectVial:
    result: Look


@dataclass(frozen=True, slots=True)
class RecordDiluent:
    diluent: str
    bag_ml: Decimal
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class AddDose:
    added_ml: Decimal
    withdrawn_from_bag_ml: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class InvertBag:
    pass


@dataclass(frozen=True, slots=True)
class FinishDilution:
    pass


@dataclass(frozen=True, slots=True)
class InspectBag:
    result: Look


@dataclass(frozen=True, slots=True)
class LabelBag:
    pass


@dataclass(frozen=True, slots=True)
class MoveBag:
    place: Place


@dataclass(frozen=True, slots=True)
class WarmBag:
    pass


@dataclass(frozen=True, slots=True)
class DiscardBag:
    reason: str


@dataclass(frozen=True, slots=True)
class CheckSecond:
    """The second person's own entries, made without seeing the first ones."""

    by: str
    lot: str
    added_ml: Decimal
    record_no: str


@dataclass(frozen=True, slots=True)
class ReadyLine:
    site: str


@dataclass(frozen=True, slots=True)
class StartInfusion:
    rate_ml_h: Decimal


@dataclass(frozen=True, slots=True)
class ChangeRate:
    rate_ml_h: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class PauseInfusion:
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeInfusion:
    pass


@dataclass(frozen=True, slots=True)
class EmptyBag:
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FinishFlush:
    volume_ml: Decimal


@dataclass(frozen=True, slots=True)
class StopInfusion:
    reason: str
    for_reaction: bool = False


@dataclass(frozen=True, slots=True)
class OpenReaction:
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteSign:
    sign: str


@dataclass(frozen=True, slots=True)
class GiveTreatment:
    name: str
    dose: str | None = None
    route: str | None = None


@dataclass(frozen=True, slots=True)
class DoAction:
    action: str


@dataclass(frozen=True, slots=True)
class CloseReaction:
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CompleteObservation:
    pass


@dataclass(frozen=True, slots=True)
class LeaveEarly:
    reason: str


@dataclass(frozen=True, slots=True)
class Discharge:
    pass


@dataclass(frozen=True, slots=True)
class DoNotGive:
    reason: str


@dataclass(frozen=True, slots=True)
class AddNote:
    text: str


@dataclass(frozen=True, slots=True)
class CorrectEntry:
    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class AcknowledgeAlarm:
    alarm: str


Command = (
    StartVisit
    | UpdateFacts
    | Identify
    | AnswerQuestion
    | AnswerRest
    | RecordVitalSigns
    | RecordDecision
    | FinishPrechecks
    | RecordProduct
    | InspectVial
    | RecordDiluent
    | AddDose
    | InvertBag
    | FinishDilution
    | InspectBag
    | LabelBag
    | MoveBag
    | WarmBag
    | DiscardBag
    | CheckSecond
    | ReadyLine
    | StartInfusion
    | ChangeRate
    | PauseInfusion
    | ResumeInfusion
    | EmptyBag
    | FinishFlush
    | StopInfusion
    | OpenReaction
    | NoteSign
    | GiveTreatment
    | DoAction
    | RaiseLevel
    | StopInReaction
    | RecordExtravasation
    | CorrectTime
    | CloseReaction
    | GradeReaction
    | HandOver
    | CompleteObservation
    | LeaveEarly
    | Discharge
    | DoNotGive
    | AddNote
    | CorrectEntry
    | AcknowledgeAlarm
    | NoticeAlarms
    | NoteAlarmSounded
    | PauseAudio
    | NoticeClockStep
    | ConfirmClock
    | SeenWell
    | ReopenVisit
)
