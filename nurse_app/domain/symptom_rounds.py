"""When the next symptom round is due, worked out from the record and the clock. It is no alarm of its own."""

from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import minutes
from nurse_app.domain.schedule import next_of_points, next_of_series, once
from nurse_app.domain.state import VisitState


def round_due(state: VisitState) -> Moment | None:
    """When the next round is due, in the past when it is late; None when the protocol asks for none."""
    rounds, run, watched = state.protocol.symptom_rounds, state.run, state.observation.started_at
    if rounds is None or is_handed_over(state):
        return None
    early, done = minutes(rounds.early_minutes), state.rounds[-1].at if state.rounds else None
    match state.phase:
        case "infuse" if run.started_at is not None:
            return next_of_series(run.started_at, minutes(rounds.infusion_every_minutes), early, done)
        case "flush" if run.bag_empty_at is not None:
            return once(run.bag_empty_at, early, done)
        case "observe" if watched is not None:
            return next_of_points(watched, rounds.observation_at_minutes, early, done)
        case _:
            return None


def is_round_overdue(state: VisitState, now: Moment) -> bool:
    """Has the time of a round that nobody did come?"""
    due = round_due(state)
    return due is not None and due.latest <= now.latest


def is_round_wanted(state: VisitState, now: Moment) -> bool:
    """Is a round due, or so nearly due that one done now counts for it?"""
    due, rounds = round_due(state), state.protocol.symptom_rounds
    return due is not None and rounds is not None and due.latest - minutes(rounds.early_minutes) <= now.latest


def is_handed_over(state: VisitState) -> bool:
    """After a reaction that ended in a transfer or a death nobody here looks after the patient any more."""
    last = state.last_reaction
    return last is not None and last.outcome in ("transferred", "died")
