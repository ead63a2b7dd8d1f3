"""The vial, the bag, its clocks, and the line."""

from dataclasses import replace
from typing import Any

from nurse_app.domain import events as e
from nurse_app.domain.evolution.applier import Appliers, Stamp, unchanged
from nurse_app.domain.state import BagState, PlaceChange, SecondCheck, VisitState


def _bag(state: VisitState, stamp: Stamp, **changes: Any) -> VisitState:
    """The bag with changes; whoever works on it cannot be its second check, and an earlier check counts no more."""
    hands = state.bag.hands | {stamp.by}
    return replace(state, bag=replace(state.bag, hands=hands, second_check=None, **changes))


def _set_aside(state: VisitState) -> tuple[str, ...]:
    """The lots out of use when the present vial goes: a recall asks for these, too."""
    lot = state.bag.product.lot if state.bag.product else None
    return state.lots_set_aside if lot is None else (*state.lots_set_aside, lot)


def _product(state: VisitState, event: e.ProductRecorded, stamp: Stamp) -> VisitState:
    before = state.bag.product
    if before is not None and before.lot != event.product.lot:
        state = replace(state, lots_set_aside=_set_aside(state))
    return _bag(state, stamp, product=event.product, product_entered=event.entered)


def _vial(state: VisitState, event: e.VialInspected, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, vial_look=event.result)


def _diluent(state: VisitState, event: e.DiluentRecorded, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, diluent=event.diluent, bag_ml=event.bag_ml, diluent_lot=event.lot)


def _added(state: VisitState, event: e.DoseAdded, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, added_ml=event.added_ml, withdrawn_ml=event.withdrawn_from_bag_ml)


def _inverted(state: VisitState, _event: e.BagInverted, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, inverted=True)


def _diluted(state: VisitState, _event: e.DilutionFinished, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, diluted_at=stamp.at)


def _bag_look(state: VisitState, event: e.BagInspected, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, bag_look=event.result)


def _labelled(state: VisitState, _event: e.BagLabelled, stamp: Stamp) -> VisitState:
    return _bag(state, stamp, labelled=True)


def _moved(state: VisitState, event: e.BagMoved, stamp: Stamp) -> VisitState:
    moves = (*state.bag.moves, PlaceChange(stamp.at, event.place))
    cold = state.bag.cold or event.place == "refrigerator"
    return replace(state, bag=replace(state.bag, moves=moves, cold=cold))


def _warmed(state: VisitState, _event: e.BagWarmed, _stamp: Stamp) -> VisitState:
    return replace(state, bag=replace(state.bag, cold=False))


def _discarded(state: VisitState, _event: e.BagDiscarded, _stamp: Stamp) -> VisitState:
    return replace(state, bag=BagState(), lots_set_aside=_set_aside(state))


def _second_check(state: VisitState, event: e.SecondCheckPassed, stamp: Stamp) -> VisitState:
    return replace(state, bag=replace(state.bag, second_check=SecondCheck(stamp.at, event.by)))


def _line(state: VisitState, event: e.LineReadied, _stamp: Stamp) -> VisitState:
    return replace(state, line_site=event.site)


APPLIERS: Appliers = {
    e.ProductRecorded: _product,
    e.VialInspected: _vial,
    e.DiluentRecorded: _diluent,
    e.DoseAdded: _added,
    e.BagInverted: _inverted,
    e.DilutionFinished: _diluted,
    e.BagInspected: _bag_look,
    e.BagLabelled: _labelled,
    e.BagMoved: _moved,
    e.BagWarmed: _warmed,
    e.BagDiscarded: _discarded,
    e.SecondCheckPassed: _second_check,
    e.SecondCheckFailed: unchanged,
    e.LineReadied: _line,
}
