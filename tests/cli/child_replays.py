"""A program that plays a visit script into a data folder and waits after each step until it is told to go on.

python child_replays.py SCRIPT FOLDER
After each step it prints the step's line; a line on standard input lets it play the next one.
"""

import json
import sys
from pathlib import Path

from nurse_app.cli.protocols import chooser
from nurse_app.cli.workstation import StoreWorkstation
from nurse_app.interchange.replay import Player, StepResult, clock_of
from nurse_app.interchange.replay_lines import step_line
from nurse_app.interchange.visit_script import read_script
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.paths import resources_folder, surroundings

BOOT_ID = "boot-of-the-test"


def report(result: StepResult) -> None:
    sys.stdout.write(json.dumps(step_line(result)) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main(script_file: str, root: str) -> None:
    catalog = ProtocolCatalog(resources_folder(surroundings()) / "protocols", "en")
    script = read_script(json.loads(Path(script_file).read_text(encoding="utf-8")), chooser(catalog))
    identifiers = RandomIdentifiers()
    workstation = StoreWorkstation(Path(root), script.pinned, identifiers, windows=sys.platform == "win32")
    Player(script, workstation, clock_of(script, BOOT_ID)).play(report)


if __name__ == "__main__":
    main(*sys.argv[1:])
