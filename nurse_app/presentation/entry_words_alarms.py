"""Entries about alarms in words, and the short names of the conditions."""

from collections.abc import Mapping

from nurse_app.domain import events as e
from nurse_app.domain.alarm_signals import FRONT, FULL
from nurse_app.i18n import N_, _, ngettext
from nurse_app.presentation.entry_words_kit import EntryWords, WordContext
from nurse_app.presentation.formats import clock_with_seconds

TITLES: Mapping[str, str] = {
    "vital-signs-due": N_("vital signs due"),
    "vital-signs-alarming": N_("vital signs alarming"),
    "vital-signs-watch": N_("vital signs outside the limits"),
    "infusion-time-over": N_("infusion time over"),
    "paused-long": N_("paused for long"),
    "bag-too-old": N_("bag past its time limit"),
    "observation-over": N_("observation time over"),
    "first-line-missing": N_("first drug not given"),
    "repeat-due": N_("next dose may be due"),
    "clock-step": N_("clock of the computer moved"),
    "time-unsure": N_("time not certain"),
}
PRIORITIES: Mapping[str, str] = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}


def alarm_title(alarm: str) -> str:
    """The short name of a condition, by its id; of one that this version does not know, the name as it stands."""
    name = alarm.partition("/")[0]
    return _(TITLES[name]) if name in TITLES else name


def alarm_titles(alarms: tuple[str, ...]) -> str:
    """Several, each once."""
    return ", ".join(dict.fromkeys(alarm_title(alarm) for alarm in alarms))


def _raised(event: e.AlarmRaised, context: WordContext) -> str:
    return _("Alarm, {priority} priority: {title}, due since {time}.").format(
        priority=_(PRIORITIES[event.priority]),
        title=alarm_title(event.alarm),
        time=clock_with_seconds(event.due_at, context.zone),
    )


def _sounded(event: e.AlarmSounded, _context: WordContext) -> str:
    if event.trouble:
        return _("No sound could be heard for the alarm: {titles}.").format(titles=alarm_titles(event.alarms))
    return _("Alarm sounded: {titles}.").format(titles=alarm_titles(event.alarms))


def _grown(event: e.AlarmEscalated, _context: WordContext) -> str:
    title = alarm_title(event.alarm)
    if event.stage <= FRONT:
        return _("Alarm not acknowledged, window brought to the front: {title}.").format(title=title)
    if event.stage >= FULL:
        return _("Alarm not acknowledged, shown over the whole screen: {title}.").format(title=title)
    priority = _(PRIORITIES[event.priority])
    return _("Alarm not acknowledged, now {priority} priority: {title}.").format(priority=priority, title=title)


def _acknowledged(event: e.AlarmAcknowledged, _context: WordContext) -> str:
    return _("Alarm acknowledged: {title}.").format(title=alarm_title(event.alarm))


def _paused(event: e.AudioPaused, _context: WordContext) -> str:
    words = ngettext("Sound paused for {n} s: {titles}.", "Sound paused for {n} s: {titles}.", event.seconds)
    return words.format(n=event.seconds, titles=alarm_titles(event.alarms))


def _resolved(event: e.AlarmResolved, _context: WordContext) -> str:
    return _("Alarm over: {title}.").format(title=alarm_title(event.alarm))


WORDS: EntryWords = {
    e.AlarmRaised: _raised,
    e.AlarmSounded: _sounded,
    e.AlarmEscalated: _grown,
    e.AlarmAcknowledged: _acknowledged,
    e.AudioPaused: _paused,
    e.AlarmResolved: _resolved,
}
