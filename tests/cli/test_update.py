"""nurse-app update: exit codes and sentences, with the data folder that was asked, through the program's own way in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nurse_app.cli.arguments import UpdateArguments, parse_arguments
from nurse_app.cli.outcome import CommandError
from nurse_app.cli.records import own_folder, system_disk
from nurse_app.cli.update import Updating, run_update
from nurse_app.cli.updates import own_workshop, records_at_rest
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.main import main
from nurse_app.updating.deciding import RecordsStanding
from nurse_app.updating.updates import Workshop
from tests.cli.kit import Heard, files_in, played, script_until, visit_script, workplace
from tests.updating.kit import (
    OTHER_KEY,
    PUBLIC,
    files_of,
    make_clinic,
    put_update,
    put_version,
    versions_in,
    workshop,
)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    make_clinic(tmp_path / "clinic", "0.1.0")
    return workshop(tmp_path / "clinic")


@pytest.fixture
def updating(shop: Workshop, protocol: InfusionProtocol, tmp_path: Path) -> Updating:
    """In a clinic's folder, for a data folder that is not there yet."""
    return Updating(shop, workplace(tmp_path / "records", protocol))


def run(arguments: UpdateArguments, given: Updating) -> tuple[int, list[str], list[str]]:
    """Exit code, lines of data, lines for people."""
    heard = Heard()
    code = run_update(arguments, heard.streams, given)
    return code, heard.text.splitlines(), heard.err.getvalue().splitlines()


def current(given: Updating) -> str:
    assert given.shop.folder is not None
    return given.shop.folder.current.read_text(encoding="ascii")


def test_an_update_is_looked_at_then_installed_then_gone_back_from(updating: Updating, tmp_path: Path) -> None:
    file, clinic = put_update(tmp_path), tmp_path / "clinic"

    code, said, told = run(UpdateArguments(None, file, only_look=True), updating)
    assert (code, told) == (0, [])
    assert said == [
        f"File: {file.name}",
        "Version: 0.2.0 for linux-x86_64",
        "Build: commit 0.2.0",
        f"Signed with the release key {PUBLIC.fingerprint}, which this program accepts; all 6 files (1 MB) are whole.",
        f"Records asked: {tmp_path / 'records'}",
        (
            f"It would be installed in {clinic} beside version 0.1.0, which is kept. The next start would be version "
            "0.2.0."
        ),
    ]
    assert current(updating) == "0.1.0\n"

    code, said, told = run(UpdateArguments(None, file), updating)
    assert (code, said) == (0, [])
    assert len(told) == 1
    assert told[0].startswith(f"Version 0.2.0 is installed in {clinic}")
    assert current(updating) == "0.2.0\n"

    code, said, told = run(UpdateArguments(None, None), updating)
    assert (code, said) == (0, [])
    assert told == ["Version 0.1.0 comes on at the next start, instead of 0.2.0. No record was touched."]
    assert current(updating) == "0.1.0\n"
    assert not (tmp_path / "records").exists(), "no data folder was made for it"


def test_going_back_warns_of_records_in_a_newer_form(updating: Updating, tmp_path: Path) -> None:
    put_version(tmp_path / "clinic", "0.2.0", files_of("0.2.0", 2))
    (tmp_path / "clinic" / "current").write_text("0.2.0\n", encoding="ascii")

    code, _said, told = run(UpdateArguments(None, None), updating)

    assert code == 0
    assert told[0].startswith("Version 0.2.0 writes records in a form that version 0.1.0 does not know.")
    assert told[1].startswith("Version 0.1.0 comes on at the next start")


def test_without_a_version_before_one_cannot_go_back(updating: Updating) -> None:
    code, said, told = run(UpdateArguments(None, None), updating)

    assert (code, said) == (1, [])
    assert told[0].startswith("There is no version before 0.1.0 in ")


def test_refused_is_1_and_no_update_is_2(updating: Updating, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear colleague", encoding="utf-8")
    for only_look in (True, False):
        code, said, told = run(UpdateArguments(None, put_update(tmp_path, key=OTHER_KEY), only_look), updating)
        assert (code, said, len(told)) == (1, [], 1)
        code, said, told = run(UpdateArguments(None, other, only_look), updating)
        assert (code, said, len(told)) == (2, [], 1)
        code, said, told = run(UpdateArguments(None, tmp_path / "none", only_look), updating)
        assert (code, said, len(told)) == (2, [], 1)
    assert versions_in(tmp_path / "clinic") == ["0.1.0"]


def test_a_look_says_why_it_would_be_refused(updating: Updating, tmp_path: Path) -> None:
    code, said, told = run(UpdateArguments(None, put_update(tmp_path, "0.0.9"), only_look=True), updating)

    assert (code, told) == (1, [])
    assert said[-1].startswith("It would be refused: Version 0.0.9 is older than the one in use, 0.1.0.")


# --- the records ---


def test_a_visit_in_progress_refuses_and_names_the_folder(
    updating: Updating, protocol: InfusionProtocol, tmp_path: Path
) -> None:
    root, file = updating.workplace.root, put_update(tmp_path)
    played(script_until("identify"), protocol, root)
    before = files_in(root)

    code, _said, told = run(UpdateArguments(None, file), updating)

    assert code == 1
    assert told == [f"1 visit is in progress in {root}. Finish what is in progress, then try again."]
    assert current(updating) == "0.1.0\n"
    changed = {name for name, content in files_in(root).items() if before.get(name) != content}
    assert changed <= {".lock"}


def test_closed_visits_and_damaged_records_do_not_keep_an_update_away(
    updating: Updating, protocol: InfusionProtocol, tmp_path: Path
) -> None:
    """An update may be what helps; it touches no record."""
    root = updating.workplace.root
    played(visit_script(), protocol, root)
    played(script_until("identify"), protocol, root)
    for visit in root.glob("visits/*/*.jsonl"):
        if b"discharged" not in visit.read_bytes():
            visit.write_bytes(visit.read_bytes().replace(b"TRN000417", b"TRN000418", 1))

    assert run(UpdateArguments(None, put_update(tmp_path)), updating)[0] == 0


def test_records_that_another_program_has_open_refuse(updating: Updating, tmp_path: Path) -> None:
    place = updating.workplace
    folder = own_folder(place.root, system_disk(), place.identifiers, place.clock)

    code, _said, told = run(UpdateArguments(None, put_update(tmp_path)), updating)

    folder.close()
    assert code == 1
    assert told[0].startswith(f"The records in {place.root} are already open in another window")
    assert told[0].endswith("Then try again.")


def test_the_records_are_owned_until_the_end(updating: Updating) -> None:
    place = updating.workplace
    place.root.mkdir()

    with records_at_rest(place) as standing:
        assert standing == RecordsStanding(place.root)
        with records_at_rest(place) as another:
            assert another.holder.startswith(f"The records in {place.root} are already open")
    with records_at_rest(place) as standing:
        assert not standing.holder


# --- the command line ---


def test_the_command_line() -> None:
    assert parse_arguments(["update", "x.update"]) == UpdateArguments(None, Path("x.update"))
    assert parse_arguments(["update", "--check", "x.update"]) == UpdateArguments(None, Path("x.update"), only_look=True)
    assert parse_arguments(["update", "--back", "--data-dir", "d"]) == UpdateArguments(Path("d"), None)
    for wrong in ([], ["--check"], ["--back", "x.update"], ["--back", "--check"]):
        with pytest.raises(CommandError, match="name a file, or say --back"):
            parse_arguments(["update", *wrong])


def test_from_its_source_the_program_takes_no_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("NURSE_APP_DATA", str(tmp_path / "elsewhere"))

    assert main(["update", "--back"]) == 1
    assert b"Install the newer package instead." in capfdbinary.readouterr().err
    assert main(["update", str(put_update(tmp_path))]) == 1
    assert b"This program was built without a release key" in capfdbinary.readouterr().err


def test_a_packaged_program_knows_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0")
    program = clinic / "versions" / "0.1.0" / "nurse-app"
    monkeypatch.setattr("sys._MEIPASS", str(program.parent / "_internal"), raising=False)
    monkeypatch.setattr("sys.executable", str(program))
    monkeypatch.setattr("platform.machine", lambda: "x86_64")

    shop = own_workshop(tmp_path)

    assert shop.folder is not None
    assert (shop.folder.root, shop.folder.program) == (clinic, "nurse-app")
    assert shop.platform == ("linux-x86_64" if os.name == "posix" else "")
    assert shop.may_write(clinic)
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert own_workshop(tmp_path).platform == ""


def test_nothing_is_loaded_for_signatures_before_an_update_is_looked_at() -> None:
    """libsodium takes longer to load than the whole command line."""
    code = "import sys, nurse_app.terminal, nurse_app.window, nurse_app.cli.updates; print('nacl' in sys.modules)"
    project = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"
