"""The program is killed at every step of a visit: no acknowledged entry is lost and no second of a clock."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nurse_app.cli.workstation import StoreWorkstation
from nurse_app.domain.events import Event, VisitReopened
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.snapshot import snapshot
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.replay import Player, Position, StepResult, clock_of
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.visit_script import VisitScript, read_script
from nurse_app.protocol_files.digest import digest
from tests.cli import child_replays
from tests.cli.kit import CASES, UniqueIdentifiers, visit_script

SCRIPT = CASES / "visits" / "uneventful.json"
STEPS = visit_script()["steps"]
Said = tuple[Event, Reading]


@dataclass(frozen=True)
class Undisturbed:
    """How the same script goes when nothing happens: the state after each step, and all that was recorded."""

    script: VisitScript
    states: tuple[dict[str, Any], ...]
    said: tuple[Said, ...]


def workstation(root: Path, script: VisitScript) -> StoreWorkstation:
    return StoreWorkstation(root, script.pinned, UniqueIdentifiers(), windows=sys.platform == "win32")


def state_of(player: Player, clock: ScriptedClock, visit_id: str) -> dict[str, Any]:
    state = player.service.visit(visit_id).state
    return snapshot(state, state.moment(clock.read()))


def said_in(player: Player, visit_id: str) -> tuple[Said, ...]:
    """Every event and when, but for the first, which holds the patient's id."""
    record = player.service.visit(visit_id).record[1:]
    return tuple((item.event, item.entry.reading) for item in record if not isinstance(item.event, VisitReopened))


@pytest.fixture(scope="module")
def undisturbed(protocol: InfusionProtocol, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    pinned = PinnedProtocol(protocol, digest(protocol))
    script = read_script(visit_script(), lambda _: pinned)
    clock, states, visit_ids = clock_of(script, child_replays.BOOT_ID), [], []
    player = Player(script, workstation(tmp_path_factory.mktemp("undisturbed") / "records", script), clock)

    def remember(result: StepResult) -> None:
        visit_ids.append(result.visit_id or "")
        states.append(state_of(player, clock, visit_ids[-1]))

    assert player.play(remember)
    return Undisturbed(script, tuple(states), said_in(player, visit_ids[-1]))


def killed_after(step: int, root: Path) -> list[dict[str, Any]]:
    """Let a program play as far as that step and kill it; what it had acknowledged."""
    command = [sys.executable, child_replays.__file__, str(SCRIPT), str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        acknowledged = [json.loads(child.stdout.readline())]
        for _ in range(step):
            child.stdin.write("\n")
            child.stdin.flush()
            acknowledged.append(json.loads(child.stdout.readline()))
        child.kill()
    return acknowledged


@pytest.mark.parametrize("step", range(len(STEPS)), ids=[f"{place}-{step['do']}" for place, step in enumerate(STEPS)])
def test_killed_after_a_step_it_goes_on_as_if_nothing_had_been(
    step: int, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    script = undisturbed.script
    acknowledged = killed_after(step, tmp_path / "records")
    entries = [number for line in acknowledged for number in line.get("entries", ())]
    visit_id: str = acknowledged[0]["visit"]
    clock = clock_of(script, child_replays.BOOT_ID)
    clock.advance(script.steps[step].at)

    player = Player(script, workstation(tmp_path / "records", script), clock, Position(step + 1, visit_id))

    record = player.service.visit(visit_id).record
    assert [item.number for item in record] == [*entries, len(entries) + 1]
    assert isinstance(record[-1].event, VisitReopened)
    assert state_of(player, clock, visit_id) == undisturbed.states[step]
    rest: list[StepResult] = []
    assert player.play(rest.append)
    assert len(rest) == len(STEPS) - step - 1
    assert said_in(player, visit_id) == undisturbed.said
