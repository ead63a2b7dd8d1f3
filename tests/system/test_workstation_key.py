"""The key of the workstation: one, whole, for this user only, and never made twice."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.system import workstation_key
from nurse_app.system.workstation_key import KEY_FILE, KeyUnavailableError, find_key, find_or_make_key

posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


@pytest.fixture
def chance() -> Callable[[int], bytes]:
    return SequentialIdentifiers().salt


def test_a_key_is_made_at_the_first_use_and_found_from_then_on(tmp_path: Path, chance: Callable[[int], bytes]) -> None:
    folder = tmp_path / "state" / "workstation"
    assert find_key(folder) is None

    key = find_or_make_key(folder, chance)

    assert len(key) == 32
    assert find_or_make_key(folder, chance) == key == find_key(folder)
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]


@posix
def test_nobody_else_may_read_it(tmp_path: Path, chance: Callable[[int], bytes]) -> None:
    folder = tmp_path / "workstation"
    find_or_make_key(folder, chance)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_two_workstations_have_different_keys(tmp_path: Path, chance: Callable[[int], bytes]) -> None:
    assert find_or_make_key(tmp_path / "a", chance) != find_or_make_key(tmp_path / "b", chance)


@pytest.mark.parametrize("content", [b"", b"0" * 63 + b"\n", b"0" * 65 + b"\n", b"G" * 64 + b"\n", b"0" * 64])
def test_a_spoiled_key_is_told_and_left_alone(tmp_path: Path, chance: Callable[[int], bytes], content: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(content)

    with pytest.raises(KeyUnavailableError, match="is not a key any more"):
        find_or_make_key(tmp_path, chance)
    assert (tmp_path / KEY_FILE).read_bytes() == content


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).mkdir()

    with pytest.raises(KeyUnavailableError, match="cannot be read"):
        find_key(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, chance: Callable[[int], bytes]) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KeyUnavailableError):
        find_or_make_key(tmp_path / "file", chance)
    with pytest.raises(KeyUnavailableError):
        find_or_make_key(tmp_path / "file" / "below", chance)


def test_of_two_programs_that_make_a_key_at_once_both_have_the_same(
    tmp_path: Path, chance: Callable[[int], bytes]
) -> None:
    faster: list[bytes] = []

    def slow_chance(size: int) -> bytes:
        key = chance(size)
        faster.append(find_or_make_key(tmp_path, chance))
        return key

    assert find_or_make_key(tmp_path, slow_chance) == faster[0] == find_key(tmp_path)


def test_something_in_the_way_that_is_no_key_is_told(
    tmp_path: Path, chance: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_the_way(_source: Path, _target: Path) -> None:
        raise FileExistsError(17, "File exists")

    monkeypatch.setattr(os, "link", in_the_way)

    with pytest.raises(KeyUnavailableError, match="No key can be kept"):
        find_or_make_key(tmp_path, chance)
    assert list(tmp_path.iterdir()) == [], "what was begun is removed"


def test_where_folders_cannot_be_opened_the_key_is_kept_all_the_same(
    tmp_path: Path, chance: Callable[[int], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workstation_key.os, "name", "nt")
    key = find_or_make_key(tmp_path, chance)
    monkeypatch.undo()

    assert find_key(tmp_path) == key
