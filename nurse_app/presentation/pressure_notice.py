"""The strip that says that blood pressure has fallen and when to take it again."""

from nurse_app.domain.protocol import minutes
from nurse_app.domain.reaction import baseline, pressure_falls
from nurse_app.i18n import _
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock, number, with_unit


def pressure_notice(context: VisitContext) -> NoticeView | None:
    """Only while the newest set shows a fall that asks for a recheck; a worse one opens a reaction by itself."""
    state = context.state
    if not state.vitals:
        return None
    last, before = state.vitals[-1], baseline(state)
    fallen, usual = last.vitals.systolic, before.systolic if before is not None else None
    if not state.is_since_start(last) or fallen is None or usual is None:
        return None
    if not pressure_falls(state, last.vitals):
        return None
    sign = state.protocol.vital_signs["systolic"]
    title = _("Systolic pressure has fallen to {value}, baseline {baseline}").format(
        value=with_unit(number(fallen), sign.unit), baseline=number(usual)
    )
    again = last.at.plus(minutes(state.protocol.vital_sign_schedule.recheck_minutes))
    # The card beside it counts down; this strip stays as it is.
    words = _("Look at the patient. Take it again at {time}.")
    if again.latest <= context.now.latest:
        words = _("Look at the patient. Take it again now: it was due at {time}.")
    sentence = words.format(time=moment_clock(again, context.zone))
    return NoticeView("pressure", "caution", title, sentence)
