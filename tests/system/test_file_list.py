"""The list of the program's files: what differs from it is found by name, and the committed one is up to date."""

import shutil
import subprocess
import sys
from errno import EACCES
from pathlib import Path

import pytest

from nurse_app.system.file_list import LIST_FILE, compare_with_list, list_text
from nurse_app.visit.self_test import FilesFound

PROJECT = Path(__file__).parents[2]
RESOURCES = PROJECT / "resources"
PROTOCOL = "protocols/natalizumab/1.0.0/protocol.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("fonts/one.ttf", "protocols/drug/1.0.0/protocol.toml", "top.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"content of {name}\n", encoding="utf-8")
    (tmp_path / LIST_FILE).write_text(list_text(tmp_path), encoding="utf-8")
    return tmp_path


def test_the_list_of_this_release_is_up_to_date() -> None:
    """Otherwise: python packaging/file_list.py."""
    assert (RESOURCES / LIST_FILE).read_text(encoding="utf-8") == list_text(RESOURCES)
    found = compare_with_list(RESOURCES)
    assert (found.missing, found.changed, found.unreadable, found.added, found.problem) == ((), (), (), (), "")
    assert PROTOCOL in found.listed


def test_the_script_writes_the_list_of_a_folder(folder: Path) -> None:
    (folder / "more.txt").write_text("more", encoding="utf-8")
    assert compare_with_list(folder).added == ("more.txt",)

    subprocess.run([sys.executable, str(PROJECT / "packaging" / "file_list.py"), str(folder)], check=True)

    assert compare_with_list(folder).added == ()
    assert "more.txt" in compare_with_list(folder).listed


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="not on this machine: sha256sum")
def test_any_computer_can_check_the_list(folder: Path) -> None:
    subprocess.run(["sha256sum", "--check", "--quiet", LIST_FILE], cwd=folder, check=True)


def test_one_number_edited_in_the_protocol_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "resources"
    shutil.copytree(RESOURCES, copy)
    text = (copy / PROTOCOL).read_text(encoding="utf-8")
    (copy / PROTOCOL).write_text(text.replace("= 60", "= 61", 1), encoding="utf-8")

    assert compare_with_list(copy).changed == (PROTOCOL,)
    assert compare_with_list(copy).below("protocols/").changed == (PROTOCOL,)
    assert compare_with_list(copy).beside("protocols/").changed == ()


def test_what_is_missing_changed_and_added_is_named(folder: Path) -> None:
    (folder / "fonts" / "one.ttf").unlink()
    (folder / "top.txt").write_text("other", encoding="utf-8")
    (folder / "fonts" / "two.ttf").write_text("two", encoding="utf-8")

    found = compare_with_list(folder)

    assert (found.missing, found.changed, found.added) == (("fonts/one.ttf",), ("top.txt",), ("fonts/two.ttf",))
    assert found.below("fonts/") == FilesFound(
        listed=("fonts/one.ttf",),
        missing=("fonts/one.ttf",),
        added=("fonts/two.ttf",),
        list_digest=found.list_digest,
    )


def test_an_approval_of_the_site_is_no_stranger_and_neither_is_what_a_system_hides(folder: Path) -> None:
    (folder / "protocols" / "drug" / "1.0.0" / "approval.toml").write_text("by = ''", encoding="utf-8")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (folder / "fonts" / name).write_bytes(b"")
    assert compare_with_list(folder).added == ()

    (folder / "approval.toml").write_text("elsewhere", encoding="utf-8")
    assert compare_with_list(folder).added == ("approval.toml",)


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = Path.open

    def refuse(path: Path, *args: object, **more: object) -> object:
        if path.name == "top.txt":
            raise OSError(EACCES, "Permission denied")
        return really(path, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)

    assert compare_with_list(folder).unreadable == ("top.txt",)


DIGEST = "0" * 64


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "it is empty"),
        (b"nothing\n", "line 1 does not have its form"),
        (f"{DIGEST}  a\n{DIGEST}  a\n".encode(), "line 2 does not have its form"),
        (b"\xff\n", "it is not UTF-8 text"),
    ],
)
def test_a_list_that_is_no_list_is_told(folder: Path, content: bytes, problem: str) -> None:
    (folder / LIST_FILE).write_bytes(content)

    assert compare_with_list(folder) == FilesFound(problem=problem)


def test_a_missing_list_and_one_that_cannot_be_read_are_told(folder: Path) -> None:
    (folder / LIST_FILE).unlink()
    assert compare_with_list(folder).problem == "it is missing"
    (folder / LIST_FILE).mkdir()
    assert compare_with_list(folder).problem == "it cannot be read (Is a directory)"
