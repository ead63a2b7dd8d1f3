"""The verify command."""

import re
import shutil
from pathlib import Path

import pytest

from nurse_app.cli.arguments import ReportArguments, VerifyArguments
from nurse_app.cli.checkpoints import Workstation
from nurse_app.cli.report import run_report
from nurse_app.cli.verify import run_verify
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.store.checkpoints import record_code
from nurse_app.store.journal_lines import scan
from tests.cli.kit import Heard, files_in, played, script_until, workplace


@pytest.fixture
def ours(tmp_path: Path) -> Workstation:
    return Workstation(tmp_path / "workstation", SequentialIdentifiers().salt)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "records"


def verify(
    root: Path, workstation: Workstation | None, *, as_json: bool = False, code: tuple[str, str] | None = None
) -> tuple[int, Heard]:
    heard = Heard()
    return run_verify(VerifyArguments(None, as_json, code), heard.streams, root, workstation), heard


def visit_file(root: Path) -> Path:
    return next(root.glob("visits/*/*.jsonl"))


def cut(path: Path, lines: int) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-lines]))


def test_sound_records_are_counted_and_left_alone(protocol: InfusionProtocol, root: Path, ours: Workstation) -> None:
    played(script_until("identify"), protocol, root, ours)
    before = files_in(root.parent)

    code, heard = verify(root, ours)

    assert (code, heard.text) == (
        0,
        "Records read: 2, with 17 sound entries. Checkpoints: 3. All are sound.\n",
    )
    assert files_in(root.parent) == before


def test_damage_is_named_with_file_entry_time_and_what_to_do(
    protocol: InfusionProtocol, root: Path, ours: Workstation
) -> None:
    played(script_until("answer-rest"), protocol, root, ours)
    visit = visit_file(root)
    visit.write_bytes(visit.read_bytes().replace(b"TRN000417", b"TRN000418", 1))

    code, heard = verify(root, ours)

    assert code == 1
    assert heard.text.startswith(visit.relative_to(root).as_posix())
    assert "damaged at entry 1. Where: entry 1, byte 0 of visits/" in heard.text
    assert "Since when: after 22-Nov-2026 09:03 +00:00." in heard.text
    assert "bring the record back from a backup: “nurse-app restore FILE --record" in heard.text
    assert heard.text.endswith("Not all are sound.\n")


def test_an_end_that_was_cut_off_is_noticed(protocol: InfusionProtocol, root: Path, ours: Workstation) -> None:
    visit = played(script_until("answer-rest"), protocol, root, ours)
    cut(visit_file(root), 1)

    code, heard = verify(root, ours)

    assert code == 1
    assert re.search(rf"Entr(y|ies) \d.* of the record visit {visit} (is|are) missing", heard.text)


def test_an_older_copy_put_back_is_noticed(protocol: InfusionProtocol, root: Path, ours: Workstation) -> None:
    played(script_until("identify"), protocol, root, ours)
    copy = shutil.copytree(root, root.parent / "copy")
    played(script_until("answer-rest"), protocol, root, ours)
    shutil.rmtree(root)
    shutil.copytree(copy, root)

    code, heard = verify(root, ours)

    assert code == 1
    assert heard.text.startswith("checkpoints.jsonl: These records are an older copy")


def test_a_copy_in_another_place_is_no_older_copy(protocol: InfusionProtocol, root: Path, ours: Workstation) -> None:
    played(script_until("identify"), protocol, root, ours)
    copy = shutil.copytree(root, root.parent / "copy")
    played(script_until("answer-rest"), protocol, root, ours)

    assert verify(copy, ours)[0] == 0


def test_on_another_workstation_the_records_are_sound_but_nobody_vouches_for_them(
    protocol: InfusionProtocol, root: Path, ours: Workstation, tmp_path: Path
) -> None:
    played(script_until("identify"), protocol, root, ours)

    code, heard = verify(root, Workstation(tmp_path / "other", ours.random_bytes))
    homeless_code, homeless = verify(root, None)

    assert (code, homeless_code) == (0, 0)
    assert "This workstation has no key of its own. 3 checkpoints cannot be vouched for." in heard.text
    assert "This user has no home folder" in homeless.text


def test_a_spoiled_key_is_told_and_the_records_are_checked_all_the_same(
    protocol: InfusionProtocol, root: Path, ours: Workstation
) -> None:
    played(script_until("identify"), protocol, root, ours)
    (ours.folder / "checkpoint.key").write_bytes(b"spoiled")

    code, heard = verify(root, ours)

    assert code == 0
    assert "is not a key any more" in heard.text


def test_a_memory_that_cannot_be_read_is_told(protocol: InfusionProtocol, root: Path, ours: Workstation) -> None:
    played(script_until("identify"), protocol, root, ours)
    (memory,) = ours.folder.glob("reached-*")
    memory.unlink()
    memory.mkdir()
    (ours.folder / "checkpoint.key").unlink()

    code, heard = verify(root, ours)

    assert code == 0
    assert "What this workstation remembers cannot be read" in heard.text


def test_a_torn_end_is_told_and_is_no_damage(protocol: InfusionProtocol, root: Path, ours: Workstation) -> None:
    played(script_until("answer-rest"), protocol, root, ours)
    visit = visit_file(root)
    visit.write_bytes(visit.read_bytes() + b"half an ent")

    code, heard = verify(root, ours)

    assert code == 0
    assert "The last 11 bytes" in heard.text


def test_as_json_every_record_is_listed_with_count_and_head(
    protocol: InfusionProtocol, root: Path, ours: Workstation
) -> None:
    played(script_until("identify"), protocol, root, ours)

    code, heard = verify(root, ours, as_json=True)

    assert code == 0
    assert (heard.data["sound"], heard.data["records"], heard.data["checkpoints"]) == (True, 2, 3)
    assert heard.data["findings"] == []
    assert [
        (stream["kind"], stream["soundness"], stream["sound_entries"], stream["vouched_entries"])
        for stream in heard.data["streams"]
    ] == [("visit", "sound", 2, 2), ("patient", "sound", 15, 15)]
    assert heard.data["streams"][0]["head"].encode() in visit_file(root).read_bytes().splitlines()[-1]


def test_as_json_a_finding_has_its_parts_and_its_sentence(
    protocol: InfusionProtocol, root: Path, ours: Workstation
) -> None:
    played(script_until("answer-rest"), protocol, root, ours)
    cut(visit_file(root), 1)

    code, heard = verify(root, ours, as_json=True)

    (finding,) = heard.data["findings"]
    assert (code, heard.data["sound"], finding["gravity"]) == (1, False, "damage")
    assert finding["since"] == "2026-11-22T09:03:00+00:00"
    assert all(finding[part] in finding["sentence"] for part in ("what", "where", "left", "to_do"))


def test_an_empty_folder_is_sound(tmp_path: Path, ours: Workstation) -> None:
    assert verify(tmp_path, ours)[0] == 0


def test_a_missing_folder_and_a_file_are_said(tmp_path: Path, ours: Workstation) -> None:
    (tmp_path / "file").write_text("x")

    missing, file = verify(tmp_path / "nothing", ours), verify(tmp_path / "file", ours)

    assert (missing[0], file[0]) == (2, 2)
    assert "does not exist" in missing[1].sentence
    assert "is a file, not a folder" in file[1].sentence


# --- the printed code ---


@pytest.fixture
def printed(protocol: InfusionProtocol, root: Path, ours: Workstation, tmp_path: Path) -> tuple[str, str]:
    """The code on a visit’s record as report prints it, and the visit."""
    visit = played(script_until("answer-rest"), protocol, root, ours)
    place = workplace(root, protocol, key=ours.evidence(root).key)
    output = tmp_path / "record.csv"
    foot: list[str] = []

    def draw(document: object) -> bytes:
        foot.extend(document.foot)  # type: ignore[attr-defined]
        return b""

    assert run_report(ReportArguments(None, visit, "pdf", output), Heard().streams, place, draw) == 0
    found = re.search(r"· code (\S+) ·", foot[0])
    assert found is not None
    return found[1], visit


def test_a_printed_code_belongs_to_its_visit(printed: tuple[str, str], root: Path, ours: Workstation) -> None:
    code, heard = verify(root, ours, code=printed)

    assert code == 0
    assert "entries are as they were printed." in heard.text
    assert "since then" not in heard.text


def test_of_a_visit_that_was_cut_the_printed_code_no_longer_fits(
    printed: tuple[str, str], root: Path, ours: Workstation
) -> None:
    cut(visit_file(root), 1)

    code, heard = verify(root, ours, code=printed)

    assert code == 1
    assert "The code does not belong to visit" in heard.text


def test_entries_made_after_the_print_are_counted(printed: tuple[str, str], root: Path, ours: Workstation) -> None:
    key, stream = ours.evidence(root).key, f"visit {printed[1]}"
    assert key is not None
    found = scan(visit_file(root).read_bytes(), stream)
    earlier = scan(b"".join(visit_file(root).read_bytes().splitlines(keepends=True)[:2]), stream)

    code, heard = verify(root, ours, code=(record_code(key, stream, 2, earlier.head), printed[1]))

    assert code == 0
    assert (
        f"its first 2 entries are as they were printed. Entries made since then: {len(found.bodies) - 2}." in heard.text
    )


def test_a_code_cannot_be_compared_without_the_key_or_the_visit(
    printed: tuple[str, str], root: Path, ours: Workstation, tmp_path: Path
) -> None:
    other = verify(root, Workstation(tmp_path / "other", ours.random_bytes), code=printed)
    homeless = verify(root, None, code=printed)
    unknown = verify(root, ours, code=(printed[0], "no-such-visit"))
    impossible = verify(root, ours, code=(printed[0], "../x"))

    assert [code for code, _ in (other, homeless, unknown, impossible)] == [2, 2, 2, 2]
    assert "has no key. Compare the code on the workstation that printed it" in other[1].sentence
    assert "no home folder" in homeless[1].sentence
    assert "there is no visit no-such-visit" in unknown[1].sentence
