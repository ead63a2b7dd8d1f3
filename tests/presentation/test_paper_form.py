"""Forms to write on by hand: every question, line and time of the protocol, and what is known of one patient."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from nurse_app.domain.facts import Enrolment, LabResult, Treatment
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.presentation.paper_form import FormSource, paper_form
from nurse_app.presentation.paper_patient import MOST_FINDINGS
from nurse_app.protocol_files.catalog import ProtocolCatalog

AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
DRUGS = Path(__file__).parents[1] / "protocol_files" / "drugs"
KNOWN = PatientDetails(
    record_no="TRN000417",
    name="SAMPLE, Patient One",
    birth_date=date(1988, 3, 14),
    weight_kg=Decimal(42),
    indication="relapsing-ms",
    allergies=("penicillin",),
    medicines=(),
    treatment=Treatment(infusions_given=13, last_infusion=date(2026, 10, 25)),
    enrolment=Enrolment(valid_until=date(2027, 1, 31)),
)


def form(protocol: InfusionProtocol, record: PatientRecord | None = None, *, training: bool = False) -> RecordDocument:
    return paper_form(FormSource(protocol, AT, UTC, training, record))


def table(document: RecordDocument, first: str) -> list[tuple[str, ...]]:
    found = next(
        part.table for part in document.sections if part.table is not None and part.table.columns[0].startswith(first)
    )
    return [row.cells for row in found.rows]


def lines(document: RecordDocument) -> str:
    return "\n".join(line for part in document.sections for line in part.lines).replace("\u00a0", " ")


def test_all_questions_stand_there_with_what_a_yes_means(protocol: InfusionProtocol) -> None:
    asked = table(form(protocol), "2")

    assert [row[0] for row in asked] == [protocol.text(f"question.{item.id}.text") for item in protocol.questions]
    meanings = {row[0]: row[3] for row in asked}
    assert meanings["Breast-feeding?"] == "Hold: the prescriber decides"
    assert meanings["Yellow skin or eyes, or dark urine?"] == "Stop: do not give"
    assert meanings["A live vaccine in the last 4 weeks, or planned?"] == "Caution"


def test_the_bag_is_made_line_by_line_and_checked_by_a_second_nurse(protocol: InfusionProtocol) -> None:
    made = table(form(protocol), "3")

    assert [row[0] for row in made] == [protocol.text(f"prepare.{line}.title") for line in protocol.preparation.lines]
    assert made[0][2].replace("\u00a0", "") == "Lot:Expiry:"
    assert made[-1][2].replace("\u00a0", " ").split() == ["Lot:", "mL:", "Record", "no.:"]
    assert "Use before (8 h outside the refrigerator, 24 h in all)" in lines(form(protocol))


def test_vital_signs_are_due_at_the_protocols_times(protocol: InfusionProtocol) -> None:
    taken = table(form(protocol), "Vital")

    assert [row[0] for row in taken if row[0]] == [
        "Before the start",
        *(f"Running {minutes} min" for minutes in (15, 30, 45, 60)),
        *(f"Watched {minutes} min" for minutes in (30, 60)),
    ]
    every = replace(protocol.vital_sign_schedule, infusion_every_minutes=Decimal(20))
    other = table(form(replace(protocol, vital_sign_schedule=every)), "Vital")
    assert [row[0] for row in other][1:4] == ["Running 20 min", "Running 40 min", "Running 60 min"]


def test_the_reaction_sheet_has_the_signs_and_the_standing_order(protocol: InfusionProtocol) -> None:
    words = lines(form(protocol))

    assert all(f"☐ {protocol.text(f'sign.{sign.id}')}" in words for sign in protocol.reaction.signs)
    assert "EPINEPHrine 0.5 mg IM now: 0.5 mL of 1 mg/mL" in words
    assert "adult, weight not known" in words
    assert words.index("Call for help") < words.index("EPINEPHrine") < words.index("Antihistamine")


def test_the_dose_of_the_standing_order_is_that_for_the_weight(protocol: InfusionProtocol) -> None:
    words = lines(form(protocol, PatientRecord(KNOWN)))

    assert "EPINEPHrine 0.42 mg IM now: 0.42 mL of 1 mg/mL" in words
    assert "42 kg" in words


def test_a_blank_form_names_nobody_and_has_room_for_it(protocol: InfusionProtocol) -> None:
    blank = form(protocol)

    assert blank.banners == ()
    assert [label for label, _value in blank.subject[:3]] == ["Name", "Born", "Record no."]
    assert all(set(value) <= {"_"} for _label, value in blank.subject)
    assert len(table(blank, "Reaction")) > len(table(form(protocol, PatientRecord(KNOWN)), "Reaction"))


def test_training_and_sample_patients_are_unmistakable(protocol: InfusionProtocol) -> None:
    assert form(protocol, training=True).banners == ("TRAINING",)
    sample = form(protocol, PatientRecord(KNOWN, sample=True), training=True)
    assert sample.banners == ("TRAINING", "SAMPLE PATIENT")


def test_what_is_known_of_the_patient_is_written_already(protocol: InfusionProtocol) -> None:
    known = dict(form(protocol, PatientRecord(KNOWN)).subject)

    assert known["Name"] == "SAMPLE, Patient One"
    assert known["Born"] == "14-Mar-1988 (38 y)"
    assert known["Allergies"] == "Allergy: penicillin"
    assert (known["Weight"], known["Medicines"], known["Authorised until"]) == ("42 kg", "none", "31-Jan-2027")
    assert known["Indication"] == "Relapsing multiple sclerosis"
    bare = dict(form(protocol, PatientRecord(PatientDetails("TRN000999"))).subject)
    unknown = ("Weight", "Indication", "Medicines", "Authorised until")
    assert {bare[label] for label in unknown} == {"not known"}
    listed = replace(KNOWN, medicines=("fampridine", "vitamin D"))
    assert dict(form(protocol, PatientRecord(listed)).subject)["Medicines"] == "fampridine, vitamin D"


def test_a_protocol_without_risk_groups_makes_a_form_too(protocol: InfusionProtocol) -> None:
    plain = replace(protocol, labs=replace(protocol.labs, pml_risk=None))

    assert dict(form(plain, PatientRecord(KNOWN)).subject)["Anti-JCV"] == "none on record"


def found_on(document: RecordDocument) -> tuple[str, ...]:
    return next(part.lines for part in document.sections if part.title.startswith("On the record"))


def test_findings_are_those_of_the_record_and_not_of_a_visit_that_is_not_there(protocol: InfusionProtocol) -> None:
    high = LabEntry(1, LabResult("ALT", "130", date(2026, 11, 12), "U/L", None, Decimal(40)))
    found = found_on(form(protocol, PatientRecord(KNOWN, labs=(high,))))

    assert any("ALT 130 U/L" in line for line in found)
    assert not any("Ask each one" in line or "Not measured" in line or "bag" in line for line in found)


def test_many_findings_are_counted_so_that_two_pages_hold_them(protocol: InfusionProtocol) -> None:
    found = found_on(form(protocol, PatientRecord(PatientDetails("TRN000999"))))

    assert len(found) == MOST_FINDINGS + 1
    assert "more: look into the program" in found[-1]


def test_nothing_found_is_said(protocol: InfusionProtocol, monkeypatch: pytest.MonkeyPatch) -> None:
    from nurse_app.presentation import paper_patient

    monkeypatch.setattr(paper_patient, "_of_record", lambda _case: iter(()))
    monkeypatch.setattr(paper_patient, "due_now", lambda _case: ())
    document = form(protocol, PatientRecord(KNOWN))

    assert found_on(document) == ("Nothing was found on the record.",)
    assert "Due" not in [part.title for part in document.sections]


def test_what_is_late_is_named_with_its_day(protocol: InfusionProtocol) -> None:
    due = next(part.lines for part in form(protocol, PatientRecord(KNOWN)).sections if part.title == "Due")

    assert "never done" in due[0] or "overdue since" in due[0]


def test_another_drugs_protocol_makes_its_own_form() -> None:
    other = ProtocolCatalog(DRUGS, "en").load("samplimab")
    document = form(replace(other, texts={**other.texts, "protocol.not-advice": "No advice."}))

    assert len(table(document, "2")) == len(other.questions)
    assert document.title.endswith(other.text("protocol.title"))
