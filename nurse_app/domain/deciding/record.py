"""Notes, corrections, acknowledgements, and what the program itself notices."""

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict

# Entries that may be marked in error. The course of the infusion itself is not among them: what ran has run.
CORRECTABLE: tuple[type, ...] = (
    e.QuestionAnswered,
    e.VitalSignsRecorded,
    e.DecisionRecorded,
    e.ProductRecorded,
    e.VialInspected,
    e.DiluentRecorded,
    e.DoseAdded,
    e.BagInspected,
    e.LineReadied,
    e.SignNoted,
    e.TreatmentGiven,
    e.ActionDone,
    e.NoteAdded,
)


def _facts(command: c.UpdateFacts, context: Context) -> Verdict:
    return () if command.facts == context.state.facts else (e.FactsUpdated(command.facts),)


def _note(command: c.AddNote, _context: Context) -> Verdict:
    return (e.NoteAdded(command.text.strip()),) if command.text.strip() else Rejected(Reason.TEXT_MISSING)


def _acknowledge(command: c.AcknowledgeAlarm, context: Context) -> Verdict:
    present = {condition.id for condition in alarms(context.state, context.now)}
    if command.alarm not in present:
        return Rejected(Reason.UNKNOWN_ALARM)
    return () if command.alarm in context.state.acknowledged else (e.AlarmAcknowledged(command.alarm),)


def _clock_step(command: c.NoticeClockStep, _context: Context) -> Verdict:
    return (e.ClockStepNoticed(command.by),)


def _reopen(command: c.ReopenVisit, _context: Context) -> Verdict:
    return (e.VisitReopened(command.tail_bytes),)


DECIDERS: Deciders = {
    c.UpdateFacts: _facts,
    c.AddNote: _note,
    c.AcknowledgeAlarm: _acknowledge,
    c.NoticeClockStep: _clock_step,
    c.ReopenVisit: _reopen,
}
