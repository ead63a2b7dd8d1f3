"""Identity, answers, vital signs, decisions, notes: the part of the state that any phase may change."""

from dataclasses import replace

from nurse_app.domain import events as e
from nurse_app.domain.evolution.applier import Appliers, Stamp, unchanged
from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.state import VisitState, VitalSignsTaken


def _facts_updated(state: VisitState, event: e.FactsUpdated, _stamp: Stamp) -> VisitState:
    return replace(state, facts=event.facts)


def _identified(state: VisitState, event: e.PatientIdentified, stamp: Stamp) -> VisitState:
    return replace(
        state,
        wristband=event.wristband,
        wristband_entered=event.entered,
        identified_at=stamp.at,
        phase="prechecks" if state.phase == "identify" else state.phase,
    )


def _answered(state: VisitState, event: e.QuestionAnswered, _stamp: Stamp) -> VisitState:
    return replace(state, answers={**state.answers, event.question: event.answer})


def _vitals(state: VisitState, event: e.VitalSignsRecorded, stamp: Stamp) -> VisitState:
    taken = (*state.vitals, VitalSignsTaken(stamp.number, stamp.at, event.vitals))
    # In the order in which they were taken, also where a time was corrected.
    return replace(state, vitals=tuple(sorted(taken, key=lambda item: (item.at.latest, item.entry))))


def _decided(state: VisitState, event: e.DecisionRecorded, stamp: Stamp) -> VisitState:
    decision = PrescriberDecision(event.about, event.decision, event.by, stamp.at.latest)
    state = replace(state, decisions=(*state.decisions, decision))
    limits = state.protocol.decisions
    if event.about == limits.resume:
        run = replace(state.run, resume_needs_decision=event.decision != "proceed")
        state = replace(state, run=run)
    if event.about == limits.shorten_observation:
        observation = replace(state.observation, shortened=event.decision == "proceed")
        state = replace(state, observation=observation)
    return state


def _prechecks_finished(state: VisitState, _event: e.PrechecksFinished, stamp: Stamp) -> VisitState:
    return replace(state, phase="prepare", prechecks_done_at=stamp.at)


def _discharged(state: VisitState, _event: e.Discharged, stamp: Stamp) -> VisitState:
    return replace(state, phase="closed", discharged_at=stamp.at)


def _not_given(state: VisitState, event: e.NotGiven, stamp: Stamp) -> VisitState:
    return replace(state, phase="closed", not_given=event.reason, discharged_at=stamp.at)


def _clock_step(state: VisitState, event: e.ClockStepNoticed, stamp: Stamp) -> VisitState:
    return replace(state, clock_steps=(*state.clock_steps, (stamp.at, event.by)))


APPLIERS: Appliers = {
    e.FactsUpdated: _facts_updated,
    e.PatientIdentified: _identified,
    e.IdentityMismatched: unchanged,
    e.QuestionAnswered: _answered,
    e.VitalSignsRecorded: _vitals,
    e.DecisionRecorded: _decided,
    e.PrechecksFinished: _prechecks_finished,
    e.Discharged: _discharged,
    e.NotGiven: _not_given,
    e.NoteAdded: unchanged,
    e.EntryMarkedInError: unchanged,
    e.EntryTimeCorrected: unchanged,
    e.ClockStepNoticed: _clock_step,
    e.ClockConfirmed: unchanged,
    e.VisitReopened: unchanged,
}
