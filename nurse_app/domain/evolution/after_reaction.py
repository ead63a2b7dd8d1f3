"""The CTCAE grade of a reaction, and who took the patient over."""

from dataclasses import replace

from nurse_app.domain.after_reaction_events import CtcaeGraded, HandedOver
from nurse_app.domain.evolution.applier import Appliers, Stamp
from nurse_app.domain.state import CtcaeGrade, HandOverNoted, VisitState


def _graded(state: VisitState, event: CtcaeGraded, _stamp: Stamp) -> VisitState:
    grade = CtcaeGrade(event.term, event.grade, event.version)
    reactions = tuple(
        replace(reaction, ctcae=grade) if number == event.reaction else reaction
        for number, reaction in enumerate(state.reactions, start=1)
    )
    return replace(state, reactions=reactions)


def _handed_over(state: VisitState, event: HandedOver, stamp: Stamp) -> VisitState:
    noted = HandOverNoted(stamp.at, stamp.by, event.to, event.name)
    return replace(state, handovers=(*state.handovers, noted))


APPLIERS: Appliers = {CtcaeGraded: _graded, HandedOver: _handed_over}
