"""Alarms noted: raised once under the time it was due, resolved when the condition is gone, answered by a person."""

from collections.abc import Iterator

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarm_book import open_alarms
from nurse_app.domain.alarm_commands import NoteAlarmSounded, NoticeAlarms, PauseAudio
from nurse_app.domain.alarms import alarms
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict


def _notice(command: NoticeAlarms, context: Context) -> Verdict:
    state, present = context.state, alarms(context.state, context.now)
    raised, present_ids = open_alarms(state.alarm_book), frozenset(condition.id for condition in present)
    new = (
        e.AlarmRaised(condition.id, condition.name, condition.priority, condition.since.latest)
        for condition in present
        if condition.id not in raised
    )
    gone = (e.AlarmResolved(alarm) for alarm in state.alarm_book if alarm in raised - present_ids)
    return (*new, *gone, *_grown(command, context, raised & present_ids))


def _grown(command: NoticeAlarms, context: Context, standing: frozenset[str]) -> Iterator[e.Event]:
    book = context.state.alarm_book
    for growth in command.grown:
        unanswered = growth.alarm in standing - context.state.acknowledged
        if unanswered and growth.stage > book[growth.alarm].stage:
            yield e.AlarmEscalated(growth.alarm, growth.stage, growth.priority)


def _sounded(command: NoteAlarmSounded, context: Context) -> Verdict:
    book = context.state.alarm_book
    first = tuple(alarm for alarm in command.alarms if alarm in book and book[alarm].sounded_at is None)
    return (e.AlarmSounded(first, command.priority, command.trouble),) if first else ()


def _acknowledge(command: c.AcknowledgeAlarm, context: Context) -> Verdict:
    present = {condition.id for condition in alarms(context.state, context.now)}
    if command.alarm not in present:
        return Rejected(Reason.UNKNOWN_ALARM)
    return () if command.alarm in context.state.acknowledged else (e.AlarmAcknowledged(command.alarm),)


def _pause(command: PauseAudio, context: Context) -> Verdict:
    present = {condition.id for condition in alarms(context.state, context.now)}
    silenced = tuple(alarm for alarm in command.alarms if alarm in present)
    return (e.AudioPaused(silenced, command.seconds),) if silenced else Rejected(Reason.UNKNOWN_ALARM)


DECIDERS: Deciders = {
    NoticeAlarms: _notice,
    NoteAlarmSounded: _sounded,
    c.AcknowledgeAlarm: _acknowledge,
    PauseAudio: _pause,
}
