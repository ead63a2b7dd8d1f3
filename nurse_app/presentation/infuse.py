"""The infusion while it runs or is paused: the clock, what goes in, and the one thing to do next."""

from collections.abc import Iterator

from nurse_app.domain import commands as c
from nurse_app.domain.alarms import alarms
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Reason, Rejected
from nurse_app.domain.facts import Patient, Treatment
from nurse_app.domain.moment import ZERO
from nurse_app.domain.protocol import minutes
from nurse_app.domain.run import paused_for, projected_end, remaining, running_time
from nurse_app.domain.state import VisitState
from nurse_app.domain.symptom_rounds import is_round_wanted
from nurse_app.i18n import _
from nurse_app.presentation.clock_cards import (
    bag_card,
    given_card,
    next_vitals_card,
    note_action,
    vitals_action,
    vitals_are_wanted,
)
from nurse_app.presentation.clock_page import ClockPageView, NoticeView, RingFigures
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finishing import finishing_page
from nurse_app.presentation.formats import clock, countdown, moment_clock, number
from nurse_app.presentation.hand_over import hand_over_later
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.pausing import needed_decision, paused_notice, prescriber_said_no, refusal_to_resume
from nurse_app.presentation.pressure_notice import pressure_notice
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_outcome import finish_after_reaction
from nurse_app.presentation.symptom_rounds import SEEN_WELL, present_round, seen_well_action
from nurse_app.presentation.view_parts import ActionRole, ActionView, CardView, SideView, StepHead
from nurse_app.presentation.vital_signs import alarm_line_words, present_vitals_table


def present_infuse(context: VisitContext) -> ClockPageView:
    """The page of an infusion between its start and the empty bag."""
    state, text = context.state, context.state.protocol.text
    finish = finish_after_reaction(state)
    if finish is not None:
        return finishing_page(context, finish)
    refusal = refusal_to_resume(context)
    first = _next_thing(context, refusal)
    paused = state.run.status == "paused"
    return ClockPageView(
        head=StepHead(
            _("Infusion paused") if paused else _("Infusion running"),
            # The round says what to look for, and its signs need the room.
            "" if is_round_wanted(state, context.now) else f"{text('infuse.summary')} {text('infuse.watch')}",
        ),
        notices=tuple(_notices(context, refusal)),
        ring=_ring(context),
        vitals=present_vitals_table(context),
        remarks=(_remark(context),),
        actions=_bag_actions(context, first),
        others=tuple(_others(context, first)),
        side=SideView(tuple(_side(context, refusal, first))),
        round=present_round(context),
    )


def _next_thing(context: VisitContext, refusal: Rejected | None) -> str:
    """The id of the one action that is next; empty while there is only watching to do."""
    if refusal is not None:
        return "stop" if prescriber_said_no(context.state, refusal) else "decision"
    if remaining(context.state, context.now) <= ZERO:
        return "bag_empty"
    if _is_alarming(context):
        return "pause"
    if vitals_are_wanted(context):
        return "record_vitals"
    if context.state.run.status == "paused":
        return "resume"
    return SEEN_WELL if is_round_wanted(context.state, context.now) else ""


def _is_alarming(context: VisitContext) -> bool:
    """A set that would have held the start stops the pump while the drug runs."""
    found = (condition.name for condition in alarms(context.state, context.now))
    return context.state.run.status == "running" and "vital-signs-alarming" in found


def _ring(context: VisitContext) -> RingFigures:
    state, now = context.state, context.now
    left = remaining(state, now)
    progress = running_time(state.run, now).least / minutes(state.protocol.infusion.planned_minutes)
    end = clock(now.latest + left, context.zone)
    word = ""
    if state.run.status == "paused":
        word = _("Paused {time}").format(time=countdown(paused_for(state.run, now)))
    if left < ZERO:
        note = _("planned until {time}").format(time=end) if not word else ""
        return RingFigures(countdown(left), _("Over the planned time"), note, 1.0, "caution", word)
    note = _("if resumed now, ends about {time}") if word else _("ends about {time}")
    return RingFigures(countdown(left), _("Remaining"), note.format(time=end), progress, "brand", word)


def _notices(context: VisitContext, refusal: Rejected | None) -> Iterator[NoticeView]:
    state, protocol = context.state, context.state.protocol
    if state.run.status == "paused":
        yield paused_notice(context, refusal)
    falling = pressure_notice(context)
    if falling is not None:
        yield falling
    stay = optional_text(protocol, "infuse.stay")
    if stay and not _looked_at_since_start(context):
        closely = optional_text(protocol, "infuse.extra-watch") if _reacts_more_often(state) else ""
        yield NoticeView("stay", "information", stay, closely)


def _looked_at_since_start(context: VisitContext) -> bool:
    """Once the first round is asked for, or a set was taken, the nurse has been told where to be."""
    state = context.state
    taken = bool(state.vitals) and state.is_since_start(state.vitals[-1])
    return taken or bool(state.rounds) or is_round_wanted(state, context.now)


def _reacts_more_often(state: VisitState) -> bool:
    """Early in the course, or after a gap in treatment. The protocol counts early by what allows a shorter watch."""
    treatment = (state.facts.patient or Patient()).treatment or Treatment()
    after_gap = any(finding.rule == "dose-gap" for finding in state.start_findings or ())
    given = treatment.infusions_given
    return after_gap or given is None or given + 1 < state.protocol.observation.shorten_from_infusion


def _bag_actions(context: VisitContext, first: str) -> tuple[ActionView, ...]:
    """Nothing while it is too early: until when is a remark, so that the signs of a round have their room."""
    refusal = _refusal_of_empty_bag(context)
    if refusal is None:
        role: ActionRole = "primary" if first == "bag_empty" else "secondary"
        return (ActionView("bag_empty", _("Bag empty"), c.EmptyBag(), "E", role),)
    if refusal.reason is not Reason.REASON_MISSING:
        return (ActionView("bag_empty", _("Bag empty"), None, enabled=False, why_not=_undecided()),)
    return ()


def _remark(context: VisitContext) -> str:
    """The alarm line and, while it is too early for it, from when on the bag is expected to be empty."""
    refusal, line = _refusal_of_empty_bag(context), alarm_line_words(context)
    if refusal is None or refusal.reason is not Reason.REASON_MISSING:
        return line
    from_minutes = number(context.state.protocol.infusion.bag_empty_reason_below_minutes)
    end = projected_end(context.state, context.now)
    if end is None:
        words = _("Bag empty from {n} min running").format(n=from_minutes)
    else:
        words = _("Bag empty from {n} min ({time})").format(n=from_minutes, time=moment_clock(end, context.zone))
    return f"{line} · {words}"


def _refusal_of_empty_bag(context: VisitContext) -> Rejected | None:
    """Why an empty bag cannot be recorded without more; None when it can."""
    verdict = decide(c.EmptyBag(), Context(context.state, context.now, context.user_id))
    return verdict if isinstance(verdict, Rejected) else None


def _undecided() -> str:
    return _("Not before the prescriber’s decision.")


def _others(context: VisitContext, first: str) -> Iterator[ActionView]:
    yield ActionView("stop", _("Stop for good…"), OpenSheet(SheetKind.STOP), "S", _role(first, "stop"))
    yield ActionView("change_rate", _("Change rate…"), OpenSheet(SheetKind.CHANGE_RATE), "T")
    refusal = _refusal_of_empty_bag(context)
    if refusal is not None and refusal.reason is Reason.REASON_MISSING:
        yield ActionView("bag_empty_early", _("Bag empty early…"), OpenSheet(SheetKind.BAG_EMPTY), "E")
    yield from hand_over_later(context.state)
    yield note_action()


def _side(context: VisitContext, refusal: Rejected | None, first: str) -> Iterator[CardView | ActionView]:
    yield vitals_action(_role(first, "record_vitals"))
    yield from seen_well_action(context, first)
    yield from _pause_or_go_on(context, refusal, first)
    yield next_vitals_card(context)
    bag = bag_card(context)
    if bag is not None:
        yield bag
    yield given_card(context)


def _pause_or_go_on(context: VisitContext, refusal: Rejected | None, first: str) -> Iterator[ActionView]:
    if context.state.run.status != "paused":
        yield ActionView("pause", _("Pause…"), OpenSheet(SheetKind.PAUSE), "P", _role(first, "pause"))
    elif refusal is None:
        yield ActionView("resume", _("Resume"), c.ResumeInfusion(), "R", _role(first, "resume"))
    else:
        if not prescriber_said_no(context.state, refusal):
            yield needed_decision(refusal, _role(first, "decision"))
        yield ActionView("resume", _("Resume"), None, "R", enabled=False, why_not=_undecided())


def _role(first: str, action: str) -> ActionRole:
    return "primary" if first == action else "secondary"
