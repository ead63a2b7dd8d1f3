"""The same entries in four stores, for bench.py: what is left after each kind of fault.

python packaging/benchmarks/bench_faults.py
python packaging/benchmarks/bench_faults.py STORE FOLDER   adds entries and says each number once it is saved
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_stores import STORES, Found, Store

PROJECT = Path(__file__).resolve().parents[2]
ENTRIES = 12
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename")
DISK_SIZES = range(1_024, 16_385, 1_024)


@dataclass(slots=True)
class Tally:
    """What a fault method found. ``unnoticed``: something is missing or changed, and the store says nothing."""

    points: int = 0
    lost: int = 0
    unreadable: int = 0
    unnoticed: int = 0

    def take(self, store: type[Store], folder: Path, saved: Sequence[int]) -> None:
        """Open what is left and compare it with what was saved."""
        self.points += 1
        try:
            found = store.read(folder)
        except FileNotFoundError:
            found = Found([])
        except Exception:  # noqa: BLE001  a store may say it in any way
            self.unreadable += 1
            self.lost += len(saved)
            return
        missing = len(set(saved) - set(found.entries))
        self.lost += missing
        self.unnoticed += (missing > 0 or -1 in found.entries) and not found.told


def child(name: str, folder: Path) -> None:
    """Add entries one by one; each is told only when it is saved. A failure to save ends it with exit 3."""
    store = STORES[name](folder)
    for number in range(ENTRIES):
        try:
            store.add([number])
        except Exception:  # noqa: BLE001  a store may say it in any way
            sys.exit(3)
        os.write(1, f"{number}\n".encode())


def run_child(name: str, folder: Path, wrapper: Sequence[str] = (), limit: int = 0) -> list[int]:
    """A fresh folder, a child that fills it under some fault; what it said was saved."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()

    def limited() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = subprocess.run(
        [*wrapper, sys.executable, __file__, name, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=limited,
        env=os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    ).stdout
    return [int(line) for line in said.split()]


def at_every_call(name: str, folder: Path, fault: str) -> Tally:
    """The fault at each system call on the store's own files, in turn."""
    tally, trace = Tally(), folder.with_suffix(".trace")
    own = [word for file in ("", *STORES[name].files) for word in ("-P", str(folder / file))]

    def traced(*inject: str) -> list[str]:
        return ["strace", "-f", "-qq", "-o", str(trace), *own, "-e", f"trace={','.join(CALLS)}", *inject]

    run_child(name, folder, traced())
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    counts = Counter(line.split(None, 1)[1].split("(")[0] for line in lines if "(" in line)
    for call in CALLS:
        for at in range(1, counts[call] + 1):
            saved = run_child(name, folder, traced("-e", f"inject={call}:{fault}:when={at}"))
            tally.take(STORES[name], folder, saved)
    return tally


def full_disk(name: str, folder: Path) -> Tally:
    """No file may grow beyond a size, for every size."""
    tally = Tally()
    for size in DISK_SIZES:
        tally.take(STORES[name], folder, run_child(name, folder, limit=size))
    return tally


def damaged(name: str, folder: Path, spoil: Callable[[bytes], Iterator[bytes]]) -> Tally:
    """Each way of spoiling the main file after everything was saved and the program had ended."""
    tally, saved = Tally(), run_child(name, folder)
    # Opened once, so that a log beside the file is folded into it where a store has one.
    STORES[name].read(folder)
    path = folder / STORES[name].files[0]
    sound = path.read_bytes()
    for spoiled in spoil(sound):
        for file in STORES[name].files[1:]:
            (folder / file).unlink(missing_ok=True)
        path.write_bytes(spoiled)
        tally.take(STORES[name], folder, saved)
    return tally


def cut_ends(content: bytes) -> Iterator[bytes]:
    """Cut after every 16th byte."""
    return (content[:at] for at in range(0, len(content), 16))


def flipped(content: bytes) -> Iterator[bytes]:
    """One bit in every 16th byte."""
    for at in range(0, len(content), 16):
        yield content[:at] + bytes([content[at] ^ 1 << at // 16 % 8]) + content[at + 1 :]


FAULTS: Mapping[str, Callable[[str, Path], Tally]] = {
    "killed at every call": lambda name, folder: at_every_call(name, folder, "signal=KILL"),
    "EIO at every call": lambda name, folder: at_every_call(name, folder, "error=EIO"),
    "ENOSPC at every call": lambda name, folder: at_every_call(name, folder, "error=ENOSPC"),
    "full at every size": full_disk,
    "cut short": lambda name, folder: damaged(name, folder, cut_ends),
    "one bit flipped": lambda name, folder: damaged(name, folder, flipped),
}


def measure_faults() -> None:
    """After each fault method: points tried, saved entries lost, folders unreadable, changes that nobody noticed."""
    print(f"  {'fault':<24}" + "".join(f"{name:>24}" for name in STORES) + "   (lost, unreadable, unnoticed of points)")
    for fault, method in FAULTS.items():
        if "call" in fault and shutil.which("strace") is None:
            print(f"  {fault:<24} not run: strace is not installed")
            continue
        cells = []
        for name in STORES:
            with tempfile.TemporaryDirectory() as folder:
                found = method(name, Path(folder, "records"))
            cells.append(f"{found.lost}, {found.unreadable}, {found.unnoticed} of {found.points}")
        print(f"  {fault:<24}" + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    if sys.argv[1:]:
        child(sys.argv[1], Path(sys.argv[2]))
    else:
        measure_faults()
