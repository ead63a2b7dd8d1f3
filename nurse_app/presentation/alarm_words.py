"""Alarm conditions in words: what is the matter and, where there is one thing to do, what."""

from collections.abc import Callable, Mapping

from nurse_app.domain.alarms import AlarmCondition, alarms
from nurse_app.domain.state import VisitState
from nurse_app.domain.symptom_rounds import is_round_overdue
from nurse_app.i18n import N_, _
from nurse_app.presentation.chrome import AlarmLine
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import countdown, moment_clock
from nurse_app.presentation.standing_order import first_line_missing_words, repeat_words
from nurse_app.presentation.vital_signs import outside_limits_in_words

_PLAIN: Mapping[str, str] = {
    "infusion-time-over": N_("The planned infusion time is over. Look at the bag."),
    "paused-long": N_("The infusion has been paused for long. Decide how it goes on."),
    "bag-too-old": N_("The bag has passed its time limit. Tell the pharmacist or the prescriber."),
    "observation-over": N_("The observation time is over."),
    "time-unsure": N_("The computer was restarted: the time is not certain. Read another clock and confirm the time."),
}

# What ends each condition: "ends when …".
_ENDS: Mapping[str, str] = {
    "vital-signs-due": N_("vital signs are recorded"),
    "vital-signs-alarming": N_("a set within the limits is recorded"),
    "vital-signs-watch": N_("a set within the limits is recorded"),
    "infusion-time-over": N_("the bag is recorded as empty"),
    "paused-long": N_("the infusion is resumed or stopped"),
    "bag-too-old": N_("the bag is used up or discarded"),
    "observation-over": N_("the observation is completed"),
    "first-line-missing": N_("it is recorded as given"),
    "repeat-due": N_("the next dose is recorded or the reaction is closed"),
    "clock-step": N_("it is acknowledged"),
    "time-unsure": N_("the time is confirmed"),
}


def present_alarm_lines(context: VisitContext) -> tuple[AlarmLine, ...]:
    """Every condition present, the most urgent first; the key is what acknowledging names."""
    return tuple(
        AlarmLine(
            key=condition.id,
            priority=condition.priority,
            text=alarm_words(context.state, condition),
            note=_("since {time}").format(time=moment_clock(condition.since, context.zone)),
            acknowledged=condition.id in context.state.acknowledged,
        )
        for condition in alarms(context.state, context.now)
    )


def alarm_words(state: VisitState, condition: AlarmCondition) -> str:
    """One condition in a sentence or two, without a name or a time."""
    worded = _WORDED.get(condition.name)
    return worded(state, condition) if worded else _(_PLAIN[condition.name])


def alarm_ends(condition: AlarmCondition) -> str:
    """What ends a condition, to follow "ends when"."""
    return _(_ENDS[condition.name])


def _due(state: VisitState, condition: AlarmCondition) -> str:
    # Said where both fell due; the page itself shows a round that fell due later.
    if is_round_overdue(state, condition.since):
        return _("Vital signs and the symptom round are due.")
    return _("Vital signs are due.")


def _alarming(state: VisitState, _condition: AlarmCondition) -> str:
    signs = outside_limits_in_words(state, state.vitals[-1].vitals)
    if state.phase == "infuse" and state.run.status == "running":
        return _("Alarming: {signs}. Stop the pump and look at the patient.").format(signs=signs)
    return _("Alarming: {signs}. Look at the patient.").format(signs=signs)


def _watch(state: VisitState, _condition: AlarmCondition) -> str:
    signs = outside_limits_in_words(state, state.vitals[-1].vitals)
    return _("Outside the limits: {signs}. Watch the patient.").format(signs=signs)


def _first_line_missing(state: VisitState, _condition: AlarmCondition) -> str:
    return first_line_missing_words(state)


def _repeat_due(state: VisitState, _condition: AlarmCondition) -> str:
    drug = state.protocol.text(f"treatment.{state.protocol.reaction.first_line}")
    return f"{drug}. {repeat_words(state)}."


def _clock_step(state: VisitState, condition: AlarmCondition) -> str:
    by = next(by for number, (_at, by) in enumerate(state.clock_steps) if condition.id == f"clock-step/{number}")
    text = _("The clock of this computer was moved by {time}. Running times go on. Compare with another clock.")
    return text.format(time=countdown(abs(by)))


_WORDED: Mapping[str, Callable[[VisitState, AlarmCondition], str]] = {
    "vital-signs-due": _due,
    "vital-signs-alarming": _alarming,
    "vital-signs-watch": _watch,
    "first-line-missing": _first_line_missing,
    "repeat-due": _repeat_due,
    "clock-step": _clock_step,
}
