"""Faults at every system call that the work makes on our files, by strace: killed there, or refused with an error.

strace counts the calls of each name, so every name is swept for itself.
"""

import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from threading import Event
from time import monotonic

from tests.faults.child_works import TOLD
from tests.faults.machine import CHILD, PROJECT, WITHIN_S, environment, python
from tests.faults.work import Judgement, files_of_work
from tests.store.kit import system_disk

KILLED_AT = (
    "mkdir", "openat", "flock", "write", "fsync", "ftruncate", "rename", "close", "newfstatat", "read", "unlink",
)  # fmt: skip
REFUSED_AT = ("mkdir", "openat", "write", "fsync", "ftruncate", "rename", "newfstatat", "read", "unlink")
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)
# The note of who owns the folder only serves a message to others; an index that cannot be read is made again.
_MAY_FAIL_QUIETLY = re.compile(r"(?:ftruncate|write)\(\d+<[^>]*/\.lock>|openat\(.*/index(?:-rest)?\.json\", O_RDONLY")


@dataclass(frozen=True, slots=True)
class Point:
    """One system call: its name, and the how manieth of that name."""

    name: str
    number: int


class TracedWork:
    """The work in a child under strace, in a folder that is new each time."""

    def __init__(self, folder: Path, bug: str = "") -> None:
        self.root = folder / "records"
        self._trace = folder / "trace"
        self._bug = bug
        self._paths = [word for path in files_of_work(self.root) for word in ("-P", str(path))]
        self._workers = subprocess.Popen(
            python(CHILD), cwd=PROJECT, env=environment(), stdin=PIPE, stdout=PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> "TracedWork":
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.communicate(timeout=WITHIN_S)

    def points(self, names: tuple[str, ...]) -> list[Point]:
        """Every call of the undisturbed work."""
        self.run(names)
        counts = Counter(_CALL.findall(self._trace.read_text(errors="replace")))
        return [Point(name, number) for name in names for number in range(1, counts[name] + 1)]

    def run(self, names: tuple[str, ...], inject: str = "") -> tuple[int, list[str]]:
        """How the child ended (less than zero: killed), and what it said."""
        assert self._workers.stdin is not None
        shutil.rmtree(self.root, ignore_errors=True)
        self._workers.stdin.write(f"{self.root}|{self._bug}\n")
        process = int(self._hear().removeprefix("process "))
        _wait_for(process, "State:\tT")
        words = ["strace", "-qq", "-y", "-o", str(self._trace), *self._paths, "-e", f"trace={','.join(names)}"]
        if inject:
            words += ["-e", f"inject={inject}"]
        with subprocess.Popen([*words, "-p", str(process)], stderr=subprocess.DEVNULL) as strace:
            _wait_for(process, f"TracerPid:\t{strace.pid}")
            os.kill(process, signal.SIGCONT)
            said: list[str] = []
            while not (line := self._hear()).startswith("ended "):
                said.append(line)
            strace.wait(WITHIN_S)
        return int(line.removeprefix("ended ")), said

    def injected(self) -> str:
        """The line of the trace with the error in it; empty when it was not reached."""
        trace = self._trace.read_text(errors="replace").splitlines()
        return next((line for line in trace if "INJECTED" in line), "")

    def _hear(self) -> str:
        assert self._workers.stdout is not None
        line = self._workers.stdout.readline()
        assert line, "the child has gone"
        return line.rstrip("\n")


def _wait_for(process: int, wanted: str) -> None:
    """Until the machine says so of the process; it takes some milliseconds."""
    end = monotonic() + WITHIN_S
    while wanted not in Path(f"/proc/{process}/status").read_text():
        assert monotonic() < end, f"process {process} never got to “{wanted}”"
        Event().wait(0.001)


@dataclass
class Refusals(Judgement):
    """A judgement of errors, with those that nobody was told of."""

    swallowed: int = 0

    @property
    def violations(self) -> int:
        return super().violations + self.swallowed


def kill_everywhere(folder: Path, bug: str = "") -> Judgement:
    """T-02: killed at each call; with a planted bug until it is caught."""
    judgement = Judgement()
    with TracedWork(folder, bug) as work:
        for point in work.points(KILLED_AT):
            code, said = work.run(KILLED_AT, f"{point.name}:signal=KILL:when={point.number}")
            assert code == -signal.SIGKILL, point
            judgement.judge(work.root, system_disk(), said)
            if bug and judgement.violations:
                break
    return judgement


def refuse_everywhere(folder: Path, error: str, bug: str = "", names: tuple[str, ...] = REFUSED_AT) -> Refusals:
    """T-03: each call fails with ``error``; the work ends when it is told. With a planted bug until it is caught."""
    judgement = Refusals()
    with TracedWork(folder, bug) as work:
        for point in work.points(names):
            code, said = work.run(names, f"{point.name}:error={error}:when={point.number}")
            injected = work.injected()
            assert injected, point
            judgement.judge(work.root, system_disk(), said)
            told = "index not kept" in said or (code == TOLD and said[-1].startswith("told "))
            if not told and not _MAY_FAIL_QUIETLY.search(injected):
                judgement.swallowed += 1
                judgement.reasons.append(f"exit {code}, not told: {injected}")
            if bug and judgement.violations:
                break
    return judgement
