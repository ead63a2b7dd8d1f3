"""The infusion, the flush, and the watch after it."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain import events as e
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.moment import Moment
from nurse_app.domain.state import ObservationState, Run, Segment, VisitState


def _close(run: Run, at: Moment) -> tuple[Segment, ...]:
    """The segments with the last one ended."""
    if not run.segments or run.segments[-1].ended_at is not None:
        return run.segments
    return (*run.segments[:-1], replace(run.segments[-1], ended_at=at))


def _begin(run: Run, at: Moment, rate: Decimal) -> tuple[Segment, ...]:
    return (*_close(run, at), Segment(at, rate))


def _started(state: VisitState, event: e.InfusionStarted, stamp: Stamp) -> VisitState:
    run = Run(
        status="running",
        segments=(Segment(stamp.at, event.rate_ml_h),),
        rate_ml_h=event.rate_ml_h,
        started_at=stamp.at,
        started_entry=stamp.number,
    )
    return replace(state, phase="infuse", run=run, start_findings=event.findings)


def _rate(state: VisitState, event: e.RateChanged, stamp: Stamp) -> VisitState:
    run = state.run
    segments = _begin(run, stamp.at, event.rate_ml_h) if run.status == "running" else run.segments
    return replace(state, run=replace(run, rate_ml_h=event.rate_ml_h, segments=segments))


def _paused(state: VisitState, _event: e.InfusionPaused, stamp: Stamp) -> VisitState:
    run = replace(state.run, status="paused", segments=_close(state.run, stamp.at), paused_at=stamp.at)
    return replace(state, run=run)


def _resumed(state: VisitState, _event: e.InfusionResumed, stamp: Stamp) -> VisitState:
    run = state.run
    segments = _begin(run, stamp.at, run.rate_ml_h or Decimal(0))
    return replace(state, run=replace(run, status="running", segments=segments, paused_at=None))


def _bag_empty(state: VisitState, _event: e.BagEmptied, stamp: Stamp) -> VisitState:
    run = replace(
        state.run,
        status="running",
        segments=_close(state.run, stamp.at),
        bag_empty_at=stamp.at,
        paused_at=None,
    )
    return replace(state, phase="flush", run=run, bag=replace(state.bag, used_up_at=stamp.at))


def _flushed(state: VisitState, _event: e.FlushFinished, stamp: Stamp) -> VisitState:
    return replace(state, run=replace(state.run, status="completed", ended_at=stamp.at))


def _stopped(state: VisitState, event: e.InfusionStopped, stamp: Stamp) -> VisitState:
    run = replace(
        state.run,
        status="stopped",
        segments=_close(state.run, stamp.at),
        ended_at=stamp.at,
        stopped_for_reaction=event.for_reaction,
        resume_needs_decision=False,
    )
    used_up_at = state.bag.used_up_at or stamp.at
    return replace(state, run=run, bag=replace(state.bag, used_up_at=used_up_at))


def _observing(state: VisitState, _event: e.ObservationStarted, stamp: Stamp) -> VisitState:
    # An order for a shorter watch may be given before it begins; it does not outlive a reaction.
    shortened = state.observation.shortened and not state.reactions
    return replace(state, phase="observe", observation=ObservationState(started_at=stamp.at, shortened=shortened))


def _observed(state: VisitState, _event: e.ObservationCompleted, stamp: Stamp) -> VisitState:
    return replace(state, phase="discharge", observation=replace(state.observation, ended_at=stamp.at))


def _left(state: VisitState, _event: e.LeftEarly, stamp: Stamp) -> VisitState:
    observation = replace(state.observation, ended_at=stamp.at, left_early=True)
    return replace(state, phase="discharge", observation=observation, once_left_early=True)


APPLIERS: Appliers = {
    e.InfusionStarted: _started,
    e.RateChanged: _rate,
    e.InfusionPaused: _paused,
    e.InfusionResumed: _resumed,
    e.BagEmptied: _bag_empty,
    e.FlushFinished: _flushed,
    e.InfusionStopped: _stopped,
    e.ObservationStarted: _observing,
    e.ObservationCompleted: _observed,
    e.LeftEarly: _left,
}
