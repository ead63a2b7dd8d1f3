"""Visit scripts: a whole visit as a list of timed steps, read strictly; every error names its step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nurse_app.domain.facts import Facts
from nurse_app.interchange.assess import ChooseProtocol, PinnedProtocol
from nurse_app.interchange.expectation import require_known, state_at_start
from nurse_app.interchange.facts_reading import read_facts, require_year
from nurse_app.interchange.script_acts import Act, Expect, Record, Scan, StartVisit, Suspend, needs_visit, read_act
from nurse_app.interchange.script_parts import duration, rejection, text_of
from nurse_app.plain_data import MisfitError, build

_RECORDED_BY_STEPS = ("vitals", "product", "preparation")


@dataclass(frozen=True, slots=True)
class Step:
    """One step at so much true time after the script's clock. ``rejected``: None, or the refusal that is expected."""

    index: int
    at: timedelta
    do: str
    act: Act
    by: str
    rejected: bool | str = False

    @property
    def place(self) -> str:
        return f"steps[{self.index}]"


@dataclass(frozen=True, slots=True)
class VisitScript:
    """A script that can be played."""

    name: str
    pinned: PinnedProtocol
    clock: datetime
    user: str
    record_no: str
    facts: Facts
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    protocol: str
    clock: datetime
    user: str


def read_script(data: object, choose: ChooseProtocol) -> VisitScript:
    """The script that a JSON value describes. Raises MisfitError."""
    if not isinstance(data, dict):
        raise MisfitError("", "must be one JSON object")
    parts = dict(data)
    facts_data = _taken(parts, "facts", dict)
    steps_data = _taken(parts, "steps", list)
    head = build(_Head, parts)
    require_year("clock", head.clock)
    text_of("user", head.user)
    pinned = choose(head.protocol)
    clock, facts = _facts(facts_data, head, pinned)
    record_no = facts.identity.record_no if facts.identity else None
    if not record_no:
        raise MisfitError("facts.identity.record_no", "must be given, because the patient is registered with it")
    steps = _steps(steps_data, head.user, pinned)
    known = state_at_start(pinned, facts, clock)
    for step in steps:
        if isinstance(step.act, Expect):
            require_known(step.act.state, known, f"{step.place}.state")
    return VisitScript(head.name, pinned, clock, head.user, record_no, facts, steps)


def _taken(parts: dict[str, Any], key: str, kind: type) -> Any:
    if key not in parts:
        raise MisfitError(key, "is missing")
    value = parts.pop(key)
    if not isinstance(value, kind):
        raise MisfitError(key, f"must be {'a list' if kind is list else 'an object'}")
    return value


def _facts(data: Mapping[str, object], head: _Head, pinned: PinnedProtocol) -> tuple[datetime, Facts]:
    """The facts, and the clock in the offset of their ``now``, which decides what day it is."""
    parts = dict(data)
    if "protocol" in parts and parts.pop("protocol") != head.protocol:
        raise MisfitError("facts.protocol", "must be the script’s own")
    clock = head.clock
    if "now" in parts:
        clock = clock.astimezone(build(datetime, parts.pop("now"), "facts.now").tzinfo)
    facts = read_facts(parts, pinned.protocol, clock, "facts")
    for name in _RECORDED_BY_STEPS:
        if getattr(facts, name) is not None:
            raise MisfitError(f"facts.{name}", "must be null; steps record it")
    for question, answer in facts.answers.items():
        if answer is not None:
            raise MisfitError(f"facts.answers.{question}", "must be null; steps record the answers")
    return clock, facts


def _steps(data: list[object], user: str, pinned: PinnedProtocol) -> tuple[Step, ...]:
    steps: list[Step] = []
    last = asleep_from = asleep_until = timedelta(0)
    is_started = False
    for index, item in enumerate(data):
        step = _step(index, item, user, pinned)
        if step.at < last:
            raise MisfitError(f"{step.place}.at", "goes back; steps must be in the order of their times")
        if asleep_from < step.at < asleep_until:
            raise MisfitError(f"{step.place}.at", "lies in the sleep that an earlier step began")
        if needs_visit(step.act) and not is_started:
            raise MisfitError(f"{step.place}.do", "needs a visit; start-visit must come first")
        is_started = is_started or isinstance(step.act, StartVisit)
        if isinstance(step.act, Suspend):
            asleep_from, asleep_until = step.at, step.at + step.act.lasting
        last = step.at
        steps.append(step)
    return tuple(steps)


def _step(index: int, data: object, user: str, pinned: PinnedProtocol) -> Step:
    place = f"steps[{index}]"
    if not isinstance(data, dict):
        raise MisfitError(place, "must be an object")
    parts = dict(data)
    for key in ("at", "do"):
        if key not in parts:
            raise MisfitError(f"{place}.{key}", "is missing")
    at = duration(parts.pop("at"), f"{place}.at")
    do = build(str, parts.pop("do"), f"{place}.do")
    expected = rejection(parts.pop("rejected", False), f"{place}.rejected")
    act, author = read_act(do, parts, pinned.protocol, place)
    if expected is not False and not isinstance(act, Record | Scan):
        raise MisfitError(f"{place}.rejected", "is only for what a person does in the visit")
    return Step(index, at, do, act, author or user, expected)
