"""Alarms in the state: what was raised, sounded, answered, resolved."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from nurse_app.domain import events as e
from nurse_app.domain.alarm_book import AlarmEntry
from nurse_app.domain.evolution.applier import Appliers, Stamp, unchanged
from nurse_app.domain.state import VisitState


def _raised(state: VisitState, event: e.AlarmRaised, stamp: Stamp) -> VisitState:
    entry = AlarmEntry(event.alarm, event.name, event.priority, event.due_at, stamp.at, stamp.number)
    # What comes again under a name that was acknowledged once is news; an answer may be faster than the first note.
    heard = state.acknowledged - {event.alarm} if event.alarm in state.alarm_book else state.acknowledged
    return _with(replace(state, acknowledged=heard), (entry,))


def _sounded(state: VisitState, event: e.AlarmSounded, stamp: Stamp) -> VisitState:
    known = (state.alarm_book[alarm] for alarm in event.alarms if alarm in state.alarm_book)
    return _with(state, (replace(entry, sounded_at=stamp.at, trouble=event.trouble) for entry in known))


def _grown(state: VisitState, event: e.AlarmEscalated, _stamp: Stamp) -> VisitState:
    entry = state.alarm_book.get(event.alarm)
    return state if entry is None else _with(state, (replace(entry, stage=event.stage),))


def _acknowledged(state: VisitState, event: e.AlarmAcknowledged, stamp: Stamp) -> VisitState:
    state = replace(state, acknowledged=state.acknowledged | {event.alarm})
    entry = state.alarm_book.get(event.alarm)
    if entry is None:
        return state
    return _with(state, (replace(entry, acknowledged_at=stamp.at, acknowledged_by=stamp.by),))


def _resolved(state: VisitState, event: e.AlarmResolved, stamp: Stamp) -> VisitState:
    entry = state.alarm_book.get(event.alarm)
    return state if entry is None else _with(state, (replace(entry, resolved_at=stamp.at),))


def _with(state: VisitState, entries: Iterable[AlarmEntry]) -> VisitState:
    changed = {entry.alarm: entry for entry in entries}
    return replace(state, alarm_book=MappingProxyType({**state.alarm_book, **changed}))


APPLIERS: Appliers = {
    e.AlarmRaised: _raised,
    e.AlarmSounded: _sounded,
    e.AlarmEscalated: _grown,
    e.AlarmAcknowledged: _acknowledged,
    e.AudioPaused: unchanged,
    e.AlarmResolved: _resolved,
}
