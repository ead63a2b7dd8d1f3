"""The clock of this computer is earlier than something that has been: compare it before a new visit begins."""

from dataclasses import dataclass
from datetime import tzinfo

from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.i18n import _
from nurse_app.presentation.formats import day_and_clock
from nurse_app.presentation.view_parts import CardView, StepHead


@dataclass(frozen=True, slots=True)
class ClockCheckView:
    """Two times to compare, and one press when the computer is right."""

    head: StepHead
    cards: tuple[CardView, ...]
    advice: str
    submit: str


def present_clock_check(doubt: ClockDoubt, zone: tzinfo | None) -> ClockCheckView:
    """Both times, and what to do in either case."""
    return ClockCheckView(
        head=StepHead(
            _("Is the clock of this computer right?"),
            _("It shows an earlier time than the latest that is known. A new visit waits until somebody has looked."),
        ),
        cards=(
            CardView("wall", _("This computer shows"), day_and_clock(doubt.wall, zone)),
            CardView("newest", _("Latest time known"), day_and_clock(doubt.newest, zone)),
        ),
        advice=_(
            "Compare with another clock and a calendar. If this computer is wrong, have its clock set right and start "
            "the visit then. Visits in progress go on and keep their times."
        ),
        submit=_("The computer is right"),
    )
