"""What deciding gives: events to record, or a refusal with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nurse_app.domain.events import Event
from nurse_app.domain.moment import Moment
from nurse_app.domain.state import VisitState


class Reason(StrEnum):
    """Why a command was refused; presentation has words for each."""

    WRONG_STEP = "wrong-step"
    VISIT_CLOSED = "visit-closed"
    IDENTITY_MISMATCH = "identity-mismatch"
    BIRTH_DATE_MISMATCH = "birth-date-mismatch"
    UNKNOWN_QUESTION = "unknown-question"
    NOTHING_TO_ANSWER = "nothing-to-answer"
    NO_VALUES = "no-values"
    IMPOSSIBLE_VALUE = "impossible-value"
    UNKNOWN_RULE = "unknown-rule"
    NOT_READ_BACK = "not-read-back"
    NAME_MISSING = "name-missing"
    REASON_MISSING = "reason-missing"
    TEXT_MISSING = "text-missing"
    NOT_ALLOWED_FOR_PATIENT = "not-allowed-for-patient"
    FINDINGS_OPEN = "findings-open"
    DO_NOT_GIVE = "do-not-give"
    LINE_BEFORE_MISSING = "line-before-missing"
    BAG_ALREADY_MIXED = "bag-already-mixed"
    NO_BAG = "no-bag"
    BAG_IS_COLD = "bag-is-cold"
    BAG_TOO_OLD = "bag-too-old"
    SAME_PERSON = "same-person"
    SECOND_CHECK_DIFFERS = "second-check-differs"
    SECOND_CHECK_MISSING = "second-check-missing"
    LINE_NOT_READY = "line-not-ready"
    RATE_TOO_HIGH = "rate-too-high"
    NOT_POSITIVE = "not-positive"
    NOT_RUNNING = "not-running"
    NOT_PAUSED = "not-paused"
    DECISION_MISSING = "decision-missing"
    HANDED_OVER = "handed-over"
    STOPPED_FOR_GOOD = "stopped-for-good"
    UNKNOWN_SIGN = "unknown-sign"
    UNKNOWN_TREATMENT = "unknown-treatment"
    UNKNOWN_ACTION = "unknown-action"
    UNKNOWN_GRADE = "unknown-grade"
    NO_REACTION = "no-reaction"
    LEVEL_NOT_HIGHER = "level-not-higher"
    MORE_THAN_THE_BAG = "more-than-the-bag"
    TOO_EARLY = "too-early"
    ALREADY_STARTED = "already-started"
    UNKNOWN_ENTRY = "unknown-entry"
    NOT_CORRECTABLE = "not-correctable"
    ALREADY_CORRECTED = "already-corrected"
    TIME_STAYS = "time-stays"
    TIME_OUTSIDE_VISIT = "time-outside-visit"
    UNKNOWN_ALARM = "unknown-alarm"
    UNREADABLE_BARCODE = "unreadable-barcode"
    TIME_IS_KNOWN = "time-is-known"
    TIME_NOT_POSSIBLE = "time-not-possible"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A refusal. ``details`` are ids for its words; ``events`` record that it was tried, when that matters."""

    reason: Reason
    details: tuple[str, ...] = ()
    events: tuple[Event, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Context:
    """What a decision may look at: the state, the moment, and who asks."""

    state: VisitState
    now: Moment
    by: str


Verdict = tuple[Event, ...] | Rejected
# The command's own type is the key of the table, which a static type cannot express.
Decider = Callable[[Any, Context], Verdict]
Deciders = Mapping[type, Decider]
