"""The Windows folder is made from locked wheels, the same again, and its packages are known to Windows for ever."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
NAMESPACE = "{http://schemas.microsoft.com/wix/2006/wi}"


@pytest.fixture
def installers(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING / "windows"))
    import installers

    return installers


@pytest.fixture
def windows_python(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING / "windows"))
    import windows_python

    return windows_python


def a_folder(place: Path) -> Path:
    """A clinic folder, in small."""
    folder = place / "nurse-app-0.1.0-win-amd64"
    inner = folder / "versions" / "0.1.0" / "_internal"
    inner.mkdir(parents=True)
    (inner / "one & two.txt").write_text("words")
    (inner.parent / "nurse-app.exe").write_bytes(b"MZ")
    (folder / "current").write_text("0.1.0\n")
    return folder


def test_what_only_windows_needs_is_taken_and_what_other_systems_need_is_not(windows_python: ModuleType) -> None:
    lock = (
        "macholib==1.16.4 ; sys_platform == 'darwin' \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "numpy==2.4.6 \\\n    --hash=sha256:cc\n"
        "pefile==2024.8.26 ; sys_platform == 'win32' \\\n    --hash=sha256:dd\n"
        "six==1.17.0 ; python_version < '4' \\\n    --hash=sha256:ee\n"
    )

    assert windows_python.for_windows(lock) == (
        "numpy==2.4.6 \\\n    --hash=sha256:cc\n"
        "pefile==2024.8.26 \\\n    --hash=sha256:dd\n"
        "six==1.17.0 ; python_version < '4' \\\n    --hash=sha256:ee\n"
    )


def test_the_lock_of_the_run_time_names_one_file_by_its_digest(windows_python: ModuleType) -> None:
    lines = windows_python.RUNTIME_LOCK.read_text(encoding="utf-8").splitlines()

    assert [line.split()[0] for line in lines] == ["panda3d==1.10.16", lines[1].strip()]
    assert len(lines[1].partition("sha256:")[2]) == 64


def test_the_same_folder_gives_the_same_zip(installers: ModuleType, tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    first = installers.portable_zip(folder, 1_700_000_000).read_bytes()
    (folder / "current").touch()

    archive = installers.portable_zip(folder, 1_700_000_000)

    assert archive.read_bytes() == first
    with ZipFile(archive) as packed:
        assert packed.namelist() == sorted(packed.namelist())
        assert {name.split("/")[0] for name in packed.namelist()} == {folder.name}
        assert packed.read(f"{folder.name}/current") == b"0.1.0\n"


def test_every_file_is_one_component_of_the_msi_with_an_identity_that_stays(
    installers: ModuleType, tmp_path: Path
) -> None:
    program = a_folder(tmp_path) / "versions" / "0.1.0"

    old, new = (
        ElementTree.fromstring(installers.package_description(program, version)) for version in ("0.1.0", "0.2.0")
    )

    def components(tree: ElementTree.Element) -> dict[str, str]:
        files = tree.iter(f"{NAMESPACE}Component")
        return {file.attrib["Source"]: part.attrib["Guid"] for part in files for file in part.iter(f"{NAMESPACE}File")}

    def product(tree: ElementTree.Element) -> dict[str, str]:
        return next(tree.iter(f"{NAMESPACE}Product")).attrib

    names = {f"{installers.SOURCE_NAME}/nurse-app.exe", f"{installers.SOURCE_NAME}/_internal/one & two.txt"}
    assert components(old).keys() == names
    assert components(old) == components(new)
    assert product(old)["UpgradeCode"] == product(new)["UpgradeCode"] == "6f1c1f5e-4f0b-5a0f-9c55-7d0a3f1f2b11"
    assert product(old)["Id"] != product(new)["Id"]
    assert product(new)["Version"] == "0.2.0"


@pytest.mark.parametrize("version", ["", "1", "1.2", "next"])
def test_a_version_that_windows_cannot_count_is_refused(installers: ModuleType, version: str) -> None:
    with pytest.raises(SystemExit):
        installers.four_numbers(version)


def test_a_password_is_never_among_the_words_of_a_command(installers: ModuleType, tmp_path: Path) -> None:
    secret = tmp_path / "password.txt"
    secret.write_text("hunter2")

    words = installers.Signing(tmp_path / "own.pfx", secret, "").command("in.exe", "out.exe")

    assert "hunter2" not in " ".join(words)
    assert words[words.index("-readpass") + 1] == str(secret)


def test_the_one_command_builds_for_windows_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import build

    asked: list[list[str]] = []

    def run(command: list[str], **_more: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(build.subprocess, "run", run)

    assert build.main(["--windows", "--output", str(tmp_path), "--update-key", "own.pub"]) == 3
    [(python, script, *words)] = asked
    assert (python, Path(script).name) == (sys.executable, "build_windows.py")
    assert words == ["--output", str(tmp_path), "--version", "", "--update-key", "own.pub"]
