"""Facts changed by path, judged by the real rules."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nurse_app.domain.assess import assess
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.protocol import InfusionProtocol
from tests.kit import base_facts

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


def more_labs(*rows: dict[str, object]) -> Change:
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
