"""The alarms of a visit as the printed record's table: one alarm a row, from when it was due until it was over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nurse_app.domain import events as e
from nurse_app.domain.alarm_signals import FRONT, FULL
from nurse_app.domain.record import Recorded
from nurse_app.domain.restarts import moments
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordRow, RecordSection, RecordTable
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.entry_words_alarms import PRIORITIES, alarm_title
from nurse_app.presentation.formats import clock_with_seconds
from nurse_app.presentation.timeline import TimelineRow

_NOTHING = "—"
_IN_TIME = timedelta(minutes=1)


@dataclass(slots=True)
class _Line:
    """One occurrence while the record is read."""

    alarm: str
    priority: str = ""
    urgent: bool = True
    numbers: list[int] = field(default_factory=list)
    due: str = _NOTHING
    noticed: str = _NOTHING
    sounded: str = _NOTHING
    answered: str = _NOTHING
    over: str = _NOTHING
    unanswered: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    due_at: datetime | None = None
    over_at: datetime | None = None
    was_heard: bool = False

    @property
    def was_answered_in_time(self) -> bool:
        """A reminder that needs no row of its own."""
        if self.due_at is None or self.over_at is None or not self.was_heard:
            return False
        return not (self.unanswered or self.marks or self.urgent) and self.over_at - self.due_at <= _IN_TIME


def alarms_section(context: VisitContext, rows: dict[int, TimelineRow]) -> RecordSection | None:
    """Every alarm on record, with the numbers of its entries; None when there was none.

    Reminders that were heard and done with within a minute are one line: the pages stay few, and all times are in the
    record's data.
    """
    lines = _lines(context, rows)
    told = tuple(_row(line) for line in lines if not line.was_answered_in_time)
    columns = (_("No."), _("Alarm"), _("Due"), _("Noticed"), _("Sounded"), _("Acknowledged"), _("Over"))
    in_time = [line for line in lines if line.was_answered_in_time]
    if not lines:
        return None
    table = RecordTable(columns, told) if told else None
    return RecordSection(_("Alarms"), table=table, lines=(_in_time(in_time),) if in_time else ())


def _in_time(lines: Sequence[_Line]) -> str:
    """Vital signs due 10:05:00, 10:20:00. One sentence for all of them."""
    by_title: dict[str, list[str]] = {}
    for line in lines:
        by_title.setdefault(alarm_title(line.alarm), []).append(line.due)
    said = "; ".join(f"{title} {', '.join(times)}" for title, times in by_title.items())
    numbers = ", ".join(str(number) for line in lines for number in line.numbers)
    return _("Reminders heard when due and done within a minute: {said} (entries {numbers}).").format(
        said=said, numbers=numbers
    )


def _lines(context: VisitContext, rows: dict[int, TimelineRow]) -> list[_Line]:
    lines: list[_Line] = []
    for item, noted in moments(context.record):
        for line in _lines_of(item, lines):
            line.numbers.append(item.number)
            _read(line, item, noted.latest, rows[item.number], context)
    return lines


def _lines_of(item: Recorded[e.Event], lines: list[_Line]) -> list[_Line]:
    match item.event:
        case e.AlarmRaised():
            priority = item.event.priority
            lines.append(_Line(item.event.alarm, _(PRIORITIES[priority]), urgent=priority != "low"))
            return lines[-1:]
        case e.AlarmSounded() | e.AudioPaused():
            found = [_newest(alarm, lines) for alarm in item.event.alarms]
            return list({id(line): line for line in found}.values())
        case e.AlarmAcknowledged() | e.AlarmEscalated() | e.AlarmResolved():
            return [_newest(item.event.alarm, lines)]
        case _:
            return []


def _newest(alarm: str, lines: list[_Line]) -> _Line:
    """The last occurrence of an alarm; records of earlier versions know only that it was acknowledged."""
    known = [line for line in lines if line.alarm == alarm]
    if not known:
        lines.append(_Line(alarm))
        return lines[-1]
    return known[-1]


def _read(line: _Line, item: Recorded[e.Event], at: datetime, row: TimelineRow, context: VisitContext) -> None:
    match item.event:
        case e.AlarmRaised():
            line.due, line.noticed = clock_with_seconds(item.event.due_at, context.zone), row.time
            line.due_at = item.event.due_at
        case e.AlarmSounded():
            line.sounded = _("no sound") if item.event.trouble else row.time
            line.was_heard = not item.event.trouble
        case e.AlarmAcknowledged():
            line.answered = f"{row.time} {row.by}"
        case e.AlarmResolved():
            line.over, line.over_at = row.time, at
        case e.AlarmEscalated():
            line.unanswered.append(_grown(item.event, row.time))
        case _:
            line.marks.append(_("sound paused {time}").format(time=row.time))
    line.marks.extend(row.marks)


def _grown(event: e.AlarmEscalated, time: str) -> str:
    words = {FRONT: _("front {time}"), FULL: _("whole screen {time}")}
    priority = _(PRIORITIES[event.priority])
    return words.get(event.stage, f"{priority} {{time}}").format(time=time)


def _row(line: _Line) -> RecordRow:
    unanswered = _("not acknowledged: {steps}").format(steps=", ".join(line.unanswered)) if line.unanswered else ""
    marks = (unanswered, *line.marks) if unanswered else line.marks
    title = alarm_title(line.alarm)
    name = _("{title} ({priority})").format(title=title, priority=line.priority) if line.priority else title
    numbers = ", ".join(str(number) for number in line.numbers)
    cells = (numbers, name, line.due, line.noticed, line.sounded, line.answered, line.over)
    return RecordRow(cells, marks=" ".join(f"[{mark}]" for mark in marks), marks_in=1)
