"""The alarms of a visit as the printed record's table: one alarm a row, from when it was due until it was over."""

from dataclasses import dataclass, field

from nurse_app.domain import events as e
from nurse_app.domain.record import Recorded
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordRow, RecordTable
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.entry_words_alarms import PRIORITIES, alarm_title
from nurse_app.presentation.formats import clock_with_seconds
from nurse_app.presentation.timeline import TimelineRow

_NOTHING = "—"


@dataclass(slots=True)
class _Line:
    """One occurrence while the record is read."""

    alarm: str
    priority: str = ""
    numbers: list[int] = field(default_factory=list)
    due: str = _NOTHING
    noticed: str = _NOTHING
    sounded: str = _NOTHING
    answered: str = _NOTHING
    over: str = _NOTHING
    marks: list[str] = field(default_factory=list)


def alarms_table(context: VisitContext, rows: dict[int, TimelineRow]) -> RecordTable:
    """Every alarm on record; the numbers are those of its entries."""
    lines: list[_Line] = []
    for item in context.record:
        for line in _lines_of(item, lines):
            line.numbers.append(item.number)
            _read(line, item, rows[item.number], context)
    columns = (_("No."), _("Alarm"), _("Due"), _("Noticed"), _("Sounded"), _("Acknowledged"), _("Over"))
    return RecordTable(columns, tuple(_row(line) for line in lines))


def _lines_of(item: Recorded[e.Event], lines: list[_Line]) -> list[_Line]:
    match item.event:
        case e.AlarmRaised():
            lines.append(_Line(item.event.alarm, _(PRIORITIES[item.event.priority])))
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


def _read(line: _Line, item: Recorded[e.Event], row: TimelineRow, context: VisitContext) -> None:
    match item.event:
        case e.AlarmRaised():
            line.due, line.noticed = clock_with_seconds(item.event.due_at, context.zone), row.time
        case e.AlarmSounded():
            line.sounded = _("no sound") if item.event.trouble else row.time
        case e.AlarmAcknowledged():
            line.answered = f"{row.time} {row.by}"
        case e.AlarmResolved():
            line.over = row.time
        case _:
            line.marks.append(f"{row.time} {row.words}")
    line.marks.extend(row.marks)


def _row(line: _Line) -> RecordRow:
    title = alarm_title(line.alarm)
    name = _("{title} ({priority})").format(title=title, priority=line.priority) if line.priority else title
    numbers = ", ".join(str(number) for number in line.numbers)
    cells = (numbers, name, line.due, line.noticed, line.sounded, line.answered, line.over)
    return RecordRow(cells, marks=" ".join(f"[{mark}]" for mark in line.marks), marks_in=1)
