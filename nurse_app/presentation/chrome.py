"""What every screen carries: who is here, the date, what was saved last, alarms, training and approval bands."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import clock, clock_with_seconds, day
from nurse_app.presentation.view_parts import Tone


@dataclass(frozen=True, slots=True)
class ChromeView:
    """The footer and the bands; an empty text is no band."""

    saved: str
    saved_tone: Tone
    user: str
    date: str
    training: bool
    unapproved: str
    disk: str = ""


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm condition of one visit, as the bar shows it."""

    key: str
    priority: Priority
    text: str
    note: str
    acknowledged: bool


Saving = Literal["saved", "saving", "not-saved"]


def present_chrome(
    reading: Reading,
    user: str,
    saved: tuple[Saving, str],
    protocol: InfusionProtocol,
    zone: tzinfo | None,
    *,
    training: bool,
) -> ChromeView:
    """Footer and bands at one reading of the clocks; ``saved`` is how saving stands, and what was saved last."""
    how, last = saved
    words = {"saved": last, "saving": _("Saving…"), "not-saved": _("Not saved")}
    tones: dict[Saving, Tone] = {"saved": "done", "saving": "neutral", "not-saved": "stop"}
    local = reading.wall.astimezone(zone)
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    date = _("{weekday} {day} {time}").format(
        weekday=days[local.weekday()], day=day(local.date()), time=clock(reading.wall, zone)
    )
    unapproved = "" if protocol.status == "approved" else protocol.text("protocol.not-approved")
    return ChromeView(
        saved=words[how],
        saved_tone=tones[how],
        user=_("Nurse: {name}").format(name=user) if user else _("Nobody signed in"),
        date=date,
        training=training,
        unapproved=unapproved,
    )


def disk_words() -> str:
    """What to say while the room kept for the last entries is in use."""
    return _(
        "The disk is nearly full: entries can be saved for a short while only. "
        "Free some space now, or tell the person who looks after this computer."
    )


def saved_words(reading: Reading, what: str, zone: tzinfo | None) -> str:
    """The footer's line after an entry is on the disk: 10:05:12 Answer recorded · saved."""
    return _("{time} {what} · saved").format(time=clock_with_seconds(reading.wall, zone), what=what)
