"""An update is broken off at every call of the disk: a whole version starts, the one before or the new one."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store.data_folder import Locking
from nurse_app.updating.clinic_folder import ClinicFolder
from nurse_app.updating.installing import install
from nurse_app.updating.messages import UpdateError
from nurse_app.updating.signature import ReleaseKey
from nurse_app.updating.update_archive import UpdateArchive
from nurse_app.updating.updates import go_back, install_update, tidy_up
from tests.store.disks import PowerCutError, everything_unsynced, half_unsynced, nothing_unsynced
from tests.updating.faults import FaultyProgramDisk, ForgetfulProgramDisk
from tests.updating.kit import (
    AT_REST,
    PROJECT,
    PUBLIC,
    disk,
    files_of,
    make_clinic,
    put_update,
    put_version,
    silently,
    tree,
    v,
    versions_in,
    workshop,
)

CHILD = Path(__file__).with_name("child_updates.py")
LAST = 1_000_000


def started(root: Path) -> str:
    """Which version the starter starts; its program says so and must be whole."""
    ended = subprocess.run([str(root / "nurse-app")], capture_output=True, text=True, check=False)
    assert ended.returncode == 7
    assert ended.stderr == ""
    version = ended.stdout.splitlines()[0]
    assert tree(root / "versions" / version) == wanted(root, version)
    return version


def wanted(root: Path, version: str) -> dict[str, tuple[bytes, bool]]:
    """A version as it should be."""
    place = root.parent / f"wanted-{version}"
    if not place.exists():
        put_version(place, version)
    return tree(place / "versions" / version)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """In use is 0.1.0; 0.1.5 was gone back from, 0.0.9 has not gone yet."""
    return make_clinic(tmp_path / "clinic", "0.0.9", "0.1.5", "0.1.0")


def afresh(clinic: Path, *versions: str) -> None:
    shutil.rmtree(clinic)
    make_clinic(clinic, *versions)


def broken_off(error: BaseException, *, for_good: bool, every: int = 1) -> Iterator[FaultyProgramDisk]:
    """A disk that fails at one call after the other, as long as there is one more."""
    at = 1 - every
    made = FaultyProgramDisk(0, error)
    while at < 1 or made.has_failed:
        at += every
        made = FaultyProgramDisk(at, error, for_good=for_good)
        yield made
        made.die()


@pytest.mark.parametrize(
    "every", [pytest.param(7, id="every 7th call"), pytest.param(1, id="every call", marks=pytest.mark.sweep)]
)
@pytest.mark.parametrize(("number", "for_good"), [(EIO, False), (ENOSPC, True)], ids=["once", "for good"])
def test_a_disk_that_fails_leaves_the_version_in_use_and_says_so(
    clinic: Path, number: int, for_good: bool, every: int
) -> None:
    file, outcomes = put_update(clinic.parent), set()
    for faulty in broken_off(OSError(number, os.strerror(number)), for_good=for_good, every=every):
        shop = replace(workshop(clinic), disk=faulty)
        try:
            install_update(shop, file, lambda: AT_REST, silently)
        except UpdateError:
            outcomes.add("refused")
            assert started(clinic) == "0.1.0"
            install_update(workshop(clinic), file, lambda: AT_REST, silently)
        else:
            outcomes.add("installed")
        assert started(clinic) == "0.2.0"
        assert [name for name in versions_in(clinic) if not name.startswith(".")] == ["0.0.9", "0.1.0", "0.2.0"]
        install_update_leaves_nothing(clinic)
        afresh(clinic, "0.0.9", "0.1.5", "0.1.0")
    assert outcomes == {"refused", "installed"}


def install_update_leaves_nothing(clinic: Path) -> None:
    """The next update, or the end of the next window, removes what is left over."""
    tidy_up(replace(workshop(clinic), running=v("0.2.0")))
    assert versions_in(clinic) == ["0.1.0", "0.2.0"]
    assert sorted(path.name for path in clinic.iterdir() if path.name != "current.new") == [
        "current",
        "nurse-app",
        "versions",
    ]


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_going_back_on_a_disk_that_fails_leaves_one_of_both(tmp_path: Path, for_good: bool) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.1.0", "0.2.0")
    for faulty in broken_off(OSError(EIO, os.strerror(EIO)), for_good=for_good):
        try:
            go_back(replace(workshop(clinic), disk=faulty), lambda: AT_REST)
        except UpdateError:
            assert started(clinic) == "0.2.0"
        else:
            assert started(clinic) == "0.1.0"
        afresh(clinic, "0.1.0", "0.2.0")


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_tidying_on_a_disk_that_fails_says_nothing_and_breaks_nothing(tmp_path: Path, for_good: bool) -> None:
    clinic = make_clinic(tmp_path / "clinic", "0.0.8", "0.0.9", "0.1.0", "0.2.0")
    for faulty in broken_off(OSError(EIO, os.strerror(EIO)), for_good=for_good):
        tidy_up(replace(workshop(clinic), disk=faulty, running=v("0.2.0")))
        assert started(clinic) == "0.2.0"
        assert {"0.1.0", "0.2.0"} <= set(versions_in(clinic))
        tidy_up(replace(workshop(clinic), running=v("0.2.0")))
        assert versions_in(clinic) == ["0.1.0", "0.2.0"]
        afresh(clinic, "0.0.8", "0.0.9", "0.1.0", "0.2.0")


# --- killed ---


def killed(what: str, clinic: Path, file: Path, every: int) -> Iterator[int]:
    """Kill the program before one call after the other, as long as there is one more."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    call, ended = 1, -signal.SIGKILL
    while ended == -signal.SIGKILL:
        command = [sys.executable, str(CHILD), what, str(clinic), str(file), str(call)]
        ended = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
        yield call
        call += every
    assert ended == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a program is killed by a signal only on POSIX")
@pytest.mark.parametrize(
    "every", [pytest.param(23, id="every 23rd call"), pytest.param(1, id="every call", marks=pytest.mark.sweep)]
)
def test_a_killed_update_leaves_a_version_that_starts_and_the_next_try_cleans_up(
    clinic: Path, every: int, figure: Callable[[str], None]
) -> None:
    file, seen, points = put_update(clinic.parent), [], 0
    for points in killed("install", clinic, file, every):  # noqa: B007
        seen.append(started(clinic))
        if seen[-1] == "0.1.0":
            install_update(workshop(clinic), file, lambda: AT_REST, silently)
            assert started(clinic) == "0.2.0"
        tidy_up(replace(workshop(clinic), running=v("0.2.0")))
        assert versions_in(clinic) == ["0.1.0", "0.2.0"]
        afresh(clinic, "0.0.9", "0.1.5", "0.1.0")
    assert set(seen) == {"0.1.0", "0.2.0"}
    assert seen == sorted(seen), "once it is the new one it stays so"
    figure(f"T-60  update killed at {len(seen)} points up to call {points}: the version before or the new one starts")


@pytest.mark.sweep
@pytest.mark.skipif(sys.platform == "win32", reason="a program is killed by a signal only on POSIX")
@pytest.mark.parametrize("what", ["back", "tidy"])
def test_killed_while_going_back_or_tidying(what: str, tmp_path: Path, figure: Callable[[str], None]) -> None:
    clinic, points = make_clinic(tmp_path / "clinic", "0.0.8", "0.0.9", "0.1.0", "0.2.0"), 0
    for points in killed(what, clinic, tmp_path / "none", 1):  # noqa: B007
        assert started(clinic) in (("0.1.0", "0.2.0") if what == "back" else ("0.2.0",))
        assert {"0.1.0", "0.2.0"} <= set(versions_in(clinic))
        afresh(clinic, "0.0.8", "0.0.9", "0.1.0", "0.2.0")
    figure(f"T-60  {what} killed at {points} points: a whole version starts")


# --- without power ---


class Update:
    """A real update, read from the real disk, installed on one in memory."""

    def __init__(self, file: Path, keys: tuple[ReleaseKey, ...] = (PUBLIC,)) -> None:
        self._file = file
        self._keys = keys

    def install_on(self, forgetful: ForgetfulProgramDisk) -> None:
        with UpdateArchive(disk(), self._file, self._keys) as archive:
            install(forgetful, archive, ClinicFolder(Path("/clinic"), "nurse-app"), lambda: None, silently)


def disk_with_a_clinic() -> ForgetfulProgramDisk:
    forgetful = ForgetfulProgramDisk()
    place = Path("/clinic/versions/0.1.0")
    for folder in (*reversed(place.parents[:-1]), place):
        forgetful.make_folder(folder)
    for path in (place / "nurse-app", Path("/clinic/nurse-app")):
        put(forgetful, path, b"program of 0.1.0")
    put(forgetful, Path("/clinic/current"), b"0.1.0\n")
    for folder in (*reversed(place.parents), place):
        forgetful.sync_folder(folder)
    return forgetful


def put(forgetful: ForgetfulProgramDisk, path: Path, content: bytes) -> None:
    descriptor = forgetful.create(path)
    left = memoryview(content)
    while left:
        left = left[forgetful.write(descriptor, left) :]
    forgetful.sync(descriptor)
    forgetful.close(descriptor)


@pytest.mark.parametrize("names_survive", [True, False])
@pytest.mark.parametrize("survives", [nothing_unsynced, half_unsynced, everything_unsynced])
def test_a_power_cut_leaves_a_whole_version_in_use(
    tmp_path: Path, survives: Callable[[bytes, bytes], bytes], names_survive: bool
) -> None:
    update, seen, at = Update(put_update(tmp_path)), set(), 0
    wanted = {path: content for path, (content, _kind) in files_of("0.2.0").items() if not path.endswith(".so.6")}
    while "the end" not in seen:
        at += 1
        forgetful = disk_with_a_clinic()
        forgetful.cut_power_at(at)
        try:
            update.install_on(forgetful)
            seen.add("the end")
        except PowerCutError:
            pass
        after = forgetful.after_power_cut(survives, names_survive=names_survive)
        version = after.read(Path("/clinic/current"), LAST).decode().strip()
        seen.add(version)
        place = Path("/clinic/versions", version)
        if version == "0.2.0":
            assert {path: after.read(place / path, LAST) for path in wanted} == wanted
        else:
            assert after.read(place / "nurse-app", LAST) == b"program of 0.1.0"
            assert version == "0.1.0"
    assert seen == {"0.1.0", "0.2.0", "the end"}


def test_two_at_once_are_one_too_many(clinic: Path) -> None:
    file = put_update(clinic.parent)
    locking: Locking = workshop(clinic).locking
    descriptor = disk().open_lock(clinic / "versions" / ".lock")
    locking(descriptor)

    with pytest.raises(UpdateError, match="Another program is changing"):
        install_update(workshop(clinic), file, lambda: AT_REST, silently)
    tidy_up(replace(workshop(clinic), running=v("0.1.0")))

    assert versions_in(clinic) == ["0.0.9", "0.1.0", "0.1.5"]
    os.close(descriptor)
