"""The starter of Linux: it starts the version in use with its arguments as they came; that of Windows does it alike."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.updating.kit import PROJECT, make_clinic, put_version

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a starter for POSIX shells")
SHELLS = [shell for shell in ("dash", "bash", "busybox") if shutil.which(shell)]
STRANGE = ["a b", "", "it's", '"quoted"', "$HOME `x` \\", "*", "-n", "ü", "line\nbreak"]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    clinic = make_clinic(tmp_path / "clinic's own $folder", "0.1.0", "0.9.9", "0.10.0", "0.2.0")
    put_version(clinic, ".new-3.0.0")
    (clinic / "versions" / "7.0.0").mkdir()
    return clinic


def start(clinic: Path, *words: str, name: str = "nurse-app") -> tuple[int, str, list[str], str]:
    """Exit code, which version, what it was given, and what was said to people."""
    done = subprocess.run([str(clinic / name), *words], capture_output=True, text=True, check=False, cwd="/")
    version, _, given = done.stdout.partition("\n")
    return done.returncode, version, given[1:-1].split("]["), done.stderr


def test_every_argument_arrives_as_it_was_given_and_the_exit_code_comes_back(clinic: Path) -> None:
    assert start(clinic, *STRANGE) == (7, "0.2.0", STRANGE, "")


@pytest.mark.parametrize("shell", SHELLS)
def test_any_posix_shell_will_do(clinic: Path, shell: str) -> None:
    command = [shell, *(["sh"] if shell == "busybox" else []), str(clinic / "nurse-app"), "--previous", "x"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout == "0.1.0\n[x]"
    assert done.returncode == 7


@pytest.mark.parametrize(
    ("content", "version"),
    [
        ("0.1.0", "0.1.0"),
        ("0.1.0\n0.9.9\n", "0.1.0"),
        (" 0.1.0\r\n", "0.1.0"),
        ("9.9.9\n", ""),
        ("7.0.0\n", ""),
        (".new-3.0.0\n", ""),
        ("../versions/0.1.0\n", ""),
        ("0.1.0/../0.9.9\n", ""),
        ("00.1.0\n", ""),
        ("0.1\n", ""),
        ("$(touch x)\n", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_what_current_names_is_started_or_the_newest_with_a_sentence(
    clinic: Path, content: str | None, version: str
) -> None:
    (clinic / "current").unlink()
    if content is not None:
        (clinic / "current").write_bytes(content.encode())

    code, started, given, said = start(clinic, "word")

    assert (code, started, given) == (7, version or "0.10.0", ["word"])
    wanted = (
        f"The file {clinic}/current does not name a version that is there. Version 0.10.0 is started, the newest one.\n"
    )
    assert said == ("" if version else wanted)


def test_the_version_before_is_started_when_asked_for(clinic: Path) -> None:
    for name in ("nurse-app", "Start the version before"):
        if name != "nurse-app":
            (clinic / name).symlink_to("nurse-app")
        first = ["--previous"] if name == "nurse-app" else []
        code, version, given, said = start(clinic, *first, "update", "--previous", name=name)
        assert (code, version, given) == (7, "0.1.0", ["update", "--previous"])
        assert said == f"Version 0.1.0 is started. To go on with it: {clinic}/nurse-app --previous update --back\n"
    (clinic / "current").write_text("0.10.0\n", encoding="ascii")
    assert start(clinic, "--previous")[1] == "0.9.9"
    (clinic / "current").write_text("0.1.0\n", encoding="ascii")
    assert start(clinic, "--previous") == (1, "", [""], f"There is no version before 0.1.0 in {clinic}.\n")


def test_it_finds_its_folder_through_a_link(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(clinic / "nurse-app")

    done = subprocess.run([str(tmp_path / "link")], capture_output=True, text=True, check=False)

    assert done.stdout == "0.2.0\n"


def test_a_folder_without_a_version_says_so(clinic: Path) -> None:
    shutil.rmtree(clinic / "versions")

    assert start(clinic) == (
        1,
        "",
        [""],
        f"{clinic} holds no whole version of the program. Copy the whole folder again.\n",
    )


def test_a_program_that_may_not_be_started_is_told(clinic: Path) -> None:
    (clinic / "versions" / "0.2.0" / "nurse-app").chmod(0o644)

    code, _version, _given, said = start(clinic)

    assert code == 1
    assert said.endswith("Is the folder on a disk that programs may run from?\n")


@pytest.mark.skipif(shutil.which("x86_64-w64-mingw32-gcc") is None, reason="not on this machine: mingw")
def test_the_starter_of_windows_compiles_without_a_warning(tmp_path: Path) -> None:
    source = PROJECT / "packaging" / "windows" / "starter.c"
    for kind in ("-mwindows", "-mconsole"):
        command = ["x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-municode", kind, str(source)]
        done = subprocess.run([*command, "-o", str(tmp_path / "x.exe"), "-luser32"], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
