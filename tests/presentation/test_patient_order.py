"""Who is due, today's first."""

from nurse_app.presentation.patient_order import due_by


def test_todays_come_first_and_who_is_not_planned_is_not_due() -> None:
    patients = {
        "late": {"next_infusion": "2026-10-01"},
        "today": {"next_infusion": "2026-11-22"},
        "tomorrow": {"next_infusion": "2026-11-23"},
        "first": {"next_infusion": None},
        "number only": {},
    }

    assert due_by(patients, "2026-11-22") == ("today", "late")
