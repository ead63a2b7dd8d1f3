"""The lock files: every library with its digests, the same version in each of them, and what the build asks for."""

import re
import tomllib

import pytest

from tests.conftest import RESOURCES
from tests.packaging.built import built_files

PROJECT = RESOURCES.parent
LOCKS = {
    name: built_files.read_lock((PROJECT / f"requirements{name}.lock").read_text(encoding="utf-8"))
    for name in ("", "-dev", "-build")
}


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_has_its_digests(name: str) -> None:
    text = (PROJECT / f"requirements{name}.lock").read_text(encoding="utf-8")
    assert all(each.hashes for each in LOCKS[name].values())
    assert not [line for line in text.splitlines() if line.strip() and not re.match(r"\S+==\S|\s+--hash=sha256:", line)]


def test_what_runs_is_the_same_in_each() -> None:
    for name, lock in LOCKS.items():
        differing = {key for key, each in LOCKS[""].items() if lock.get(key) != each}
        assert not differing, name


def test_the_build_has_what_it_asks_for() -> None:
    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    wanted = {re.split(r"[\[<>=!~]", line)[0] for line in groups["build"]}
    assert wanted <= LOCKS["-build"].keys()
    assert LOCKS["-build"]["pyinstaller"].version.startswith("6.22.")
    assert {"pefile", "pywin32-ctypes"} <= LOCKS["-build"].keys(), "the build on Windows needs them"
