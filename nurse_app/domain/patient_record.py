"""What is so in a patient's record after its events, and the facts it gives to a visit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from nurse_app.domain import patient_events as p
from nurse_app.domain.facts import Facts, Identity, LabResult, Order, Patient, PrescriberDecision, Treatment
from nurse_app.domain.record import Recorded


@dataclass(frozen=True, slots=True)
class LabEntry:
    """A result and the entry that brought it; a superseded one stays visible and does not count.

    ``text`` is how a file had it, ``corrected_by`` the entry that a correction put in its place.
    """

    entry: int
    result: LabResult
    superseded: bool = False
    text: p.TextAsCame | None = None
    corrected_by: int | None = None


@dataclass(frozen=True, slots=True)
class CallOnRecord:
    """A follow-up call and when it was noted (wall clock with its offset)."""

    at: datetime
    call: p.FollowUpCallMade


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """One patient. ``details.treatment`` is the course as registered; ``administrations`` are the visits since."""

    details: p.PatientDetails
    sample: bool = False
    labs: tuple[LabEntry, ...] = ()
    decisions: tuple[PrescriberDecision, ...] = ()
    administrations: tuple[p.AdministrationRecorded, ...] = ()
    hypersensitivity: Literal["no", "suspected", "permanent"] = "no"
    flagged_by_visits: frozenset[str] = frozenset()
    flagged_for_good_by: frozenset[str] = frozenset()
    kept_visits: frozenset[str] = frozenset()
    reactions: tuple[p.ReactionRecorded, ...] = ()
    calls: tuple[CallOnRecord, ...] = ()
    number: int = 0


def fold_patient(record: Sequence[Recorded[p.PatientEvent]]) -> PatientRecord | None:
    """The record after all its events; None for an empty one."""
    state: PatientRecord | None = None
    for item in record:
        state = evolve_patient(state, item)
    return state


def evolve_patient(state: PatientRecord | None, recorded: Recorded[p.PatientEvent]) -> PatientRecord:
    """The record after one more event. Raises ValueError when it does not begin with a registration."""
    event = recorded.event
    if isinstance(event, p.PatientRegistered):
        state = PatientRecord(details=event.details, sample=event.sample)
    elif state is None:
        message = "the record does not begin with a registration"
        raise ValueError(message)
    else:
        state = _apply(state, _in_ward_time(recorded), recorded.number, recorded.entry.reading.wall)
    return replace(state, number=recorded.number)


def _in_ward_time(recorded: Recorded[p.PatientEvent]) -> p.PatientEvent:
    """A visit's times are true UTC; in the offset of their entry they are those that people read off a clock."""
    event, ward = recorded.event, recorded.entry.reading.wall.tzinfo
    if isinstance(event, p.AdministrationRecorded):
        return replace(event, started_at=event.started_at.astimezone(ward))
    if isinstance(event, p.ReactionRecorded):
        return replace(event, onset_at=event.onset_at.astimezone(ward))
    return event


def _apply(state: PatientRecord, event: p.PatientEvent, number: int, wall: datetime) -> PatientRecord:
    match event:
        case p.PatientRegistered() | p.PatientAmended():
            return replace(state, details=event.details)
        case p.LabResultRecorded():
            return replace(state, labs=(*state.labs, LabEntry(number, event.result, text=event.text)))
        case p.LabResultCorrected():
            corrected = LabEntry(number, event.result, text=event.text)
            return replace(state, labs=(*_without(state.labs, event.entry, number), corrected))
        case p.LabResultMarkedInError() | p.LabResultWithdrawn():
            return replace(state, labs=_without(state.labs, event.entry))
        case p.DecisionKept():
            return replace(state, decisions=(*state.decisions, event.decision))
        case p.HypersensitivityFlagged() | p.HypersensitivityCleared() | p.ReactionRecorded() | p.FollowUpCallMade():
            return _reacted(state, event, wall)
        case p.AdministrationRecorded():
            # The guide is read before each infusion: having read it counts for one.
            enrolment = replace(state.details.enrolment, medication_guide_read=None)
            details = replace(state.details, enrolment=enrolment)
            return replace(state, details=details, administrations=(*state.administrations, event))
        case _:
            assert_never(event)


_OfReaction = p.HypersensitivityFlagged | p.HypersensitivityCleared | p.ReactionRecorded | p.FollowUpCallMade


def _reacted(state: PatientRecord, event: _OfReaction, wall: datetime) -> PatientRecord:
    """A reaction to the drug and what became of it. ``wall`` is when it was noted."""
    match event:
        case p.HypersensitivityFlagged():
            # Only the visit that flagged for good can take that back, when its own entries were marked in error.
            others = state.flagged_for_good_by - {event.visit_id}
            for_good = others | {event.visit_id} if event.permanent else others
            flagged = state.flagged_by_visits | {event.visit_id}
            flag: Literal["suspected", "permanent"] = "permanent" if for_good else "suspected"
            return replace(state, hypersensitivity=flag, flagged_by_visits=flagged, flagged_for_good_by=for_good)
        case p.HypersensitivityCleared():
            return replace(state, hypersensitivity="no")
        case p.ReactionRecorded():
            reactions = tuple(each for each in state.reactions if not _is_same(each, event))
            return replace(state, reactions=(*reactions, event))
        case p.FollowUpCallMade():
            return replace(state, calls=(*state.calls, CallOnRecord(wall, event)))
        case _:
            assert_never(event)


def _is_same(one: p.ReactionRecorded, other: p.ReactionRecorded) -> bool:
    return (one.visit_id, one.number) == (other.visit_id, other.number)


def _without(labs: tuple[LabEntry, ...], entry: int, corrected_by: int | None = None) -> tuple[LabEntry, ...]:
    """The results, of which one no longer counts."""
    return tuple(
        replace(lab, superseded=True, corrected_by=corrected_by) if lab.entry == entry else lab for lab in labs
    )


def facts_of(record: PatientRecord) -> Facts:
    """The record as facts for the rules. A flag counts as a history of hypersensitivity."""
    details = record.details
    flagged = record.hypersensitivity != "no"
    history = replace(details.history, natalizumab_hypersensitivity=True) if flagged else details.history
    return Facts(
        identity=Identity(record_no=details.record_no),
        patient=Patient(
            birth_date=details.birth_date,
            sex=details.sex,
            weight_kg=details.weight_kg,
            indication=details.indication,
            allergies=details.allergies,
            medicines=details.medicines,
            history=history,
            treatment=treatment_of(record),
            decisions=record.decisions,
        ),
        rems=details.enrolment,
        labs=tuple(lab.result for lab in record.labs if not lab.superseded),
        order=Order(details.dose_mg),
    )


def treatment_of(record: PatientRecord) -> Treatment:
    """The course as registered, with the infusions that this record has itself."""
    course, given = record.details.treatment, record.administrations
    if not given:
        return course
    return replace(
        course,
        first_infusion=course.first_infusion or given[0].started_at,
        infusions_given=None if course.infusions_given is None else course.infusions_given + len(given),
        last_infusion=_later(course.last_infusion, given[-1].started_at),
    )


def _later(known: datetime | date | None, given: datetime) -> datetime | date:
    if known is None:
        return given
    known_day = known.date() if isinstance(known, datetime) else known
    return given if given.date() >= known_day else known
