"""The libraries of a program that runs from its sources."""

import tomllib
from pathlib import Path

import pytest

from nurse_app.system import installed_libraries
from nurse_app.system.installed_libraries import LIBRARIES
from tests.conftest import RESOURCES

PROJECT = RESOURCES.parent


def normal(name: str) -> str:
    return name.lower().replace("_", "-")


def test_every_library_of_the_lock_file_is_named_and_no_other() -> None:
    lines = (PROJECT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = {line.split("==")[0] for line in lines if "==" in line}
    assert {normal(name) for name in LIBRARIES} == locked
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert all(any(normal(line).startswith(normal(name)) for name in LIBRARIES) for line in wanted)


def test_each_says_its_version_and_brings_its_texts() -> None:
    found = {library.name: library for library in installed_libraries.installed_libraries()}
    assert "Python Software Foundation" in found["Python"].texts[0].read_text(encoding="utf-8")
    assert found["tinydb"].licence == "MIT"
    assert found["numpy"].version[0].isdigit()
    assert len(found["numpy"].texts) > 5
    assert all(file.is_file() for library in found.values() for file in library.texts)
    assert "LGPL-3.0-only" in found["PySide6_Essentials"].licence


def test_one_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed_libraries, "LIBRARIES", ("tinydb", "no-such-library"))
    monkeypatch.setattr(installed_libraries.sysconfig, "get_path", lambda _name: str(Path("/nowhere")))
    python, tinydb = installed_libraries.installed_libraries()
    assert python.texts == ()
    assert tinydb.name == "tinydb"
