"""A patient's laboratory results as plain rows, text as it came."""

from datetime import UTC, date, datetime
from decimal import Decimal

from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.plain_data import plain

LabRow = dict[str, str | bool | None]


def lab_rows(record: PatientRecord) -> list[LabRow]:
    """All results, superseded ones too, in the order of their times, then of their tests."""
    rows = [(_when(entry.result.collected), _row(record.details.record_no, entry)) for entry in record.labs]
    return [row for _at, row in sorted(rows, key=lambda each: (each[0], str(each[1]["test"])))]


def _when(collected: datetime | date) -> str:
    """Sorts by time; a day without a time comes before all times of that day in UTC."""
    return collected.astimezone(UTC).isoformat() if isinstance(collected, datetime) else collected.isoformat()


def _row(record_no: str, entry: LabEntry) -> LabRow:
    result, text = entry.result, entry.text
    if text is not None:
        return {
            "record_no": record_no,
            "collected_at": text.collected_at,
            "test": text.test,
            "value": text.value,
            "unit": text.unit or None,
            "ref_low": text.ref_low or None,
            "ref_high": text.ref_high or None,
            "superseded": entry.superseded,
        }
    return {
        "record_no": record_no,
        "collected_at": result.collected.isoformat(),
        "test": result.test,
        "value": _text(result.value),
        "unit": result.unit,
        "ref_low": _text(result.lln),
        "ref_high": _text(result.uln),
        "superseded": entry.superseded,
    }


def _text(value: str | Decimal | None) -> str | None:
    return None if value is None else str(plain(value))
