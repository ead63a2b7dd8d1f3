"""Facts changed by path, judged by the real rules; and records written event by event, without any rule."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from nurse_app.domain import events as e
from nurse_app.domain.assess import assess
from nurse_app.domain.evolve import fold
from nurse_app.domain.facts import Facts, Treatment, VitalSigns
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.moment import Moment, Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.state import VisitState
from tests.kit import NURSE, base_facts

NOW = datetime.fromisoformat("2026-11-22T10:00:00+00:00")
Change = Callable[[dict[str, Any]], None]


def put(path: str, value: object) -> Change:
    """A change that puts a value at a path such as patient.history.pml."""

    def change(data: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        for key in parents:
            data = data[key]
        data[last] = value

    return change


def lab(test: str, **changes: object) -> Change:
    """A change of the one result of a test; a value of None takes a key away."""

    def change(data: dict[str, Any]) -> None:
        row = next(row for row in data["labs"] if row["test"] == test)
        for key, value in changes.items():
            row[key] = value

    return change


def no_lab(*tests: str) -> Change:
    """A change that takes the results of these tests away."""

    def change(data: dict[str, Any]) -> None:
        data["labs"] = [row for row in data["labs"] if row["test"] not in tests]

    return change


def more_labs(*rows: Mapping[str, object]) -> Change:
    """A change that adds results."""

    def change(data: dict[str, Any]) -> None:
        data["labs"] = [*data["labs"], *rows]

    return change


def both(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(data: dict[str, Any]) -> None:
        for one in changes:
            one(data)

    return change


def decided(about: str, decision: str = "proceed", at: str = "2026-11-22T09:00:00+00:00") -> Change:
    """A prescriber's decision on the record."""
    return put("patient.decisions", [{"about": about, "decision": decision, "by": "prescriber", "at": at}])


def judge(protocol: InfusionProtocol, *changes: Change, now: datetime = NOW) -> Assessment:
    """The judgement of the uneventful facts with changes."""
    return assess(protocol, base_facts(both(*changes)), now)


def only(judged: Assessment, rule: str) -> Finding | None:
    """The worst finding of a rule."""
    return next((finding for finding in judged.findings if finding.rule == rule), None)


def verdict(judged: Assessment, rule: str) -> str | None:
    """severity/variant of the worst finding of a rule; None when it found nothing."""
    found = only(judged, rule)
    return None if found is None else f"{found.severity}/{found.variant}"


def visit_facts(*changes: Change) -> Facts:
    """The facts that a visit begins with, changed."""
    return base_facts(both(*changes), for_visit=True)


def given_before(infusions: int) -> Change:
    """So many infusions so far; the last one was four weeks ago."""
    return put("patient.treatment.infusions_given", infusions)


def course(facts: Facts) -> Treatment:
    """The course in these facts."""
    assert facts.patient is not None
    assert facts.patient.treatment is not None
    return facts.patient.treatment


def pressure(systolic: int | str, diastolic: int = 60) -> VitalSigns:
    """A set of which only the pressure was taken."""
    return VitalSigns(Decimal(systolic), Decimal(diastolic))


class Tape:
    """A record written event by event; no rule refuses anything. The clocks can sleep, be moved and start anew."""

    T0 = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __init__(self, protocol: InfusionProtocol, facts: Facts | None = None, begins: datetime = T0) -> None:
        self.begins = begins
        self.passed = timedelta(0)
        self.wall_moved = timedelta(0)
        self.started_up = timedelta(hours=-5)
        self.boots = 1
        self.items: list[Recorded[e.Event]] = []
        self.note(e.VisitStarted("p-1", "TRN000417", protocol, "digest", facts or visit_facts()))

    def reading(self) -> Reading:
        """What the clocks show now."""
        wall = self.begins + self.passed + self.wall_moved
        return Reading(wall, self.passed - self.started_up, f"boot-{self.boots}")

    @property
    def truth(self) -> datetime:
        """What the clocks should show."""
        return self.begins + self.passed

    @property
    def state(self) -> VisitState:
        return fold(self.items)

    @property
    def now(self) -> Moment:
        return self.state.moment(self.reading())

    def wait(self, **duration: float) -> "Tape":
        """Time goes by, awake or asleep."""
        self.passed += timedelta(**duration)
        return self

    def move_wall(self, **by: float) -> "Tape":
        """Somebody moves the wall clock."""
        self.wall_moved += timedelta(**by)
        return self

    def reboot(self, off: timedelta, started_for: timedelta = timedelta(0)) -> "Tape":
        """The machine was off for a while, and has been up again for another."""
        self.passed += off
        self.started_up = self.passed
        self.passed += started_for
        self.boots += 1
        return self

    def note(self, *events: e.Event, by: str = NURSE, happened_at: datetime | None = None) -> "Tape":
        """Write entries now."""
        for event in events:
            number = len(self.items) + 1
            self.items.append(Recorded(number, f"e{number}", Entry(event, by, self.reading(), happened_at)))
        return self

    def infusing(self, rate_ml_h: int | str = 115) -> "Tape":
        """The drug runs from now on, whatever should have come before."""
        return self.note(e.InfusionStarted(Decimal(rate_ml_h), ()))

    def observing(self) -> "Tape":
        """Sixty minutes of running, five of flushing; the watch begins now."""
        self.infusing().wait(minutes=60).note(e.BagEmptied(None, variance=False)).wait(minutes=5)
        return self.note(e.FlushFinished(Decimal(4)), e.ObservationStarted("flush"))


def aware(state: VisitState, zone: timedelta) -> VisitState:
    """The same visit at a workstation whose clock shows another offset."""
    wall = state.last_reading.wall.astimezone(timezone(zone))
    return replace(state, last_reading=replace(state.last_reading, wall=wall))
