"""Results to take along: nothing left out, corrected ones beside what replaced them, and safe in a spreadsheet."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO

import pytest

from nurse_app.domain import patient_events as p
from nurse_app.domain.facts import LabResult
from nurse_app.domain.moment import Reading
from nurse_app.domain.patient_record import PatientRecord, fold_patient
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.reading import read_lab_file
from nurse_app.presentation.lab_export import (
    CSV_HEADS,
    ExportSource,
    results_csv,
    results_document,
    results_text,
    whose_results,
)

T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

AT = datetime(2026, 11, 2, 8, 30, tzinfo=timezone(timedelta(hours=1)))
ALT = LabResult("ALT", "34", AT, "U/L", Decimal(8), Decimal(40))
DETAILS = p.PatientDetails("TRN1", "SAMPLE, Patient One", date(1988, 3, 14))


def folded(*events: p.PatientEvent, details: p.PatientDetails = DETAILS, sample: bool = True) -> PatientRecord:
    """The record after these events, each an entry of its own: the first result is entry 2."""
    listed = (p.PatientRegistered(details, sample=sample), *events)
    reading = Reading(T0, timedelta(0), "boot")
    found = fold_patient(
        [Recorded(number, str(number), Entry(event, "nurse", reading)) for number, event in enumerate(listed, start=1)]
    )
    assert found is not None
    return found


def recorded(result: LabResult, text: p.TextAsCame | None = None) -> p.LabResultRecorded:
    return p.LabResultRecorded(result, "typed" if text is None else "file", text)


def of(protocol: InfusionProtocol, *events: p.PatientEvent, training: bool = True) -> ExportSource:
    return ExportSource(folded(*events), protocol, datetime(2026, 11, 22, 9, 15, tzinfo=UTC), UTC, training)


def rows(source: ExportSource) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(results_csv(source).removeprefix("\ufeff"), newline="")))


def lines(source: ExportSource) -> list[list[str]]:
    return [line.split("\t") for line in results_text(source).splitlines() if "\t" in line]


def test_a_result_has_its_value_unit_range_time_and_how_it_stands(protocol: InfusionProtocol) -> None:
    text = p.TextAsCame("02.11.2026 08:30", "1742-6", "121,20", "U/l", "8", "40")
    (row,) = rows(of(protocol, recorded(replace(ALT, value="121.20"), text)))

    assert tuple(row) == CSV_HEADS
    assert row == {
        "record_no": "TRN1",
        "collected_at": "2026-11-02T08:30:00+01:00",
        "test": "ALT",
        "value": "121.20",
        "unit": "U/L",
        "ref_low": "8",
        "ref_high": "40",
        "test_name": "ALT",
        "standing": "high",
        "times_limit": "3.03 × ULN",
        "grade": "CTCAE 5.0 grade 2",
        "on_record": "counts",
        "corrected_to": "",
        "value_as_reported": "121,20 U/l",
    }


def test_tests_come_in_the_protocols_order_and_each_ones_newest_first(protocol: InfusionProtocol) -> None:
    later = replace(ALT, value="35", collected=AT + timedelta(minutes=1))
    day_only = replace(ALT, value="36", collected=AT.date())
    unknown = LabResult("9999-9", "anything", AT.date())
    words = LabResult("MRI", "no new lesions", AT.date())
    found = rows(of(protocol, *map(recorded, (unknown, words, day_only, ALT, later))))

    assert [(row["test"], row["value"]) for row in found] == [
        ("ALT", "35"),
        ("ALT", "34"),
        ("ALT", "36"),
        ("MRI", "no new lesions"),
        ("9999-9", "anything"),
    ]
    assert found[2]["collected_at"] == "2026-11-02"
    assert [row["standing"] for row in found[3:]] == ["", "not assessed"]
    assert (found[4]["unit"], found[4]["ref_high"]) == ("", "")


def test_what_does_not_count_any_more_stays_and_says_what_became_of_it(protocol: InfusionProtocol) -> None:
    other = replace(ALT, value="90")
    source = of(
        protocol,
        recorded(ALT),
        recorded(replace(ALT, value="70")),
        p.LabResultCorrected(2, replace(ALT, value="52.5")),
        p.LabResultMarkedInError(3, "typed wrong"),
        recorded(other),
        p.LabResultWithdrawn(6),
    )

    assert [(row["value"], row["on_record"], row["corrected_to"], row["standing"]) for row in rows(source)] == [
        ("90", "withdrawn", "", ""),
        ("52.5", "counts", "", "high"),
        ("70", "withdrawn", "", ""),
        ("34", "corrected", "52.5", ""),
    ]
    (table,) = (section.table for section in results_document(source).sections)
    assert table is not None
    assert [(row.cells[2], row.struck, row.marks) for row in table.rows] == [
        ("90 U/L", True, "taken back or marked in error"),
        ("52.5 U/L", False, ""),
        ("70 U/L", True, "taken back or marked in error"),
        ("34 U/L", True, "corrected to 52.5 U/L"),
    ]
    assert [line[-1] for line in lines(source)][1:] == [
        "taken back or marked in error",
        "high · 1.31 × ULN · CTCAE 5.0 grade 1",
        "taken back or marked in error",
        "corrected to 52.5 U/L",
    ]


def test_a_day_on_which_two_samples_count_makes_no_correction_of_either(protocol: InfusionProtocol) -> None:
    first, second = (replace(ALT, value=value, collected=AT.date()) for value in ("34", "36"))
    source = of(protocol, recorded(first), recorded(second), p.LabResultMarkedInError(2, "other patient’s"))

    assert [(row["value"], row["on_record"]) for row in rows(source)] == [("36", "counts"), ("34", "withdrawn")]


def test_the_text_has_a_head_and_a_table_with_tabs(protocol: InfusionProtocol) -> None:
    text = results_text(of(protocol, recorded(ALT)))

    assert text.splitlines() == [
        "Laboratory results",
        "TRAINING",
        "SAMPLE PATIENT",
        "Name: SAMPLE, Patient One",
        "Born: 14-Mar-1988",
        "Record no.: TRN1",
        "Made: 22-Nov-2026 09:15 +00:00",
        "",
        "Test\tCollected\tResult\tRange\tHow it stands",
        "ALT\t02-Nov-2026 07:30\t34 U/L\t8 to 40\tin range · 0.85 × ULN",
    ]


def test_a_part_of_the_table_says_in_a_line_whose_it_is(protocol: InfusionProtocol) -> None:
    assert whose_results(of(protocol)) == (
        "TRAINING · SAMPLE PATIENT · SAMPLE, Patient One · Born 14-Mar-1988 · Record no. TRN1"
    )


def test_what_is_not_known_is_said_so(protocol: InfusionProtocol) -> None:
    record = folded(recorded(LabResult("ALT", None, AT.date(), "U/L")), details=p.PatientDetails("TRN1"), sample=False)
    source = ExportSource(record, protocol, T0, UTC, training=False)
    document = results_document(source)

    assert document.banners == ()
    assert dict(document.subject) | {"Made": ""} == {
        "Name": "(record number only)",
        "Born": "not known",
        "Record no.": "TRN1",
        "Made": "",
    }
    assert lines(source)[1] == ["ALT", "02-Nov-2026", "empty U/L", "—", "cannot be read"]
    assert rows(source)[0]["value"] == ""
    assert document.notices[0] == protocol.text("protocol.not-approved")


@pytest.mark.parametrize(("value", "cell"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-1", "-1"), ("+2", "+2")])
def test_no_result_is_run_by_a_spreadsheet(protocol: InfusionProtocol, value: str, cell: str) -> None:
    source = of(protocol, recorded(LabResult("9999-9", value, AT.date())))

    assert rows(source)[0]["value"] == cell
    assert lines(source)[1][2] == cell


def test_a_value_of_several_lines_is_one_line_of_the_text(protocol: InfusionProtocol) -> None:
    source = of(protocol, recorded(LabResult("MRI", "no new\nlesions\there", AT.date())))

    assert lines(source)[1][2] == "no new lesions here"
    assert rows(source)[0]["value"] == "no new\nlesions\there"


def test_the_csv_can_be_imported_again(protocol: InfusionProtocol) -> None:
    source = of(protocol, recorded(ALT), recorded(replace(ALT, value="<5", collected=AT.date())))
    file = read_lab_file(results_csv(source).encode(), CsvForm(), UTC)

    assert file.refused == ()
    assert [(row.record_no, row.tests, row.value, row.collected, row.upper) for row in file.rows] == [
        ("TRN1", ("ALT",), "34", AT, Decimal(40)),
        ("TRN1", ("ALT",), "<5", AT.date(), Decimal(40)),
    ]
