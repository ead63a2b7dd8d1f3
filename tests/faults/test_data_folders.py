"""T-12: data folders of every kind, given to the real command: it works in them, or says in one sentence why not."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, CalledProcessError, Popen
from threading import Event
from time import monotonic

import pytest

from nurse_app.store.data_folder import LOCK_FILE
from tests.cli.kit import files_in
from tests.faults.machine import PROJECT, WITHIN_S, environment, mounted, needs, run
from tests.figures import Figure

# Without its powers root is refused like anybody else.
POWERLESS = ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="not on this machine: signals between processes")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of folder: how one is made below a given place, and what the window and verify say of it.

    "" means that they work in it; otherwise a piece of the sentence they end with.
    """

    make: Callable[[Path, ExitStack], Path]
    window: str = ""
    verify: str = ""
    before: tuple[str, ...] = ()


def _with_a_record(folder: Path) -> Path:
    (folder / "visits" / "ab").mkdir(parents=True)
    (folder / "visits" / "ab" / "0192ab.jsonl").touch()
    (folder / LOCK_FILE).touch()
    return folder


def _file(base: Path, _stack: ExitStack) -> Path:
    (base / "records").write_bytes(b"not a folder")
    return base / "records"


def _read_only_disk(base: Path, stack: ExitStack) -> Path:
    folder = _with_a_record(base / "records")
    stack.enter_context(mounted(folder, folder, "bind"))
    run("mount", "-o", "remount,ro,bind", folder)
    return folder


def _immutable(base: Path, stack: ExitStack) -> Path:
    (base / "records").mkdir()
    try:
        run("chattr", "+i", base / "records")
    except CalledProcessError as error:
        pytest.skip(f"not on this machine: a folder made immutable ({error.stderr.strip()})")
    stack.callback(run, "chattr", "-i", base / "records")
    return base / "records"


def _of_somebody_else(base: Path, stack: ExitStack) -> Path:
    folder = _with_a_record(base / "records")
    stack.callback(os.chown, folder, os.getuid(), os.getgid())
    os.chown(folder, 65534, 65534)
    folder.chmod(0o700)
    return folder


def _named(*names: str) -> Callable[[Path, ExitStack], Path]:
    def make(base: Path, _stack: ExitStack) -> Path:
        base.joinpath(*names[:-1]).mkdir(parents=True, exist_ok=True)
        return base.joinpath(*names)

    return make


KINDS: dict[str, Kind] = {
    "missing": Kind(_named("records"), verify="does not exist. Make it, or choose another data folder."),
    "missing with those above it": Kind(
        lambda base, _: base / "ward" / "pc" / "records", verify="does not exist. Make it, or choose another"
    ),
    "a file": Kind(_file, window="is a file, not a folder. Move it away", verify="is a file, not a folder. Move it"),
    "on a disk that is read only": Kind(_read_only_disk, window="is on a disk that cannot be written to."),
    "immutable": Kind(_immutable, window="You may not write in the folder"),
    "somebody else’s": Kind(
        _of_somebody_else, window="You may not write in", verify="You may not write in", before=POWERLESS
    ),
    "with spaces": Kind(_named("my records of the ward"), verify="does not exist"),
    "with letters of all kinds": Kind(_named("Aufzeichnungen – Ärztin Żółć 病歴"), verify="does not exist"),
    "with a path of 300 letters": Kind(_named("x" * 100, "y" * 100, "z" * 100), verify="does not exist"),
}
NEEDS = {
    "on a disk that is read only": (needs("mount", mounts=True),),
    "immutable": (needs("chattr"),),
    "somebody else’s": (needs("setpriv", mounts=True),),
}
# The others take a second or two each.
ALWAYS = ("a file", "somebody else’s", "with letters of all kinds")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def command(kind: Kind, folder: Path, *words: str) -> Popen[str]:
    """The real command on a folder."""
    whole = [*kind.before, sys.executable, "-m", "nurse_app", "--data-dir", str(folder), *words]
    return Popen(whole, cwd=PROJECT, env=environment(), stdout=PIPE, stderr=PIPE, text=True)


def open_window(kind: Kind, folder: Path) -> tuple[int, str]:
    """Open the window; when it has the folder it is asked to end. The exit code and what was told."""
    with command(kind, folder) as program:
        end = monotonic() + WITHIN_S
        while program.poll() is None and not (not kind.window and _is_owned(folder)):
            assert monotonic() < end, "it neither took the folder nor said why not"
            Event().wait(0.01)
        if program.poll() is None:
            program.terminate()
        _, told = program.communicate(timeout=WITHIN_S)
        return program.returncode, told


def _is_owned(folder: Path) -> bool:
    lock = folder / LOCK_FILE
    return lock.is_file() and lock.stat().st_size > 0


def _content(folder: Path) -> Mapping[str, bytes]:
    return {"": folder.read_bytes()} if folder.is_file() else files_in(folder)


def names() -> list[object]:
    """All kinds of folder, with what making one needs."""
    seldom = {name: (pytest.mark.sweep,) for name in KINDS if name not in ALWAYS}
    return [pytest.param(name, marks=(*NEEDS.get(name, ()), *seldom.get(name, ())), id=name) for name in KINDS]


@pytest.mark.parametrize("name", names())
def test_the_command_works_in_a_folder_or_says_why_not(
    name: str, tmp_path: Path, stack: ExitStack, tally: Figure
) -> None:
    kind = KINDS[name]
    folder = kind.make(tmp_path, stack)
    before = _content(folder)

    with command(kind, folder, "verify") as program:
        _, told = program.communicate(timeout=WITHIN_S)
    assert "Traceback" not in told
    if kind.verify:
        assert program.returncode == 2
        assert kind.verify in told
        assert told.count("\n") == 1
    else:
        assert program.returncode == 0, told
    assert _content(folder) == before

    code, told = open_window(kind, folder)
    assert "Traceback" not in told
    if kind.window:
        assert code == 2
        assert kind.window in told
        assert told.count("\n") == 1
        assert _content(folder) == before, "nothing was touched"
    else:
        assert (code, told) == (0, "")

    tally(f"T-12  {{}} of {len(KINDS)} kinds of data folder handled")
