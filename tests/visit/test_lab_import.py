"""Taking results: what progress hears, stopping, and what a visit in progress gets of it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import PatientDetails, TextAsCame
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.visit.lab_import import LabImport
from nurse_app.visit.open_visit import Author
from tests.visit.kit import Ward

NURSE = Author("nurse")
AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def ward(protocol: InfusionProtocol) -> Ward:
    return Ward(protocol)


def row(record_no: str, value: str = "25") -> IncomingResult:
    text = TextAsCame("2026-11-02", "ALT", value)
    return IncomingResult("line 2", record_no, ("ALT",), value, AT, text, "U/L", None, Decimal(40))


def heard_of(ward: Ward, *rows: IncomingResult, until: int = 99) -> tuple[bool, list[tuple[int, int]]]:
    importing, heard = LabImport(ward.service, {}), list[tuple[int, int]]()

    def progress(done: int, count: int) -> bool:
        heard.append((done, count))
        return done < until

    return importing.take(importing.plan(rows, AT), NURSE, progress), heard


def test_progress_is_told_after_each_patient(ward: Ward) -> None:
    rows = [row("TRN1"), row("TRN2"), row("TRN1", "26")]
    assert heard_of(ward, *rows) == (True, [(0, 2), (1, 2), (2, 2)])
    assert heard_of(ward, *rows) == (True, [(0, 0)]), "nothing is left to do"


def test_what_was_stopped_goes_on_where_it_was(ward: Ward) -> None:
    rows = [row(f"TRN{number}") for number in range(4)]
    assert heard_of(ward, *rows, until=2) == (False, [(0, 4), (1, 4), (2, 4)])
    assert heard_of(ward, *rows) == (True, [(0, 2), (1, 2), (2, 2)])
    numbers, unreadable = ward.service.record_numbers()
    assert (sorted(numbers), unreadable) == ([f"TRN{number}" for number in range(4)], 0)
    assert all(len(ward.service.patient(patient).state.labs) == 1 for patient in numbers.values())


def test_a_visit_in_progress_gets_the_results(ward: Ward) -> None:
    patient = ward.service.register(PatientDetails("TRN1", name="SAMPLE, Patient One"), NURSE)
    visit = ward.service.start_visit(patient, NURSE)
    assert heard_of(ward, row("TRN1"))[0]
    assert heard_of(ward, row("TRN1", "130"))[0]
    expected = LabResult("ALT", "130", AT, "U/L", None, Decimal(40))
    assert ward.service.visits()[visit].state.facts.labs == (expected,)
    assert [lab.superseded for lab in ward.service.patient(patient).state.labs] == [True, False]


def test_a_new_patient_has_a_record_number_only(ward: Ward) -> None:
    heard_of(ward, row("TRN1"))
    (patient,) = ward.service.record_numbers()[0].values()
    assert ward.service.patient(patient).state.details == PatientDetails("TRN1")
