"""The record of a visit as JSON and CSV."""

import csv
import json
from io import StringIO

import pytest

from nurse_app.interchange.record_csv import COLUMNS, record_csv
from nurse_app.interchange.record_document import (
    MachineRecord,
    RecordDocument,
    RecordEntry,
    RecordRow,
    RecordSection,
    RecordTable,
)
from nurse_app.interchange.record_json import record_json


def machine_record(what: str = "Note: calm.", marks: tuple[str, ...] = ()) -> MachineRecord:
    table = RecordTable(("Time", "Entry"), (RecordRow(("10:00", what), True, "[Marked in error]", 1),))
    document = RecordDocument(
        title="Natalizumab",
        banners=("SAMPLE PATIENT",),
        notices=("Not approved.",),
        subject=(("Name", "SAMPLE, Patient"),),
        sections=(RecordSection("Notes", table=table),),
        signatures=("nurse",),
        foot=("Visit v-1",),
        entries=(
            RecordEntry(
                1, "2026-11-22T10:00:00+01:00", "2026-11-22T10:05:00+01:00", "Müller", what, marks, in_error=True
            ),
        ),
    )
    stored = {"number": 1, "kind": "note-added", "event_id": "e1", "data": {"text": what}}
    return MachineRecord("v-1", (stored,), "abc", "7QK4-M0ZD-93XA", {"phase": "closed"}, document)


def rows_of(page: str) -> list[list[str]]:
    return list(csv.reader(StringIO(page.removeprefix("\ufeff"), newline="")))


def test_the_json_says_its_format_and_holds_everything() -> None:
    data = json.loads(record_json(machine_record()))

    assert (data["format"], data["format_version"]) == ("nurse-app visit record", 1)
    assert data["visit_id"] == "v-1"
    assert data["entries"] == [{"number": 1, "kind": "note-added", "event_id": "e1", "data": {"text": "Note: calm."}}]
    assert (data["head_digest"], data["code"]) == ("abc", "7QK4-M0ZD-93XA")
    assert data["state"] == {"phase": "closed"}
    assert data["document"]["sections"][0]["table"]["rows"] == [
        {"cells": ["10:00", "Note: calm."], "struck": True, "marks": "[Marked in error]", "marks_in": 1}
    ]


def test_the_csv_has_one_row_an_entry() -> None:
    head, row = rows_of(record_csv(machine_record(marks=("sign later", "entered later, 10:05:00"))))

    assert tuple(head) == COLUMNS
    assert row == [
        "1",
        "note-added",
        "2026-11-22T10:00:00+01:00",
        "2026-11-22T10:05:00+01:00",
        "Müller",
        "Note: calm.",
        "sign later; entered later, 10:05:00",
        "yes",
        "e1",
    ]


def test_spreadsheets_know_the_letters_and_the_cells() -> None:
    page = record_csv(machine_record('two "lines"\nof text, really'))

    assert page.startswith('\ufeff"entry",')
    assert page.endswith('"e1"\r\n')
    assert '"two ""lines""\nof text, really"' in page


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_starts_a_formula(start: str) -> None:
    row = rows_of(record_csv(machine_record(f"{start}1+1")))[1]

    assert row[5] == f"'{start}1+1"
