"""One line a step: what was tried, how it went, how long it took."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from smoke.root import Ran

# Lines that may appear on the way, each with its reason. There are none.
ALLOWED: dict[str, str] = {}


class NotSoError(Exception):
    """A step did not hold; the text says what was seen."""


@dataclass(slots=True)
class Steps:
    """What was tried so far."""

    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    said: str = ""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step; what goes wrong in it is told and counted, and the next ones are tried all the same."""
        begun, self.said = time.monotonic(), ""
        try:
            yield
        except (NotSoError, OSError, LookupError, ValueError, subprocess.SubprocessError) as error:
            self.failed.append(name)
            told = f"{type(error).__name__}: {error}" if not isinstance(error, NotSoError) else str(error)
            print(f"FAILED   {name}  [{time.monotonic() - begun:.1f} s]\n         {told}", flush=True)
        else:
            details = f"  ({self.said})" if self.said else ""
            print(f"ok       {name}{details}  [{time.monotonic() - begun:.1f} s]", flush=True)

    def skip(self, name: str, why: str) -> None:
        self.skipped.append(name)
        print(f"SKIPPED  {name}: {why}", flush=True)


def require(held: object, told: str) -> None:
    """Raise NotSoError unless it held."""
    if not held:
        raise NotSoError(told)


def unexpected(text: str) -> list[str]:
    """The lines that nobody expects."""
    return [line for line in text.splitlines() if line.strip() and line not in ALLOWED]


def silent(text: str, where: str) -> None:
    """Nothing may have been printed here."""
    lines = unexpected(text)
    require(not lines, f"unexpected on {where}: {' | '.join(lines[:5])}")


def well(ran: Ran, code: int = 0, says: str = "") -> str:
    """What a command printed that ended as expected; on stderr nothing but the one line that begins with ``says``."""
    lines = unexpected(ran.err)
    if says:
        require(any(line.startswith(says) for line in lines), f"it does not say “{says}”: {ran.err[:200]}")
        lines.remove(next(line for line in lines if line.startswith(says)))
    silent("\n".join(lines), "stderr")
    require(ran.code == code, f"ended with {ran.code}, not {code}: {ran.out[-200:]}")
    return ran.out


def no_complaints(log: Path, *expected: str) -> None:
    """The program's own log tells of no fault and no warning, but of what was done to it on purpose."""
    for file in sorted(log.rglob("*.log*")) if log.is_dir() else []:
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            bad = any(word in line for word in (" WARNING ", " ERROR ", " CRITICAL "))
            require(not bad or any(each in line for each in expected), f"the log tells: {line}")
