"""How long the infusion has run and how much has gone in; pauses do not count."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from nurse_app.domain.moment import NO_TIME, ZERO, Moment, Span
from nurse_app.domain.protocol import InfusionProtocol, minutes
from nurse_app.domain.state import Run, VisitState

SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Delivered:
    """Volume (mL) and dose (mg) given so far."""

    volume_ml: Decimal
    dose_mg: Decimal


def running_time(run: Run, now: Moment) -> Span:
    """The sum of the stretches in which the drug ran."""
    total = NO_TIME
    for segment in run.segments:
        total += (segment.ended_at or now).since(segment.started_at)
    return total


def seconds(duration: timedelta) -> Decimal:
    """A duration in exact seconds."""
    return Decimal(duration // timedelta(microseconds=1)).scaleb(-6)


def delivered(protocol: InfusionProtocol, run: Run, now: Moment) -> Delivered:
    """What has gone in: rate times time, at most the bag, and the whole bag once it is empty."""
    total_ml = protocol.preparation.total_ml
    if run.bag_empty_at is not None:
        return Delivered(total_ml, protocol.dose_mg)
    # Rate times seconds is exact; divided once, at the end, a figure is never rounded twice.
    rate_seconds = Decimal(0)
    for segment in run.segments:
        lasted = (segment.ended_at or now).since(segment.started_at).least
        rate_seconds += segment.rate_ml_h * seconds(lasted)
    whole = total_ml * SECONDS_PER_HOUR
    if rate_seconds >= whole:
        return Delivered(total_ml, protocol.dose_mg)
    return Delivered(rate_seconds / SECONDS_PER_HOUR, rate_seconds * protocol.dose_mg / whole)


def delivered_until(protocol: InfusionProtocol, run: Run, until: Moment) -> Delivered:
    """What had gone in at an earlier moment; stretches that ran later do not count."""
    # A stretch that began later lasted no time until then.
    ran = tuple(
        segment if segment.ended_at and segment.ended_at.latest <= until.latest else replace(segment, ended_at=until)
        for segment in run.segments
    )
    was_empty = run.bag_empty_at is not None and run.bag_empty_at.latest <= until.latest
    return delivered(protocol, replace(run, segments=ran, bag_empty_at=run.bag_empty_at if was_empty else None), until)


def remaining(state: VisitState, now: Moment) -> timedelta:
    """Running time still planned; negative when it is over the plan."""
    return minutes(state.protocol.infusion.planned_minutes) - running_time(state.run, now).least


def projected_end(state: VisitState, now: Moment) -> Moment | None:
    """When the planned running time ends if nothing more happens; its real end when it is over; None while paused."""
    run = state.run
    if run.ended_at is not None or run.bag_empty_at is not None:
        return run.bag_empty_at or run.ended_at
    if run.status != "running":
        return None
    return now.plus(remaining(state, now))


def drug_stopped_at(run: Run) -> Moment | None:
    """When the drug no longer ran: after a stop for good the pause before it, else the end; None while it may go on."""
    if run.status == "stopped" and run.bag_empty_at is None:
        return run.segments[-1].ended_at
    return run.ended_at or run.bag_empty_at


def was_halted_since(run: Run, since: Moment) -> bool:
    """Paused or stopped then or later; the drug had still been running. The empty bag alone is no halt."""
    if run.status == "stopped" and run.bag_empty_at is not None:
        return run.ended_at is not None and run.ended_at.latest >= since.latest
    halts = {segment.ended_at for segment in run.segments if segment.ended_at is not None}
    # Where the rate was changed one stretch ends as the next begins.
    went_on = {segment.started_at for segment in run.segments} | {run.bag_empty_at}
    return any(at.latest >= since.latest for at in halts - went_on)


def was_given_again(run: Run, after: Moment) -> bool:
    """Had the drug run by then, and did it begin to run again later?"""
    if run.started_at is None or run.started_at.latest > after.latest:
        return False
    return any(segment.started_at.latest > after.latest for segment in run.segments)


def lost_ml(state: VisitState) -> Decimal:
    """About how much went beside the vein, as nurses recorded it in the reactions of the visit (mL)."""
    slipped = (reaction.extravasation for reaction in state.reactions)
    return sum((each.lost_ml for each in slipped if each is not None and each.lost_ml is not None), Decimal(0))


def paused_for(run: Run, now: Moment) -> timedelta:
    """How long the present pause has lasted."""
    return now.since(run.paused_at).most if run.paused_at is not None else ZERO
