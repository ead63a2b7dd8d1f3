"""Backup and restore as commands: exit codes and sentences, through the program’s own way in."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nurse_app.cli.arguments import BackupArguments, RestoreArguments
from nurse_app.cli.backup import Backups, run_backup, run_restore
from nurse_app.cli.records import own_folder, system_disk
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.main import main
from nurse_app.store.backup_messages import not_verified
from nurse_app.visit.ports import StreamKind
from tests.cli.kit import Heard, UniqueIdentifiers, files_in, played, script_until, workplace
from tests.kit import TestVisit

SCRIPT = Path(__file__).parents[1] / "cases" / "visits" / "uneventful.json"
TODAY = TestVisit.T0.date()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NURSE_APP_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("nurse_app.terminal.lower_priority", lambda: None)


@pytest.fixture
def root(protocol: InfusionProtocol, tmp_path: Path) -> Path:
    """Records of one visit and its patient."""
    played(script_until("identify"), protocol, tmp_path / "records")
    return tmp_path / "records"


def told(capfdbinary: pytest.CaptureFixture[bytes], *words: object) -> tuple[int, list[str]]:
    """Run the program; its exit code and what it told people. Data there is none."""
    code = main([str(word) for word in words])
    heard = capfdbinary.readouterr()
    assert heard.out == b""
    assert b"Traceback" not in heard.err
    return code, heard.err.decode().splitlines()


def damage(root: Path) -> Path:
    visit = next(root.glob("visits/*/*.jsonl"))
    visit.write_bytes(visit.read_bytes().replace(b"TRN000417", b"TRN000418", 1))
    return visit


def backups(root: Path, stood_back: list[str] | None = None) -> Backups:
    clock = ScriptedClock(TestVisit.T0)
    said = [] if stood_back is None else stood_back
    return Backups(root, clock, UniqueIdentifiers(), lambda: said.append("stood back"), lambda: "")


def test_there_and_back_again(root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    before = {name: content for name, content in files_in(root).items() if name != ".lock"}
    copy = tmp_path / "copy.zip"

    code, lines = told(capfdbinary, "backup", copy, "--data-dir", root)
    assert (code, lines) == (0, [f"Copied 2 files with 17 entries to {copy}, and read the copy back: it is whole."])

    shutil.rmtree(root)
    code, lines = told(capfdbinary, "restore", copy, "--data-dir", root)
    assert code == 0
    assert len(lines) == 1
    assert lines[0].startswith(f"Restored 2 files with 17 entries to {root}, as they were on 20")
    assert files_in(root) == before
    assert main(["verify", "--data-dir", str(root)]) == 0


def test_records_restored_to_their_place_are_older_on_purpose_and_the_check_says_so(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    root, copy = tmp_path / "records", tmp_path / "copy"
    play = ["replay", str(SCRIPT), "--data-dir", str(root)]
    assert main(play) == 0
    assert main(["backup", str(copy), "--data-dir", str(root)]) == 0
    assert main(play) == 0
    capfdbinary.readouterr()
    shutil.rmtree(root)
    assert told(capfdbinary, "restore", copy, "--data-dir", root)[0] == 0
    assert main(["verify", "--data-dir", str(root)]) == 0
    said = capfdbinary.readouterr().out.decode()
    assert "These records were brought back from a backup." in said


def test_what_cannot_be_noted_about_a_restore_is_told(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert run_backup(BackupArguments(None, copy), Heard().streams, backups(root)) == 0
    heard = Heard()
    given = replace(backups(tmp_path / "new"), older_on_purpose=lambda: "That could not be noted.")
    assert run_restore(RestoreArguments(None, copy, None), heard.streams, given) == 0
    assert heard.err.getvalue().splitlines()[-1] == "That could not be noted."


def test_a_backup_is_made_while_the_program_is_open(
    protocol: InfusionProtocol, root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    place = workplace(root, protocol)
    folder = own_folder(root, system_disk(), place.identifiers, place.clock)
    assert told(capfdbinary, "backup", tmp_path / "copy", "--data-dir", root)[0] == 0
    folder.close()


def test_a_damaged_record_is_named_and_comes_back_as_it_was(
    root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    visit = damage(root)
    name = visit.relative_to(root).as_posix()

    code, lines = told(capfdbinary, "backup", tmp_path / "copy", "--data-dir", root)
    assert code == 1
    assert len(lines) == 2
    assert lines[0].startswith(f"{name} is damaged and was copied as it is.")
    assert lines[1].startswith("Copied 2 files with ")

    code, lines = told(capfdbinary, "restore", tmp_path / "copy", "--data-dir", tmp_path / "back")
    assert code == 1
    assert lines[0] == f"{name} was damaged already when the backup was made. Look for it in an older backup."
    assert (tmp_path / "back" / name).read_bytes() == visit.read_bytes()


def test_a_copy_that_does_not_read_back_is_told(
    root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(*_args: object) -> None:
        raise not_verified(tmp_path / "copy")

    monkeypatch.setattr("nurse_app.cli.backup.make_backup", lying)
    code, lines = told(capfdbinary, "backup", tmp_path / "copy", "--data-dir", root)
    assert code == 1
    assert " ".join(lines) == (
        f"The backup {tmp_path / 'copy'} did not read back as it was written and was removed. Have the disk checked, "
        "or choose another place, and try again."
    )


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("backup", "name a file, or say --daily"),
        ("backup copy --daily", "name a file, or say --daily"),
        ("backup {here}/copy --data-dir {here}/none", "none does not exist. Make it, or choose another data folder."),
        ("backup {here}/copy --data-dir {here}/empty", "There are no records in"),
        ("backup {here}/none/copy --data-dir {here}/records", "does not exist. Make it first."),
        ("backup {here}/records/copy --data-dir {here}/records", "lies in the folder of the records"),
        ("backup {here}/empty --data-dir {here}/records", "this is a folder"),
        ("backup {here}/words --data-dir {here}/records", "is there already and is no backup of this program"),
        ("backup --daily --data-dir {here}/empty", "There are no records in"),
        ("restore", "the following arguments are required: FILE"),
        ("restore {here}/none --data-dir {here}/new", "there is no such file"),
        ("restore {here}/words --data-dir {here}/new", "it is not a backup of this program, or its end is missing"),
        ("restore {here}/words --data-dir {here}/records --record 1", "it is not a backup of this program"),
        ("restore {here}/empty --data-dir {here}/new", "this is a folder, not a file"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    words: str, problem: str, root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "words").write_text("words", encoding="utf-8")
    before = files_in(root)

    code, lines = told(capfdbinary, *words.format(here=tmp_path).split())

    assert code == 2
    assert len(lines) == 1
    assert problem in lines[0]
    assert {name: content for name, content in files_in(root).items() if name != ".lock"} == {
        name: content for name, content in before.items() if name != ".lock"
    }
    assert not (tmp_path / "new").exists()


def test_a_restore_never_touches_records_that_are_there(
    root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told(capfdbinary, "backup", tmp_path / "copy", "--data-dir", root)
    before = files_in(tmp_path)
    code, lines = told(capfdbinary, "restore", tmp_path / "copy", "--data-dir", root)
    assert code == 2
    assert " ".join(lines) == (
        f"{root} is not empty. Nothing was restored, and nothing was changed. Move that folder away, or name a new "
        "one with --data-dir."
    )
    assert files_in(tmp_path) == before


def test_on_a_new_computer_the_folders_above_are_made(
    root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told(capfdbinary, "backup", tmp_path / "copy", "--data-dir", root)
    assert told(capfdbinary, "restore", tmp_path / "copy", "--data-dir", tmp_path / "a" / "b" / "c")[0] == 0
    assert (tmp_path / "a" / "b" / "c" / "visits").is_dir()


def test_one_damaged_record_is_brought_back_as_its_sentence_says(
    protocol: InfusionProtocol, root: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told(capfdbinary, "backup", tmp_path / "copy", "--data-dir", root)
    visit = damage(root)
    assert main(["verify", "--data-dir", str(root)]) == 1
    sentence = capfdbinary.readouterr().out.decode().splitlines()[0]
    command = sentence.partition("“nurse-app ")[2].partition("”")[0].replace("FILE", str(tmp_path / "copy"))
    assert command.startswith("restore ")

    code, lines = told(capfdbinary, *command.split(), "--data-dir", root)

    assert (code, len(lines)) == (0, 1)
    assert f"The damaged file was kept as {visit.name}.damaged.1." in lines[0]
    assert main(["verify", "--data-dir", str(root)]) == 0
    place = workplace(root, protocol)
    folder = own_folder(root, system_disk(), place.identifiers, place.clock)
    assert folder.open(StreamKind.VISIT, visit.stem).recorded()
    capfdbinary.readouterr()
    code, lines = told(capfdbinary, *command.split(), "--data-dir", root)
    folder.close()
    assert code == 2
    assert "are already open in another window of this program" in lines[0]


def test_the_daily_backup_says_nothing_when_all_is_well(root: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert told(capfdbinary, "backup", "--daily", "--data-dir", root) == (0, [])
    assert told(capfdbinary, "backup", "--daily", "--data-dir", root) == (0, [])
    (backup,) = (root / "backups").glob("*.backup")
    assert date.fromisoformat(backup.stem)


def test_the_daily_backup_stands_back_and_tells_one_trouble(root: Path) -> None:
    stood_back: list[str] = []
    visit = damage(root)
    heard = Heard()

    code = run_backup(BackupArguments(None, None), heard.streams, backups(root, stood_back))

    assert code == 1
    assert heard.sentence.startswith(f"{visit.relative_to(root).as_posix()} is damaged and was copied as it is.")
    assert stood_back == ["stood back"]
    assert (root / "backups" / f"{TODAY.isoformat()}.backup").is_file()


def test_the_daily_backup_tells_of_a_record_that_is_gone(root: Path) -> None:
    yesterday = Backups(
        root, ScriptedClock(TestVisit.T0.replace(day=TODAY.day - 1)), UniqueIdentifiers(), lambda: None, lambda: ""
    )
    assert run_backup(BackupArguments(None, None), Heard().streams, yesterday) == 0
    visit = next(root.glob("visits/*/*.jsonl"))
    visit.unlink()
    heard = Heard()

    code = run_backup(BackupArguments(None, None), heard.streams, backups(root))

    assert code == 1
    assert heard.sentence.startswith(f"{visit.relative_to(root).as_posix()} is missing or shorter than in the backup")


def test_a_record_left_out_is_named_at_both_ends(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_app.store.backup_making.MOST_FILE_BYTES", 20_000)
    name = next(root.glob("visits/*/*.jsonl")).relative_to(root).as_posix()
    there, back = Heard(), Heard()

    code = run_backup(BackupArguments(None, tmp_path / "copy"), there.streams, backups(root))
    assert code == 1
    assert there.err.getvalue().startswith(f"{name} could not be read and is not in the backup.")

    code = run_restore(RestoreArguments(None, tmp_path / "copy", None), back.streams, backups(tmp_path / "back"))
    assert code == 1
    assert back.err.getvalue().startswith(f"{name} could not be read when the backup was made and is missing.")


def test_more_than_a_backup_can_hold_is_said(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_app.store.backup_making.MOST_MEMBERS", 1)
    heard = Heard()
    assert run_backup(BackupArguments(None, tmp_path / "copy"), heard.streams, backups(root)) == 2
    assert "more than one backup file can hold" in heard.sentence
