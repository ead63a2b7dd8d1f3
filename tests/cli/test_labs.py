"""The labs command."""

import os
from pathlib import Path

import pytest

from nurse_app.cli.arguments import LabsArguments
from nurse_app.cli.labs import run_labs
from nurse_app.domain.protocol import InfusionProtocol
from tests.cli.kit import Heard, files_in, played, script_until, workplace


def labs(
    root: Path, protocol: InfusionProtocol, record_no: str = "TRN000417", *, as_json: bool = True
) -> tuple[int, Heard]:
    heard = Heard()
    return run_labs(LabsArguments(None, record_no, as_json), heard.streams, workplace(root, protocol)), heard


def test_all_results_of_the_patient_come_as_json(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("identify"), protocol, tmp_path / "records")
    before = files_in(tmp_path)

    code, heard = labs(tmp_path / "records", protocol)

    assert code == 0
    assert len(heard.data) == 14
    assert heard.data[0] == {
        "record_no": "TRN000417",
        "collected_at": "2026-05-06",
        "test": "MRI",
        "value": "no new lesions",
        "unit": None,
        "ref_low": None,
        "ref_high": None,
        "superseded": False,
    }
    assert files_in(tmp_path) == before


def test_for_people_there_is_a_line_a_result(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("identify"), protocol, tmp_path / "records")

    code, heard = labs(tmp_path / "records", protocol, as_json=False)

    assert code == 0
    assert "2026-11-02  ALT  25  U/L  (to 40)" in heard.text.splitlines()
    assert "2026-11-02  PLT  240  10*9/L  (from 150 to 400)" in heard.text.splitlines()
    assert "2026-10-10  ADA  negative" in heard.text.splitlines()


@pytest.mark.parametrize("record_no", ["TRN000418", "", "trn000417", "TRN000417 ", "../TRN000417", "x" * 10_000])
def test_an_unknown_record_number_is_said_without_repeating_it(
    record_no: str, protocol: InfusionProtocol, tmp_path: Path
) -> None:
    played(script_until("identify"), protocol, tmp_path / "records")

    code, heard = labs(tmp_path / "records", protocol, record_no)

    assert code == 2
    assert "there is no patient with this record number" in heard.sentence
    assert "TRN" not in heard.sentence
    assert heard.text == ""


def test_records_that_cannot_be_read_are_mentioned(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("identify"), protocol, tmp_path / "records")
    patient = next(tmp_path.glob("records/patients/*/*.jsonl"))
    patient.write_bytes(b"x" + patient.read_bytes()[1:])

    code, heard = labs(tmp_path / "records", protocol)

    assert code == 2
    assert "1 patient records cannot be read at all" in heard.sentence
    assert "verify" in heard.sentence


def test_a_missing_folder_is_said_and_not_made(protocol: InfusionProtocol, tmp_path: Path) -> None:
    code, heard = labs(tmp_path / "nothing", protocol)

    assert code == 2
    assert f"{tmp_path / 'nothing'} does not exist" in heard.sentence
    assert os.listdir(tmp_path) == []
