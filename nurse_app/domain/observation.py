"""The watch after the infusion: how long it has been, and when it may end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from nurse_app.domain.calendar import day_of
from nurse_app.domain.moment import NO_TIME, ZERO, Moment
from nurse_app.domain.protocol import minutes
from nurse_app.domain.state import VisitState

WatchStatus = Literal["not-started", "running", "completed", "left-early"]


@dataclass(frozen=True, slots=True)
class Watch:
    """``ready`` needs proof: it uses the least time that can have passed."""

    status: WatchStatus
    elapsed: timedelta
    remaining: timedelta
    ready: bool
    not_before: Moment | None


def watch(state: VisitState, now: Moment) -> Watch:
    """The observation at ``now``."""
    observation, limits = state.observation, state.protocol.observation
    needed = minutes(limits.minutes)
    if observation.started_at is None:
        return Watch("not-started", ZERO, needed, ready=False, not_before=None)
    until = observation.ended_at or now
    elapsed = until.since(observation.started_at).least
    began = state.run.started_at
    since_start = until.since(began) if began is not None else NO_TIME
    gate = minutes(limits.not_before_start_minutes)
    ready = observation.shortened or (elapsed >= needed and (began is None or since_start.least >= gate))
    not_before = observation.started_at.plus(needed)
    if began is not None:
        later = began.plus(gate)
        not_before = later if later.latest > not_before.latest else not_before
    return Watch(_status(state), elapsed, needed - elapsed, ready, not_before)


def _status(state: VisitState) -> WatchStatus:
    if state.observation.ended_at is None:
        return "running"
    return "left-early" if state.observation.left_early else "completed"


def may_be_shortened(state: VisitState) -> bool:
    """Only from the protocol's infusion number on, without any reaction, and without a long gap before today."""
    limits, patient = state.protocol.observation, state.facts.patient
    if patient is None or patient.treatment is None or patient.history is None or state.reactions:
        return False
    given, last = patient.treatment.infusions_given, patient.treatment.last_infusion
    if given is None or last is None or given + 1 < limits.shorten_from_infusion:
        return False
    zone = state.last_reading.wall.tzinfo
    gap = (day_of(state.started_at.latest, zone) - day_of(last, zone)).days
    return patient.history.natalizumab_hypersensitivity is False and gap < limits.shorten_gap_days
