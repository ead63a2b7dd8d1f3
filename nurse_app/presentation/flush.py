"""Flushing the line: one thing to do, at the same rate, because the line still holds drug."""

from collections.abc import Iterator
from decimal import Decimal

from nurse_app.domain.moment import ZERO
from nurse_app.domain.run import SECONDS_PER_HOUR, seconds
from nurse_app.i18n import _
from nurse_app.presentation.clock_cards import (
    given_card,
    next_vitals_card,
    note_action,
    rate_words,
    vitals_action,
)
from nurse_app.presentation.clock_page import ClockPageView, RingFigures
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.course_notices import course_notices
from nurse_app.presentation.finishing import finishing_page
from nurse_app.presentation.formats import countdown, moment_clock, tenth, with_unit
from nurse_app.presentation.hand_over import hand_over_later
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.pressure_notice import pressure_notice
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_outcome import finish_after_reaction
from nurse_app.presentation.symptom_rounds import present_round, seen_well_action
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, StepHead
from nurse_app.presentation.vital_signs import alarm_line_words, present_vitals_table


def present_flush(context: VisitContext) -> ClockPageView:
    """The page between the empty bag and the end of the flush."""
    state = context.state
    finish = finish_after_reaction(state)
    if finish is not None:
        return finishing_page(context, finish)
    pressure = pressure_notice(context)
    finished = ActionView("flush_finished", _("Flush finished…"), OpenSheet(SheetKind.FLUSH), "F", "primary")
    return ClockPageView(
        head=StepHead(
            _("Flush the line at {rate}").format(rate=rate_words(state)), optional_text(state.protocol, "infuse.flush")
        ),
        notices=(*course_notices(context), *((pressure,) if pressure is not None else ())),
        ring=_ring(context),
        vitals=present_vitals_table(context),
        remarks=(alarm_line_words(context),),
        actions=(finished,),
        others=(
            ActionView("stop", _("Stop for good…"), OpenSheet(SheetKind.STOP), "S"),
            *hand_over_later(state),
            note_action(),
        ),
        side=SideView(tuple(_side(context))),
        round=present_round(context),
    )


def flushed_so_far_ml(context: VisitContext) -> Decimal:
    """The volume that the infusion's own rate makes since the bag was empty (mL)."""
    run = context.state.run
    if run.bag_empty_at is None or run.rate_ml_h is None:
        return Decimal(0)
    return run.rate_ml_h * seconds(context.now.since(run.bag_empty_at).most) / SECONDS_PER_HOUR


def _ring(context: VisitContext) -> RingFigures:
    emptied = context.state.run.bag_empty_at
    since = context.now.since(emptied).most if emptied is not None else ZERO
    volume = with_unit(tenth(flushed_so_far_ml(context)), "mL")
    note = _("about {volume} at {rate}").format(volume=volume, rate=rate_words(context.state))
    return RingFigures(countdown(since), _("Since the bag was empty"), note)


def _side(context: VisitContext) -> Iterator[CardView | ActionView]:
    yield vitals_action()
    yield from seen_well_action(context, "")
    yield next_vitals_card(context)
    yield given_card(context)
    emptied = context.state.run.bag_empty_at
    if emptied is not None:
        yield CardView("bag_empty", _("Bag empty"), moment_clock(emptied, context.zone))
