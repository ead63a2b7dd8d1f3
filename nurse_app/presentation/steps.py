"""Which view belongs to which phase of a visit."""

from collections.abc import Callable, Mapping
from typing import Protocol

from nurse_app.domain.restarts import open_question
from nurse_app.domain.state import Phase
from nurse_app.presentation.closed import present_closed
from nurse_app.presentation.common_actions import confirm_time_action
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.discharge import present_discharge
from nurse_app.presentation.flush import present_flush
from nurse_app.presentation.identify import present_identify
from nurse_app.presentation.infuse import present_infuse
from nurse_app.presentation.observe import present_observe
from nurse_app.presentation.prechecks import present_prechecks
from nurse_app.presentation.prepare import present_prepare
from nurse_app.presentation.reaction import present_reaction
from nurse_app.presentation.view_parts import SideView, StepHead


class StepView(Protocol):
    """What every step's view has; the rest is between the view and its page."""

    @property
    def head(self) -> StepHead: ...

    @property
    def side(self) -> SideView: ...


PRESENTERS: Mapping[Phase, Callable[[VisitContext], StepView]] = {
    "identify": present_identify,
    "prechecks": present_prechecks,
    "prepare": present_prepare,
    "infuse": present_infuse,
    "flush": present_flush,
    "observe": present_observe,
    "reaction": present_reaction,
    "discharge": present_discharge,
    "closed": present_closed,
}


def present_side(context: VisitContext, view: StepView) -> SideView:
    """The right column of a step; as long as the time is not certain, with the way to confirm it."""
    if open_question(context.state.restarts, context.now) is None:
        return view.side
    return SideView((confirm_time_action(), *view.side.parts))


def present_step(context: VisitContext) -> StepView:
    """The view of the phase that the visit is in."""
    return PRESENTERS[context.state.phase](context)
