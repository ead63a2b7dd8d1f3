"""The watch after the infusion: when it may end and why then, the rounds, and how to finish it."""

from collections.abc import Iterator
from datetime import timedelta

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.moment import Moment
from nurse_app.domain.observation import Watch, may_be_shortened, watch
from nurse_app.domain.protocol import minutes
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import VisitState
from nurse_app.domain.symptom_rounds import is_round_wanted
from nurse_app.i18n import _
from nurse_app.presentation.clock_cards import next_vitals_card, note_action, vitals_action, vitals_are_wanted
from nurse_app.presentation.clock_page import ClockPageView, NoticeView, RingFigures
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.course_notices import course_notices
from nurse_app.presentation.finishing import finishing_page
from nurse_app.presentation.formats import countdown, moment_clock, number
from nurse_app.presentation.hand_over import hand_over_later
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.pressure_notice import pressure_notice
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_outcome import finish_after_reaction
from nurse_app.presentation.record_search import newest
from nurse_app.presentation.symptom_rounds import SEEN_WELL, present_round, seen_well_action
from nurse_app.presentation.view_parts import ActionRole, ActionView, CardView, SideView, StepHead
from nurse_app.presentation.vital_signs import alarm_line_words, present_vitals_table


def present_observe(context: VisitContext) -> ClockPageView:
    """The page of the observation."""
    finish = finish_after_reaction(context.state)
    if finish is not None:
        return finishing_page(context, finish)
    seen = watch(context.state, context.now)
    first = _next_thing(context, seen)
    return ClockPageView(
        head=_head(context, seen),
        notices=tuple(_notices(context)),
        ring=_ring(context, seen),
        vitals=present_vitals_table(context),
        remarks=(_remark(context, seen),),
        actions=_complete(seen, first),
        others=tuple(_others(context.state, seen)),
        side=SideView(tuple(_side(context, seen, first))),
        round=present_round(context),
    )


def _head(context: VisitContext, seen: Watch) -> StepHead:
    protocol = context.state.protocol
    if seen.ready:
        return StepHead(_("Observation: the time is over"), protocol.text("observe.leave"))
    if is_round_wanted(context.state, context.now):
        # The signs of the round need the room.
        return StepHead(_("Observation"))
    return StepHead(_("Observation"), optional_text(protocol, "observe.watch") or protocol.text("observe.summary"))


def _time_left(seen: Watch, now: Moment) -> timedelta:
    """Until both gates are surely open; negative when they have been open for a while."""
    if seen.not_before is None:
        return seen.remaining
    return max(seen.remaining, seen.not_before.earliest - now.earliest)


def _next_thing(context: VisitContext, seen: Watch) -> str:
    """The id of the one action that is next; empty while there is only watching to do."""
    if vitals_are_wanted(context):
        return "record_vitals"
    if is_round_wanted(context.state, context.now):
        return SEEN_WELL
    return "complete" if seen.ready else ""


def _ring(context: VisitContext, seen: Watch) -> RingFigures:
    if context.state.observation.shortened:
        return RingFigures(countdown(seen.elapsed), _("Watched for"), _("shortened by the prescriber"), 1.0, "done")
    left = _time_left(seen, context.now)
    end = moment_clock(seen.not_before, context.zone) if seen.not_before is not None else ""
    if seen.ready:
        return RingFigures(countdown(left), _("The time is over"), _("since {time}").format(time=end), 1.0, "done")
    note = _("until {time}, {why}").format(time=end, why=_why_until(context, seen))
    return RingFigures(countdown(left), _("Still to watch"), note, seen.elapsed / (seen.elapsed + left))


def _why_until(context: VisitContext, seen: Watch) -> str:
    """Which of the two gates is the later one."""
    state, limits = context.state, context.state.protocol.observation
    began, watched = state.run.started_at, state.observation.started_at
    if began is not None and seen.not_before == began.plus(minutes(limits.not_before_start_minutes)):
        return _("{n} min from the start").format(n=number(limits.not_before_start_minutes))
    after = newest(context.record, e.ObservationStarted)
    since = {"flush": _("the end of the flush"), "stop": _("the stop"), "reaction": _("the end of the reaction")}
    words = since[after.after] if after is not None and watched is not None else ""
    return _("{n} min from {since}").format(n=number(limits.minutes), since=words)


def _notices(context: VisitContext) -> Iterator[NoticeView]:
    yield from course_notices(context)
    falling = pressure_notice(context)
    if falling is not None:
        yield falling


def _complete(seen: Watch, first: str) -> tuple[ActionView, ...]:
    """Nothing while it is too early: until when is in the ring and in a remark."""
    if not seen.ready:
        return ()
    role: ActionRole = "primary" if first == "complete" else "secondary"
    return (ActionView("complete", _("Observation complete"), c.CompleteObservation(), "C", role),)


def _remark(context: VisitContext, seen: Watch) -> str:
    line = alarm_line_words(context)
    if seen.ready or seen.not_before is None:
        return line
    end = moment_clock(seen.not_before, context.zone)
    return f"{line} · {_('Complete from {time}').format(time=end)}"


def _side(context: VisitContext, seen: Watch, first: str) -> Iterator[CardView | ActionView]:
    state, zone = context.state, context.zone
    yield vitals_action("primary" if first == "record_vitals" else "secondary")
    yield from seen_well_action(context, first)
    if vital_signs_due(state, context.now) is not None:
        yield next_vitals_card(context)
    if state.observation.started_at is not None:
        yield CardView("watched_since", _("Observing since"), moment_clock(state.observation.started_at, zone))
    if seen.not_before is not None and not seen.ready:
        why = _why_until(context, seen)
        yield CardView("not_before", _("Not before"), moment_clock(seen.not_before, zone), why)


def _others(state: VisitState, seen: Watch) -> Iterator[ActionView]:
    yield ActionView("left_early", _("Left early…"), OpenSheet(SheetKind.LEAVE_EARLY), "L")
    if may_be_shortened(state) and not seen.ready:
        about = state.protocol.decisions.shorten_observation
        yield ActionView("shorten", _("Shorter, by order…"), OpenSheet(SheetKind.DECISION, about), "D")
    yield from hand_over_later(state)
    yield note_action()
