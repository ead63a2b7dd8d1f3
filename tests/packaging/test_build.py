"""What is built is stamped, holds only what the project knows, and is the same again when it is made again."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from nurse_app.system.file_list import compare_with_list

PACKAGING = Path(__file__).parents[2] / "packaging"
needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb on this machine")


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """packaging/build.py, which leaves what it makes in a folder of the test."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import build

    monkeypatch.setattr(build, "BUILD", tmp_path / "build")
    return build


def a_program(folder: Path) -> Path:
    """What PyInstaller leaves, in small."""
    program = folder / "program"
    (program / "_internal" / "resources").mkdir(parents=True)
    (program / "_internal" / "resources" / "words.txt").write_text("words")
    (program / "_internal" / "lib.so.1").write_text("library")
    (program / "_internal" / "lib.so").symlink_to("lib.so.1")
    (program / "nurse-app").write_text('#!/bin/sh\necho "$0"\n')
    (program / "nurse-app").chmod(0o755)
    return program


def test_the_staged_tree_says_where_it_is_from(build: ModuleType) -> None:
    source = build.stage("", None)
    stamp = (source.tree / "resources" / "build.txt").read_text(encoding="utf-8")
    assert stamp == f"{source.identity}, {build.platform_name()}\n"
    assert source.identity.startswith(("commit ", "sources "))
    assert (source.tree / "nurse_app" / "main.py").read_bytes() == (build.PROJECT / "nurse_app/main.py").read_bytes()
    assert source.made_at > 0
    assert not list(source.tree.rglob("*.pyc"))


def test_another_version_is_stamped_into_the_program(build: ModuleType) -> None:
    source = build.stage("9.8.7", None)
    assert source.version == "9.8.7"
    command = [sys.executable, "-P", "-c", "import nurse_app as n; print(n.__version__, n.__made__)"]
    said = subprocess.run(command, env={"PYTHONPATH": str(source.tree)}, capture_output=True, check=True)
    assert said.stdout.decode().split() == ["9.8.7", f"{datetime.fromtimestamp(source.made_at, UTC):%Y-%m-%d}"]


def test_the_key_of_updates_goes_in_only_when_it_is_given(build: ModuleType, tmp_path: Path) -> None:
    assert not (build.stage("", None).tree / build.UPDATE_KEY).exists()
    key = tmp_path / "given.pub"
    key.write_text("a key")
    assert (build.stage("", key).tree / build.UPDATE_KEY).read_text() == "a key"


def test_the_clinic_folder_names_the_version_in_use(build: ModuleType, tmp_path: Path) -> None:
    source = build.stage("", None)
    folder = build.assemble(a_program(tmp_path), source, tmp_path / "dist")
    assert (folder / "current").read_text() == f"{source.version}\n"
    assert (folder / "versions" / source.version / "nurse-app").is_file()
    assert (folder / "versions" / source.version / "_internal" / "lib.so").is_symlink()
    assert {"LICENSE", "START HERE.txt", "nurse-app"} <= {file.name for file in folder.iterdir()}
    said = subprocess.run([folder / "nurse-app"], capture_output=True, check=True)
    assert said.stdout.decode().strip() == str(folder / "versions" / source.version / "nurse-app")


def test_the_list_of_the_files_is_made_when_all_of_them_are_there(build: ModuleType, tmp_path: Path) -> None:
    source, program = build.stage("", None), a_program(tmp_path)
    shutil.copytree(source.tree / "resources", program / "_internal" / "resources", dirs_exist_ok=True)
    folder = build.assemble(program, source, tmp_path / "dist")

    found = compare_with_list(folder / "versions" / source.version / "_internal" / "resources")

    assert {"build.txt", "words.txt"} <= set(found.listed)
    assert (found.missing, found.changed, found.added, found.problem) == ((), (), (), "")


def test_the_archive_of_the_same_folder_is_the_same(build: ModuleType, tmp_path: Path) -> None:
    source = build.stage("", None)
    made = []
    for name in ("one", "two"):
        folder = build.assemble(a_program(tmp_path / name), source, tmp_path / name / "dist")
        made.append(build.archive(folder, source).read_bytes())
    assert made[0] == made[1]


@needs_dpkg
def test_the_debian_package_holds_the_program_its_command_and_its_desktop_entry(
    build: ModuleType, tmp_path: Path
) -> None:
    import deb

    package = deb.Package("1.2.3", "x86_64", "commit abc", 1_700_000_000)
    icon = build.PROJECT / "resources" / "app" / "icon.svg"
    output = tmp_path / "dist"
    output.mkdir()
    file = deb.make_deb(a_program(tmp_path), icon, build.PROJECT / "LICENSE", package, output)
    listed = subprocess.run(["dpkg-deb", "--contents", file], capture_output=True, text=True, check=True).stdout
    for name in (
        "./usr/lib/nurse-app/nurse-app",
        "./usr/lib/nurse-app/_internal/lib.so -> lib.so.1",
        "./usr/bin/nurse-app -> ../lib/nurse-app/nurse-app",
        "./usr/share/applications/nurse-app.desktop",
        "./usr/share/icons/hicolor/scalable/apps/nurse-app.svg",
        "./usr/share/mime/packages/nurse-app.xml",
        "./usr/share/man/man1/nurse-app.1.gz",
        "./usr/share/doc/nurse-app/copyright",
    ):
        assert f" {name}\n" in listed
    assert "-rwxr-xr-x root/root" in next(
        line for line in listed.splitlines() if line.endswith("lib/nurse-app/nurse-app")
    )
    fields = subprocess.run(["dpkg-deb", "--field", file], capture_output=True, text=True, check=True).stdout
    assert "Version: 1.2.3\n" in fields
    assert "Architecture: amd64\n" in fields
    assert "libgl1" in fields
    assert "commit abc" in fields


@needs_dpkg
def test_the_debian_package_of_the_same_folder_is_the_same(build: ModuleType, tmp_path: Path) -> None:
    import deb

    package = deb.Package("1.2.3", "x86_64", "commit abc", 1_700_000_000)
    icon = build.PROJECT / "resources" / "app" / "icon.svg"
    made = []
    for name in ("one", "two"):
        output = tmp_path / name / "dist"
        output.mkdir(parents=True)
        made.append(
            deb.make_deb(a_program(tmp_path / name), icon, build.PROJECT / "LICENSE", package, output).read_bytes()
        )
    assert made[0] == made[1]
