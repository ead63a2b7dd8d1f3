"""The verify command."""

from pathlib import Path

from nurse_app.cli.arguments import VerifyArguments
from nurse_app.cli.verify import run_verify
from nurse_app.domain.protocol import InfusionProtocol
from tests.cli.kit import Heard, files_in, played, script_until


def verify(root: Path, *, as_json: bool = False) -> tuple[int, Heard]:
    heard = Heard()
    return run_verify(VerifyArguments(None, as_json), heard.streams, root), heard


def test_sound_records_are_counted_and_left_alone(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("identify"), protocol, tmp_path)
    before = files_in(tmp_path)

    code, heard = verify(tmp_path)

    assert (code, heard.text) == (0, "Records read: 2, with 17 sound entries. All are sound.\n")
    assert files_in(tmp_path) == before


def test_damage_is_named_with_file_and_entry(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("answer-rest"), protocol, tmp_path)
    visit = next(tmp_path.glob("visits/*/*.jsonl"))
    content = visit.read_bytes()
    visit.write_bytes(content.replace(b"TRN000417", b"TRN000418", 1))

    code, heard = verify(tmp_path)

    assert code == 1
    assert heard.text.startswith(visit.relative_to(tmp_path).as_posix())
    assert "damaged at entry 1" in heard.text
    assert heard.text.endswith("Not all are sound.\n")


def test_a_torn_end_is_told_and_is_no_damage(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("answer-rest"), protocol, tmp_path)
    visit = next(tmp_path.glob("visits/*/*.jsonl"))
    visit.write_bytes(visit.read_bytes() + b"half an ent")

    code, heard = verify(tmp_path)

    assert code == 0
    assert "The last 11 bytes" in heard.text


def test_as_json_every_record_is_listed(protocol: InfusionProtocol, tmp_path: Path) -> None:
    played(script_until("identify"), protocol, tmp_path)

    code, heard = verify(tmp_path, as_json=True)

    assert code == 0
    assert heard.data["sound"] is True
    assert [(stream["kind"], stream["soundness"], stream["sound_entries"]) for stream in heard.data["streams"]] == [
        ("visit", "sound", 2),
        ("patient", "sound", 15),
    ]


def test_an_empty_folder_is_sound(tmp_path: Path) -> None:
    assert verify(tmp_path)[0] == 0


def test_a_missing_folder_and_a_file_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    missing, file = verify(tmp_path / "nothing"), verify(tmp_path / "file")

    assert (missing[0], file[0]) == (2, 2)
    assert "does not exist" in missing[1].sentence
    assert "is a file, not a folder" in file[1].sentence
