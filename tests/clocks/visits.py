"""A visit on a machine: entries with the readings of its port, and what the record then proves."""

import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from nurse_app.domain import commands as c
from nurse_app.domain.alarms import alarms
from nurse_app.domain.facts import Facts
from nurse_app.domain.moment import Moment, Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import VisitState
from nurse_app.visit.open_visit import Accepted, Author, OpenVisit
from nurse_app.visit.watch import ClockWatch
from tests.clocks.machine import Machine, Model
from tests.kit import BAG_ACTS, NURSE, SECOND, WELL, MemoryLog, TestVisit, base_facts

TO_START: tuple[tuple[c.Command, str], ...] = (
    (c.Identify("TRN000417"), NURSE),
    (c.AnswerRest(answer=False), NURSE),
    (c.RecordVitalSigns(WELL), NURSE),
    (c.FinishPrechecks(), NURSE),
    *((command, NURSE) for command in BAG_ACTS),
    (c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), SECOND),
    (c.ReadyLine("left forearm"), NURSE),
    (c.StartInfusion(Decimal(115)), NURSE),
)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def facts_at(at: datetime) -> Facts:
    """The facts of a patient who may have the dose of this day: those of the worked case, moved to it."""
    days = at.date() - TestVisit.T0.date()

    def moved(found: re.Match[str]) -> str:
        return (date.fromisoformat(found[0]) + days).isoformat()

    def change(data: dict[str, Any]) -> None:
        data |= json.loads(_DAY.sub(moved, json.dumps(data)))

    return base_facts(change, for_visit=True)


class VisitOn:
    """One visit, as far as the start of the infusion, whose every entry is read off the machine's clock."""

    def __init__(self, protocol: InfusionProtocol, machine: Machine) -> None:
        self.machine = machine
        self.log = MemoryLog()
        start = c.StartVisit("p-1", "TRN000417", protocol, "digest", facts_at(self.reading().wall))
        self.visit = OpenVisit.start(self.log, start, Author(NURSE), self.reading())
        self.watch = ClockWatch(self.reading())

    def reading(self) -> Reading:
        return self.machine.clock.read()

    @property
    def state(self) -> VisitState:
        return self.visit.state

    @property
    def now(self) -> Moment:
        return self.visit.now(self.reading())

    def do(self, command: c.Command, by: str = NURSE) -> None:
        result = self.visit.handle(command, Author(by), self.reading())
        assert isinstance(result, Accepted), (command, result)

    def look(self) -> timedelta | None:
        """What the program does twice a second: note a step of the wall clock."""
        step = self.watch.step(self.reading())
        if step is not None:
            self.do(c.NoticeClockStep(step))
        return step

    def reopen(self, last_seen: Reading | None = None) -> None:
        """The program was away and is started again."""
        self.visit = OpenVisit(self.log, self.log.recorded())
        self.watch = ClockWatch(self.reading())
        self.do(c.ReopenVisit(0, last_seen))

    def alarms(self) -> dict[str, str]:
        """Priority by id of every condition that is present."""
        return {item.id: item.priority for item in alarms(self.state, self.now)}

    def wait(self, **lasting: float) -> "VisitOn":
        self.machine.run(timedelta(**lasting))
        return self

    def observe(self) -> "VisitOn":
        """An hour of running, five minutes of flushing; the watch begins."""
        self.infuse().wait(minutes=60).do(c.EmptyBag())
        self.wait(minutes=5).do(c.FinishFlush(Decimal(4)))
        return self

    def infuse(self) -> "VisitOn":
        """Everything up to the start of the drug, at this instant."""
        for command, by in TO_START:
            self.do(command, by)
        return self


def on(model: Model, protocol: InfusionProtocol, folder: Path) -> VisitOn:
    return VisitOn(protocol, Machine(model, folder, TestVisit.T0))
