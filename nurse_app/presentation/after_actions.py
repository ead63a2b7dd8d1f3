"""What can be done about a reaction once it was treated: from discharge, the closed visit and its record."""

from collections.abc import Iterator

from nurse_app.domain.follow_up_call import call_of_visit
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.ctcae_sheet import grade_action
from nurse_app.presentation.follow_up_words import day_time
from nurse_app.presentation.hand_over import hand_over_later
from nurse_app.presentation.reaction_report import report_action
from nurse_app.presentation.view_parts import ActionView, CardView


def after_actions(context: VisitContext) -> Iterator[ActionView]:
    """Hand-over sheet, grade and report data of the last reaction; none for a visit without one."""
    if not context.state.reactions:
        return
    yield from hand_over_later(context.state)
    if context.state.protocol.after_reaction is not None:
        yield grade_action()
    yield report_action()


def call_card(context: VisitContext) -> Iterator[CardView]:
    """When the patient is to be called after a reaction of this visit."""
    call = call_of_visit(context.state, context.visit_id)
    if call is not None:
        until = _("until {at}").format(at=day_time(call.good_until, context.zone))
        first = day_time(call.due_from, context.zone)
        yield CardView("follow_up_call", _("Follow-up call from"), first, until, size="fact")
