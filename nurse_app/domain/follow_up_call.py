"""The call after a reaction: for whom it is due, from when until when, and what is left of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol, hours
from nurse_app.domain.reaction import is_allergic
from nurse_app.domain.state import ReactionState, VisitState

CallState = Literal["later", "due", "overdue"]
# Its fact in a patient's summary.
CALL = "follow_up_call"
_BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class CallDue:
    """To be made from ``due_from`` on; after ``good_until`` it is overdue (both aware)."""

    visit_id: str
    onset_at: datetime
    due_from: datetime
    good_until: datetime

    def state(self, now: datetime) -> CallState:
        """Where it stands; at the last instant it is still in time."""
        if now < self.due_from:
            return "later"
        return "due" if now <= self.good_until else "overdue"

    def text(self) -> str:
        """For a summary: visit, onset, from, until."""
        times = (self.onset_at, self.due_from, self.good_until)
        return _BETWEEN.join((self.visit_id, *(at.isoformat() for at in times)))


def call_of(text: str) -> CallDue:
    """The call behind a text of ``CallDue.text``."""
    visit_id, *times = text.rsplit(_BETWEEN, 3)
    onset_at, due_from, good_until = map(datetime.fromisoformat, times)
    return CallDue(visit_id, onset_at, due_from, good_until)


def is_followed_up(state: VisitState, reaction: ReactionState) -> bool:
    """Allergic or worse, or any that the infusion did not outlast; before the drug ran there is nothing to follow."""
    if state.run.started_at is None or reaction.level == "none":
        return False
    return is_allergic(reaction.level) or _ended_by(state, reaction)


def _ended_by(state: VisitState, reaction: ReactionState) -> bool:
    """It was stopped, and did not run any more after the onset."""
    run = state.run
    if run.status != "stopped" or reaction.returns_to != "infuse":
        return False
    return all(segment.started_at.latest <= reaction.opened_at.latest for segment in run.segments)


def call_after(protocol: InfusionProtocol, visit_id: str, onset_at: datetime) -> CallDue | None:
    """The call after a reaction that began then; None for a protocol that asks for none."""
    after = protocol.after_reaction
    if after is None:
        return None
    return CallDue(
        visit_id, onset_at, onset_at + hours(after.call_from_hours), onset_at + hours(after.call_until_hours)
    )


def call_of_visit(state: VisitState, visit_id: str) -> CallDue | None:
    """The call after a visit's own reactions, of several the first; None when there is none to make."""
    if any(reaction.outcome == "died" for reaction in state.reactions):
        return None
    followed = (reaction for reaction in state.reactions if is_followed_up(state, reaction))
    first = next(followed, None)
    return None if first is None else call_after(state.protocol, visit_id, first.opened_at.latest)


def call_due(protocol: InfusionProtocol, record: PatientRecord) -> CallDue | None:
    """The call that is still to be made, of several the first; None when there is none.

    One that reached the patient answers for every reaction whose call was due by then, and for the others of the same
    visit; before the time of the first of them it does not.
    """
    if any(each.died for each in record.reactions):
        return None
    reached = [each.at for each in record.calls if each.call.reached]
    first: dict[str, CallDue] = {}
    for each in sorted(record.reactions, key=lambda reaction: reaction.onset_at):
        call = call_after(protocol, each.visit_id, each.onset_at)
        if call is not None:
            first.setdefault(each.visit_id, call)
    waiting = (call for call in first.values() if not any(at >= call.due_from for at in reached))
    return min(waiting, key=lambda call: call.due_from, default=None)
