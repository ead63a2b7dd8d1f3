"""What a page can ask for besides a command: a sheet, or another screen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from nurse_app.domain.commands import Command
from nurse_app.domain.patient_events import FollowUpCallMade


class SheetKind(StrEnum):
    """The inline panels that take the place of the middle column."""

    VITAL_SIGNS = "vital-signs"
    DECISION = "decision"
    NOT_GIVEN = "not-given"
    WHY = "why"
    PRODUCT = "product"
    DILUENT = "diluent"
    SECOND_CHECK = "second-check"
    DISCARD_BAG = "discard-bag"
    LINE = "line"
    START = "start"
    CHANGE_RATE = "change-rate"
    PAUSE = "pause"
    STOP = "stop"
    BAG_EMPTY = "bag-empty"
    FLUSH = "flush"
    LEAVE_EARLY = "leave-early"
    NOTE = "note"
    CORRECT = "correct"
    CLOSE_REACTION = "close-reaction"
    TREATMENT = "treatment"
    ENTRY_TIME = "entry-time"
    EXTRAVASATION = "extravasation"
    LAB_RESULT = "lab-result"
    PML_RISK = "pml-risk"
    SAVE_TRENDS = "save-trends"
    RESUME = "resume"
    DUE = "due"
    HAND_OVER = "hand-over"
    CTCAE_GRADE = "ctcae-grade"
    REACTION_REPORT = "reaction-report"
    FOLLOW_UP_CALL = "follow-up-call"
    CLEAR_FLAG = "clear-flag"


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """Show a sheet about ``subject`` (a rule, an entry number, a line, a patient id)."""

    kind: SheetKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class GoHome:
    pass


@dataclass(frozen=True, slots=True)
class GoToVisit:
    """Show a visit at its present step, or at ``step`` for looking back."""

    visit_id: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class BeginVisit:
    patient_id: str


@dataclass(frozen=True, slots=True)
class GoToPatient:
    """Show a patient's details; empty id: a new patient."""

    patient_id: str = ""
    record_no: str = ""


@dataclass(frozen=True, slots=True)
class GoToTrends:
    """Show a patient's results as curves; ``timeline``: the MS timeline instead."""

    patient_id: str
    timeline: bool = False


@dataclass(frozen=True, slots=True)
class GoToRecord:
    """Show a visit's timeline and record."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class GoToReactions:
    """Show a patient's reactions to the drug: the follow-up call, and whether it may be given again."""

    patient_id: str


@dataclass(frozen=True, slots=True)
class GoToReports:
    pass


@dataclass(frozen=True, slots=True)
class GoToRecall:
    """Show who has something overdue or due soon."""


@dataclass(frozen=True, slots=True)
class GoToCheck:
    """Show the check of all records."""


@dataclass(frozen=True, slots=True)
class GoToAbout:
    """Show what this program is, and whose parts are in it."""


@dataclass(frozen=True, slots=True)
class GoToSelfTest:
    """Show what the program finds when it looks at itself and at this computer."""


@dataclass(frozen=True, slots=True)
class GoToSoundTest:
    """Show the sound test."""


@dataclass(frozen=True, slots=True)
class GoToImport:
    """Show the import of results; with a path, begin with that file."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class GoToHelp:
    """Show help over what is on; empty topic: the one for what is on. ``patient_id``: whose paper form is wanted."""

    topic: str = ""
    patient_id: str = ""


@dataclass(frozen=True, slots=True)
class MakePaper:
    """Put a page of the help, or a form to write on by hand, into a file or on paper.

    "blank" is the form for anybody, "patient" that of ``patient_id``, "due" one for each patient who is due.
    """

    what: Literal["topic", "blank", "patient", "due"]
    way: Literal["pdf", "print"]
    patient_id: str = ""


@dataclass(frozen=True, slots=True)
class GoToUpdate:
    """Show which version of the program is in use, and bring in another."""


@dataclass(frozen=True, slots=True)
class SaveRecord:
    """Write the visit's record as PDF where the nurse says."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class SavePages:
    """Put the hand-over sheet or the report data of a visit's last reaction into a file or on paper.

    ``serious``: what makes it serious, as chosen for the report.
    """

    visit_id: str
    what: Literal["hand-over", "report"]
    way: Literal["pdf", "print", "json"]
    serious: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordFollowUpCall:
    """What came of a call after a reaction."""

    patient_id: str
    call: FollowUpCallMade


@dataclass(frozen=True, slots=True)
class ClearHypersensitivity:
    """A prescriber's decision, read back, that the drug may be given again."""

    patient_id: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SaveTrends:
    """Take a patient's trends along: as a file, on the clipboard, on paper."""

    patient_id: str
    form: Literal["pdf", "png", "csv", "text", "print"]


@dataclass(frozen=True, slots=True)
class GoToUsers:
    pass


@dataclass(frozen=True, slots=True)
class SwitchUser:
    pass


@dataclass(frozen=True, slots=True)
class TouchPaper:
    """An act was done; of one that was touched by mistake the touch is taken back.

    ``at``: take back the touch of that time; so goes also a drug that may be given again.
    """

    act: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """Everything that was touched becomes an entry, with the time of its touch."""


@dataclass(frozen=True, slots=True)
class LeavePaper:
    """The times stay on paper only."""


# Pages that are opened beside a visit or home and left again; which of them has a visit, it knows itself.
_AboutRecords = GoToTrends | GoToRecord | GoToReactions | GoToReports | GoToCheck | GoToRecall
_AboutProgram = GoToSelfTest | GoToSoundTest | GoToAbout | GoToUpdate
PageBeside = _AboutRecords | _AboutProgram
Place = GoHome | GoToVisit | GoToPatient | GoToImport | PageBeside
Navigation = Place | BeginVisit | SaveRecord | GoToUsers | SwitchUser | GoToHelp
_OfReaction = SavePages | RecordFollowUpCall | ClearHypersensitivity
PaperIntent = TouchPaper | RecordPaper | LeavePaper
Intent = Command | OpenSheet | Navigation | SaveTrends | MakePaper | PaperIntent | _OfReaction
