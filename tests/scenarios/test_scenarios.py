"""Whole visits, as nurses would write them down, through the real rules, service and store, and read again."""

import json
import sys
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


def test_a_script_is_known_by_one_name() -> None:
    assert len(SCRIPTS) == len(FILES)
