"""A reaction: its signs, level, acts and end."""

from dataclasses import replace

from nurse_app.domain import events as e
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.state import ReactionState, TreatmentEntry, VisitState


def _opened(state: VisitState, event: e.ReactionOpened, stamp: Stamp) -> VisitState:
    reaction = ReactionState(
        opened_at=stamp.at,
        returns_to=state.phase,
        signs=tuple((sign, stamp.at) for sign in event.signs),
    )
    run = state.run
    if run.status in ("running", "paused") and run.bag_empty_at is None:
        run = replace(run, resume_needs_decision=True)
    return replace(state, phase="reaction", run=run, reactions=(*state.reactions, reaction))


def _change(state: VisitState, reaction: ReactionState) -> VisitState:
    return replace(state, reactions=(*state.reactions[:-1], reaction))


def _sign(state: VisitState, event: e.SignNoted, stamp: Stamp) -> VisitState:
    reaction = state.reactions[-1]
    return _change(state, replace(reaction, signs=(*reaction.signs, (event.sign, stamp.at))))


def _graded(state: VisitState, event: e.ReactionGraded, _stamp: Stamp) -> VisitState:
    return _change(state, replace(state.reactions[-1], level=event.level, reasons=event.reasons))


def _flagged(state: VisitState, event: e.HypersensitivitySuspected, _stamp: Stamp) -> VisitState:
    return replace(state, hypersensitivity="permanent" if event.permanent else "suspected")


def _treated(state: VisitState, event: e.TreatmentGiven, stamp: Stamp) -> VisitState:
    reaction = state.reactions[-1]
    entry = TreatmentEntry(stamp.number, stamp.at, event.name, event.dose, event.route)
    return _change(state, replace(reaction, treatments=(*reaction.treatments, entry)))


def _acted(state: VisitState, event: e.ActionDone, stamp: Stamp) -> VisitState:
    reaction = state.reactions[-1]
    return _change(state, replace(reaction, actions=(*reaction.actions, (event.action, stamp.at))))


def _closed(state: VisitState, event: e.ReactionClosed, stamp: Stamp) -> VisitState:
    reaction = state.reactions[-1]
    state = _change(state, replace(reaction, closed_at=stamp.at, outcome=event.outcome))
    return replace(state, phase=reaction.returns_to)


APPLIERS: Appliers = {
    e.ReactionOpened: _opened,
    e.SignNoted: _sign,
    e.ReactionGraded: _graded,
    e.HypersensitivitySuspected: _flagged,
    e.TreatmentGiven: _treated,
    e.ActionDone: _acted,
    e.ReactionClosed: _closed,
}
