"""A few of the decision scripts once more, worked by hand in the real windows from the start of the infusion on."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain.snapshot import snapshot
from tests.ui.driver import Ward

SCRIPTS = Path(__file__).parents[1] / "scenarios"
SIGNS = ("systolic", "diastolic", "pulse", "respiration", "spo2", "temperature_c")
BY_HAND = {"vitals", "reaction", "sign", "seen-well", "expect"}


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp).sign_in()
    ward.to_infuse()
    yield ward
    ward.close()


def steps_of(name: str) -> list[tuple[timedelta, dict[str, Any]]]:
    """What follows the start in a script, as far as hands can follow it, with the time after the start."""
    steps = json.loads((SCRIPTS / f"{name}.json").read_text(encoding="utf-8"))["steps"]
    places = [place for place, step in enumerate(steps) if step["do"] == "start-infusion"]
    started = time_of(steps[places[0]])
    found = []
    for step in steps[places[0] + 1 :]:
        if step["do"] not in BY_HAND:
            break
        if "rejected" not in step:
            found.append((time_of(step) - started, step))
    return found


def time_of(step: dict[str, Any]) -> timedelta:
    hours, minutes, seconds = (int(part) for part in step["at"].split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def work(ward: Ward, step: dict[str, Any]) -> None:
    """One step as a nurse does it."""
    if step["do"] == "vitals":
        ward.key("V")
        ward.vital_signs(*(str(step.get(sign, "")) for sign in SIGNS))
    elif step["do"] == "reaction":
        ward.key("F8")
        for sign in step["signs"]:
            ward.press(f"sign.{sign}")
    elif step["do"] == "sign":
        ward.press(f"sign.{step['sign']}")
    elif step["do"] == "seen-well":
        ward.key("W")


def shown(ward: Ward, wanted: dict[str, Any]) -> dict[str, Any]:
    """The parts of the state that are wanted; of alarms the names, because entries have other numbers here."""
    state = ward.visit("TRN000417").state
    found = snapshot(state, state.moment(ward.clock.read()))
    return {name: narrowed(found[name], part) for name, part in wanted.items()}


def narrowed(found: Any, wanted: Any) -> Any:
    if isinstance(wanted, dict):
        return {key: found[key] for key in wanted}
    return names(found) if isinstance(wanted, list) else found


def names(listed: Any) -> Any:
    return [each.partition("/")[0] for each in listed] if isinstance(listed, list) else listed


@pytest.mark.parametrize("name", ["alarm-line-124", "temperature-while-running", "stopped-for-chest"])
def test_a_script_goes_the_same_way_by_hand(ward: Ward, name: str) -> None:
    steps, passed = steps_of(name), timedelta(0)
    assert any(step["do"] == "expect" for _at, step in steps)
    for at, step in steps:
        if at > passed:
            ward.wait(seconds=(at - passed).total_seconds())
            passed = at
        if step["do"] == "expect":
            wanted = step["state"]
            assert shown(ward, wanted) == {key: names(part) for key, part in wanted.items()}, step["at"]
        else:
            work(ward, step)
