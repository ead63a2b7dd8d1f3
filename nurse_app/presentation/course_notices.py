"""What was out of the ordinary in the course of the infusion and must not be forgotten afterwards."""

from collections.abc import Iterator

from nurse_app.domain import events as e
from nurse_app.domain.run import delivered
from nurse_app.i18n import _
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import number, tenth, with_unit
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.record_search import newest


def course_notices(context: VisitContext) -> Iterator[NoticeView]:
    """Suspected allergy, part of a dose, a bag that was empty too early, a flush that ran too fast."""
    state = context.state
    if state.hypersensitivity != "no":
        yield NoticeView(
            "hypersensitivity", "stop", state.protocol.text(f"flag.{state.protocol.reaction.flag}"), _allergy(context)
        )
    if state.run.status == "stopped" and state.run.bag_empty_at is None:
        yield NoticeView(
            "partial", "caution", _given_of_whole(context), optional_text(state.protocol, "infuse.partial")
        )
    emptied = newest(context.record, e.BagEmptied)
    if emptied is not None and emptied.variance:
        reason = _("Bag empty early: {reason}").format(reason=emptied.reason or "")
        yield NoticeView("variance", "caution", reason, optional_text(state.protocol, "infuse.bag-empty-variance"))
    flushed = newest(context.record, e.FlushFinished)
    if flushed is not None and flushed.faster:
        volume = with_unit(number(flushed.volume_ml), "mL")
        title = _("Flushed with {volume}, faster than the infusion ran").format(volume=volume)
        yield NoticeView("flush_faster", "caution", title, optional_text(state.protocol, "infuse.flush-faster"))


def _allergy(context: VisitContext) -> str:
    if context.state.hypersensitivity == "permanent":
        return _("Natalizumab must not be given again.")
    return _("The next infusion is held until a prescriber clears it.")


def _given_of_whole(context: VisitContext) -> str:
    state = context.state
    given = tenth(delivered(state.protocol, state.run, context.now).dose_mg)
    return _("Stopped early: about {given} of {whole} mg given").format(
        given=given, whole=number(state.protocol.dose_mg)
    )
