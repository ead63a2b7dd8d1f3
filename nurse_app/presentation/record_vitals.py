"""The vital signs and symptom rounds of a visit as the printed record's table, in the order they were taken.

A round stands in the row of the set that the same nurse took with it, with its number, and its time when that is not
the same minute; else in a row of its own.
"""

from collections.abc import Mapping

from nurse_app.domain.events import Event, RoundDone, VitalSignsRecorded
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol, minutes
from nurse_app.domain.record import Recorded
from nurse_app.domain.restarts import moments
from nurse_app.domain.rules.vital_signs import readings
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordRow, RecordTable
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import number, with_unit
from nurse_app.presentation.record_parts import VITAL_SIGNS, all_marks, marks_in_brackets
from nurse_app.presentation.timeline import TimelineRow

_PRESSURES = ("systolic", "diastolic")
_NOT_TAKEN = "—"
_SECONDS = len(":00")


def vital_signs_table(context: VisitContext, rows: dict[int, TimelineRow]) -> RecordTable:
    """Every set and every round, also those marked in error."""
    protocol = context.state.protocol
    found = [item for item in context.record if isinstance(item.event, VITAL_SIGNS)]
    has_rounds = any(isinstance(item.event, RoundDone) for item in found)
    beside = _rounds_beside(context, found, rows)
    others = [name for name in protocol.vital_signs if name not in _PRESSURES]
    pressure = with_unit(_("Blood pressure"), f"({protocol.vital_signs[_PRESSURES[0]].unit})")
    titles = [with_unit(protocol.text(f"vital.{name}"), f"({protocol.vital_signs[name].unit})") for name in others]
    columns = (_("No."), _("Time"), pressure, *titles, *((_("Round"),) if has_rounds else ()), _("By"))
    table = []
    for item in found:
        if item.number not in beside.values():
            told = _round_of(item, beside, rows)
            cells = [*_values(protocol, item.event), *((told,) if has_rounds else ())]
            table.append(_row(rows[item.number], cells))
    return RecordTable(columns, tuple(table))


def _rounds_beside(
    context: VisitContext, found: list[Recorded[Event]], rows: Mapping[int, TimelineRow]
) -> Mapping[int, int]:
    """Which round stands in which set's row: the number of the round by that of the set."""
    times = {item.number: at for item, at in moments(context.record)}
    beside: dict[int, int] = {}
    rounds = context.state.protocol.symptom_rounds
    sets = [item.number for item in found if isinstance(item.event, VitalSignsRecorded) and not item.entry.happened_at]
    for item in found:
        if rounds is None or not isinstance(item.event, RoundDone) or all_marks(rows[item.number]):
            continue
        apart = {each: abs(times[each].latest - times[item.number].latest) for each in sets if each not in beside}
        nearest = min(apart, key=lambda each: apart[each], default=None)
        near = nearest is not None and apart[nearest] <= minutes(rounds.early_minutes)
        if nearest is not None and near and rows[nearest].by == rows[item.number].by:
            beside[nearest] = item.number
    return beside


def _round_of(item: Recorded[Event], beside: Mapping[int, int], rows: Mapping[int, TimelineRow]) -> str:
    if isinstance(item.event, RoundDone):
        return _("well") if item.event.well else _("not well")
    with_it = beside.get(item.number)
    if with_it is None:
        return _NOT_TAKEN
    # Hours and minutes: within the same one the time of the set is that of the round.
    same = rows[with_it].time[:-_SECONDS] == rows[item.number].time[:-_SECONDS]
    return (_("well ({n})") if same else _("well {time} ({n})")).format(time=rows[with_it].time, n=with_it)


def _values(protocol: InfusionProtocol, event: Event) -> list[str]:
    values = readings(event.vitals if isinstance(event, VitalSignsRecorded) else VitalSigns())
    shown = {name: _NOT_TAKEN if value is None else number(value) for name, value in values.items()}
    pressures = [shown[name] for name in _PRESSURES]
    both = _NOT_TAKEN if isinstance(event, RoundDone) else "/".join(pressures)
    return [both, *(shown[name] for name in protocol.vital_signs if name not in _PRESSURES)]


def _row(row: TimelineRow, values: list[str]) -> RecordRow:
    cells = (str(row.number), row.time, *values, row.by)
    return RecordRow(cells, struck=bool(row.correction), marks=marks_in_brackets(row), marks_in=len(cells) - 1)
