"""How much of the drug had gone in when a reaction began."""

from dataclasses import replace

from nurse_app.domain.moment import Moment
from nurse_app.domain.run import Delivered, delivered
from nurse_app.domain.state import ReactionState, Segment, VisitState


def delivered_at_onset(state: VisitState, reaction: ReactionState) -> Delivered | None:
    """Volume (mL) and dose (mg) at the onset; None when the drug did not run yet."""
    run, onset = state.run, reaction.opened_at
    if run.started_at is None or run.started_at.latest > onset.latest:
        return None
    if run.bag_empty_at is not None and run.bag_empty_at.latest <= onset.latest:
        return delivered(state.protocol, run, onset)
    before = tuple(_until(each, onset) for each in run.segments if each.started_at.latest <= onset.latest)
    return delivered(state.protocol, replace(run, segments=before, bag_empty_at=None), onset)


def _until(segment: Segment, onset: Moment) -> Segment:
    if segment.ended_at is not None and segment.ended_at.latest <= onset.latest:
        return segment
    return replace(segment, ended_at=onset)
