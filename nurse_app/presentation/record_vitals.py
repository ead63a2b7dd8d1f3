"""The vital signs of a visit as the printed record's table: one set a row, in the order they were taken."""

from nurse_app.domain.events import VitalSignsRecorded
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.vital_signs import readings
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordRow, RecordTable
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import number, with_unit
from nurse_app.presentation.record_parts import marks_in_brackets
from nurse_app.presentation.timeline import TimelineRow

_PRESSURES = ("systolic", "diastolic")
_NOT_TAKEN = "—"


def vital_signs_table(context: VisitContext, rows: dict[int, TimelineRow]) -> RecordTable:
    """Every set, also those marked in error."""
    protocol = context.state.protocol
    others = [name for name in protocol.vital_signs if name not in _PRESSURES]
    pressure = with_unit(_("Blood pressure"), f"({protocol.vital_signs[_PRESSURES[0]].unit})")
    titles = [with_unit(protocol.text(f"vital.{name}"), f"({protocol.vital_signs[name].unit})") for name in others]
    found = [
        _row(rows[item.number], _values(protocol, item.event.vitals))
        for item in context.record
        if isinstance(item.event, VitalSignsRecorded)
    ]
    return RecordTable((_("No."), _("Time"), pressure, *titles, _("By")), tuple(found))


def _values(protocol: InfusionProtocol, vitals: VitalSigns) -> list[str]:
    values = readings(vitals)
    shown = {name: _NOT_TAKEN if value is None else number(value) for name, value in values.items()}
    both = "/".join(shown[name] for name in _PRESSURES)
    return [both, *(shown[name] for name in protocol.vital_signs if name not in _PRESSURES)]


def _row(row: TimelineRow, values: list[str]) -> RecordRow:
    cells = (str(row.number), row.time, *values, row.by)
    return RecordRow(cells, struck=bool(row.correction), marks=marks_in_brackets(row), marks_in=len(cells) - 1)
