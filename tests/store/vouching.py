"""A data folder whose records are vouched for, on a workstation of its own; and a tamperer who lacks its key."""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from nurse_app.domain.moment import Reading
from nurse_app.store.checkpoint_file import CheckpointFile, Evidence, MemoryFile
from nurse_app.store.checkpoint_keeper import CheckpointKeeper
from nurse_app.store.checkpoints import CheckpointKey
from nurse_app.store.data_folder import lock_on_posix
from nurse_app.store.disk import Disk
from nurse_app.store.journal_lines import first_digest
from nurse_app.store.record_folder import RecordFolder, own_records
from nurse_app.store.verify import Folder, VerifyReport, verify_records
from nurse_app.visit.ports import EventLog, StreamKind
from tests.store.kit import OWNER, START, entry, system_disk, tools

VISIT, PATIENT = StreamKind.VISIT, StreamKind.PATIENT
KEY, OTHER_KEY = CheckpointKey(b"k" * 32), CheckpointKey(b"o" * 32)


@dataclass
class HandClock:
    """A minute passes at every look."""

    minutes: int = 0

    def read(self) -> Reading:
        self.minutes += 1
        after = timedelta(minutes=self.minutes)
        return Reading(START + after, after, "boot")

    @property
    def last(self) -> datetime:
        return START + timedelta(minutes=self.minutes)


@dataclass
class Vouched:
    """A program with a keeper on ``base``/records; the workstation’s own folder lies beside it."""

    base: Path
    key: CheckpointKey = KEY
    clock: HandClock = field(default_factory=HandClock)
    disk: Disk = field(default_factory=system_disk)
    closed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.root = self.base / "records"
        self.workstation = self.base / "workstation"
        self.workstation.mkdir(parents=True, exist_ok=True)

    @property
    def file(self) -> Path:
        return self.root / "checkpoints.jsonl"

    def memory(self) -> MemoryFile:
        return MemoryFile(self.workstation, self.root, self.disk)

    def checkpoint_file(self) -> CheckpointFile:
        return CheckpointFile(self.root, self.disk, self.memory())

    def start(self) -> tuple[RecordFolder, CheckpointKeeper]:
        records = own_records(self.root, tools(self.disk), OWNER, lock_on_posix)
        keeper = CheckpointKeeper(
            self.checkpoint_file(), records, self.clock, lambda: self.key, lambda _kind, name: name in self.closed
        )
        records.listen(keeper.note)
        assert keeper.begin() == ""
        return records, keeper

    def run(self, **entries: Sequence[str]) -> None:
        """One run of the program: entries are added to visits by name, then it ends in good order."""
        records, keeper = self.start()
        for name, texts in entries.items():
            stream = name.replace("_", "-")
            known = stream in records.stream_ids(VISIT)
            add(records.open(VISIT, stream) if known else records.create(VISIT, stream), texts)
        assert keeper.make_all() == ""
        records.close()

    def evidence(self) -> Evidence:
        return Evidence(self.key, self.memory().load())

    def verify(self, evidence: Evidence | None = None, workers: int = 0) -> VerifyReport:
        folder = Folder(self.disk, self.root, tools(self.disk).codecs)
        return verify_records(folder, evidence or self.evidence(), workers=workers, progress=lambda _done, _all: None)


def add(log: EventLog[object], texts: Sequence[str]) -> None:
    for text in texts:
        number = len(log.recorded())
        log.append([entry(text, minute=number)], after=number)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def bodies_of(path: Path) -> list[str]:
    return [line[74:].decode().rstrip("\n") for line in lines_of(path)]


def chained_again(stream: str, bodies: Sequence[str], change: Callable[[int, dict[str, object]], None]) -> bytes:
    """A chain with correct checksums and digests from beginning to end, as whoever knows the format can make it."""
    head, made = first_digest(stream), b""
    for place, body in enumerate(bodies):
        document = json.loads(body)
        document["number"], document["prev"], document["batch"] = place + 1, head, [1, 1]
        change(place, document)
        content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        head = sha256(content).hexdigest()
        checked = head.encode() + b" " + content
        made += b"%08x %b\n" % (zlib.crc32(checked), checked)
    return made
