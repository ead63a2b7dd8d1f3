"""Actions that several steps offer."""

from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.presentation.intents import GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.view_parts import ActionView


def line_action(state: VisitState) -> ActionView:
    """The vein access: offered from the pre-checks on, so that it can come before mixing."""
    site = state.line_site
    label = _("Line…") if site is None else _("Line: {site}").format(site=site)
    return ActionView("line", label, OpenSheet(SheetKind.LINE), "L")


def confirm_time_action() -> ActionView:
    """After a restart of the computer: the question that may have been put off."""
    return ActionView("confirm_time", _("Confirm the time…"), OpenSheet(SheetKind.RESUME), "M")


def back_action(visit_id: str) -> ActionView:
    """From looking back at a step to the present one."""
    return ActionView("back", _("Back to the present step"), GoToVisit(visit_id), "B", "primary")
