"""The report command."""

import csv
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from nurse_app.cli.arguments import RecordFormat, ReportArguments
from nurse_app.cli.records import own_folder, system_disk
from nurse_app.cli.report import run_report
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.visit.users import UserDesk
from tests.cli.kit import Heard, files_in, played, script_until, visit_script, workplace


def draw(document: RecordDocument) -> bytes:
    return f"%PDF of {document.title}".encode()


def report(
    root: Path,
    protocol: InfusionProtocol,
    visit: str,
    output: Path,
    wanted: RecordFormat = "json",
    *,
    training: bool = False,
) -> tuple[int, Heard]:
    heard, place = Heard(), workplace(root, protocol, training=training)
    return run_report(ReportArguments(None, visit, wanted, output), heard.streams, place, draw), heard


def test_the_json_holds_entries_state_and_document(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit, output = played(visit_script(), protocol, tmp_path / "records"), tmp_path / "record.json"
    before = files_in(tmp_path / "records")

    code, heard = report(tmp_path / "records", protocol, visit, output)

    data: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    assert (code, heard.text, heard.err.getvalue()) == (0, "", "")
    assert [entry["number"] for entry in data["entries"]] == list(range(1, 34))
    assert data["entries"][0]["data"]["protocol"]["id"] == "natalizumab"
    assert data["state"]["outcome"] == "completed"
    assert data["document"]["banners"] == ["SAMPLE PATIENT"]
    assert data["head_digest"] in data["document"]["foot"][0]
    assert files_in(tmp_path / "records") == before


def test_the_csv_has_a_row_an_entry(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit, output = played(script_until("identify"), protocol, tmp_path / "records"), tmp_path / "record.csv"

    code, _ = report(tmp_path / "records", protocol, visit, output, "csv")

    content = output.read_bytes()
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert code == 0
    assert content.startswith(b"\xef\xbb\xbf")
    assert [row["kind"] for row in rows] == ["visit-started", "patient-identified"]
    assert rows[1]["happened_at"] == "2026-11-22T09:01:00+00:00"
    assert rows[1]["author"] == "nurse"


def test_the_pdf_is_drawn_by_whom_main_names(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit, output = played(script_until("identify"), protocol, tmp_path / "records"), tmp_path / "record.pdf"

    code, _ = report(tmp_path / "records", protocol, visit, output, "pdf")

    assert (code, output.read_bytes()) == (0, b"%PDF of Natalizumab 300 mg, intravenous infusion")


def test_training_is_marked(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit, output = played(script_until("identify"), protocol, tmp_path / "records"), tmp_path / "record.json"

    report(tmp_path / "records", protocol, visit, output, training=True)

    assert json.loads(output.read_text(encoding="utf-8"))["document"]["banners"] == ["TRAINING", "SAMPLE PATIENT"]


def test_a_record_stands_without_the_patients_own(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit, output = played(script_until("identify"), protocol, tmp_path / "records"), tmp_path / "record.json"
    next(tmp_path.glob("records/patients/*/*.jsonl")).unlink()

    code, _ = report(tmp_path / "records", protocol, visit, output)

    document = json.loads(output.read_text(encoding="utf-8"))["document"]
    assert code == 0
    assert ["Name", "(record number only)"] in document["subject"]


def test_an_existing_file_is_replaced_as_a_whole(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit, output = played(script_until("identify"), protocol, tmp_path / "records"), tmp_path / "record.csv"
    output.write_text("old" * 10_000)

    code, _ = report(tmp_path / "records", protocol, visit, output, "csv")

    assert code == 0
    assert "old" not in output.read_text(encoding="utf-8")
    assert set(os.listdir(tmp_path)) == {"records", "record.csv"}


@pytest.mark.parametrize("visit", ["0" * 32, "", "..", "../../etc/passwd", "VISIT", "x" * 500, "a\0b"])
def test_an_unknown_visit_is_said(visit: str, protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("identify"), protocol, tmp_path / "records")

    code, heard = report(tmp_path / "records", protocol, visit, tmp_path / "record.json")

    assert code == 2
    assert "there is no visit" in heard.sentence
    assert not (tmp_path / "record.json").exists()


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("records/record.json", "lies in the folder of the records"),
        ("records/visits/record.json", "lies in the folder of the records"),
        (".", "is a folder"),
        ("nowhere/record.json", "does not exist"),
        ("a\0b", "no file can have this name"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_said(
    output: str, problem: str, protocol: InfusionProtocol, tmp_path: Path
) -> None:
    visit = played(script_until("identify"), protocol, tmp_path / "records")
    before = files_in(tmp_path)

    code, heard = report(tmp_path / "records", protocol, visit, tmp_path / output)

    assert code == 2
    assert problem in heard.sentence
    assert files_in(tmp_path) == before


def test_a_link_into_the_records_is_not_followed_to_harm(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit = played(script_until("identify"), protocol, tmp_path / "records")
    (tmp_path / "link.json").symlink_to(next(tmp_path.glob("records/visits/*/*.jsonl")))
    before = files_in(tmp_path / "records")

    code, heard = report(tmp_path / "records", protocol, visit, tmp_path / "link.json")

    assert code == 2
    assert "lies in the folder of the records" in heard.sentence
    assert files_in(tmp_path / "records") == before


def test_what_is_no_ordinary_file_is_left_alone(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit = played(script_until("identify"), protocol, tmp_path / "records")

    code, heard = report(tmp_path / "records", protocol, visit, Path(os.devnull))

    assert code == 2
    assert "not an ordinary file" in heard.sentence


def test_a_damaged_visit_is_said_and_nothing_is_written(protocol: InfusionProtocol, tmp_path: Path) -> None:
    visit = played(script_until("answer-rest"), protocol, tmp_path / "records")
    file = next(tmp_path.glob("records/visits/*/*.jsonl"))
    file.write_bytes(file.read_bytes().replace(b"TRN000417", b"TRN000418", 1))

    code, heard = report(tmp_path / "records", protocol, visit, tmp_path / "record.json")

    assert code == 2
    assert "damaged at entry 1" in heard.sentence
    assert not (tmp_path / "record.json").exists()


def test_a_missing_data_folder_is_said(protocol: InfusionProtocol, tmp_path: Path) -> None:
    code, heard = report(tmp_path / "nothing", protocol, "x", tmp_path / "record.json")

    assert code == 2
    assert "does not exist" in heard.sentence


class PlainHasher:
    """Keeps a PIN as it is: no test needs a secret."""

    def hashed(self, pin: str) -> str:
        return pin

    def matches(self, pin: str, stored: str) -> bool:
        return pin == stored


def test_people_are_named_as_the_workstation_knows_them(protocol: InfusionProtocol, tmp_path: Path) -> None:
    place, output = workplace(tmp_path / "records", protocol), tmp_path / "record.json"
    folder = own_folder(place.root, system_disk(), place.identifiers, place.clock)
    nurse = UserDesk(folder, place.clock, place.identifiers, PlainHasher()).add("SAMPLE, Nurse One", "246810")
    folder.close()
    script = script_until("identify") | {"user": nurse}

    report(place.root, protocol, played(script, protocol, place.root), output)

    document = json.loads(output.read_text(encoding="utf-8"))["document"]
    assert {entry["author"] for entry in document["entries"]} == {"SAMPLE, Nurse One"}
    assert document["signatures"][0] == "SAMPLE, Nurse One, signature and date"
