"""What has been done in a reaction, with its time; each leads to another time for it, and to taking it back."""

from collections.abc import Iterator
from dataclasses import dataclass

from nurse_app.domain import events as e
from nurse_app.domain.moment import Moment
from nurse_app.domain.run import drug_stopped_at
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import clock_with_seconds
from nurse_app.presentation.intents import Intent
from nurse_app.presentation.reaction_times import TimedEntry, both_times, reaction_entries, time_sheet


@dataclass(frozen=True, slots=True)
class DoneAct:
    """One thing that was done, and when; ``intent`` None: its time stays as it is."""

    id: str
    title: str
    time: str
    intent: Intent | None = None


def acts_done(context: VisitContext, reaction: ReactionState) -> tuple[DoneAct, ...]:
    """The onset, and everything done in this reaction with its time, the oldest first."""
    done: list[tuple[Moment, DoneAct]] = []
    for act, at in _halted(context.state, reaction):
        title = context.state.protocol.text(f"action.{act}.title")
        done.append((at, DoneAct(act, title, clock_with_seconds(at.latest, context.zone))))
    for item, times in reaction_entries(context):
        title = _title(context.state, item.event)
        if title:
            shown = both_times(times, context.zone)
            done.append((times.happened, DoneAct(_id(item.event, item.number), title, shown, time_sheet(item.number))))
    done.sort(key=lambda found: found[0].latest)
    return tuple(act for _at, act in done)


def newest_entries(context: VisitContext) -> dict[str, TimedEntry]:
    """The last entry for each act, treatment and for the vital signs, by the id of its line."""
    return {_line(item.event): (item, times) for item, times in reaction_entries(context) if _line(item.event)}


def _halted(state: VisitState, reaction: ReactionState) -> Iterator[tuple[str, Moment]]:
    """That this reaction interrupted the infusion, when the drug no longer ran, and when that became for good."""
    run = state.run
    if run.status == "stopped" and run.ended_at is not None and reaction.returns_to in ("infuse", "flush"):
        halted = drug_stopped_at(run) or run.ended_at
        if halted.latest < run.ended_at.latest:
            yield "infusion-paused", halted
        yield "infusion-stopped", run.ended_at
    if run.status == "paused" and run.paused_at is not None:
        yield "infusion-paused", run.paused_at


def _title(state: VisitState, event: e.Event) -> str:
    protocol = state.protocol
    match event:
        case e.ReactionOpened():
            return _("Reaction began")
        case e.ActionDone():
            return protocol.text(f"action.{event.action}.title")
        case e.TreatmentGiven():
            parts = (protocol.text(f"treatment.{event.name}"), event.dose or "", event.route or "")
            return " ".join(part for part in parts if part)
        case e.VitalSignsRecorded():
            return _("Vital signs")
        case e.ExtravasationRecorded():
            return _("Slipped line noted")
        case _:
            return ""


def _line(event: e.Event) -> str:
    match event:
        case e.ActionDone():
            return event.action
        case e.TreatmentGiven():
            return event.name
        case e.VitalSignsRecorded():
            return "vital-signs"
        case e.ExtravasationRecorded():
            return "site-grade"
        case _:
            return ""


def _id(event: e.Event, number: int) -> str:
    return f"{_line(event) or 'onset'}.{number}"
