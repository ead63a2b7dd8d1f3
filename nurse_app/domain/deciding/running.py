"""Starting, pausing, ending and flushing the infusion, and the watch after it."""

from datetime import datetime
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import current_bag_age
from nurse_app.domain.deciding.checks import declined, refusal_of_dose
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.decision_rules import standing_decision
from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import is_allergic
from nurse_app.domain.run import SECONDS_PER_HOUR, running_time, seconds
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import assess_today, local_now, visit_day


def _rate_refusal(rate: Decimal, context: Context) -> Rejected | None:
    if rate <= 0:
        return Rejected(Reason.NOT_POSITIVE)
    if rate > context.state.protocol.infusion.rate_refused_above_ml_h:
        return Rejected(Reason.RATE_TOO_HIGH)
    return None


def _start(command: c.StartInfusion, context: Context) -> Verdict:
    state = context.state
    if state.run.status != "not-started":
        return Rejected(Reason.STOPPED_FOR_GOOD if state.run.status == "stopped" else Reason.ALREADY_STARTED)
    if state.phase != "prepare":
        return Rejected(Reason.WRONG_STEP)
    refusal = (
        refusal_of_dose(state, context)
        or refusal_after_reaction(state)
        or _not_prepared(context)
        or _rate_refusal(command.rate_ml_h, context)
    )
    if refusal is not None:
        return refusal
    return (e.InfusionStarted(command.rate_ml_h, assess_today(state, context.now).findings),)


def refusal_after_reaction(state: VisitState) -> Rejected | None:
    """A reaction before the start, allergic or worse, holds the dose until a prescriber has decided about it.

    A patient who was transferred or died gets none.
    """
    last = state.last_reaction
    if last is not None and last.outcome in ("transferred", "died"):
        return Rejected(Reason.HANDED_OVER)
    onset = max(
        (reaction.opened_at.latest for reaction in state.reactions if is_allergic(reaction.level)), default=None
    )
    about = state.protocol.decisions.resume
    decided = [item for item in state.decisions if item.about == about]
    if onset is None or (decided and decided[-1].decision == "proceed" and _is_since(decided[-1], onset)):
        return None
    return Rejected(Reason.DECISION_MISSING, (about,))


def _is_since(decision: PrescriberDecision, onset: datetime) -> bool:
    return isinstance(decision.at, datetime) and decision.at >= onset


def _not_prepared(context: Context) -> Rejected | None:
    state = context.state
    # A line that was marked in error after mixing is a line that nobody did.
    if state.bag.product is None or state.bag.vial_look is None or not state.bag.is_made:
        return Rejected(Reason.NO_BAG)
    if state.bag.second_check is None:
        return Rejected(Reason.SECOND_CHECK_MISSING)
    return Rejected(Reason.LINE_NOT_READY) if state.line_site is None else None


def _change_rate(command: c.ChangeRate, context: Context) -> Verdict:
    if context.state.phase != "infuse":
        return Rejected(Reason.WRONG_STEP)
    if not command.reason.strip():
        return Rejected(Reason.REASON_MISSING)
    return _rate_refusal(command.rate_ml_h, context) or (e.RateChanged(command.rate_ml_h, command.reason.strip()),)


def _pause(command: c.PauseInfusion, context: Context) -> Verdict:
    state = context.state
    if state.phase != "infuse" or state.run.status != "running":
        return Rejected(Reason.NOT_RUNNING)
    return (e.InfusionPaused(command.reason.strip()),) if command.reason.strip() else Rejected(Reason.REASON_MISSING)


def _resume(_command: c.ResumeInfusion, context: Context) -> Verdict:
    state, run = context.state, context.state.run
    if run.status == "stopped":
        return Rejected(Reason.STOPPED_FOR_GOOD)
    if state.phase != "infuse" or run.status != "paused":
        return Rejected(Reason.NOT_PAUSED)
    undecided = _undecided(context)
    if undecided is not None:
        return undecided
    if declined(state):
        return Rejected(Reason.DO_NOT_GIVE, declined(state))
    age = current_bag_age(state, context.now)
    local = local_now(state, context.now)
    allowed = standing_decision(state.decisions, "stability", local, 0, visit_day(state, local))
    if age is not None and not age.usable and allowed is None:
        return Rejected(Reason.BAG_TOO_OLD)
    return (e.InfusionResumed(),)


def _undecided(context: Context) -> Rejected | None:
    """After a reaction a pause holds until the prescriber has decided how it goes on."""
    state = context.state
    needs_decision = state.run.status == "paused" and state.run.resume_needs_decision
    return Rejected(Reason.DECISION_MISSING, (state.protocol.decisions.resume,)) if needs_decision else None


def _bag_empty(command: c.EmptyBag, context: Context) -> Verdict:
    state = context.state
    if state.phase != "infuse":
        return Rejected(Reason.NOT_RUNNING)
    undecided = _undecided(context)
    if undecided is not None:
        return undecided
    limits, ran = state.protocol.infusion, running_time(state.run, context.now).least
    reason = (command.reason or "").strip() or None
    if ran < minutes(limits.bag_empty_reason_below_minutes) and reason is None:
        return Rejected(Reason.REASON_MISSING)
    return (e.BagEmptied(reason, variance=ran < minutes(limits.bag_empty_variance_below_minutes)),)


def _flush(command: c.FinishFlush, context: Context) -> Verdict:
    state, run = context.state, context.state.run
    if state.phase != "flush" or run.bag_empty_at is None:
        return Rejected(Reason.WRONG_STEP)
    if command.volume_ml <= 0:
        return Rejected(Reason.NOT_POSITIVE)
    lasted = seconds(context.now.since(run.bag_empty_at).most)
    faster = command.volume_ml * SECONDS_PER_HOUR > (run.rate_ml_h or Decimal(0)) * lasted
    return (e.FlushFinished(command.volume_ml, faster=faster), e.ObservationStarted("flush"))


def _stop(command: c.StopInfusion, context: Context) -> Verdict:
    if context.state.phase not in ("infuse", "flush"):
        return Rejected(Reason.NOT_RUNNING)
    if not command.reason.strip():
        return Rejected(Reason.REASON_MISSING)
    return (e.InfusionStopped(command.reason.strip(), for_reaction=command.for_reaction), e.ObservationStarted("stop"))


def _observed(_command: c.CompleteObservation, context: Context) -> Verdict:
    if context.state.phase != "observe":
        return Rejected(Reason.WRONG_STEP)
    return (e.ObservationCompleted(),) if watch(context.state, context.now).ready else Rejected(Reason.TOO_EARLY)


def _left(command: c.LeaveEarly, context: Context) -> Verdict:
    if context.state.phase != "observe":
        return Rejected(Reason.WRONG_STEP)
    return (e.LeftEarly(command.reason.strip()),) if command.reason.strip() else Rejected(Reason.REASON_MISSING)


def _discharge(_command: c.Discharge, context: Context) -> Verdict:
    return (e.Discharged(),) if context.state.phase == "discharge" else Rejected(Reason.WRONG_STEP)


DECIDERS: Deciders = {
    c.StartInfusion: _start,
    c.ChangeRate: _change_rate,
    c.PauseInfusion: _pause,
    c.ResumeInfusion: _resume,
    c.EmptyBag: _bag_empty,
    c.FinishFlush: _flush,
    c.StopInfusion: _stop,
    c.CompleteObservation: _observed,
    c.LeaveEarly: _left,
    c.Discharge: _discharge,
}
