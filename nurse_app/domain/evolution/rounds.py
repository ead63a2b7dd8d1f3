"""Symptom rounds done."""

from dataclasses import replace

from nurse_app.domain import events as e
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.state import RoundTaken, VisitState


def _done(state: VisitState, event: e.RoundDone, stamp: Stamp) -> VisitState:
    return replace(state, rounds=(*state.rounds, RoundTaken(stamp.number, stamp.at, event.well)))


APPLIERS: Appliers = {e.RoundDone: _done}
