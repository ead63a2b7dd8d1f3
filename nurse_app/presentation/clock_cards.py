"""The cards and standing actions that stand beside the clock from the start on."""

from datetime import timedelta

from nurse_app.domain.alarms import current_bag_age
from nurse_app.domain.bag import BagAge
from nurse_app.domain.moment import ZERO
from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import delivered_at_onset
from nurse_app.domain.run import delivered, projected_end
from nurse_app.domain.schedule import recheck_due, vital_signs_due
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import (
    clock,
    countdown,
    hours_and_minutes,
    moment_clock,
    number,
    tenth,
    whole,
    with_unit,
)
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.symptom_rounds import round_words
from nurse_app.presentation.view_parts import ActionRole, ActionView, CardView

_HOUR = timedelta(hours=1)


def vitals_are_wanted(context: VisitContext) -> bool:
    """Is a set of vital signs due, or so nearly due that one taken now counts for it?"""
    due = vital_signs_due(context.state, context.now)
    early = minutes(context.state.protocol.vital_sign_schedule.early_minutes)
    return due is not None and due.latest - early <= context.now.latest


def vitals_action(role: ActionRole = "secondary") -> ActionView:
    return ActionView("record_vitals", _("Record vital signs"), OpenSheet(SheetKind.VITAL_SIGNS), "V", role)


def note_action() -> ActionView:
    return ActionView("note", _("Note…"), OpenSheet(SheetKind.NOTE), "N")


def decision_action(about: str, label: str, role: ActionRole = "secondary") -> ActionView:
    """The way to record what a prescriber decided about a rule or question."""
    return ActionView("decision", label, OpenSheet(SheetKind.DECISION, about), "D", role)


def next_vitals_card(context: VisitContext) -> CardView:
    """How long until the next set, or how long it is overdue; below it the symptom round."""
    due, note = vital_signs_due(context.state, context.now), round_words(context)
    if due is None:
        return CardView("next_vitals", _("Next vital signs"), _("none due"), note)
    left, again = due.latest - context.now.latest, due == recheck_due(context.state)
    if left > ZERO:
        title = _("Take the pressure again in") if again else _("Next vital signs in")
        return CardView("next_vitals", title, countdown(left), note)
    title = _("Pressure again, due since {time}") if again else _("Vital signs due since {time}")
    time = moment_clock(due, context.zone)
    return CardView("next_vitals", title.format(time=time), countdown(left), note, "caution")


def given_card(context: VisitContext) -> CardView:
    """Dose and volume that have gone in, as worked out from rate and time."""
    state = context.state
    given = delivered(state.protocol, state.run, context.now)
    total = number(state.protocol.preparation.total_ml)
    began = state.run.started_at
    note = _("{volume} of about {total} mL at {rate}, started {time}").format(
        volume=whole(given.volume_ml),
        total=total,
        rate=rate_words(state),
        time=moment_clock(began, context.zone) if began is not None else "",
    )
    return CardView("given", _("Given so far"), with_unit(whole(given.dose_mg), "mg"), note)


def given_at_stop_card(context: VisitContext) -> CardView:
    """Dose and volume that had gone in when the drug was halted."""
    state = context.state
    given = delivered(state.protocol, state.run, context.now)
    title = _("Given at stop") if state.run.status == "stopped" else _("Given so far")
    return CardView("given", title, with_unit(tenth(given.dose_mg), "mg"), with_unit(tenth(given.volume_ml), "mL"))


def given_at_onset_card(context: VisitContext, reaction: ReactionState) -> CardView | None:
    """Dose and volume that had gone in when the reaction began; None when the drug had not been started."""
    given = delivered_at_onset(context.state, reaction)
    if given is None:
        return None
    value = f"{with_unit(tenth(given.dose_mg), 'mg')} · {with_unit(tenth(given.volume_ml), 'mL')}"
    lost = reaction.extravasation.lost_ml if reaction.extravasation is not None else None
    beside = _("About {lost} of what ran went beside the vein")
    note = "" if lost is None else beside.format(lost=with_unit(number(lost), "mL"))
    return CardView("given", _("Given at onset"), value, note, size="fact")


def bag_card(context: VisitContext) -> CardView | None:
    """How long the bag may still be used, by which of its two limits; None when it is used up."""
    state = context.state
    age = current_bag_age(state, context.now)
    if age is None or state.bag.used_up_at is not None:
        return None
    left = age.use_before - context.now.latest
    end = projected_end(state, context.now)
    note = _bag_note(context, age)
    if not age.usable:
        return CardView("bag", _("Bag: past its limit by"), hours_and_minutes(-left), note, "hold")
    if end is not None and end.latest > age.use_before:
        note = _("{limit} · ends before the infusion, at {time}").format(
            limit=note, time=clock(age.use_before, context.zone)
        )
        return CardView("bag", _("Bag: use within"), hours_and_minutes(left), note, "caution")
    return CardView("bag", _("Bag: use within"), hours_and_minutes(left), note)


def _bag_note(context: VisitContext, age: BagAge) -> str:
    state = context.state
    if age.first_limit == "total":
        return _("mixed {time} · limit {n} h in all").format(time=_mixed_at(context), n=age.max_total // _HOUR)
    limit = age.max_room // _HOUR
    if state.bag.moves:
        spent = hours_and_minutes(age.at_room)
        return _("outside the refrigerator for {spent} in all · limit {n} h").format(spent=spent, n=limit)
    return _("outside the refrigerator since {time} · limit {n} h").format(time=_mixed_at(context), n=limit)


def _mixed_at(context: VisitContext) -> str:
    mixed = context.state.bag.diluted_at
    return moment_clock(mixed, context.zone) if mixed is not None else ""


def rate_words(state: VisitState) -> str:
    """115 mL/h; empty before the start."""
    return with_unit(number(state.run.rate_ml_h), "mL/h") if state.run.rate_ml_h is not None else ""
