"""Entries of infusion, observation, reaction and ending, in words for the timeline and the record."""

from datetime import timedelta

from nurse_app.domain import events as e
from nurse_app.domain.reaction import RAISED_BY_NURSE
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.entry_words_kit import EntryWords, WordContext, ended
from nurse_app.presentation.entry_words_preparing import noted_findings
from nurse_app.presentation.formats import clock, clock_with_seconds, countdown, number, with_unit
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_outcome import outcome_words
from nurse_app.presentation.reaction_words import raised_words

_BY_REACTION = "reaction"


def _rate(event: e.InfusionStarted | e.RateChanged) -> str:
    return with_unit(number(event.rate_ml_h), "mL/h")


def _started(event: e.InfusionStarted, context: WordContext) -> str:
    noted = noted_findings(context.protocol, event.findings)
    if not noted:
        return _("Infusion started at {rate}.").format(rate=_rate(event))
    return _("Infusion started at {rate}. Cautions seen: {names}.").format(rate=_rate(event), names=noted)


def _rate_changed(event: e.RateChanged, _context: WordContext) -> str:
    return _("Rate changed to {rate}: {reason}.").format(rate=_rate(event), reason=ended(event.reason))


def _paused(event: e.InfusionPaused, _context: WordContext) -> str:
    return _("Infusion paused: {reason}.").format(reason=_reason(event.reason))


def _reason(reason: str) -> str:
    return _("reaction") if reason == _BY_REACTION else ended(reason)


def _resumed(_event: e.InfusionResumed, _context: WordContext) -> str:
    return _("Infusion resumed.")


def _bag_empty(event: e.BagEmptied, _context: WordContext) -> str:
    words = (
        _("Bag empty.") if event.reason is None else _("Bag empty early: {reason}.").format(reason=ended(event.reason))
    )
    return _("{words} Variance: the prescriber must be told.").format(words=words) if event.variance else words


def _flushed(event: e.FlushFinished, _context: WordContext) -> str:
    words = _("Line flushed with {volume}. The dose is complete.").format(
        volume=with_unit(number(event.volume_ml), "mL")
    )
    return _("{words} Faster than the infusion ran.").format(words=words) if event.faster else words


def _stopped(event: e.InfusionStopped, _context: WordContext) -> str:
    return _("Infusion stopped for good: {reason}.").format(reason=_reason(event.reason))


def _observation(event: e.ObservationStarted, _context: WordContext) -> str:
    words = {
        "flush": _("Observation started, after the flush."),
        "stop": _("Observation started, after the stop."),
        "reaction": _("Observation started anew, after the reaction."),
    }
    return words[event.after]


def _round(event: e.RoundDone, _context: WordContext) -> str:
    return _("Symptom round: seen, well.") if event.well else _("Symptom round: seen, not well.")


def _sign(context: WordContext, sign: str) -> str:
    return optional_text(context.protocol, f"sign.{sign}") or sign


def _reaction(event: e.ReactionOpened, context: WordContext) -> str:
    signs = ", ".join(_sign(context, sign) for sign in event.signs)
    opened = _("Reaction opened by the vital signs") if event.from_vital_signs else _("Reaction opened")
    return _("{opened}: {signs}.").format(opened=opened, signs=signs) if signs else _("{opened}.").format(opened=opened)


def _sign_noted(event: e.SignNoted, context: WordContext) -> str:
    return _("Sign seen: {sign}.").format(sign=_sign(context, event.sign))


def _graded(event: e.ReactionGraded, context: WordContext) -> str:
    level = optional_text(context.protocol, f"level.{event.level}.title") or event.level
    criteria = {
        "two-systems": _("signs in two organ systems"),
        "several-signs": _("several signs together"),
        "pressure-fall-with-sign": _("a fall of blood pressure with a sign"),
        RAISED_BY_NURSE: raised_words(context.protocol),
    }
    reasons = ", ".join(criteria.get(reason) or _sign(context, reason) for reason in event.reasons)
    if not reasons:
        return _("Level: {level}.").format(level=level)
    return _("Level: {level} ({reasons}).").format(level=level, reasons=reasons)


def _hypersensitivity(event: e.HypersensitivitySuspected, context: WordContext) -> str:
    flag = optional_text(context.protocol, f"flag.{context.protocol.reaction.flag}") or context.protocol.reaction.flag
    if event.permanent:
        return _("{flag}. For good: the drug is not given again.").format(flag=flag)
    return _("{flag}. No further dose until a prescriber clears it.").format(flag=flag)


def _treatment(event: e.TreatmentGiven, context: WordContext) -> str:
    name = optional_text(context.protocol, f"treatment.{event.name}") or event.name
    words = " ".join(part for part in (name, event.dose, event.route) if part)
    return _("Given: {words}.").format(words=words)


def _action(event: e.ActionDone, context: WordContext) -> str:
    # A line that is a treatment has open figures in its title; its dose is an entry of its own.
    is_treatment = event.action in context.protocol.reaction.treatments
    place = f"treatment.{event.action}" if is_treatment else f"action.{event.action}.title"
    return _("Done: {action}.").format(action=optional_text(context.protocol, place) or event.action)


def _slipped(event: e.ExtravasationRecorded, _context: WordContext) -> str:
    grade = _("CTCAE grade {n}").format(n=event.grade) if event.grade is not None else ""
    lost = with_unit(number(event.lost_ml), "mL") if event.lost_ml is not None else ""
    lost = _("about {volume} beside the vein, not given").format(volume=lost) if lost else ""
    return _("Slipped line: {words}.").format(words=", ".join(part for part in (grade, lost) if part))


def _retimed(event: e.EntryTimeCorrected, _context: WordContext) -> str:
    time = clock_with_seconds(event.at, event.at.tzinfo)
    return _("Time of entry {n} corrected to {time}.").format(n=event.entry, time=time)


def _reaction_closed(event: e.ReactionClosed, _context: WordContext) -> str:
    return _("Reaction closed: {outcome}.").format(outcome=outcome_words(event.outcome))


def _observed(_event: e.ObservationCompleted, _context: WordContext) -> str:
    return _("Observation complete.")


def _left(event: e.LeftEarly, _context: WordContext) -> str:
    return _("Patient left early: {reason}.").format(reason=ended(event.reason))


def _discharged(_event: e.Discharged, _context: WordContext) -> str:
    return _("Discharged. The visit is closed.")


def _not_given(event: e.NotGiven, _context: WordContext) -> str:
    return _("Not given today: {reason}. The visit is closed.").format(reason=ended(event.reason))


def _note(event: e.NoteAdded, _context: WordContext) -> str:
    return _("Note: {text}").format(text=event.text)


def _in_error(event: e.EntryMarkedInError, _context: WordContext) -> str:
    return _("Entry {number} marked in error: {reason}.").format(number=event.entry, reason=ended(event.reason))


def _clock(event: e.ClockStepNoticed, _context: WordContext) -> str:
    amount = countdown(abs(event.by))
    if event.by < timedelta(0):
        return _("The clock of this computer was put back by {time}. Running times go on unchanged.").format(
            time=amount
        )
    return _("The clock of this computer was put forward by {time}. Running times go on unchanged.").format(time=amount)


def _reopened(event: e.VisitReopened, _context: WordContext) -> str:
    words = _("The program was opened again. All clocks went on.")
    if event.last_seen is not None:
        wall = event.last_seen.wall
        ran = _("It had last run at {time} by the clock of this computer.")
        words = f"{words} {ran.format(time=clock_with_seconds(wall, wall.tzinfo))}"
    if not event.tail_bytes:
        return words
    torn = ngettext(
        "{n} byte of an entry that was never saved was kept aside.",
        "{n} bytes of an entry that was never saved were kept aside.",
        event.tail_bytes,
    ).format(n=event.tail_bytes)
    return f"{words} {torn}"


def _confirmed(event: e.ClockConfirmed, _context: WordContext) -> str:
    zone = event.ward_clock.tzinfo
    words = _("Another clock showed {time}.").format(time=clock(event.ward_clock, zone))
    if event.latest is None:
        before = _("Before that only this was known: not before {earliest}.")
        return f"{words} {before.format(earliest=clock(event.earliest, zone))}"
    before = _("Before that only this was known: between {earliest} and {latest}.")
    return f"{words} {before.format(earliest=clock(event.earliest, zone), latest=clock(event.latest, zone))}"


WORDS: EntryWords = {
    e.InfusionStarted: _started,
    e.RateChanged: _rate_changed,
    e.InfusionPaused: _paused,
    e.InfusionResumed: _resumed,
    e.BagEmptied: _bag_empty,
    e.FlushFinished: _flushed,
    e.InfusionStopped: _stopped,
    e.ObservationStarted: _observation,
    e.RoundDone: _round,
    e.ReactionOpened: _reaction,
    e.SignNoted: _sign_noted,
    e.ReactionGraded: _graded,
    e.HypersensitivitySuspected: _hypersensitivity,
    e.TreatmentGiven: _treatment,
    e.ActionDone: _action,
    e.ExtravasationRecorded: _slipped,
    e.ReactionClosed: _reaction_closed,
    e.ObservationCompleted: _observed,
    e.LeftEarly: _left,
    e.Discharged: _discharged,
    e.NotGiven: _not_given,
    e.NoteAdded: _note,
    e.EntryMarkedInError: _in_error,
    e.EntryTimeCorrected: _retimed,
    e.ClockStepNoticed: _clock,
    e.VisitReopened: _reopened,
    e.ClockConfirmed: _confirmed,
}
