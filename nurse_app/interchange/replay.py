"""Plays a visit script through the real service, step by step, with the script's own clock."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, assert_never

from nurse_app.domain import commands as c
from nurse_app.domain.clock_commands import NoticeClockStep, ReopenVisit
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.snapshot import snapshot
from nurse_app.interchange import script_acts as acts
from nurse_app.interchange.expectation import difference
from nurse_app.interchange.scan import command_for_scan
from nurse_app.interchange.script_patient import find_or_register
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.visit_script import Step, VisitScript
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import Clock
from nurse_app.visit.service import VisitService
from nurse_app.visit.watch import ClockWatch


class Workstation(Protocol):
    """A data folder and the program on it."""

    def start(self, clock: Clock) -> VisitService:
        """Start the program: take the folder and read what is there."""
        ...

    def die(self) -> None:
        """End the program as a kill does: nothing is written or closed in good order, and the folder is free."""
        ...


@dataclass(frozen=True, slots=True)
class StepResult:
    """How a step went: its entries, its refusal, and where it was not as the script says, what differed."""

    step: Step
    visit_id: str | None = None
    entries: tuple[int, ...] = ()
    rejected: Rejected | None = None
    differs: tuple[object, object] | None = None

    @property
    def is_as_expected(self) -> bool:
        return self.differs is None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a play stands: the next step, and the visit that was begun."""

    next_step: int = 0
    visit_id: str | None = None


def clock_of(script: VisitScript, boot_id: str) -> ScriptedClock:
    """The clock that a script begins with; ``boot_id`` must be one that no earlier play had in this data folder."""
    return ScriptedClock(script.clock, boot_id=boot_id)


class Player:
    """One play of one script. ``position`` is not the beginning when a play goes on that another process began."""

    def __init__(
        self, script: VisitScript, workstation: Workstation, clock: ScriptedClock, position: Position | None = None
    ) -> None:
        self._script = script
        self._workstation = workstation
        self._clock = clock
        self._service = workstation.start(clock)
        self._watch = ClockWatch(clock.read())
        self._position = position or Position()
        if self._position.visit_id is not None:
            self._reopen(self._position.visit_id, script.user)

    @property
    def service(self) -> VisitService:
        return self._service

    def play(self, report: Callable[[StepResult], None]) -> bool:
        """Play the steps that are left; ``report`` gets each result once it is on the disk. True: all as expected.

        Raises NotSavedError, and MisfitError when the data folder has a real patient of the script's record number.
        """
        is_as_expected = True
        for step in self._script.steps[self._position.next_step :]:
            self._clock.advance(step.at - self._clock.passed)
            result = self._play(step)
            self._position = Position(step.index + 1, result.visit_id)
            is_as_expected = is_as_expected and result.is_as_expected
            report(result)
        return is_as_expected

    def _play(self, step: Step) -> StepResult:
        match step.act:
            case acts.StartVisit():
                return self._start_visit(step)
            case acts.Record():
                return self._handle(step, step.act.command)
            case acts.Scan():
                return self._scan(step, step.act.barcode)
            case acts.Expect():
                return self._expect(step, step.act)
            case acts.Restart():
                return self._restart(step)
            case acts.SetClock():
                return self._set_clock(step, step.act)
            case acts.Suspend():
                # Sleep counts: the next step's time is simply later.
                return StepResult(step, self._position.visit_id)
            case _:
                assert_never(step.act)

    @property
    def _visit_id(self) -> str:
        if self._position.visit_id is None:
            message = "no visit has been started"
            raise LookupError(message)
        return self._position.visit_id

    def _start_visit(self, step: Step) -> StepResult:
        author, known = Author(step.by), self._position.visit_id
        if known is None:
            patient_id, facts = find_or_register(self._service, self._script, author)
        else:
            patient_id, facts = self._service.visit(known).state.patient_id, None
        visit_id = self._service.start_visit(patient_id, author)
        if facts is not None:
            self._service.handle(visit_id, c.UpdateFacts(facts), author)
        last = self._service.visit(visit_id).state.number
        return StepResult(step, visit_id, () if visit_id == known else tuple(range(1, last + 1)))

    def _handle(self, step: Step, command: c.Command | Rejected) -> StepResult:
        rejected, entries = self._do(self._visit_id, command, step.by)
        differs = _refusal_difference(expected=step.rejected, rejected=rejected)
        return StepResult(step, self._visit_id, entries, rejected, differs)

    def _do(self, visit_id: str, command: c.Command | Rejected, by: str) -> tuple[Rejected | None, tuple[int, ...]]:
        """How a command was refused, if it was, and the numbers of the entries made; a scan may be refused already."""
        if isinstance(command, Rejected):
            return command, ()
        before = self._service.visit(visit_id).state.number
        result = self._service.handle(visit_id, command, Author(by))
        entries = tuple(range(before + 1, self._service.visit(visit_id).state.number + 1))
        return (result if isinstance(result, Rejected) else None), entries

    def _scan(self, step: Step, barcode: str) -> StepResult:
        state = self._service.visit(self._visit_id).state
        return self._handle(step, command_for_scan(barcode, state, state.moment(self._clock.read())))

    def _expect(self, step: Step, act: acts.Expect) -> StepResult:
        state = self._service.visit(self._visit_id).state
        now = state.moment(self._clock.read())
        return StepResult(step, self._visit_id, differs=difference(act.state, snapshot(state, now)))

    def _restart(self, step: Step) -> StepResult:
        self._workstation.die()
        self._service = self._workstation.start(self._clock)
        self._watch = ClockWatch(self._clock.read())
        visit_id = self._position.visit_id
        entries = () if visit_id is None else self._reopen(visit_id, step.by)
        return StepResult(step, visit_id, entries)

    def _reopen(self, visit_id: str, by: str) -> tuple[int, ...]:
        """The script's own visit only: a play leaves other visits of the data folder alone."""
        visit = self._service.visit(visit_id)
        return self._do(visit_id, ReopenVisit(visit.tail_bytes), by)[1]

    def _set_clock(self, step: Step, act: acts.SetClock) -> StepResult:
        self._clock.set_wall_by(act.by)
        moved, visit_id = self._watch.step(self._clock.read()), self._position.visit_id
        if moved is None or visit_id is None:
            return StepResult(step, visit_id)
        return StepResult(step, visit_id, self._do(visit_id, NoticeClockStep(moved), step.by)[1])


def _refusal_difference(*, expected: bool | str, rejected: Rejected | None) -> tuple[object, object] | None:
    """Compare a refusal with the expected one: any, none, or one of a code (for open findings, any rule named)."""
    code = None if rejected is None else str(rejected.reason)
    if isinstance(expected, bool):
        return (
            None if expected == (rejected is not None) else ("rejected" if expected else "accepted", code or "accepted")
        )
    named = rejected.details if rejected and rejected.reason in (Reason.FINDINGS_OPEN, Reason.DO_NOT_GIVE) else ()
    return None if expected == code or expected in named else (expected, code or "accepted")
