"""The printed record of a visit: everything that was entered, by whom, and what was marked in error."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from nurse_app import __version__
from nurse_app.domain import commands as c
from nurse_app.domain.facts import Patient, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.provenance import Approval
from nurse_app.interchange.record_document import RecordDocument, RecordSection
from nurse_app.presentation.due_next import due_next_section
from nurse_app.presentation.entry_words import WORDS
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.presentation.record_parts import ALARMS, PARTS, VITAL_SIGNS
from nurse_app.visit.open_visit import Author
from tests.domain.kit import both, lab, no_lab, put
from tests.kit import NURSE, TestVisit, base_facts

LOCKED = Author(NURSE, sign_later=True)


def record_of(visit: TestVisit, *, sample: bool = False, training: bool = False) -> RecordDocument:
    return record_document(RecordSource(visit.context(), "d1g357", sample=sample, training=training))


def section(document: RecordDocument, title: str) -> RecordSection:
    return next(part for part in document.sections if part.title == title)


def cells(document: RecordDocument, title: str) -> list[tuple[str, ...]]:
    table = section(document, title).table
    assert table is not None
    return [row.cells for row in table.rows]


def test_every_kind_of_entry_has_one_place() -> None:
    placed = [kind for kinds in PARTS.values() for kind in kinds] + list(VITAL_SIGNS) + list(ALARMS)

    assert len(placed) == len(set(placed))
    assert set(placed) == set(WORDS)


def test_every_entry_of_a_whole_visit_is_printed_once(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("closed")
    document = record_of(visit)

    parts = [part for part in document.sections if part.title != "Due next"]
    printed = [row.cells[0] for part in parts if part.table for row in part.table.rows]

    assert sorted(printed, key=int) == [str(number) for number in range(1, len(visit.visit.record) + 1)]
    assert [part.title for part in document.sections] == [
        "The visit in short",
        "Identity and pre-checks",
        "Preparation",
        "Infusion",
        "Observation and ending",
        "Vital signs",
        "Due next",
    ]


def test_what_falls_due_next_is_printed_with_its_day_and_source(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, base_facts(both(no_lab("MRI"), lab("EDSS", collected="2025-01-10")), for_visit=True))
    before = record_of(visit.to("prechecks"))
    visit.to("closed").wait(days=90).do(c.AddNote("Written later."))
    after = record_of(visit)

    rows = cells(after, "Due next")
    assert rows[0] == (
        "Brain MRI",
        "never done",
        "document-001, sg-label",
    )
    assert [row[:2] for row in rows if row[0] in ("Liver tests", "EDSS and relapses")] == [
        ("EDSS and relapses", "10-Jan-2026, overdue"),
        ("Liver tests", "31-Jan-2027"),
    ]
    assert not {"Next infusion", "Missed infusion", "Long gap in treatment"} & {row[0] for row in rows}
    assert cells(before, "Due next") == rows, "as of the day of the visit, whenever it is printed"


def test_the_infusion_of_the_visit_counts(protocol: InfusionProtocol) -> None:
    nothing = both(
        put("patient.treatment.infusions_given", 0),
        put("patient.treatment.first_infusion", None),
        put("patient.treatment.last_infusion", None),
    )
    visit = TestVisit(protocol, base_facts(nothing, for_visit=True))
    before = [row[:2] for row in cells(record_of(visit), "Due next")]
    after = [row[:2] for row in cells(record_of(visit.to("closed")), "Due next")]
    assert "Prescriber evaluation" not in dict(before)
    assert ("Prescriber evaluation", "22-Feb-2027") in after


def test_a_count_of_infusions_that_is_not_known_stays_so(protocol: InfusionProtocol) -> None:
    state = TestVisit(protocol).to("closed").state
    section = due_next_section(replace(state, facts=replace(state.facts, patient=Patient())))
    assert section is not None
    assert section.table is not None
    assert ("Prescriber evaluation", "22-Feb-2027") in [row.cells[:2] for row in section.table.rows]


def test_without_a_due_list_or_anything_monitored_nothing_is_printed_of_it(protocol: InfusionProtocol) -> None:
    bare = replace(protocol, due=None, labs=replace(protocol.labs, monitoring=()))
    assert "Due next" not in [part.title for part in record_of(TestVisit(bare)).sections]


def test_the_head_says_who_when_and_by_which_protocol(protocol: InfusionProtocol) -> None:
    document = record_of(TestVisit(protocol))

    subject = dict(document.subject)
    assert document.title == protocol.text("protocol.title")
    assert subject["Name"] == "SAMPLE, Patient One"
    assert subject["Record no."] == "TRN000417"
    assert subject["Allergies"] == "No known allergies"
    assert subject["Indication"] == "Relapsing multiple sclerosis"
    assert subject["Weight"] == "70 kg"
    assert subject["Date of the visit"] == "22-Nov-2026 (all times UTC+00:00)"
    assert subject["Protocol"] == f"natalizumab {protocol.version} (digest…)"


def test_what_is_not_known_of_the_patient_is_left_out(protocol: InfusionProtocol) -> None:
    facts = replace(base_facts(for_visit=True), patient=Patient(indication="something-new"))
    subject = dict(record_of(TestVisit(protocol, facts)).subject)

    assert subject["Indication"] == "something-new"
    assert "Weight" not in subject
    assert "Indication" not in dict(record_of(TestVisit(protocol, replace(facts, patient=None))).subject)


def test_a_protocol_that_nobody_approved_says_so(protocol: InfusionProtocol) -> None:
    approved = replace(protocol, approval=Approval("SAMPLE, Pharmacist", date(2026, 10, 1)))

    assert record_of(TestVisit(protocol)).notices[0] == protocol.text("protocol.not-approved")
    assert record_of(TestVisit(approved)).notices[0] == "Protocol approved by SAMPLE, Pharmacist on 01-Oct-2026."


@pytest.mark.parametrize(
    ("sample", "training", "banners"),
    [(False, False, ()), (True, False, ("SAMPLE PATIENT",)), (True, True, ("TRAINING", "SAMPLE PATIENT"))],
)
def test_what_is_not_real_is_marked(
    sample: bool, training: bool, banners: tuple[str, ...], protocol: InfusionProtocol
) -> None:
    assert record_of(TestVisit(protocol), sample=sample, training=training).banners == banners


def test_everybody_who_made_an_entry_signs(protocol: InfusionProtocol) -> None:
    document = record_of(TestVisit(protocol).to("infuse"))

    assert document.signatures == (
        "SAMPLE, Nurse One, signature and date",
        "SAMPLE, Nurse Two, signature and date",
        "Prescriber, name, signature and date",
    )
    assert cells(document, "Preparation")[8][3] == "SAMPLE, Nurse Two"


def test_the_foot_has_the_workstations_code(protocol: InfusionProtocol) -> None:
    source = RecordSource(TestVisit(protocol).context(), "d1g357", sample=False, training=False, code="7QK4-M0ZD-93XA")

    assert "· end of chain d1g357 · code 7QK4-M0ZD-93XA · nurse-app" in record_document(source).foot[0]


def test_the_foot_ends_the_chain(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)

    assert record_of(visit).foot == (f"Visit v-1 · 1 entry · end of chain d1g357 · nurse-app {__version__}",)
    assert "· 2 entries ·" in record_of(visit.to("prechecks")).foot[0]


def test_findings_come_worst_first_with_their_decision(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    visit.do(c.AnswerQuestion("jaundice_or_dark_urine", answer=True))
    visit.do(c.AnswerRest(answer=False))
    visit.do(c.RecordDecision("infection", "proceed", "Dr A", read_back=True))

    found = cells(record_of(visit), "Findings")

    assert [row[0] for row in found] == ["Stop", "Hold", "Information"]
    assert found[0][1] == protocol.text("finding.jaundice.yes")
    assert found[2][1:] == (protocol.text("finding.infection.yes"), "Decided: proceed. Dr A, 22-Nov-2026.")


def test_a_corrected_entry_stays_readable(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=10)
    wrong = visit.do(c.RecordVitalSigns(VitalSigns(systolic=Decimal(210), diastolic=Decimal(76))))[0].number
    visit.do(c.RecordVitalSigns(VitalSigns(systolic=Decimal(121), pulse=Decimal(75))))
    visit.do(c.CorrectEntry(wrong, "slip of the finger"))
    note = visit.do(c.AddNote("calm"))[0].number
    visit.do(c.CorrectEntry(note, "wrong patient"))
    document = record_of(visit)

    vitals = section(document, "Vital signs").table
    assert vitals is not None
    assert vitals.columns[:5] == ("No.", "Time", "Blood pressure (mmHg)", "Pulse (/min)", "Breathing rate (/min)")
    assert [row.struck for row in vitals.rows] == [False, True, False]
    assert vitals.rows[1].cells[2:4] == ("210/76", "—")
    assert vitals.rows[1].marks.startswith("[Marked in error")
    assert vitals.rows[1].marks.endswith("slip of the finger]")
    assert vitals.rows[1].text(vitals.rows[1].marks_in).startswith("SAMPLE, Nurse One [Marked in error")
    assert vitals.rows[2].cells[2:4] == ("121/—", "75")
    notes = section(document, "Notes, corrections and what the program noticed").table
    assert notes is not None
    assert [row.struck for row in notes.rows] == [False, True, False]
    assert [entry.number for entry in document.entries if entry.in_error] == [wrong, note]


def test_a_late_entry_says_when_it_happened_and_when_it_was_made(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=10)
    happened = visit.T0 + visit.passed - timedelta(minutes=7)
    visit.visit.handle(c.AddNote("calm"), LOCKED, visit.reading(), happened)
    document = record_of(visit)

    entry = document.entries[-1]
    assert entry.happened_at == happened.isoformat()
    assert entry.recorded_at == (happened + timedelta(minutes=7)).isoformat()
    assert entry.marks[0].startswith("entered later")
    assert entry.marks[1] == "sign later"
    notes = section(document, "Notes, corrections and what the program noticed").table
    assert notes is not None
    assert notes.rows[0].text(2).endswith("[sign later]")
    assert "[" not in notes.rows[0].text(3)


def test_a_visit_past_midnight_shows_the_days(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.passed = timedelta(hours=15)
    visit.do(c.AddNote("a long wait"))

    document = record_of(visit)

    assert cells(document, "Identity and pre-checks")[0][1] == "22-Nov-2026 09:00:00"
    assert cells(document, "Notes, corrections and what the program noticed")[0][1] == "23-Nov-2026 00:00:00"


def test_a_reaction_has_its_own_part(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=10)
    visit.do(c.OpenReaction(("hives",)))

    found = [row[2] for row in cells(record_of(visit), "Reaction")]

    assert found[0] == "Reaction opened: Hives."
    assert len(found) == 3
