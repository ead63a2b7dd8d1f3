"""What of vital signs and symptom round comes next, in a few words for the card of a visit."""

from datetime import tzinfo

from nurse_app.domain.moment import Moment
from nurse_app.domain.schedule import vital_signs_due
from nurse_app.domain.state import VisitState
from nurse_app.domain.symptom_rounds import is_round_overdue, round_due
from nurse_app.i18n import _
from nurse_app.presentation.formats import moment_clock


def next_look_words(state: VisitState, now: Moment, zone: tzinfo | None) -> str:
    """What is overdue of the two, since when; else when the next vital signs are due. Empty when nothing is."""
    due, look = vital_signs_due(state, now), round_due(state)
    overdue = due is not None and due.latest <= now.latest
    if look is not None and is_round_overdue(state, now):
        if due is not None and overdue:
            earlier = min(due, look, key=lambda moment: moment.latest)
            return _("vital signs and symptom round due since {time}").format(time=moment_clock(earlier, zone))
        return _("symptom round due since {time}").format(time=moment_clock(look, zone))
    if due is None:
        return ""
    words = _("vital signs due since {time}") if overdue else _("next vital signs {time}")
    return words.format(time=moment_clock(due, zone))
