"""A reaction: its signs, level, acts and end."""

from dataclasses import replace

from nurse_app.domain import events as e
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.reaction import RAISED_BY_NURSE, is_systemic
from nurse_app.domain.state import ReactionState, TreatmentEntry, VisitState


def _opened(state: VisitState, event: e.ReactionOpened, stamp: Stamp) -> VisitState:
    reaction = ReactionState(
        opened_at=stamp.at,
        returns_to=state.phase,
        signs=tuple((sign, stamp.at) for sign in event.signs),
        entry=stamp.number,
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
    reaction = state.reactions[-1]
    # Signs that were marked in error are not there when a record is read anew.
    stand = tuple(reason for reason in event.reasons if _stands(state, reaction, reason))
    rests = bool(stand) or not event.reasons
    grave = reaction.grave or (rests and is_systemic(event.level))
    return _change(state, replace(reaction, level=event.level, reasons=stand, grave=grave))


def _stands(state: VisitState, reaction: ReactionState, reason: str) -> bool:
    """A sign is a reason while it is marked; a criterion while any sign is; what a nurse saw always."""
    if reason == RAISED_BY_NURSE:
        return True
    return reason in reaction.sign_ids if state.protocol.sign(reason) is not None else bool(reaction.signs)


def _flagged(state: VisitState, event: e.HypersensitivitySuspected, _stamp: Stamp) -> VisitState:
    return replace(state, hypersensitivity="permanent" if event.permanent else "suspected")


def _treated(state: VisitState, event: e.TreatmentGiven, stamp: Stamp) -> VisitState:
    reaction = state.reactions[-1]
    entry = TreatmentEntry(stamp.number, stamp.at, event.name, event.dose, event.route)
    # In the order in which they were given, also where a time was corrected.
    treatments = sorted((*reaction.treatments, entry), key=lambda item: (item.at.latest, item.entry))
    return _change(state, replace(reaction, treatments=tuple(treatments)))


def _acted(state: VisitState, event: e.ActionDone, stamp: Stamp) -> VisitState:
    reaction = state.reactions[-1]
    return _change(state, replace(reaction, actions=(*reaction.actions, (event.action, stamp.at))))


def _slipped(state: VisitState, event: e.ExtravasationRecorded, _stamp: Stamp) -> VisitState:
    before = state.reactions[-1].extravasation or e.ExtravasationRecorded()
    grade = before.grade if event.grade is None else event.grade
    lost_ml = before.lost_ml if event.lost_ml is None else event.lost_ml
    return _change(state, replace(state.reactions[-1], extravasation=e.ExtravasationRecorded(grade, lost_ml)))


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
    e.ExtravasationRecorded: _slipped,
    e.ReactionClosed: _closed,
}
