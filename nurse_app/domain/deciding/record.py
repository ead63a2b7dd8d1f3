"""Notes, corrections, what the program itself notices of the clocks, and a time that a nurse confirms."""

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.clock_commands import ConfirmClock, NoticeClockStep, ReopenVisit
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.moment import Reading
from nurse_app.domain.restarts import narrow, open_question

# Entries that may be marked in error. The course of the infusion itself is not among them: what ran has run.
CORRECTABLE: tuple[type, ...] = (
    e.QuestionAnswered,
    e.VitalSignsRecorded,
    e.RoundDone,
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
    e.CtcaeGraded,
    e.HandedOver,
    e.ExtravasationRecorded,
    e.NoteAdded,
    e.ClockConfirmed,
)


def _facts(command: c.UpdateFacts, context: Context) -> Verdict:
    return () if command.facts == context.state.facts else (e.FactsUpdated(command.facts),)


def _note(command: c.AddNote, _context: Context) -> Verdict:
    return (e.NoteAdded(command.text.strip()),) if command.text.strip() else Rejected(Reason.TEXT_MISSING)


def _clock_step(command: NoticeClockStep, _context: Context) -> Verdict:
    return (e.ClockStepNoticed(command.by),)


def _reopen(command: ReopenVisit, context: Context) -> Verdict:
    seen = command.last_seen
    return (e.VisitReopened(command.tail_bytes, seen if seen and _tells_more(seen, context) else None),)


def _tells_more(seen: Reading, context: Context) -> bool:
    """A look at the clocks after the last entry, in the same start of the machine, shows how long the program ran."""
    last = context.state.last_reading
    return seen.boot_id == last.boot_id and seen.uptime > last.uptime


def _confirm_clock(command: ConfirmClock, context: Context) -> Verdict:
    state, now = context.state, context.now
    asked = open_question(state.restarts, now)
    if asked is None:
        return Rejected(Reason.TIME_IS_KNOWN)
    gaps = narrow(state.restarts, now, command.ward_clock)
    if gaps is None:
        return Rejected(Reason.TIME_NOT_POSSIBLE)
    return (e.ClockConfirmed(command.ward_clock, asked.earliest, asked.latest, gaps),)


DECIDERS: Deciders = {
    c.UpdateFacts: _facts,
    c.AddNote: _note,
    NoticeClockStep: _clock_step,
    ReopenVisit: _reopen,
    ConfirmClock: _confirm_clock,
}
