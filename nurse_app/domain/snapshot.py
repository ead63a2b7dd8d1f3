"""A visit's state as plain data with the names other programs rely on (interfaces, visit scripts)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

from nurse_app.domain.alarms import alarms, current_bag_age
from nurse_app.domain.moment import ZERO, Moment
from nurse_app.domain.observation import watch
from nurse_app.domain.quantity import HUNDREDTH, TENTH, rounded, shown
from nurse_app.domain.reaction import LEVELS, epinephrine_dose_mg, first_line_missing, repeat_in
from nurse_app.domain.run import delivered, projected_end, remaining, running_time
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import assess_today, local_now

VisitOutcome = Literal["completed", "partial", "left-early", "stopped-for-reaction", "not-given"]
Plain = dict[str, object]


def whole_seconds(duration: timedelta) -> int:
    """A duration in whole seconds, rounded down."""
    return duration // timedelta(seconds=1)


def iso(moment: Moment | None) -> str | None:
    """A moment in UTC, to the second."""
    return None if moment is None else _iso(moment.latest)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def snapshot(state: VisitState, now: Moment) -> Plain:
    """Everything that ``expect`` in a visit script may name."""
    judged = assess_today(state, now)
    due = vital_signs_due(state, now)
    return {
        "phase": state.phase,
        "decision": judged.decision,
        "findings": list(judged.open_rules()),
        "bag": _bag(state, now),
        "infusion": _infusion(state, now),
        "observation": _observation(state, now),
        "vitals_due_in_s": None if due is None else whole_seconds(due.latest - now.latest),
        "alarms": [condition.id for condition in alarms(state, now)],
        "reaction": _reaction(state, now),
        "outcome": outcome(state),
        "flags": [state.protocol.reaction.flag] if _is_flagged(state) else [],
        "next_due": next_due(state),
    }


def _bag(state: VisitState, now: Moment) -> Plain:
    age = current_bag_age(state, now)
    looks = {state.bag.vial_look, state.bag.bag_look} - {None}
    return {
        "diluted_at": iso(state.bag.diluted_at),
        "room_used_s": whole_seconds(age.at_room) if age else 0,
        "total_age_s": whole_seconds(age.total) if age else 0,
        "usable": age is not None and age.usable and looks <= {"clear"},
        "use_before": _iso(age.use_before) if age else None,
    }


def _figure(value: Decimal, step: Decimal) -> str:
    return shown(rounded(value, step))


def _infusion(state: VisitState, now: Moment) -> Plain:
    run = state.run
    given = delivered(state.protocol, run, now)
    return {
        "status": run.status,
        "rate_ml_h": None if run.rate_ml_h is None else shown(run.rate_ml_h),
        "elapsed_s": whole_seconds(running_time(run, now).least),
        "remaining_s": whole_seconds(remaining(state, now)),
        "volume_ml": _figure(given.volume_ml, TENTH),
        "dose_mg": _figure(given.dose_mg, TENTH),
        "ends_at": iso(projected_end(state, now)),
    }


def _observation(state: VisitState, now: Moment) -> Plain:
    seen = watch(state, now)
    return {
        "status": seen.status,
        "elapsed_s": whole_seconds(seen.elapsed),
        "remaining_s": whole_seconds(seen.remaining),
        "ready": seen.ready,
        "not_before": iso(seen.not_before),
    }


def _reaction(state: VisitState, now: Moment) -> Plain:
    reaction = state.last_reaction
    dose = _figure(epinephrine_dose_mg(state), HUNDREDTH)
    if reaction is None:
        return {
            "level": LEVELS[0],
            "epinephrine_dose_mg": dose,
            "epinephrine_repeat_in_s": None,
            "first_line_missing": False,
        }
    again = repeat_in(state, reaction, now)
    return {
        "level": reaction.level,
        "epinephrine_dose_mg": dose,
        "epinephrine_repeat_in_s": None if again is None else _rounded_up(again),
        "first_line_missing": first_line_missing(state, reaction),
    }


def _rounded_up(duration: timedelta) -> int:
    return -whole_seconds(ZERO - duration)


def outcome(state: VisitState) -> VisitOutcome | None:
    """How the visit ended, as soon as it is settled; of two that apply the weightier."""
    if state.not_given is not None:
        return "not-given"
    if state.run.stopped_for_reaction:
        return "stopped-for-reaction"
    if state.once_left_early:
        return "left-early"
    if state.run.status == "stopped":
        return "partial"
    return "completed" if state.run.status == "completed" else None


def _is_flagged(state: VisitState) -> bool:
    """Suspected in this visit, or on the patient's record since an earlier one."""
    history = state.facts.patient.history if state.facts.patient else None
    return state.hypersensitivity != "no" or (history is not None and history.natalizumab_hypersensitivity is True)


def next_due(state: VisitState) -> str | None:
    """The day the next infusion is due; None after a stop or a reaction until a prescriber decides."""
    started, about = state.run.started_at, state.protocol.decisions.next_infusion
    decided = [decision.decision for decision in state.decisions if decision.about == about]
    # Once the drug runs, whatever was noted counts; before and after only what was a reaction at all.
    reacted = any(
        reaction.level != LEVELS[0] or reaction.returns_to in ("infuse", "flush", "observe")
        for reaction in state.reactions
    )
    is_clear = state.run.status == "completed" and not reacted
    allowed = decided[-1] == "proceed" if decided else is_clear
    patient = state.facts.patient
    weeks = patient.treatment.plan_interval_weeks if patient and patient.treatment else None
    if started is None or weeks is None or not allowed:
        return None
    return (local_now(state, started).date() + timedelta(weeks=weeks)).isoformat()
