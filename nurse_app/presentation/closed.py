"""A visit that is over, however it ended: what happened, and the way to its record."""

from collections.abc import Iterator

from nurse_app.domain.snapshot import VisitOutcome, next_due, outcome
from nurse_app.i18n import _
from nurse_app.presentation.after_actions import after_actions, call_card
from nurse_app.presentation.clock_cards import decision_action, note_action
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.course_notices import course_notices
from nurse_app.presentation.discharge import next_infusion_card, record_actions
from nurse_app.presentation.formats import moment_clock
from nurse_app.presentation.intents import GoHome
from nurse_app.presentation.summary_page import SummaryPageView
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, StepHead
from nurse_app.presentation.visit_summary import summary_rows


def ending_words(ending: VisitOutcome | None) -> str:
    """How a visit ended, in a few words."""
    words: dict[VisitOutcome | None, str] = {
        "completed": _("Whole dose given, observation complete"),
        "partial": _("Part of the dose given"),
        "left-early": _("Patient left before the observation was over"),
        "stopped-for-reaction": _("Stopped for a reaction"),
        "not-given": _("Not given today"),
        None: _("Closed"),
    }
    return words[ending]


def present_closed(context: VisitContext) -> SummaryPageView:
    """The page of a visit that is over."""
    state = context.state
    at = moment_clock(state.discharged_at, context.zone) if state.discharged_at is not None else ""
    lead = _("Visit closed {time}. Notes and corrections are still possible.").format(time=at)
    return SummaryPageView(
        head=StepHead(ending_words(outcome(state)), lead),
        notices=(*_why_not_given(context), *course_notices(context)),
        advice_title="",
        advice=(),
        rows_title=_("Today"),
        rows=summary_rows(context),
        side=SideView(tuple(_side(context))),
    )


def _why_not_given(context: VisitContext) -> Iterator[NoticeView]:
    reason = context.state.not_given
    if reason is not None:
        yield NoticeView("not_given", "caution", _("Not given: {reason}").format(reason=reason))


def _side(context: VisitContext) -> Iterator[CardView | ActionView]:
    yield ActionView("home", _("Back to the ward"), GoHome(), "H", "primary")
    yield from record_actions(context)
    after = tuple(after_actions(context))
    yield from after
    cards = (*call_card(context), next_infusion_card(context.state))
    if not after:
        yield from cards
    if next_due(context.state) is None:
        about = context.state.protocol.decisions.next_infusion
        yield decision_action(about, _("Prescriber’s decision…"))
    yield note_action()
    if after:
        # After a reaction there is more to do than to read.
        yield from cards
