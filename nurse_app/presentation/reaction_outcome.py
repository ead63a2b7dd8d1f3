"""After a reaction that ended in hospital or in death: what is left of the visit is to finish it with that."""

from nurse_app.domain import commands as c
from nurse_app.domain.events import Outcome
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.presentation.view_parts import ActionView

_FINISH = "finish"


def outcome_words(outcome: Outcome) -> str:
    """How a reaction ended, in a few words."""
    words = {
        "resolved": _("Resolved"),
        "improving": _("Improving"),
        "transferred": _("Transferred to hospital"),
        "died": _("The patient died"),
    }
    return words[outcome]


def patient_is_gone(state: VisitState) -> Outcome | None:
    """The outcome after which there is nobody left here to watch; None otherwise."""
    last = state.last_reaction
    if last is None or last.outcome not in ("transferred", "died"):
        return None
    return last.outcome


def finish_after_reaction(state: VisitState) -> ActionView | None:
    """The act that takes the visit on to its end when the patient is gone; None when the visit goes its usual way."""
    outcome = patient_is_gone(state)
    if outcome is None:
        return None
    reason = outcome_words(outcome)
    if state.phase == "observe":
        label = _("Finish the visit: {reason}").format(reason=reason)
        return ActionView(_FINISH, label, c.LeaveEarly(reason), "C", "primary")
    if state.phase in ("infuse", "flush"):
        label = _("Stop the infusion for good: {reason}").format(reason=reason)
        return ActionView(_FINISH, label, c.StopInfusion(reason, for_reaction=True), "C", "primary")
    return None
