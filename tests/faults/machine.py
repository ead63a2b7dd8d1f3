"""What the fault tests need of the machine: strace, loop devices, another user; and who has not got it is told."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PROJECT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child_works.py")
WITHIN_S = 60


def needs(*programs: str, mounts: bool = False, device: str = "", headers: str = "") -> pytest.MarkDecorator:
    """Skips, with the reason, where a program, the right to mount a file system, or a device are missing."""
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing and "strace" in programs and not _works("strace", "-o", os.devnull, "true"):
        missing.append("the right to trace a program")
    if not missing and "losetup" in programs and not _works("losetup", "--find"):
        missing.append("a free loop device")
    if mounts and not _may_mount():
        missing.append("the right to mount a file system")
    if headers and not _works("pkg-config", "--exists", headers):
        missing.append(f"the headers of {headers}")
    if device and not Path(device).exists():
        missing.append(device)
    return pytest.mark.skipif(bool(missing), reason=f"not on this machine: {', '.join(missing)}")


@cache
def _works(*command: str) -> bool:
    try:
        run(*command)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


@cache
def _may_mount() -> bool:
    if sys.platform != "linux":
        return False
    with TemporaryDirectory() as place:
        return _works("mount", "-t", "tmpfs", "none", place) and _works("umount", place)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """For children: they find the project wherever they run."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen", **(more or {})}


def python(script: Path, *arguments: object) -> list[str]:
    """The command that runs a child."""
    return [sys.executable, str(script), *map(str, arguments)]


def run(*command: object) -> str:
    """Run a tool; its output. Raises CalledProcessError."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=WITHIN_S).stdout


def start(command: Sequence[str], *, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start a child whose output is read as it comes."""
    return subprocess.Popen(command, cwd=PROJECT, env=environment(), stdout=subprocess.PIPE, stderr=stderr, bufsize=0)


def whole_lines(output: bytes) -> list[str]:
    """What was said to the end of its line."""
    return output.decode().split("\n")[:-1]


@contextmanager
def mounted(what: Path | str, where: Path, *options: str, kind: str = "") -> Iterator[Path]:
    """A file system at ``where``, and gone afterwards."""
    where.mkdir(exist_ok=True)
    words = ["mount", *(("-t", kind) if kind else ()), *(("-o", ",".join(options)) if options else ()), what, where]
    run(*words)
    try:
        yield where
    finally:
        run("umount", where)


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder in memory where there is one: images of disks are written often."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)
