"""What the tests of commands share: streams that remember, folders with played visits, and the shipped protocols."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from nurse_app.cli.arguments import ReplayArguments
from nurse_app.cli.checkpoints import Workstation
from nurse_app.cli.records import Workplace
from nurse_app.cli.replay import run_replay
from nurse_app.cli.streams import Streams
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.protocol_files.digest import digest
from nurse_app.store.checkpoints import CheckpointKey
from tests.kit import TestVisit

CASES = Path(__file__).parents[1] / "cases"
VISITS = sorted((CASES / "visits").glob("*.json"))


@dataclass
class Heard:
    """Streams, and what came out of them."""

    stdin: bytes = b""
    out: BytesIO = field(default_factory=BytesIO)
    err: StringIO = field(default_factory=StringIO)

    @property
    def streams(self) -> Streams:
        return Streams(BytesIO(self.stdin), self.out, self.err)

    @property
    def text(self) -> str:
        return self.out.getvalue().decode()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def data(self) -> Any:
        return json.loads(self.text)

    @property
    def sentence(self) -> str:
        """What was said to people: exactly one line."""
        said = self.err.getvalue()
        assert said.count("\n") == 1, said
        assert said.endswith("\n"), said
        assert "Traceback" not in said
        return said.strip()


class OneProtocol:
    """A catalog with the shipped protocol, loaded once for all tests."""

    def __init__(self, protocol: InfusionProtocol) -> None:
        self._protocol = protocol

    def ids(self) -> tuple[str, ...]:
        return (self._protocol.id,)

    def load(self, protocol_id: str, version: str | None = None) -> InfusionProtocol:
        assert (protocol_id, version) == (self._protocol.id, None)
        return self._protocol


def visit_script(name: str = "uneventful") -> dict[str, Any]:
    """One of the shipped visit scripts."""
    script: dict[str, Any] = json.loads((CASES / "visits" / f"{name}.json").read_text(encoding="utf-8"))
    return script


def script_until(last: str, *more: dict[str, Any]) -> dict[str, Any]:
    """The uneventful script up to the step with that command, without its expectations, and then other steps."""
    script = visit_script()
    steps = [step for step in script["steps"] if step["do"] != "expect"]
    place = [step["do"] for step in steps].index(last)
    return script | {"steps": [*steps[: place + 1], *more]}


def changed(data: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """A copy with a change."""
    copy = deepcopy(data)
    change(copy)
    return copy


def played(script: dict[str, Any], protocol: InfusionProtocol, root: Path, vouching: Workstation | None = None) -> str:
    """Play a script into a data folder, all as expected; the visit's id."""
    heard = Heard(json.dumps(script).encode())
    code = run_replay(ReplayArguments(root, "-"), heard.streams, OneProtocol(protocol), UniqueIdentifiers(), vouching)
    assert code == 0, heard.err.getvalue()
    return str(next(line["visit"] for line in heard.lines if line["do"] == "start-visit"))


class UniqueIdentifiers(SequentialIdentifiers):
    """Goes on counting over all plays of a test run, so that several may share a folder."""

    _count = 0

    def new_id(self) -> str:
        UniqueIdentifiers._count += 1
        return f"{UniqueIdentifiers._count:032x}"


def workplace(
    root: Path, protocol: InfusionProtocol, *, training: bool = False, key: CheckpointKey | None = None
) -> Workplace:
    """What commands on a data folder work with."""
    pinned = PinnedProtocol(protocol, digest(protocol))
    return Workplace(root, pinned, ScriptedClock(TestVisit.T0), UniqueIdentifiers(), training=training, key=key)


def files_in(root: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
