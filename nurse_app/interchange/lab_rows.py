"""A patient's laboratory results as plain rows, text as it came."""

from decimal import Decimal

from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.plain_data import plain

LabRow = dict[str, str | bool | None]


def lab_rows(record: PatientRecord) -> list[LabRow]:
    """All results, superseded ones too, in the order of their times, then of their tests."""
    rows = [_row(record.details.record_no, entry) for entry in record.labs]
    return sorted(rows, key=lambda row: (str(row["collected_at"]), str(row["test"])))


def _row(record_no: str, entry: LabEntry) -> LabRow:
    result = entry.result
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
