"""Builders for tests: a visit worked through the real rules, with a clock that only the test moves."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from nurse_app.domain import commands as c
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.domain.events import Event
from nurse_app.domain.facts import Facts, VialOnHand, VitalSigns
from nurse_app.domain.moment import Moment, Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.snapshot import snapshot
from nurse_app.domain.state import VisitState
from nurse_app.plain_data import build
from nurse_app.presentation.context import VisitContext
from nurse_app.visit.open_visit import Accepted, Author, OpenVisit
from nurse_app.visit.ports import NotSavedError, TailKeptAside

CASES = Path(__file__).parent / "cases" / "decisions.json"
NURSE, SECOND = "nurse", "second-nurse"
NAMES = {NURSE: "SAMPLE, Nurse One", SECOND: "SAMPLE, Nurse Two"}
WELL = VitalSigns(Decimal(124), Decimal(78), Decimal(72), Decimal(14), Decimal(98), Decimal("36.7"))
VIAL = VialOnHand("Tysabri", "intravenous", Decimal(300), Decimal(15), "A12345", "2027-08-31")
BAG_ACTS: tuple[c.Command, ...] = (
    c.RecordProduct(VIAL, "scanned"),
    c.InspectVial("clear"),
    c.RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778"),
    c.AddDose(Decimal(15)),
    c.InvertBag(),
    c.FinishDilution(),
    c.InspectBag("clear"),
    c.LabelBag(),
)
PHASES = ("identify", "prechecks", "prepare", "infuse", "flush", "observe", "discharge", "closed")


@cache
def _base_text() -> str:
    return json.dumps(json.loads(CASES.read_text(encoding="utf-8"))[0]["input"])


def base_input() -> dict[str, Any]:
    """The facts of the worked case «nothing changed»: a patient who may have today's dose."""
    data: dict[str, Any] = json.loads(_base_text())
    return data


def base_facts(change: Callable[[dict[str, Any]], None] | None = None, *, for_visit: bool = False) -> Facts:
    """Those facts, changed; ``for_visit`` leaves out what a visit finds out itself."""
    data = {key: value for key, value in base_input().items() if key not in ("protocol", "now")}
    if for_visit:
        data |= {"answers": {}, "vitals": None, "product": None, "preparation": None}
        data["identity"] = {"record_no": data["identity"]["record_no"], "wristband": None}
    if change is not None:
        change(data)
    return build(Facts, data)


class MemoryLog:
    """An EventLog in memory. ``fail_next`` makes the next append fail as a full disk would."""

    def __init__(self, stream_id: str = "v-1") -> None:
        self.stream_id = stream_id
        self.items: list[Recorded[Any]] = []
        self.tail_kept_aside: TailKeptAside | None = None
        self.takes_entries = True
        self.fail_next = False
        self.closed = False

    def recorded(self) -> tuple[Recorded[Any], ...]:
        return tuple(self.items)

    def append(self, entries: Sequence[Entry[Any]], after: int) -> tuple[Recorded[Any], ...]:
        if self.fail_next:
            message = "the disk is full"
            raise NotSavedError(message)
        assert after == len(self.items)
        new = tuple(Recorded(after + place, f"e{after + place}", entry) for place, entry in enumerate(entries, start=1))
        self.items += new
        return new

    def close(self) -> None:
        self.closed = True


class TestVisit:
    """One visit of a test; ``do`` and ``wait`` drive it, ``state`` and ``shown`` look at it."""

    __test__ = False
    T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __init__(self, protocol: InfusionProtocol, facts: Facts | None = None) -> None:
        self.protocol = protocol
        self.passed = timedelta(0)
        self.wall_moved = timedelta(0)
        self.boot_id = "boot-1"
        self.uptime_at_start = timedelta(hours=5)
        self.log = MemoryLog()
        start = c.StartVisit("p-1", "TRN000417", protocol, "digest", facts or base_facts(for_visit=True))
        self.visit = OpenVisit.start(self.log, start, Author(NURSE), self.reading())

    def reading(self) -> Reading:
        return Reading(self.T0 + self.passed + self.wall_moved, self.uptime_at_start + self.passed, self.boot_id)

    @property
    def state(self) -> VisitState:
        return self.visit.state

    @property
    def now(self) -> Moment:
        return self.visit.now(self.reading())

    def wait(self, **duration: float) -> "TestVisit":
        self.passed += timedelta(**duration)
        return self

    def reboot(self, *, up_for_minutes: float = 0) -> "TestVisit":
        """The machine has started anew, so many minutes before now."""
        self.boot_id = f"{self.boot_id}+"
        self.uptime_at_start = timedelta(minutes=up_for_minutes) - self.passed
        return self

    def do(self, command: c.Command, by: str = NURSE) -> tuple[Recorded[Event], ...]:
        """A command that must be accepted; its entries."""
        result = self.visit.handle(command, Author(by), self.reading())
        assert isinstance(result, Accepted), (command, result)
        return result.entries

    def with_bag(self) -> "TestVisit":
        """The vial scanned, the bag mixed, inspected and labelled, all at this instant; nobody has checked it yet."""
        for act in BAG_ACTS:
            self.do(act)
        return self

    def refused(self, command: c.Command, by: str = NURSE) -> Rejected:
        """A command that must be refused, and why."""
        result = self.visit.handle(command, Author(by), self.reading())
        assert isinstance(result, Rejected), (command, result)
        return result

    def shown(self) -> dict[str, Any]:
        """The state as visit scripts see it."""
        return snapshot(self.state, self.now)

    def to(self, phase: str) -> "TestVisit":
        """On to a phase, along the uneventful way."""
        begin = PHASES.index(self.state.phase) + 1
        for name in PHASES[begin : PHASES.index(phase) + 1]:
            for wait_before, command, by in _WAY[name]:
                self.wait(minutes=wait_before)
                self.do(command, by)
        return self

    def to_before(self, phase: str) -> "TestVisit":
        """On to the last act before a phase begins."""
        self.to(PHASES[PHASES.index(phase) - 1])
        for wait_before, command, by in _WAY[phase][:-1]:
            self.wait(minutes=wait_before)
            self.do(command, by)
        return self

    def reopen(self) -> "TestVisit":
        """The program was killed and is opened again: only the record is left."""
        self.visit = OpenVisit(self.log, self.log.recorded())
        return self

    def context(self, user_id: str = NURSE) -> VisitContext:
        """What a presenter gets."""
        return VisitContext(
            visit_id="v-1",
            state=self.state,
            record=self.visit.record,
            now=self.now,
            zone=UTC,
            user_id=user_id,
            name_of=lambda user: NAMES.get(user, user),
            patient_name="SAMPLE, Patient One",
        )


_WAY: dict[str, tuple[tuple[int, c.Command, str], ...]] = {
    "prechecks": ((1, c.Identify("TRN000417"), NURSE),),
    "prepare": (
        (2, c.AnswerRest(answer=False), NURSE),
        (2, c.RecordVitalSigns(WELL), NURSE),
        (1, c.FinishPrechecks(), NURSE),
    ),
    "infuse": (
        (4, c.RecordProduct(VIAL, "scanned"), NURSE),
        (1, c.InspectVial("clear"), NURSE),
        (1, c.RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778"), NURSE),
        (1, c.AddDose(Decimal(15)), NURSE),
        (1, c.InvertBag(), NURSE),
        (11, c.FinishDilution(), NURSE),
        (1, c.InspectBag("clear"), NURSE),
        (1, c.LabelBag(), NURSE),
        (3, c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), SECOND),
        (5, c.ReadyLine("left forearm"), NURSE),
        (5, c.StartInfusion(Decimal(115)), NURSE),
    ),
    "flush": ((60, c.EmptyBag(), NURSE),),
    "observe": ((5, c.FinishFlush(Decimal(4)), NURSE),),
    "discharge": ((60, c.CompleteObservation(), NURSE),),
    "closed": ((5, c.Discharge(), NURSE),),
}
