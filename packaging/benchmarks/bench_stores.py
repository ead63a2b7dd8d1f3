"""The same entries in four stores, for bench.py: how long one takes to be saved.

python packaging/benchmarks/bench_stores.py
"""

import json
import os
import sqlite3
import statistics
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tinydb.database import TinyDB

from nurse_app.cli.records import system_disk
from nurse_app.store.journal_opening import new_journal, open_journal, read_journal
from nurse_app.store.journal_storage import EVENTS_TABLE, JournalDatabase, JournalPlace

BEFORE = (100, 1_000, 10_000)
MEASURED = 200
PAUSE_SECONDS = 0.002
# Some 800 bytes, as a long entry of a visit has: a dozen do not fit into one buffer.
TEXT = "SAMPLE " * 110


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


if __name__ == "__main__":
    measure_latency()
