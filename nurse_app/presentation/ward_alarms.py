"""The alarms of all visits and of the workstation in words, the most urgent first, on whichever screen is on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.alarm_signals import FULL, AlarmKey, Signal
from nurse_app.domain.alarms import AlarmCondition
from nurse_app.i18n import _
from nurse_app.presentation.alarm_words import alarm_ends, alarm_words
from nurse_app.presentation.formats import clock, countdown, moment_clock
from nurse_app.presentation.home import OpenVisitFacts
from nurse_app.presentation.sound_words import sound_trouble_words
from nurse_app.visit.alarm_watch import STATION, AlarmPicture

_SEPARATOR = "|"
# Where there surely is no sound to pause; one that was not heard, or did not play, may come next time.
_SILENT = ("no-player", "no-device", "muted")


@dataclass(frozen=True, slots=True)
class WardAlarm:
    """One alarm. ``opens``, a visit to go to, is empty for the visit that is on screen."""

    key: str
    priority: Priority
    whose: str
    text: str
    note: str
    acknowledged: bool
    paused: str
    opens: str
    wants_screen: bool = False


@dataclass(frozen=True, slots=True)
class WardAlarms:
    """All of them. ``may_pause``: there is a sound to pause.

    ``silent``: the priority that the whole screen has to tell, because no sound can. ``alone`` is the one that has the
    screen to itself when nobody is here: nobody has answered for long, or no sound can be heard.
    """

    alarms: tuple[WardAlarm, ...] = ()
    may_pause: bool = False
    silent: Priority | None = None
    alone: WardAlarm | None = None


def present_ward_alarms(
    picture: AlarmPicture, visits: Mapping[str, OpenVisitFacts], here: str, zone: tzinfo | None, *, private: bool
) -> WardAlarms:
    """The alarms as a screen shows them on which the visit ``here`` is, or none; ``private`` hides who they are of."""
    shown = tuple(_alarms(picture, visits, here, zone, private=private))
    unanswered = picture.unanswered
    return WardAlarms(
        shown,
        may_pause=bool(picture.loud) and picture.trouble not in _SILENT,
        silent=unanswered[0].priority if picture.trouble and unanswered else None,
        alone=next((alarm for alarm in shown if alarm.wants_screen), None),
    )


def alarm_key(text: str) -> AlarmKey:
    """The key behind what a screen names."""
    visit_id, _bar, alarm = text.partition(_SEPARATOR)
    return visit_id, alarm


def _alarms(
    picture: AlarmPicture, visits: Mapping[str, OpenVisitFacts], here: str, zone: tzinfo | None, *, private: bool
) -> Iterator[WardAlarm]:
    for key, signal in picture.signals.of.items():
        text_key, paused = _SEPARATOR.join(key), _paused(signal, picture.at)
        if key[0] == STATION and picture.trouble is not None:
            text = sound_trouble_words(picture.trouble)
            yield WardAlarm(text_key, signal.priority, "", text, "", signal.acknowledged, paused, "")
            continue
        visit, condition = visits.get(key[0]), picture.conditions.get(key)
        if visit is None or condition is None:
            # Closed since the last look.
            continue
        whose = _whose(visit, zone, private=private)
        opens = "" if key[0] == here else key[0]
        text = alarm_words(visit.state, condition)
        note = _note(condition, zone)
        alone = not signal.acknowledged and (
            signal.stage >= FULL or (bool(picture.trouble) and signal.priority != "low")
        )
        yield WardAlarm(text_key, signal.priority, whose, text, note, signal.acknowledged, paused, opens, alone)


def _whose(visit: OpenVisitFacts, zone: tzinfo | None, *, private: bool) -> str:
    if private:
        return _("Visit since {time}").format(time=clock(visit.state.started_at.latest, zone))
    return visit.name


def _note(condition: AlarmCondition, zone: tzinfo | None) -> str:
    since = _("since {time}").format(time=moment_clock(condition.since, zone))
    return _("{since} · ends when {what}").format(since=since, what=alarm_ends(condition))


def _paused(signal: Signal, at: timedelta) -> str:
    if signal.paused_until is None:
        return ""
    return _("sound paused {time}").format(time=countdown(signal.paused_until - at))
