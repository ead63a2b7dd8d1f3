"""What replay prints: one line of plain data a step, and a sentence about a step that did not go as written."""

from collections.abc import Mapping
from datetime import timedelta

from nurse_app.interchange.json_text import json_line
from nurse_app.interchange.replay import StepResult
from nurse_app.interchange.script_acts import StartVisit
from nurse_app.plain_data import plain


def step_line(result: StepResult) -> dict[str, object]:
    """A step's number, time and command, the numbers of its entries in the visit, and how it went."""
    step = result.step
    line: dict[str, object] = {"step": step.index, "at": _clock(step.at), "do": step.do, "ok": result.is_as_expected}
    if isinstance(step.act, StartVisit):
        line["visit"] = result.visit_id
    if result.entries:
        line["entries"] = list(result.entries)
    if result.rejected is not None:
        line["rejected"] = str(result.rejected.reason)
        if result.rejected.details:
            line["because"] = list(result.rejected.details)
    if result.differs is not None:
        line["expected"], line["actual"] = (plain(part) for part in result.differs)
    return line


def what_differs(result: StepResult) -> str:
    """Which step did not go as written, and how."""
    step = result.step
    expected, actual = result.differs or ("", "")
    return f"{step.place} at {_clock(step.at)} ({step.do}): expected {_shown(expected)}, found {_shown(actual)}"


def _shown(part: object) -> str:
    if not isinstance(part, Mapping):
        return str(part)
    return ", ".join(f"{name} {json_line(plain(value))}" for name, value in _leaves(part, ""))


def _leaves(part: Mapping[str, object], prefix: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key, value in part.items():
        name = f"{prefix}{key}"
        found += _leaves(value, f"{name}.") if isinstance(value, Mapping) else [(name, value)]
    return found


def _clock(at: timedelta) -> str:
    seconds = at // timedelta(seconds=1)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
