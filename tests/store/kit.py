"""What the store's tests share: toy events, a data folder of them, and what may be there after a fault."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import Locking, Owner, lock_on_posix
from nurse_app.store.disk import Disk, SystemDisk
from nurse_app.store.record_folder import RecordFolder, StoreTools, own_records
from nurse_app.store.upcast import UpcastChain
from nurse_app.visit.ports import EventLog, NotSavedError, StreamKind

OWNER = Owner(4711, "ward-pc", "09:41")
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    amount_ml: Decimal
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Showed:
    signs: tuple[str, ...]


class CountingIdentifiers:
    def __init__(self) -> None:
        self._count = 0

    def new_id(self) -> str:
        self._count += 1
        return f"id-{self._count}"


def toy_codec() -> EventCodec:
    return EventCodec({"said": Said, "measured": Measured, "showed": Showed}, UpcastChain({}))


def tools(disk: Disk, codec: EventCodec | None = None) -> StoreTools:
    return StoreTools(disk, dict.fromkeys(StreamKind, codec or toy_codec()), CountingIdentifiers())


def own(root: Path, disk: Disk | None = None, locking: Locking = lock_on_posix) -> RecordFolder:
    return own_records(root, tools(disk or system_disk()), OWNER, locking)


def entry(text: str, minute: int = 0) -> Entry[object]:
    after = timedelta(minutes=minute)
    return Entry(Said(text), "nurse", Reading(START + after, timedelta(hours=1) + after, "boot"))


def texts(recorded: tuple[Recorded[object], ...]) -> list[str]:
    return [each.event.text for each in recorded if isinstance(each.event, Said)]


def system_disk() -> SystemDisk:
    return SystemDisk(windows=False, pause=never)


def visit_file(root: Path, stream_id: str) -> Path:
    return root / "visits" / stream_id[-2:] / f"{stream_id}.jsonl"


def never(_: float) -> None:
    raise AssertionError("nothing waits here")


# What happens in every fault test: three appends, the second of a batch.
BATCHES = (("a",), ("b", "c"), ("d",))


def saved_by(log: EventLog[object]) -> list[str]:
    """Run the batches until one is not saved; give back what was acknowledged. Stops on any other error too."""
    acknowledged: list[str] = []
    for batch in BATCHES:
        try:
            log.append([entry(text) for text in batch], after=len(acknowledged))
        except (NotSavedError, MemoryError):
            break
        acknowledged += batch
    return acknowledged


def is_allowed(present: list[str], acknowledged: list[str]) -> bool:
    """Nothing acknowledged is lost, no hole, no half of a batch, nothing that was never said."""
    wholes = [[text for batch in BATCHES[:count] for text in batch] for count in range(len(BATCHES) + 1)]
    return present in wholes and present[: len(acknowledged)] == acknowledged
