"""What falls with an entry that was marked in error: what the program itself had made of it.

Level and stop of today stay, because the nurse acted on them. The flag for good does not rest on a slip of the finger.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from nurse_app.domain import events as e
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import grade_signs, is_systemic, pressure_falls, pressure_is_low
from nurse_app.domain.record import Recorded
from nurse_app.domain.state import ReactionState, VisitState

Record = Sequence[Recorded[e.Event]]


def marked_in_error(record: Record) -> frozenset[int]:
    """The numbers of the entries that count no longer, with the low-pressure sign that came from such vital signs."""
    wrong = frozenset(item.event.entry for item in record if isinstance(item.event, e.EntryMarkedInError))
    return wrong | {item.number for item in _made_of(record, wrong) if isinstance(item.event, e.SignNoted)}


def without_pressure_sign(record: Record, wrong: Set[int]) -> Mapping[int, Recorded[e.Event]]:
    """The openings by vital signs in error, by number, without the sign that these had been."""
    found: dict[int, Recorded[e.Event]] = {}
    for item in _made_of(record, wrong):
        if isinstance(item.event, e.ReactionOpened) and item.event.from_vital_signs:
            event: e.Event = replace(item.event, signs=())
            found[item.number] = replace(item, entry=replace(item.entry, event=event))
    return found


def _made_of(record: Record, wrong: Set[int]) -> Iterator[Recorded[e.Event]]:
    """What the same command wrote directly after vital signs that were marked in error."""
    for before, item in pairwise(record):
        is_one_act = before.entry.reading == item.entry.reading
        if is_one_act and before.number in wrong and isinstance(before.event, e.VitalSignsRecorded):
            yield item


def flag_of_what_stands(state: VisitState) -> VisitState:
    """A flag for good becomes a suspicion again when nothing that made it so stands."""
    if state.hypersensitivity != "permanent" or not state.reactions:
        return state
    if any(each.grave or _is_grave_now(state, each) for each in state.reactions):
        return state
    return replace(state, hypersensitivity="suspected")


def _is_grave_now(state: VisitState, reaction: ReactionState) -> bool:
    """Would the signs and the pressures that stand be graded severe or worse?"""
    around = minutes(state.protocol.vital_sign_schedule.infusion_every_minutes)
    first, last = reaction.opened_at.latest - around, (reaction.closed_at or state.last_moment).latest
    sets = [taken.vitals for taken in state.vitals if state.is_since_start(taken) and first < taken.at.latest <= last]
    if any(pressure_is_low(state, vitals) for vitals in sets):
        return True
    falls = any(pressure_falls(state, vitals) for vitals in sets)
    return is_systemic(grade_signs(state.protocol, reaction.sign_ids, pressure_falls=falls).level)
