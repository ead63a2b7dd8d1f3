"""What is so in a visit after its events, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from nurse_app.domain.after_reaction_events import Receiver
from nurse_app.domain.alarm_book import AlarmBook
from nurse_app.domain.events import ExtravasationRecorded, HowEntered, Outcome
from nurse_app.domain.facts import Facts, Look, Place, PrescriberDecision, VialOnHand, VitalSigns
from nurse_app.domain.finding import Finding
from nurse_app.domain.moment import Moment, Reading, Span, moment_after
from nurse_app.domain.protocol import InfusionProtocol, Level
from nurse_app.domain.restarts import Restart

Phase = Literal["identify", "prechecks", "prepare", "infuse", "flush", "observe", "reaction", "discharge", "closed"]
RunStatus = Literal["not-started", "running", "paused", "stopped", "completed"]


@dataclass(frozen=True, slots=True)
class VitalSignsTaken:
    """One set of vital signs and when it was taken."""

    entry: int
    at: Moment
    vitals: VitalSigns


@dataclass(frozen=True, slots=True)
class RoundTaken:
    """One symptom round and when it was done."""

    entry: int
    at: Moment
    well: bool


@dataclass(frozen=True, slots=True)
class PlaceChange:
    at: Moment
    place: Place


@dataclass(frozen=True, slots=True)
class SecondCheck:
    at: Moment
    by: str


@dataclass(frozen=True, slots=True)
class BagState:
    """The vial and the bag as far as they have come. ``hands`` are the people who worked on them."""

    product: VialOnHand | None = None
    product_entered: HowEntered | None = None
    vial_look: Look | None = None
    diluent: str | None = None
    diluent_lot: str | None = None
    bag_ml: Decimal | None = None
    added_ml: Decimal | None = None
    withdrawn_ml: Decimal | None = None
    inverted: bool = False
    diluted_at: Moment | None = None
    moves: tuple[PlaceChange, ...] = ()
    cold: bool = False
    bag_look: Look | None = None
    labelled: bool = False
    second_check: SecondCheck | None = None
    hands: frozenset[str] = frozenset()
    used_up_at: Moment | None = None

    @property
    def place(self) -> Place:
        return self.moves[-1].place if self.moves else "room"

    @property
    def is_made(self) -> bool:
        """Every line but the second check is done."""
        return self.diluted_at is not None and self.bag_look is not None and self.labelled


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of running at one rate (mL/h); ``ended_at`` None while it runs."""

    started_at: Moment
    rate_ml_h: Decimal
    ended_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The infusion so far. ``status`` completed means bag empty and line flushed."""

    status: RunStatus = "not-started"
    segments: tuple[Segment, ...] = ()
    rate_ml_h: Decimal | None = None
    started_at: Moment | None = None
    started_entry: int = 0
    paused_at: Moment | None = None
    bag_empty_at: Moment | None = None
    ended_at: Moment | None = None
    resume_needs_decision: bool = False
    stopped_for_reaction: bool = False


@dataclass(frozen=True, slots=True)
class TreatmentEntry:
    entry: int
    at: Moment
    name: str
    dose: str | None
    route: str | None


@dataclass(frozen=True, slots=True)
class CtcaeGrade:
    """How a reaction was graded: term, grade, and the version of CTCAE."""

    term: str
    grade: int
    version: str


@dataclass(frozen=True, slots=True)
class HandOverNoted:
    """Who handed the patient over to whom, and when."""

    at: Moment
    by: str
    to: Receiver
    name: str


@dataclass(frozen=True, slots=True)
class ReactionState:
    """One reaction, open or over. ``entry`` is the one that opened it.

    ``grave``: a grading of severe or worse rests on something that was not marked in error.
    """

    opened_at: Moment
    returns_to: Phase
    signs: tuple[tuple[str, Moment], ...] = ()
    level: Level = "none"
    reasons: tuple[str, ...] = ()
    treatments: tuple[TreatmentEntry, ...] = ()
    actions: tuple[tuple[str, Moment], ...] = ()
    closed_at: Moment | None = None
    outcome: Outcome | None = None
    ctcae: CtcaeGrade | None = None
    extravasation: ExtravasationRecorded | None = None
    entry: int = 0
    grave: bool = False

    @property
    def sign_ids(self) -> tuple[str, ...]:
        return tuple(sign for sign, _ in self.signs)


@dataclass(frozen=True, slots=True)
class ObservationState:
    """The watch: when it began, and how it ended."""

    started_at: Moment | None = None
    ended_at: Moment | None = None
    left_early: bool = False
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class VisitState:
    """One visit. ``facts`` are those of the patient's record; answers, vital signs and bag of today are beside them.

    ``lots_set_aside`` are those of vials and bags that were taken in hand and then discarded or replaced;
    ``once_left_early`` stays when a reaction afterwards begins another observation. ``confirmed_gaps`` is what nurses
    have confirmed of the restarts of the machine, by the entry after each.
    """

    patient_id: str
    record_no: str
    protocol: InfusionProtocol
    digest: str
    facts: Facts
    last_reading: Reading
    last_moment: Moment
    number: int
    started_at: Moment
    phase: Phase = "identify"
    wristband: str | None = None
    wristband_entered: HowEntered | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    vitals: tuple[VitalSignsTaken, ...] = ()
    rounds: tuple[RoundTaken, ...] = ()
    decisions: tuple[PrescriberDecision, ...] = ()
    prechecks_done_at: Moment | None = None
    identified_at: Moment | None = None
    bag: BagState = field(default_factory=BagState)
    lots_set_aside: tuple[str, ...] = ()
    line_site: str | None = None
    run: Run = field(default_factory=Run)
    start_findings: tuple[Finding, ...] | None = None
    reactions: tuple[ReactionState, ...] = ()
    handovers: tuple[HandOverNoted, ...] = ()
    observation: ObservationState = field(default_factory=ObservationState)
    once_left_early: bool = False
    hypersensitivity: Literal["no", "suspected", "permanent"] = "no"
    discharged_at: Moment | None = None
    not_given: str | None = None
    acknowledged: frozenset[str] = frozenset()
    alarm_book: AlarmBook = field(default_factory=dict)
    clock_steps: tuple[tuple[Moment, timedelta], ...] = ()
    restarts: tuple[Restart, ...] = ()
    confirmed_gaps: Mapping[int, Span] = field(default_factory=dict)

    def moment(self, reading: Reading) -> Moment:
        """True time at a reading of the clocks, as this visit can prove it."""
        return moment_after(self.last_moment, self.last_reading, reading)

    def is_since_start(self, taken: VitalSignsTaken) -> bool:
        """Was this set taken since the drug began to run? At one instant the order of the entries tells."""
        started = self.run.started_at
        if started is None:
            return False
        return (taken.at.latest, taken.entry) > (started.latest, self.run.started_entry)

    @property
    def reaction(self) -> ReactionState | None:
        """The open reaction."""
        return self.reactions[-1] if self.reactions and self.reactions[-1].closed_at is None else None

    @property
    def last_reaction(self) -> ReactionState | None:
        return self.reactions[-1] if self.reactions else None

    @property
    def is_open(self) -> bool:
        return self.phase != "closed"
