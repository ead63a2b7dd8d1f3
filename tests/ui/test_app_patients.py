"""The patient form in the running program: new patients, amended ones, and what is refused."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain.patient_events import PatientDetails
from nurse_app.visit.ports import StreamKind
from tests.ui.driver import CALM, HELD, Ward
from tests.ui.quick import function_key, open_visit, said_beside, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def replace(ward: Ward, name: str, text: str) -> None:
    ward.find(f"{name}.entry").clear()
    ward.write_into(name, text)


def details(ward: Ward, record_no: str) -> PatientDetails:
    return ward.parts.service.patient(ward.patient(record_no)).state.details


def test_a_new_patient_is_kept_as_entered_and_what_was_left_open_is_not_known(ward: Ward) -> None:
    function_key(ward, "F2")
    assert ward.stage.focusWidget().objectName() == "patient.name.entry"
    ward.write("SAMPLE, Patient Nine", then="")
    ward.write_into("patient.record_no", "TRN000900")
    ward.write_into("patient.birth_date", "21-May-1979")
    ward.write_into("patient.weight", "70.5")
    ward.press("patient.sex.female")
    ward.write_into("patient.allergies", "latex, penicillin")
    ward.press("patient.no_medicines.none")
    ward.write_into("patient.first_infusion", "2026-10-25")
    ward.write_into("patient.last_infusion", "2026-10-25")
    ward.write_into("patient.infusions_given", "1")
    ward.press("patient.order.dose")
    ward.press("patient.pml.answer.no")
    ward.press("patient.save")
    kept = details(ward, "TRN000900")
    assert (kept.name, kept.birth_date, kept.weight_kg) == ("SAMPLE, Patient Nine", date(1979, 5, 21), Decimal("70.5"))
    assert (kept.allergies, kept.medicines, kept.sex) == (("latex", "penicillin"), (), "female")
    assert (kept.treatment.infusions_given, kept.treatment.last_infusion) == (1, date(2026, 10, 25))
    assert (kept.history.pml, kept.history.prior_immunosuppressant) == (False, None)
    assert kept.dose_mg == ward.parts.service.protocol.dose_mg
    record = ward.parts.service.patient(ward.patient("TRN000900")).record
    assert {item.entry.by for item in record} == {ward.user()}
    assert "SAMPLE, Patient Nine" in ward.words(), "home is on again, with the new patient"


def test_a_record_number_is_enough(ward: Ward) -> None:
    ward.press("home.add")
    ward.write_into("patient.record_no", "TRN000901")
    ward.press("patient.save")
    kept = details(ward, "TRN000901")
    assert (kept.name, kept.birth_date, kept.allergies, kept.dose_mg) == ("", None, None, None)
    assert "(record number only)" in ward.words()


def test_nothing_is_kept_without_a_record_number_or_with_dates_that_cannot_be_read(ward: Ward) -> None:
    before = ward.records_count() if hasattr(ward, "records_count") else len(ward.parts.index.entries("patient"))
    ward.press("home.add")
    ward.write_into("patient.name", "SAMPLE, Patient Nine")
    ward.press("patient.save")
    assert "Some entries cannot be read" in said_beside(ward, "patient.message")
    ward.write_into("patient.record_no", "TRN000902")
    for wrong in ("03/04/1988", "31-Feb-1990", "soon"):
        replace(ward, "patient.birth_date", wrong)
        ward.press("patient.save")
        assert ward.shows("patient.message"), wrong
        assert said_beside(ward, "patient.birth_date.message"), wrong
    assert len(ward.parts.index.entries(StreamKind.PATIENT)) == before
    replace(ward, "patient.birth_date", "14.03.1988")
    ward.press("patient.save")
    assert details(ward, "TRN000902").birth_date == date(1988, 3, 14)


def test_a_day_that_cannot_be_is_refused_beside_its_field(ward: Ward) -> None:
    ward.press("home.add")
    ward.write_into("patient.record_no", "TRN000904")
    ward.write_into("patient.birth_date", "14.03.1988")
    ward.write_into("patient.first_infusion", "1988-03-13")
    ward.write_into("patient.evaluated_on", "9999-12-31")
    ward.press("patient.save")
    assert "Some dates cannot be" in said_beside(ward, "patient.message")
    assert "before the patient was born" in said_beside(ward, "patient.first_infusion.message")
    assert "in the future" in said_beside(ward, "patient.evaluated_on.message")
    assert ward.find("patient.first_infusion.entry").hasFocus(), "the first wrong one is where mending begins"
    replace(ward, "patient.first_infusion", "2026-03-13")
    replace(ward, "patient.evaluated_on", "2026-11-01")
    ward.press("patient.save")
    assert details(ward, "TRN000904").treatment.evaluated_on == date(2026, 11, 1)


def test_a_record_number_of_another_patient_is_refused_with_words(ward: Ward) -> None:
    ward.press("home.add")
    ward.key("Esc")
    assert ward.shows("home.add")
    ward.press("home.add")
    ward.write_into("patient.record_no", CALM)
    ward.press("patient.save")
    assert said_beside(ward, "patient.message").startswith("Another patient has this record number.")
    replace(ward, "patient.record_no", "TRN000903")
    ward.press("patient.save")
    assert details(ward, "TRN000903").record_no == "TRN000903"


def test_amending_to_another_patients_number_is_refused_too(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    function_key(ward, "F3")
    replace(ward, "patient.record_no", HELD)
    ward.press("patient.save")
    assert said_beside(ward, "patient.message").startswith("Another patient has this record number.")
    assert details(ward, CALM).name


def test_an_answer_on_the_form_brings_a_finding_into_the_open_visit_and_takes_it_out(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    title = ward.parts.service.protocol.text("rule.pml-history")
    assert title not in ward.words()
    before = details(ward, CALM)
    for answer, present in (("yes", True), ("no", False)):
        function_key(ward, "F3")
        ward.press(f"patient.pml.answer.{answer}")
        ward.press("patient.save")
        assert ward.shows("prechecks_page.rest"), "the visit is on again"
        assert (title in ward.words()) is present, answer
    after = details(ward, CALM)
    assert (after.treatment, after.allergies, after.enrolment) == (before.treatment, before.allergies, before.enrolment)


def test_back_keeps_nothing(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    open_visit(ward, visit)
    function_key(ward, "F3")
    ward.press("patient.pml.answer.yes")
    ward.key("Esc")
    assert ward.shows("prechecks_page.rest"), "the visit is on again"
    assert details(ward, CALM).history.pml is not True


def test_a_flagged_patient_says_so_on_the_form(ward: Ward) -> None:
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    ward.key("F8")
    ward.press("sign.hives")
    ward.press("sign.breathlessness")
    function_key(ward, "F3")
    assert "Severe reaction to this drug on record. It must not be given again." in ward.words()


def test_treatment_may_end_and_then_only_the_follow_up_is_due(ward: Ward) -> None:
    """The way to the form without a visit: recall list, trends, patient record."""
    ward.press("home.recall")
    ward.press(f"recall.table.{ward.patient(CALM)}")
    assert "Thyroid tests" not in ward.words()
    ward.key("P")
    replace(ward, "patient.ended_on", "2026-10-24")
    ward.press("patient.save")
    assert "Treatment ended before the last infusion" in said_beside(ward, "patient.message")
    replace(ward, "patient.ended_on", "2026-11-01")
    replace(ward, "patient.evaluated_on", "2026-10-20")
    ward.press("patient.save")
    kept = details(ward, CALM).treatment
    assert (kept.ended_on, kept.evaluated_on) == (date(2026, 11, 1), date(2026, 10, 20))
    assert ward.shows("home.recall"), "home is on again"
    summary = ward.parts.index.entries(StreamKind.PATIENT)[ward.patient(CALM)].summary
    assert (summary["ended"], summary["follow_up"]) == (True, "2027-04-25")
    ward.press("home.recall")
    assert not ward.shows(f"recall.table.{ward.patient(CALM)}"), "nothing is due within days"
