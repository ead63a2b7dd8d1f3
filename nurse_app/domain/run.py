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


def paused_for(run: Run, now: Moment) -> timedelta:
    """How long the present pause has lasted."""
    return now.since(run.paused_at).most if run.paused_at is not None else ZERO
