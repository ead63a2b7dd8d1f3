"""The call after a reaction in words: the same for home, the recall list, the list of what is due and the patient."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from nurse_app.domain.follow_up_call import CALL, CallDue, call_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import clock, day
from nurse_app.presentation.view_parts import Tone

Summary = Mapping[str, str | int | bool | None]


def call_in(summary: Summary) -> CallDue | None:
    """The call that a patient's summary says is still to be made."""
    text = summary.get(CALL)
    return call_of(str(text)) if text else None


def day_time(at: datetime, zone: tzinfo | None) -> str:
    """23-Nov-2026 10:41."""
    return f"{day(at.astimezone(zone).date())} {clock(at, zone)}"


def call_state_words(call: CallDue, now: datetime, zone: tzinfo | None) -> str:
    """Where it stands: from 23-Nov-2026 10:41, due until then, or overdue since then."""
    words = {
        "later": _("from {at}").format(at=day_time(call.due_from, zone)),
        "due": _("due until {at}").format(at=day_time(call.good_until, zone)),
        "overdue": _("overdue since {at}").format(at=day_time(call.good_until, zone)),
    }
    return words[call.state(now)]


def call_words(call: CallDue, now: datetime, zone: tzinfo | None) -> str:
    """Follow-up call due until 25-Nov-2026 10:41."""
    return _("Follow-up call {state}").format(state=call_state_words(call, now, zone))


def call_span_words(call: CallDue) -> str:
    """As ``call_words``, for lists and paper: the two times, which are right on any day."""
    first, last = (day_time(at, at.tzinfo) for at in (call.due_from, call.good_until))
    return _("Follow-up call from {first} to {last}").format(first=first, last=last)


def call_tone(call: CallDue, now: datetime) -> Tone:
    """How urgent it is; words say it too."""
    tones: dict[str, Tone] = {"later": "neutral", "due": "caution", "overdue": "hold"}
    return tones[call.state(now)]


def delayed_sign_words(protocol: InfusionProtocol, sign: str) -> str:
    """A sign that may come days later; by its id for a protocol that lacks it."""
    return protocol.texts.get(f"delayed.{sign}", sign)
