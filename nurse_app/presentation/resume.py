"""A visit in progress is opened again: since when nobody looked, how long it has run, what fell due meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from nurse_app.domain.alarms import alarms
from nurse_app.domain.events import Event, VisitReopened
from nurse_app.domain.moment import Moment, Span, passed_between
from nurse_app.domain.record import Recorded
from nurse_app.domain.restarts import ASKED_ABOVE, LONGEST_UNKNOWN, ClockRange, moments, open_question
from nurse_app.domain.run import running_time
from nurse_app.i18n import _
from nurse_app.presentation.alarm_words import alarm_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.entry_titles import entry_title
from nurse_app.presentation.formats import clock, day_and_clock, hours_and_minutes, moment_clock, number
from nurse_app.presentation.view_parts import CardView, StepHead

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """What the nurse is asked after a restart of the computer; ``asks_day``: a time of day alone would be unclear."""

    sentence: str
    asked: ClockRange
    zone: tzinfo | None
    asks_day: bool
    day: date


@dataclass(frozen=True, slots=True)
class ResumeView:
    """``due`` is what needs attention now, the oldest first; what became due while nobody looked says so."""

    head: StepHead
    cards: tuple[CardView, ...]
    due_title: str
    due: tuple[str, ...]
    question: TimeQuestion | None


@dataclass(frozen=True, slots=True)
class _Absence:
    """From the last sign of life to the reopening, and the last entry before."""

    since: Moment
    until: Moment
    last: Recorded[Event]
    restarted: bool


def present_resume(context: VisitContext) -> ResumeView:
    """What to know before going on."""
    away = _absence(context)
    return ResumeView(
        head=StepHead(_("The visit goes on"), _lead(context, away)),
        cards=tuple(_cards(context, away)),
        due_title=_("Due now"),
        due=tuple(_due(context, away)) or (_("Nothing is due."),),
        question=_question(context),
    )


def _absence(context: VisitContext) -> _Absence:
    noted = list(moments(context.record))
    opened = [place for place, (item, _at) in enumerate(noted) if isinstance(item.event, VisitReopened)]
    place = opened[-1] if opened else 0
    (item, until), (last, since) = noted[place], noted[max(place - 1, 0)]
    seen = item.event.last_seen if isinstance(item.event, VisitReopened) else None
    if seen is not None and seen.boot_id == last.entry.reading.boot_id:
        since = since.after(passed_between(last.entry.reading, seen))
    restarted = item.entry.reading.boot_id != last.entry.reading.boot_id
    noted_before = [each for each, _at in noted[:place] if not isinstance(each.event, VisitReopened)]
    return _Absence(since, until, noted_before[-1] if noted_before else last, restarted)


def _lead(context: VisitContext, away: _Absence) -> str:
    since = moment_clock(away.since, context.zone)
    lasted = _range(away.until.since(away.since))
    if away.restarted:
        words = _("The computer was restarted. The program last ran at {time}. Time away: {lasted}.")
    else:
        words = _("The program was closed. It last ran at {time}. Time away: {lasted}.")
    return words.format(time=since, lasted=lasted)


def _range(span: Span) -> str:
    """41 min; between 41 and 58 min when nobody can say more exactly."""
    least, most = span.least // _MINUTE, -(-span.most // _MINUTE)
    if span.most - span.least <= ASKED_ABOVE:
        return _short(span.most)
    if span.most >= _HOUR:
        return _("between {least} and {most}").format(least=_short(span.least), most=_short(span.most))
    return _("between {least} and {most} min").format(least=least, most=most)


def _short(duration: timedelta) -> str:
    if duration < _MINUTE:
        return _("less than a minute")
    return hours_and_minutes(duration) if duration >= _HOUR else _("{n} min").format(n=duration // _MINUTE)


def _cards(context: VisitContext, away: _Absence) -> Iterator[CardView]:
    state, now = context.state, context.now
    started, watched, reaction = state.run.started_at, state.observation.started_at, state.reaction
    if reaction is not None:
        yield CardView("reaction", _("Reaction open for"), _range(now.since(reaction.opened_at)), tone="stop")
    elif watched is not None and state.observation.ended_at is None:
        planned = _("of {n} min").format(n=number(state.protocol.observation.minutes))
        yield CardView("observed", _("Observed for"), _range(now.since(watched)), planned)
    elif started is not None:
        planned = _("of {n} min").format(n=number(state.protocol.infusion.planned_minutes))
        yield CardView("ran", _("The infusion has run for"), _range(running_time(state.run, now)), planned)
    elif state.bag.diluted_at is not None:
        yield CardView("bag", _("The bag was mixed"), _range(now.since(state.bag.diluted_at)), _("ago"))
    title = entry_title(away.last.event, state.protocol)
    yield CardView("last", _("Last entry"), moment_clock(_noted_at(context, away.last), context.zone), title)


def _noted_at(context: VisitContext, wanted: Recorded[Event]) -> Moment:
    return next(at for item, at in moments(context.record) if item.number == wanted.number)


def _due(context: VisitContext, away: _Absence) -> Iterator[str]:
    conditions = [each for each in alarms(context.state, context.now) if each.name != "time-unsure"]
    for condition in sorted(conditions, key=lambda each: each.since.latest):
        meanwhile = away.since.latest < condition.since.latest <= away.until.latest
        words = (
            _("Meanwhile: {what} Since {time}, late by {late}.")
            if meanwhile
            else _("{what} Since {time}, late by {late}.")
        )
        yield words.format(
            what=alarm_words(context.state, condition),
            time=moment_clock(condition.since, context.zone),
            late=_short(context.now.latest - condition.since.latest),
        )


def _question(context: VisitContext) -> TimeQuestion | None:
    asked = open_question(context.state.restarts, context.now)
    if asked is None:
        return None
    zone, latest = context.zone, asked.latest
    far = (latest or asked.earliest + LONGEST_UNKNOWN) - asked.earliest > LONGEST_UNKNOWN
    today = (latest or asked.earliest).astimezone(zone).date()
    if latest is None:
        words = _("The clock of this computer runs behind. It is {earliest} or later: nobody knows more.")
        sentence = words.format(earliest=day_and_clock(asked.earliest, zone))
    else:
        words = _("The computer cannot know how long it was off. It is now between {earliest} and {latest}.")
        ends = (asked.earliest, latest)
        both = [day_and_clock(at, zone) if far else clock(at, zone) for at in ends]
        sentence = words.format(earliest=both[0], latest=both[1])
    return TimeQuestion(sentence, asked, zone, asks_day=far, day=today)
