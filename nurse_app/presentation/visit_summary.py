"""A visit in lines: what was given, when, how it was borne, what was decided, what comes next."""

from collections.abc import Iterator
from datetime import date, timedelta

from nurse_app.domain import events as e
from nurse_app.domain.run import delivered, lost_ml, running_time
from nurse_app.domain.snapshot import next_due
from nurse_app.domain.state import ReactionState, TreatmentEntry, VisitState
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.after_words import grade_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import expiry_words
from nurse_app.presentation.formats import countdown, day, moment_clock, number, tenth, with_unit
from nurse_app.presentation.protocol_words import decision_subject, optional_text
from nurse_app.presentation.reaction_outcome import outcome_words
from nurse_app.presentation.record_search import newest
from nurse_app.presentation.summary_page import SummaryRow
from nurse_app.presentation.vital_signs import vitals_in_words

# Not found but not done: no finding about the patient.
_NOT_DONE = frozenset({"unanswered", "vital-signs-missing"})


def summary_rows(context: VisitContext) -> tuple[SummaryRow, ...]:
    """Every line there is something to say in."""
    lines = (
        (_("Dose"), _dose(context)),
        (_("Infusion"), _infusion(context)),
        (_("Product"), _product(context)),
        (_("Line"), context.state.line_site or ""),
        (_("Flush"), _flush(context)),
        (_("Observation"), _observation(context)),
        (_("Last vital signs"), _last_vitals(context)),
    )
    rows = [SummaryRow(label, value) for label, value in lines if value]
    rows += [SummaryRow(_("Reaction"), reaction_words(context, reaction)) for reaction in context.state.reactions]
    rows += _decisions(context)
    ends = (
        (_("Found before the start"), _findings(context.state)),
        (_("Next infusion"), next_infusion_words(context.state)),
        (_("Programme"), optional_text(context.state.protocol, "protocol.programme-form")),
        (_("Entries"), _entries(context)),
    )
    rows += [SummaryRow(label, value) for label, value in ends if value]
    return tuple(rows)


def next_infusion_words(state: VisitState) -> str:
    """The day, or who decides it."""
    due = next_due(state)
    return day(date.fromisoformat(due)) if due is not None else _("the prescriber decides")


def _dose(context: VisitContext) -> str:
    state = context.state
    whole = with_unit(number(state.protocol.dose_mg), "mg")
    if state.run.started_at is None:
        return _("none of {whole}").format(whole=whole)
    beside = beside_the_vein(state)
    if state.run.status == "completed":
        return ", ".join((whole, beside or _("all of it")))
    given = delivered(state.protocol, state.run, context.now)
    words = _("about {dose} of {whole} ({volume} mL)").format(
        dose=with_unit(tenth(given.dose_mg), "mg"), whole=whole, volume=tenth(given.volume_ml)
    )
    return ", ".join(part for part in (words, beside) if part)


def beside_the_vein(state: VisitState) -> str:
    """What must stand with every figure of the dose after a slipped line; empty without a loss."""
    lost = lost_ml(state)
    words = _("about {lost} of this went beside the vein")
    return words.format(lost=with_unit(number(lost), "mL")) if lost else ""


def _infusion(context: VisitContext) -> str:
    run, zone = context.state.run, context.zone
    ended = run.bag_empty_at or run.ended_at
    if run.started_at is None or ended is None:
        return ""
    ran = running_time(run, context.now).least
    words = _("{start} to {end}, running time {time}").format(
        start=moment_clock(run.started_at, zone), end=moment_clock(ended, zone), time=countdown(ran)
    )
    stood_still = ended.since(run.started_at).least - ran
    if stood_still >= timedelta(seconds=1):
        words = _("{words}, paused for {time}").format(words=words, time=countdown(stood_still))
    stopped = newest(context.record, e.InfusionStopped)
    if stopped is not None:
        reason = _("reaction") if stopped.for_reaction else stopped.reason
        words = _("{words}. Stopped for good: {reason}").format(words=words, reason=reason)
    return words


def _product(context: VisitContext) -> str:
    product = context.state.bag.product
    if product is None:
        return ""
    expiry = _("exp {expiry}").format(expiry=expiry_words(product.expiry)) if product.expiry else ""
    lot = _("lot {lot}").format(lot=product.lot) if product.lot else ""
    return " · ".join(part for part in (product.brand or "", lot, expiry) if part)


def _flush(context: VisitContext) -> str:
    flushed = newest(context.record, e.FlushFinished)
    ended = context.state.run.ended_at
    if flushed is None or ended is None:
        return ""
    volume = with_unit(number(flushed.volume_ml), "mL")
    return _("{volume}, finished {time}").format(volume=volume, time=moment_clock(ended, context.zone))


def _observation(context: VisitContext) -> str:
    observation, zone = context.state.observation, context.zone
    if observation.started_at is None or observation.ended_at is None:
        return ""
    start, end = moment_clock(observation.started_at, zone), moment_clock(observation.ended_at, zone)
    left = newest(context.record, e.LeftEarly)
    if observation.left_early and left is not None:
        return _("{start} to {end}, left early: {reason}").format(start=start, end=end, reason=left.reason)
    words = _("{start} to {end}, shortened by order") if observation.shortened else _("{start} to {end}, complete")
    return words.format(start=start, end=end)


def _last_vitals(context: VisitContext) -> str:
    if not context.state.vitals:
        return ""
    last = context.state.vitals[-1]
    return f"{moment_clock(last.at, context.zone)} · {vitals_in_words(context, last.vitals)}"


def reaction_words(context: VisitContext, reaction: ReactionState) -> str:
    """One reaction in a line: when, how grave, its signs, what was given and when, how it ended."""
    protocol = context.state.protocol
    parts = [moment_clock(reaction.opened_at, context.zone), protocol.text(f"level.{reaction.level}.title")]
    parts.append(", ".join(protocol.text(f"sign.{sign}") for sign in reaction.sign_ids))
    parts += [treatment_words(context, given) for given in reaction.treatments]
    grade = reaction.ctcae
    if grade is not None:
        parts.append(grade_words(protocol, grade.term, grade.grade, grade.version))
    if reaction.closed_at is not None and reaction.outcome is not None:
        parts.append(f"{outcome_words(reaction.outcome)} {moment_clock(reaction.closed_at, context.zone)}")
    return " · ".join(part for part in parts if part)


def treatment_words(context: VisitContext, given: TreatmentEntry) -> str:
    """EPINEPHrine 0.5 mg IM 10:42."""
    name = context.state.protocol.text(f"treatment.{given.name}")
    parts = (name, given.dose or "", given.route or "", moment_clock(given.at, context.zone))
    return " ".join(part for part in parts if part)


def _decisions(context: VisitContext) -> Iterator[SummaryRow]:
    for made in context.state.decisions:
        about = decision_subject(context.state.protocol, made.about)
        word = _("proceed") if made.decision == "proceed" else _("do not give")
        words = _("{about}: {word}, {by}").format(about=about, word=word, by=made.by)
        yield SummaryRow(_("Prescriber’s decision"), words)


def _findings(state: VisitState) -> str:
    """What was above information when the infusion was started, or when the visit ended without a start."""
    found = state.start_findings
    if found is None:
        found = assess_today(state, state.discharged_at or state.last_moment).findings
    rules = dict.fromkeys(each.rule for each in found if each.severity != "information" and each.rule not in _NOT_DONE)
    return ", ".join(state.protocol.text(f"rule.{rule}") for rule in rules)


def _entries(context: VisitContext) -> str:
    by = " · ".join(dict.fromkeys(context.name_of(item.entry.by) for item in context.record))
    count = len(context.record)
    words = ngettext("{n} entry by {by}", "{n} entries by {by}", count).format(n=count, by=by)
    wrong = sum(isinstance(item.event, e.EntryMarkedInError) for item in context.record)
    if wrong:
        marked = ngettext("{n} marked in error", "{n} marked in error", wrong).format(n=wrong)
        words = _("{words}, {marked}").format(words=words, marked=marked)
    return words
