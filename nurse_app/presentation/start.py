"""The last look before the drug runs: what to set on the pump, when it will end, what to watch for."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from nurse_app.domain.protocol import minutes
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import finding_view
from nurse_app.presentation.formats import clock, number
from nurse_app.presentation.view_parts import CardView, FindingView, StepHead


@dataclass(frozen=True, slots=True)
class StartView:
    """What the nurse sets and confirms; ``repeat`` is there when the baseline vital signs are old."""

    head: StepHead
    pump: tuple[CardView, ...]
    rate_ml_h: Decimal
    steps: tuple[str, ...]
    cautions: tuple[FindingView, ...]
    repeat: str


def present_start(context: VisitContext) -> StartView:
    """The start of the infusion at this moment."""
    state = context.state
    protocol, infusion = state.protocol, state.protocol.infusion
    lasts = minutes(infusion.planned_minutes)
    found = assess_today(state, context.now).findings
    texts = ("infuse.before", "prepare.emergency-check", "infuse.rate", "infuse.stay")
    return StartView(
        head=StepHead(_("Start the infusion"), protocol.text("protocol.title")),
        pump=(
            CardView("rate", _("Rate"), _("{n} mL/h").format(n=number(infusion.rate_ml_h))),
            CardView(
                "volume",
                _("Volume to be infused"),
                _("about {n} mL").format(n=number(protocol.preparation.total_ml)),
                _("the whole bag"),
            ),
            CardView(
                "ends",
                _("Ends about"),
                clock(context.now.latest + lasts, context.zone),
                _("{n} min from now").format(n=number(infusion.planned_minutes)),
            ),
        ),
        rate_ml_h=infusion.rate_ml_h,
        steps=tuple(protocol.texts[text_id] for text_id in texts if text_id in protocol.texts),
        cautions=tuple(finding_view(protocol, item) for item in found if item.severity == "caution"),
        repeat=_repeat(context),
    )


def _repeat(context: VisitContext) -> str:
    """Advice to measure again, when the last set is older than the protocol likes."""
    state = context.state
    limit = minutes(state.protocol.infusion.baseline_repeat_minutes)
    if not state.vitals:
        return ""
    age = context.now.since(state.vitals[-1].at).most
    if age <= limit:
        return ""
    return _("The vital signs are {n} min old. Measure again before the start.").format(n=age // timedelta(minutes=1))
