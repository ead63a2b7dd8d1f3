"""A command into events or a refusal: the one entrance to all rules. Pure; never raises for what a person does."""

from collections.abc import Sequence

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.after_reaction_commands import GradeReaction, HandOver
from nurse_app.domain.alarm_book import open_alarms
from nurse_app.domain.clock_commands import NoticeClockStep, ReopenVisit
from nurse_app.domain.deciding import after_reaction, alarming, checks, preparing, reacting, record, rounds, running
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.record import Recorded

DECIDERS: Deciders = {
    **checks.DECIDERS,
    **preparing.DECIDERS,
    **running.DECIDERS,
    **reacting.DECIDERS,
    **after_reaction.DECIDERS,
    **record.DECIDERS,
    **alarming.DECIDERS,
    **rounds.DECIDERS,
}
_AFTER_THE_END = (
    *(c.AddNote, c.CorrectEntry, c.RecordDecision, NoticeClockStep, ReopenVisit),
    *(GradeReaction, HandOver),
)


def decide(command: c.Command, context: Context) -> Verdict:
    """What a command leads to in an open visit. After its end only what is said about it is taken."""
    if not context.state.is_open and not isinstance(command, _AFTER_THE_END):
        return Rejected(Reason.VISIT_CLOSED)
    verdict = DECIDERS[type(command)](command, context)
    return verdict if isinstance(verdict, Rejected) else (*verdict, *_alarms_over(verdict, context))


def _alarms_over(events: tuple[e.Event, ...], context: Context) -> tuple[e.Event, ...]:
    """With the visit its alarms are over: nobody notes anything about them afterwards."""
    if not any(isinstance(event, e.Discharged | e.NotGiven) for event in events):
        return ()
    return tuple(e.AlarmResolved(alarm) for alarm in sorted(open_alarms(context.state.alarm_book)))


def decide_start(command: c.StartVisit) -> tuple[e.Event, ...]:
    """A visit may always be started; its own steps do the refusing."""
    return (e.VisitStarted(command.patient_id, command.record_no, command.protocol, command.digest, command.facts),)


def decide_correction(command: c.CorrectEntry, recorded: Sequence[Recorded[e.Event]]) -> Verdict:
    """Mark an earlier entry in error. Needs the record itself, because the state has forgotten who said what."""
    target = next((item for item in recorded if item.number == command.entry), None)
    if target is None:
        return Rejected(Reason.UNKNOWN_ENTRY)
    if not command.reason.strip():
        return Rejected(Reason.REASON_MISSING)
    if not isinstance(target.event, record.CORRECTABLE):
        return Rejected(Reason.NOT_CORRECTABLE)
    corrected = {item.event.entry for item in recorded if isinstance(item.event, e.EntryMarkedInError)}
    if command.entry in corrected:
        return Rejected(Reason.ALREADY_CORRECTED)
    return (e.EntryMarkedInError(command.entry, command.reason.strip()),)
