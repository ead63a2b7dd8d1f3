"""The same entries in four stores, for bench.py: how long one takes to be saved, and what is left after each fault.

python packaging/bench_stores.py [latency] [faults]
python packaging/bench_stores.py --child STORE FOLDER COUNT   adds entries and says each number once it is saved
"""

import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tinydb.database import TinyDB

from nurse_app.cli.records import system_disk
from nurse_app.store.journal_opening import new_journal, open_journal, read_journal
from nurse_app.store.journal_storage import EVENTS_TABLE, JournalDatabase, JournalPlace

PACKAGING = Path(__file__).resolve().parent
BEFORE = (100, 1_000, 10_000)
MEASURED = 200
PAUSE_SECONDS = 0.002
# Some 800 bytes, as a long entry of a visit has: a dozen do not fit into one buffer.
TEXT = "SAMPLE " * 110
FAULT_ENTRIES = 12
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename")
DISK_SIZES = range(1_024, 16_385, 1_024)


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that a store gives back, and whether it said that something is wrong with the rest."""

    entries: list[int]
    told: bool = False


def entry_of(row: Mapping[str, object]) -> int:
    """The entry's number; -1 for one that was changed."""
    number = row.get("entry")
    return number if isinstance(number, int) and row.get("text") == TEXT else -1


class Store(ABC):
    """One way to keep entries. ``files`` are all names it may use in its folder."""

    files: ClassVar[tuple[str, ...]]

    @abstractmethod
    def __init__(self, folder: Path) -> None: ...

    @abstractmethod
    def add(self, numbers: Sequence[int]) -> None:
        """Save entries; they are on the disk when this returns."""

    @classmethod
    @abstractmethod
    def read(cls, folder: Path) -> Found:
        """What is there, after opening it again. Raises whatever the store raises."""


class Journal(Store):
    """The program's own."""

    files = ("events.jsonl",)

    def __init__(self, folder: Path) -> None:
        place = self._place(folder)
        opened = open_journal(system_disk(), place) if place.path.exists() else new_journal(system_disk(), place)
        self._table = JournalDatabase(opened.storage).table(EVENTS_TABLE)

    def add(self, numbers: Sequence[int]) -> None:
        self._table.insert_multiple([{"data": {"entry": number, "text": TEXT}} for number in numbers])

    @classmethod
    def read(cls, folder: Path) -> Found:
        found = read_journal(system_disk(), cls._place(folder))
        entries = [entry_of(json.loads(body)["data"]) for body in found.bodies]
        return Found(entries, told=found.damage is not None or bool(found.tail))

    @classmethod
    def _place(cls, folder: Path) -> JournalPlace:
        return JournalPlace("bench", folder / cls.files[0], (folder,))


class Stock(Store):
    """TinyDB as it comes."""

    files = ("db.json",)

    def __init__(self, folder: Path) -> None:
        self._database = TinyDB(folder / self.files[0])

    def add(self, numbers: Sequence[int]) -> None:
        self._database.insert_multiple({"entry": number, "text": TEXT} for number in numbers)

    @classmethod
    def read(cls, folder: Path) -> Found:
        database = TinyDB(folder / cls.files[0])
        found = [entry_of(row) for row in database]
        database.close()
        return Found(found)


class Sqlite(Store):
    """SQLite with a write-ahead log, synchronous FULL."""

    files = ("db.sqlite", "db.sqlite-wal", "db.sqlite-shm")

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / self.files[0])
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS events (entry INTEGER PRIMARY KEY, text TEXT)")

    def add(self, numbers: Sequence[int]) -> None:
        with self._connection:
            self._connection.executemany("INSERT INTO events VALUES (?, ?)", [(number, TEXT) for number in numbers])

    @classmethod
    def read(cls, folder: Path) -> Found:
        connection = sqlite3.connect(folder / cls.files[0])
        try:
            told = connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
            rows = connection.execute("SELECT entry, text FROM events ORDER BY entry")
            return Found([entry_of({"entry": entry, "text": text}) for entry, text in rows], told)
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            return Found([])
        finally:
            connection.close()


class Bare(Store):
    """A line of JSON appended to a file, and fsync: the least that can be done."""

    files = ("lines.jsonl",)

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / self.files[0], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def add(self, numbers: Sequence[int]) -> None:
        lines = "".join(f"{json.dumps({'entry': number, 'text': TEXT})}\n" for number in numbers)
        os.write(self._descriptor, lines.encode())
        os.fsync(self._descriptor)

    @classmethod
    def read(cls, folder: Path) -> Found:
        lines = (folder / cls.files[0]).read_text(encoding="utf-8").splitlines()
        return Found([entry_of(json.loads(line)) for line in lines])


STORES: Mapping[str, type[Store]] = {"journal": Journal, "stock TinyDB": Stock, "SQLite": Sqlite, "bare file": Bare}


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


def child(name: str, folder: str, count: int) -> None:
    """Add entries one by one; each is told only when it is saved. A failure to save ends it with exit 3."""
    store = STORES[name](Path(folder))
    for number in range(count):
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
        [*wrapper, sys.executable, __file__, "--child", name, str(folder), str(FAULT_ENTRIES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=limited,
        env=os.environ | {"PYTHONPATH": str(PACKAGING.parent), "PYTHONDONTWRITEBYTECODE": "1"},
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


def measure_latency() -> None:
    """One more entry, when there are so many already; the stores in turns, so that they share the disk's moods."""
    print(f"  {'entries there':<16}" + "".join(f"{name:>24}" for name in STORES) + "   (median / 99th, ms; times bare)")
    for before in BEFORE:
        with tempfile.TemporaryDirectory() as folder:
            stores = {name: _filled(kind, Path(folder, name), before) for name, kind in STORES.items()}
            took: dict[str, list[float]] = {name: [] for name in STORES}
            for number in range(before, before + MEASURED):
                for name, store in stores.items():
                    time.sleep(PAUSE_SECONDS)
                    began = time.perf_counter()
                    store.add([number])
                    took[name].append(1000 * (time.perf_counter() - began))
        bare = statistics.median(took["bare file"])
        print(f"  {before:<16}" + "".join(f"{_figures(times, bare):>24}" for times in took.values()))


def _filled(kind: type[Store], folder: Path, count: int) -> Store:
    folder.mkdir()
    store = kind(folder)
    store.add(range(count))
    return store


def _figures(times: list[float], bare: float) -> str:
    return (
        f"{statistics.median(times):.2f} / {statistics.quantiles(times, n=100)[98]:.2f} "
        f"({statistics.median(times) / bare:.1f})"
    )


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
    match sys.argv[1:]:
        case ["--child", store_name, store_folder, entries]:
            child(store_name, store_folder, int(entries))
        case wanted:
            for part in wanted or ("latency", "faults"):
                {"latency": measure_latency, "faults": measure_faults}[part]()
