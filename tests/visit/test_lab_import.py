"""Taking results: what progress hears, stopping, and what a visit in progress gets of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import PatientDetails, TextAsCame
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.visit.lab_import import ImportOutcome, LabImport, PatientShare, of_others, shares_of
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import StreamKind, UnreadableRecordError
from tests.visit.kit import MemoryRecords, Ward

NURSE = Author("nurse")
AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def ward(protocol: InfusionProtocol) -> Ward:
    return Ward(protocol)


def row(record_no: str, value: str = "25") -> IncomingResult:
    text = TextAsCame("2026-11-02", "ALT", value)
    return IncomingResult("line 2", record_no, ("ALT",), value, AT, text, "U/L", None, Decimal(40))


def take(ward: Ward, *rows: IncomingResult) -> list[PatientShare]:
    importing = LabImport(ward.service, {})
    shares = []
    for record_no, theirs in shares_of(rows):
        shares.append(importing.share(record_no, theirs, AT))
        importing.take(shares[-1], NURSE)
    return shares


def test_each_patient_gets_a_share_in_the_order_of_the_file(ward: Ward) -> None:
    rows = [row("TRN2"), row("TRN1"), row("TRN2", "26")]
    assert [(share.record_no, len(share.events)) for share in take(ward, *rows)] == [("TRN2", 2), ("TRN1", 1)]
    again = take(ward, *rows)
    assert [(share.patient_id, share.events) for share in again] == [
        (ward.service.patient_with("TRN2"), ()),
        (ward.service.patient_with("TRN1"), ()),
    ]


def test_only_one_patients_share_can_be_asked_for() -> None:
    rows = [row("TRN1"), row("TRN2")]
    assert [record_no for record_no, _rows in shares_of(rows, "TRN2")] == ["TRN2"]
    assert [(item.row.record_no, item.why.reason) for item in of_others(rows, "TRN2").not_taken] == [
        ("TRN1", "other-patient")
    ]
    assert of_others(rows, None).not_taken == ()


def test_a_visit_in_progress_gets_the_results(ward: Ward) -> None:
    patient = ward.service.register(PatientDetails("TRN1", name="SAMPLE, Patient One"), NURSE)
    visit = ward.service.start_visit(patient, NURSE)
    take(ward, row("TRN1"))
    take(ward, row("TRN1", "130"))
    expected = LabResult("ALT", "130", AT, "U/L", None, Decimal(40))
    assert ward.service.visits()[visit].state.facts.labs == (expected,)
    assert [lab.superseded for lab in ward.service.patient(patient).state.labs] == [True, False]


def test_what_counts_no_more_where_it_comes_from_changes_nothing(ward: Ward) -> None:
    past = replace(row("TRN1", "130"), counts=False, birth_date=date(1988, 3, 14))
    (share,) = take(ward, past)
    assert ([change.outcome for change in share.changes], share.events, share.not_taken) == (["past"], (), ())
    assert ImportOutcome((share,)).new_record_numbers == ()
    assert ward.service.patient_with("TRN1") is None

    (share,) = take(ward, past, row("TRN1", "30"), past)
    assert [change.outcome for change in share.changes] == ["past", "added", "past"]
    patient = ward.service.patient_with("TRN1")
    assert patient is not None
    assert [(lab.result.value, lab.superseded) for lab in ward.service.patient(patient).state.labs] == [("30", False)]


def test_a_new_patient_has_a_record_number_only(ward: Ward) -> None:
    take(ward, row("TRN1"))
    patient = ward.service.patient_with("TRN1")
    assert patient is not None
    assert ward.service.patient(patient).state.details == PatientDetails("TRN1")


def test_nobody_comes_on_record_for_results_that_are_not_taken(ward: Ward) -> None:
    (share,) = take(ward, row("TRN1", "many"))
    assert share.events == ()
    assert ImportOutcome((share,)).new_record_numbers == ()
    assert ward.service.patient_with("TRN1") is None


def test_the_whole_index_is_asked_once_for_each_patient(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[StreamKind] = []
    entries = MemoryRecords.entries

    def note(records: MemoryRecords, kind: StreamKind) -> object:
        asked.append(kind)
        return entries(records, kind)

    monkeypatch.setattr(MemoryRecords, "entries", note)
    take(ward, row("TRN1"), row("TRN2"))
    assert asked == [StreamKind.PATIENT] * 2


def test_while_a_record_cannot_be_read_no_number_is_surely_nobodys(ward: Ward) -> None:
    known, other = (ward.service.register(PatientDetails(record_no), NURSE) for record_no in ("TRN1", "TRN2"))
    ward.records.unreadable.add(other)
    ward.restart()
    assert ward.service.surely_with("TRN1") == known
    with pytest.raises(UnreadableRecordError):
        ward.service.surely_with("TRN3")
    assert [item.why.reason for share in take(ward, row("TRN1"), row("TRN3")) for item in share.not_taken] == ["record"]
    assert ward.service.patient_with("TRN3") is None


def test_a_result_from_before_the_birth_on_record_is_not_taken(ward: Ward) -> None:
    ward.service.register(PatientDetails("TRN1", birth_date=date(2026, 11, 3)), NURSE)
    (share,) = take(ward, row("TRN1"))
    assert [item.why.reason for item in share.not_taken] == ["before-birth"]
    assert share.events == ()
