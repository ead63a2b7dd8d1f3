"""nurse-app replay SCRIPT: plays a visit script through the real service and store with the script's own clock."""

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from nurse_app.cli.arguments import ReplayArguments
from nurse_app.cli.checkpoints import Workstation
from nurse_app.cli.input_file import misfit, read_input
from nurse_app.cli.outcome import NOT_SO, OK, guarded
from nurse_app.cli.protocols import Catalog, chooser
from nurse_app.cli.streams import Streams
from nurse_app.cli.workstation import StoreWorkstation
from nurse_app.interchange.json_text import json_line
from nurse_app.interchange.replay import Player, StepResult, clock_of
from nurse_app.interchange.replay_lines import step_line, what_differs
from nurse_app.interchange.visit_script import VisitScript, read_script
from nurse_app.plain_data import MisfitError
from nurse_app.visit.ports import Identifiers


def run_replay(
    arguments: ReplayArguments,
    streams: Streams,
    catalog: Catalog,
    identifiers: Identifiers,
    vouching: Workstation | None = None,
) -> int:
    """0: every expectation held; 1: one did not; 2: the script is malformed or the folder cannot be used.

    ``vouching`` makes checkpoints in a folder that was named; a temporary one needs none.
    """
    return guarded(streams, lambda: _run(arguments, streams, catalog, identifiers, vouching))


def _run(
    arguments: ReplayArguments,
    streams: Streams,
    catalog: Catalog,
    identifiers: Identifiers,
    vouching: Workstation | None,
) -> int:
    choose = chooser(catalog)
    script = read_input(arguments.script, streams, lambda data: read_script(data, choose))
    with ExitStack() as stack:
        root = arguments.data_dir
        if root is None:
            root, vouching = Path(stack.enter_context(TemporaryDirectory(prefix="nurse-app-replay-")), "records"), None
        windows = sys.platform == "win32"
        workstation = StoreWorkstation(root, script.pinned, identifiers, windows=windows, vouching=vouching)
        stack.callback(_close, workstation, streams)
        try:
            return _play(script, streams, workstation, identifiers.new_id())
        except MisfitError as error:
            raise misfit(arguments.script, error) from error


def _close(workstation: StoreWorkstation, streams: Streams) -> None:
    problem = workstation.close()
    if problem:
        streams.tell(problem)


def _play(script: VisitScript, streams: Streams, workstation: StoreWorkstation, boot_id: str) -> int:
    differing: list[StepResult] = []

    def report(result: StepResult) -> None:
        streams.say(json_line(step_line(result)))
        if not result.is_as_expected:
            differing.append(result)

    player = Player(script, workstation, clock_of(script, boot_id))
    if player.play(report):
        return OK
    more = f" Steps that did not go as written: {len(differing)}." if len(differing) > 1 else ""
    streams.tell(f"{what_differs(differing[0])}.{more}")
    return NOT_SO
