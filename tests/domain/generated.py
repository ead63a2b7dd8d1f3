"""Values made up by Hypothesis: any event there can be, and what may happen to a machine's clocks."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from nurse_app.domain.events import ClockStepNoticed, VisitReopened
from nurse_app.domain.facts import LabResult, Treatment
from tests.domain.kit import Tape

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DECIMALS = st.decimals(-(10**9), 10**9, places=6) | st.integers(-(10**9), 10**9).map(Decimal)
LIMITS = st.none() | st.decimals(Decimal("0.01"), 10**6, places=2)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
INSTANTS = st.builds(
    lambda after, zone: (_EPOCH + after).astimezone(zone),
    st.timedeltas(timedelta(days=-30000), timedelta(days=70000)),
    ZONES,
)
_LEAVES: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    bool: st.booleans(),
    int: st.integers(-(10**12), 10**12),
    Decimal: DECIMALS,
    datetime: INSTANTS,
    date: st.dates(),
    timedelta: st.timedeltas(),
    types.NoneType: st.none(),
}


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a kind that plain data can describe."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of([values(one) for one in inner])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if origin is not None:
        return st.dictionaries(st.text(max_size=8), values(inner[1]), max_size=2)
    return _made(kind) if is_dataclass(kind) else _LEAVES[kind]


def _made(kind: Any) -> st.SearchStrategy[Any]:
    parts = {name: values(hint) for name, hint in get_type_hints(kind).items()}
    if kind is Treatment:
        parts["infusions_given"] = st.none() | st.integers(0, 500)
    if kind is LabResult:
        # A number as a value is text once it is on the disk, so it is text from the beginning here.
        parts["value"] = st.none() | st.text(max_size=8)
        return st.builds(
            _in_order, LIMITS, LIMITS, **{name: parts[name] for name in parts if name not in ("lln", "uln")}
        )
    return st.builds(kind, **parts)


def _in_order(one: Decimal | None, other: Decimal | None, **parts: Any) -> LabResult:
    """A result whose limits are in their order."""
    if one is not None and other is not None:
        one, other = min(one, other), max(one, other)
    return LabResult(**parts, lln=one, uln=other)


# --- clocks ---


@dataclass(frozen=True)
class Wait:
    """Time goes by, awake or asleep."""

    lasting: timedelta

    def happen(self, tape: Tape) -> None:
        tape.passed += self.lasting


@dataclass(frozen=True)
class MoveWall:
    """Somebody moves the wall clock, and the program is open and notices."""

    by: timedelta

    def happen(self, tape: Tape) -> None:
        tape.wall_moved += self.by
        tape.note(ClockStepNoticed(self.by))


@dataclass(frozen=True)
class MoveWallUnseen:
    """Somebody moves the wall clock while the program is not there to see it."""

    by: timedelta

    def happen(self, tape: Tape) -> None:
        tape.wall_moved += self.by


@dataclass(frozen=True)
class Reboot:
    """The machine is off for a while, up again for another, and then the program is opened on the visit."""

    off: timedelta
    up: timedelta

    def happen(self, tape: Tape) -> None:
        tape.reboot(self.off, self.up).note(VisitReopened())


Happening = Wait | MoveWall | MoveWallUnseen | Reboot
SPANS = st.timedeltas(timedelta(0), timedelta(minutes=40))
STEPS = st.timedeltas(timedelta(days=-400), timedelta(days=400))
WAITS = SPANS.map(Wait)
MOVES = STEPS.map(MoveWall)
UNSEEN = STEPS.map(MoveWallUnseen)
REBOOTS = st.builds(Reboot, SPANS, SPANS)
