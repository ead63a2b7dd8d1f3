"""A paused infusion: why it stands still, and what must happen before it may run again."""

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Reason, Rejected
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.messages import refusal_words
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.record_search import newest
from nurse_app.presentation.view_parts import ActionRole, ActionView

# The domain writes this reason when the reaction, not a person, paused the infusion.
_BY_REACTION = "reaction"
_BAG_RULE = "stability"


def refusal_to_resume(context: VisitContext) -> Rejected | None:
    """Why a paused infusion may not go on now; None when it may, or when it is not paused."""
    if context.state.run.status != "paused":
        return None
    verdict = decide(c.ResumeInfusion(), Context(context.state, context.now, context.user_id))
    return verdict if isinstance(verdict, Rejected) else None


def prescriber_said_no(state: VisitState, refusal: Rejected) -> bool:
    """Did a prescriber decide that today's dose does not go on?"""
    if refusal.reason is Reason.DO_NOT_GIVE:
        return True
    said = [decision.decision for decision in state.decisions if decision.about in refusal.details]
    return said[-1:] == ["do-not-give"]


def needed_decision(refusal: Rejected, role: ActionRole) -> ActionView:
    """The way to record the decision that resuming waits for."""
    about = refusal.details[0] if refusal.details else _BAG_RULE
    return ActionView("decision", _("Prescriber’s decision…"), OpenSheet(SheetKind.DECISION, about), "D", role)


def paused_notice(context: VisitContext, refusal: Rejected | None) -> NoticeView:
    """Why and since when it is paused, and what to do."""
    state = context.state
    title = _("Paused since {time}: {reason}").format(time=_since(context), reason=_reason(context))
    if refusal is None:
        return NoticeView("paused", "caution", title, optional_text(state.protocol, "infuse.gap"))
    if prescriber_said_no(state, refusal):
        return NoticeView(
            "paused", "stop", title, _("The prescriber decided that it does not go on. Stop it for good.")
        )
    return NoticeView("paused", "hold", title, refusal_words(refusal, state.protocol))


def _since(context: VisitContext) -> str:
    paused_at = context.state.run.paused_at
    return moment_clock(paused_at, context.zone) if paused_at is not None else ""


def _reason(context: VisitContext) -> str:
    paused = newest(context.record, e.InfusionPaused)
    if paused is None or paused.reason == _BY_REACTION:
        return _("reaction")
    return paused.reason
