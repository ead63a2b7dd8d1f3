"""A service on records in memory, with a clock that only the test moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.visit.ports import NotSavedError, StreamKind, UnreadableRecordError
from nurse_app.visit.service import VisitService
from nurse_app.visit.summaries import is_at_hand, summarise
from tests.kit import MemoryLog

T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Indexed:
    summary: Mapping[str, str | int | bool | None]
    problem: str | None = None


class MemoryRecords:
    """Records and Index in memory; the streams outlive a service, as files do."""

    def __init__(self, protocol: InfusionProtocol) -> None:
        self.protocol = protocol
        self.logs: dict[tuple[StreamKind, str], MemoryLog] = {}
        self.unreadable: set[str] = set()
        self.unreadable_throughout: set[str] = set()
        self.refusing: set[str] = set()
        self.lost: tuple[str, ...] = ()

    def stream_ids(self, kind: StreamKind) -> tuple[str, ...]:
        return tuple(stream_id for found, stream_id in self.logs if found == kind)

    def create(self, kind: StreamKind, stream_id: str) -> Any:
        if (kind, stream_id) in self.logs:
            raise NotSavedError("it exists already")
        log = self.logs[kind, stream_id] = MemoryLog(stream_id)
        return log

    def open(self, kind: StreamKind, stream_id: str) -> Any:
        if stream_id in self.unreadable:
            raise UnreadableRecordError("this record is damaged")
        if (kind, stream_id) not in self.logs:
            raise FileNotFoundError(stream_id)
        old = self.logs[kind, stream_id]
        log = self.logs[kind, stream_id] = MemoryLog(stream_id)
        log.items = old.items
        log.fail_next = stream_id in self.refusing
        log.tail_kept_aside = old.tail_kept_aside
        return log

    def at_hand(self, kind: StreamKind) -> dict[str, Indexed]:
        return {
            name: found
            for name, found in self.entries(kind).items()
            if found.problem is not None or is_at_hand(kind, found.summary)
        }

    def read_sound_prefix(self, kind: StreamKind, stream_id: str) -> tuple[Any, ...]:
        """All but the last entry, which is the damaged one."""
        if stream_id in self.unreadable_throughout:
            raise UnreadableRecordError("the disk does not hand out this record")
        return self.logs[kind, stream_id].recorded()[:-1]

    def losses(self) -> tuple[str, ...]:
        return self.lost

    def entries(self, kind: StreamKind) -> dict[str, Indexed]:
        found: dict[str, Indexed] = {}
        for (of_kind, stream_id), log in self.logs.items():
            if of_kind == kind and stream_id in self.unreadable:
                found[stream_id] = Indexed({}, "this record is damaged")
            elif of_kind == kind and log.items:
                found[stream_id] = Indexed(summarise(kind, log.recorded(), self.protocol))
        return found


class Ward:
    """A workstation of a test: ``restart`` makes a new service on the same records."""

    def __init__(self, protocol: InfusionProtocol) -> None:
        self.protocol = protocol
        self.records = MemoryRecords(protocol)
        self.clock = ScriptedClock(T0, timedelta(hours=3))
        self.identifiers = SequentialIdentifiers()
        self.service = self._service()

    def _service(self) -> VisitService:
        return VisitService(self.records, self.records, self.clock, self.identifiers, (self.protocol, "digest"))

    def restart(self) -> VisitService:
        self.service = self._service()
        return self.service

    def wait(self, **duration: float) -> None:
        self.clock.advance(timedelta(**duration))
