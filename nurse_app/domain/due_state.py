"""Where something that falls due stands on a day: worked out from its dates alone, so that lists need no record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nurse_app.domain.calendar import days_after
from nurse_app.domain.due_protocol import Bearing, DueRule
from nurse_app.domain.protocol import InfusionProtocol

DueState = Literal["never", "overdue", "now", "soon", "later", "watch"]
_ORDER: tuple[DueState, ...] = ("never", "overdue", "now", "soon", "later", "watch")
_GRAVEST_FIRST: tuple[Bearing, ...] = ("stop", "hold", "caution", "none")
LATE: frozenset[DueState] = frozenset({"never", "overdue"})
# These say that another item has become worse; before that there is nothing to say.
_ONLY_LATE = frozenset({"missed-infusion", "treatment-gap"})
_BETWEEN = "/"
# What stands before an item's name in a patient's summary.
DUE = "due:"
# Its fact in a patient's summary: nothing was given yet, or nobody knows whether it was.
MAY_BE_FIRST = "may_be_first"
_DAY_LENGTH = len("2026-11-22")
Summary = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class DueDays:
    """From ``due_on`` on it is to be done; after ``good_until`` it is overdue. None: not on record at all."""

    due_on: date | None = None
    good_until: date | None = None

    def text(self) -> str | None:
        """One day, or an ISO 8601 interval of two; None when nothing is on record."""
        if self.due_on is None or self.good_until is None:
            return None
        days = (self.due_on, self.good_until) if self.due_on != self.good_until else (self.due_on,)
        return _BETWEEN.join(day.isoformat() for day in days)


def days_of(text: str | None) -> DueDays:
    """The days behind a text of ``DueDays.text``."""
    if text is None:
        return DueDays()
    first, _between, last = text.partition(_BETWEEN)
    return DueDays(date.fromisoformat(first), date.fromisoformat(last or first))


@dataclass(frozen=True, slots=True)
class Standing:
    """One item on one day. ``late_days`` counts the days after the last good one, 0 when it is not overdue.

    ``before_first``: nothing was given yet, or nobody knows whether it was.
    """

    rule: DueRule
    days: DueDays
    state: DueState
    late_days: int = 0
    before_first: bool = False

    @property
    def bears(self) -> Bearing:
        """What it means for today's infusion: nothing before it is late."""
        if self.state not in LATE:
            return "none"
        if self.before_first and self.rule.bears_before_first is not None:
            return self.rule.bears_before_first
        if self.state == "never" and self.rule.bears_unknown is not None:
            return self.rule.bears_unknown
        return self.rule.bears


def due_rules(protocol: InfusionProtocol) -> tuple[DueRule, ...]:
    """The protocol's own; for one that has none, its monitoring as it stands."""
    if protocol.due is not None:
        return protocol.due.rules
    return tuple(
        DueRule(
            name=item.name,
            kind="results",
            soon_days=0,
            bears="caution" if item.rule else "none",
            put_off="nobody",
            monitoring=item.name,
            bears_before_first="hold" if item.baseline else None,
        )
        for item in protocol.labs.monitoring
    )


def standings(
    protocol: InfusionProtocol, days: Mapping[str, DueDays], today: date, *, before_first: bool = False
) -> tuple[Standing, ...]:
    """What is to be listed on a day, what comes first first. ``days`` holds the items that there are, by name."""
    rules = [rule for rule in due_rules(protocol) if rule.name in days]
    found = [_standing(rule, days[rule.name], today, before_first=before_first) for rule in rules]
    listed = [item for item in found if _is_listed(item)]
    replaced = {name for item in listed for name in item.rule.instead_of}
    return tuple(sorted((item for item in listed if item.rule.name not in replaced), key=urgency))


def near_in(protocol: InfusionProtocol, summary: Summary, today: date, ahead_days: int = 0) -> tuple[Standing, ...]:
    """What a patient's summary says is late, or is to be done within so many days; what comes first first.

    Home asks this of sixty patients at every look at the clock, the recall list of thousands: the text of a day tells
    most of what is far away without being read.
    """
    until = days_after(today, ahead_days).isoformat()
    days: dict[str, DueDays] = {}
    for rule in due_rules(protocol):
        text = summary.get(DUE + rule.name, "")
        if text != "" and (text is None or rule.instead_of or str(text)[:_DAY_LENGTH] <= until):
            days[rule.name] = days_of(None if text is None else str(text))
    listed = standings(protocol, days, today, before_first=summary.get(MAY_BE_FIRST) is True)
    return tuple(item for item in listed if item.state != "watch" and _is_by(item.days, today, ahead_days))


def _is_by(days: DueDays, today: date, ahead_days: int) -> bool:
    return days.due_on is None or days.due_on <= days_after(today, ahead_days)


def _standing(rule: DueRule, days: DueDays, today: date, *, before_first: bool) -> Standing:
    if days.due_on is None or days.good_until is None:
        return Standing(rule, days, "never", before_first=before_first)
    late = max((today - days.good_until).days, 0)
    return Standing(rule, days, _state(rule, days.due_on, today, late), late, before_first)


def _state(rule: DueRule, due_on: date, today: date, late: int) -> DueState:
    if rule.kind == "watch":
        return "watch"
    if late:
        return "overdue"
    if today >= due_on:
        return "now"
    return "soon" if today >= days_after(due_on, -rule.soon_days) else "later"


def _is_listed(item: Standing) -> bool:
    """A watch ends on its last day; a worse name for a late thing waits until the thing is that late."""
    if item.rule.kind == "watch":
        return not item.late_days
    return item.state in LATE or item.rule.kind not in _ONLY_LATE


def urgency(item: Standing) -> tuple[bool, int, int, date]:
    """What comes first sorts first: late by its bearing on today, then what is not on record, then by the day."""
    late = item.state in LATE
    return not late, _GRAVEST_FIRST.index(item.bears), _ORDER.index(item.state), item.days.good_until or date.min
