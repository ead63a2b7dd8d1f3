"""The step in which the dose is prepared, one line at a time."""

from dataclasses import dataclass

from nurse_app.domain.finding import Assessment
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import finding_view
from nurse_app.presentation.prepare_lines import BAG_RULES, PrepareLine, present_lines
from nurse_app.presentation.prepare_side import Blocks, blocks, present_prepare_side
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.view_parts import FindingView, SideView, StepHead


@dataclass(frozen=True, slots=True)
class PrepareView:
    """The page: advice, what stands in the way, and the lines."""

    visit_id: str
    head: StepHead
    side: SideView
    advice: str
    findings: tuple[FindingView, ...]
    lines: tuple[PrepareLine, ...]


def present_prepare(context: VisitContext) -> PrepareView:
    """Preparing as it stands; in later steps for looking back."""
    state = context.state
    judged = assess_today(state, context.now)
    found = blocks(state, judged)
    return PrepareView(
        visit_id=context.visit_id,
        head=StepHead(_("Prepare the dose"), state.protocol.text("prepare.summary")),
        side=present_prepare_side(context, judged),
        advice=_advice(state),
        findings=_other_findings(state, judged),
        lines=present_lines(context, judged, waits=_waits(state, found)),
    )


def _advice(state: VisitState) -> str:
    """A vein first: until there is one, or until it is too late for the advice."""
    if state.phase != "prepare" or state.line_site is not None or state.bag.diluted_at is not None:
        return ""
    return optional_text(state.protocol, "prepare.access-first")


def _waits(state: VisitState, found: Blocks) -> bool:
    """Before mixing, anything open holds the work up; a mixed bag is finished, unless it must not be used."""
    if state.bag.diluted_at is None:
        return found.any
    return bool(found.stops or found.declined)


def _other_findings(state: VisitState, judged: Assessment) -> tuple[FindingView, ...]:
    """Stops and holds that are not about the bag, such as an answer that was changed."""
    if state.phase != "prepare":
        return ()
    others = [item for item in judged.findings if item.severity in ("hold", "stop") and item.rule not in BAG_RULES]
    return tuple(finding_view(state.protocol, item) for item in others)
