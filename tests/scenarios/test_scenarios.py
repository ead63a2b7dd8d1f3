"""Whole visits, as nurses would write them down, through the real rules, service and store, and read again."""

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nurse_app.cli.workstation import StoreWorkstation
from nurse_app.domain.evolve import fold
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.replay import Player, StepResult, clock_of
from nurse_app.interchange.replay_lines import what_differs
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.interchange.visit_script import read_script
from nurse_app.protocol_files.digest import digest
from nurse_app.visit.open_visit import OpenVisit

HERE = Path(__file__).parent
FILES = [*sorted((HERE.parent / "cases" / "visits").glob("*.json")), *sorted(HERE.glob("*.json"))]
SCRIPTS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FILES}
OUTCOMES = {"completed", "partial", "left-early", "stopped-for-reaction", "not-given"}
PHASES = {"identify", "prechecks", "prepare", "infuse", "flush", "observe", "reaction", "discharge", "closed"}
COMMANDS = (
    "start-visit identify answer answer-rest vitals decision finish-prechecks scan product prepare dilution-finished "
    "move-bag bag-warmed discard-bag second-check line-ready start-infusion change-rate pause resume bag-empty "
    "flush-finished stop-infusion reaction sign treatment close-reaction complete-observation leave-early discharge "
    "not-given note correct acknowledge seen-well restart suspend set-clock expect"
)


class Stage:
    """A data folder of its own with one script played on it."""

    def __init__(self, script: dict[str, Any], protocol: InfusionProtocol, root: Path) -> None:
        pinned = PinnedProtocol(protocol, digest(protocol))
        read = read_script(script, lambda _name: pinned)
        self.workstation = StoreWorkstation(root, pinned, SequentialIdentifiers(), windows=sys.platform == "win32")
        self.clock = clock_of(read, "boot-1")
        self.player = Player(read, self.workstation, self.clock)
        self.visit_id = ""
        self.differing: list[str] = []

    @property
    def visit(self) -> OpenVisit:
        return self.player.service.visit(self.visit_id)

    def play(self) -> "Stage":
        self.player.play(self.look)
        return self

    def look(self, result: StepResult) -> None:
        """After each step, what is in memory is what the record says."""
        if not result.is_as_expected:
            self.differing.append(what_differs(result))
        if result.visit_id is not None:
            self.visit_id = result.visit_id
            assert fold(self.visit.record) == self.visit.state, result.step.place

    def read_again(self) -> OpenVisit:
        """The visit as another start of the program finds it on the disk."""
        self.workstation.die()
        return self.workstation.start(self.clock).visit(self.visit_id)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_visit_goes_as_written_and_is_on_the_disk(protocol: InfusionProtocol, tmp_path: Path, name: str) -> None:
    stage = Stage(SCRIPTS[name], protocol, tmp_path / "records").play()
    assert stage.differing == []
    kept, found = stage.visit, stage.read_again()
    assert found.record == kept.record
    assert found.state == kept.state


def with_restarts(script: dict[str, Any]) -> dict[str, Any]:
    """The same visit with the program killed and opened again before every step."""
    steps = [one for step in script["steps"] for one in ({"at": step["at"], "do": "restart"}, step)]
    return script | {"steps": steps}


UNNUMBERED = [name for name, script in SCRIPTS.items() if "correct" not in {step["do"] for step in script["steps"]}]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in ("mild-resumed", "low-pressure") else pytest.mark.sweep)
        for name in UNNUMBERED
    ],
)
def test_a_visit_goes_the_same_way_when_the_program_dies_before_every_step(
    protocol: InfusionProtocol, tmp_path: Path, name: str
) -> None:
    assert Stage(with_restarts(SCRIPTS[name]), protocol, tmp_path / "records").play().differing == []


def expected(part: str) -> set[str]:
    """What the scripts expect a part of the state to be at some time."""
    steps = [step for script in SCRIPTS.values() for step in script["steps"] if step["do"] == "expect"]
    return {step["state"][part] for step in steps if step["state"].get(part) is not None}


def test_the_scripts_end_in_every_way_and_come_through_every_phase() -> None:
    assert expected("outcome") == OUTCOMES
    assert expected("phase") == PHASES


def test_the_scripts_ask_everything_that_can_be_asked() -> None:
    assert {step["do"] for script in SCRIPTS.values() for step in script["steps"]} == set(COMMANDS.split())


# --- the decisions of facts 3.5, 4.3 and 4.4 ---


def opened_alone(script: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each reaction of one sign with the level that is expected right after it."""
    for step, following in pairwise(script["steps"]):
        if step["do"] == "reaction" and len(step["signs"]) == 1 and following["do"] == "expect":
            yield step["signs"][0], following["state"].get("reaction", {}).get("level", "")


def test_every_sign_alone_has_its_level_in_a_script(protocol: InfusionProtocol) -> None:
    found = {pair for name in SCRIPTS if name.startswith("alone-") for pair in opened_alone(SCRIPTS[name])}
    assert found == {(sign.id, sign.alone) for sign in protocol.reaction.signs}


LINES = {110: 90, 124: 90, 130: 91, 140: 98, 150: 105, 180: 126}


@pytest.mark.parametrize("baseline", LINES)
def test_each_alarm_line_holds_at_its_figure_and_one_below(baseline: int) -> None:
    steps = SCRIPTS[f"alarm-line-{baseline}"]["steps"]
    taken = [(step["systolic"], then["state"]["phase"]) for step, then in pairwise(steps) if "phase" in phases(then)]
    assert taken[-2:] == [(LINES[baseline], "infuse"), (LINES[baseline] - 1, "reaction")]


def phases(step: dict[str, Any]) -> dict[str, Any]:
    """What a step expects after a set of vital signs in the infusion."""
    return step["state"] if step["do"] == "expect" else {}


def figures_before_the_start(sign: str) -> set[tuple[str, str]]:
    """The figures of one sign and the decision each leads to."""
    steps = SCRIPTS["vital-signs-before-start"]["steps"]
    return {
        (str(step[sign]), then["state"]["decision"])
        for step, then in pairwise(steps)
        if step["do"] == "vitals" and sign in step and then["do"] == "expect"
    }


@pytest.mark.parametrize("sign", ["systolic", "pulse", "respiration", "spo2", "temperature_c"])
def test_each_limit_before_the_start_is_there_with_its_neighbours(protocol: InfusionProtocol, sign: str) -> None:
    limits, figures = protocol.vital_signs[sign], figures_before_the_start(sign)
    for below, severity in ((limits.caution_below, "caution"), (limits.hold_below, "hold")):
        if below is not None:
            assert (str(below - 1), severity) in figures
            assert {word for figure, word in figures if figure == str(below)} != {severity}
    for above, severity in ((limits.caution_above, "caution"), (limits.hold_above, "hold")):
        if above is not None:
            assert (str(above + 1), severity) in figures
            assert {word for figure, word in figures if figure == str(above)} != {severity}


def test_a_script_is_known_by_one_name() -> None:
    assert len(SCRIPTS) == len(FILES)
