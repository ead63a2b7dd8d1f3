"""Results as rows: all of them, in order, as they came."""

from datetime import UTC, date, datetime
from decimal import Decimal

from nurse_app.domain.facts import LabResult
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.interchange.lab_rows import lab_rows


def test_rows_are_in_order_and_keep_the_text_as_it_came() -> None:
    record = PatientRecord(
        PatientDetails("R-1"),
        labs=(
            LabEntry(2, LabResult("PLT", "150", date(2026, 11, 2), "10*9/L", Decimal("150"), Decimal("400.0"))),
            LabEntry(3, LabResult("ALT", "<5", datetime(2026, 11, 2, 8, 30, tzinfo=UTC), "U/L", uln=Decimal(40))),
            LabEntry(4, LabResult("ALT", Decimal("25.50"), date(2026, 11, 2), "U/L"), superseded=True),
            LabEntry(5, LabResult("MRI", None, date(2026, 5, 6))),
        ),
    )

    rows = lab_rows(record)

    assert [(row["collected_at"], row["test"]) for row in rows] == [
        ("2026-05-06", "MRI"),
        ("2026-11-02", "ALT"),
        ("2026-11-02", "PLT"),
        ("2026-11-02T08:30:00+00:00", "ALT"),
    ]
    assert rows[0] == {
        "record_no": "R-1",
        "collected_at": "2026-05-06",
        "test": "MRI",
        "value": None,
        "unit": None,
        "ref_low": None,
        "ref_high": None,
        "superseded": False,
    }
    assert [row["value"] for row in rows[1:]] == ["25.50", "150", "<5"]
    assert [row["superseded"] for row in rows[1:]] == [True, False, False]
    assert (rows[2]["ref_low"], rows[2]["ref_high"], rows[3]["ref_high"]) == ("150", "400.0", "40")
