"""Measuring the program from inside its own process, for bench.py.

python packaging/bench_program.py home|infusion FOLDER [seconds to watch it]   prints one line of JSON
"""

import io
import json
import sys
import time
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from pathlib import Path

from bench_watch import Figures, Paints, idle_figures, redraw_figures, usable_figures
from PySide6.QtCore import QEventLoop

from nurse_app.domain.moment import Reading
from nurse_app.main import main as run_command
from nurse_app.presentation.intents import GoHome, GoToVisit, Navigation
from nurse_app.system.clock import machine_clock
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.pin_hash import PinHasher
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program, make_application
from nurse_app.visit.ports import Clock, StreamKind
from nurse_app.window import Surrounds, open_parts

PROJECT = Path(__file__).resolve().parents[1]
SCRIPT = PROJECT / "tests/cases/visits/uneventful.json"


class GoingOn:
    """The clock of a visit that was played from a script, going on at true speed."""

    def __init__(self, wall: datetime, uptime: timedelta) -> None:
        self._wall = wall
        self._uptime = uptime
        self._began = time.monotonic()

    def read(self) -> Reading:
        passed = timedelta(seconds=time.monotonic() - self._began)
        return Reading(self._wall + passed, self._uptime + passed, "boot-1")


def parts_on(folder: Path, clock: Clock | None = None, *, training: bool) -> AppParts:
    """The program's services on a data folder, put together as the program itself does."""
    chance = RandomIdentifiers()
    return open_parts(
        Surrounds(
            root=folder,
            resources=PROJECT / "resources",
            clock=clock or machine_clock(chance),
            chance=chance,
            zone=None,
            documents=folder,
            training=training,
            keep_awake=lambda *, wanted: None,
            hasher=PinHasher(chance.salt),
        )
    )


def show_place(program: Program, place: Navigation) -> Figures:
    """Start the program and go to a place without the seconds that a person needs for a PIN."""
    loop = QEventLoop()

    def ready() -> None:
        program.controller.on_intent(place)
        Paints(program.stage, loop.quit)
        program.stage.update()

    program.start(ready)
    loop.exec()
    return usable_figures()


def home(folder: Path, seconds: int) -> Figures:
    """The program from its start to home, with the sample patients on it."""
    app = make_application([])
    program = Program(parts_on(folder, training=True), app)
    figures = show_place(program, GoHome())
    if seconds:
        figures |= idle_figures(seconds)
    program.end()
    return figures


def infusion(folder: Path, seconds: int) -> Figures:
    """A visit on screen while the drug runs."""
    program, figures = visit_on_screen(folder, until="start-infusion")
    figures |= idle_figures(seconds) | redraw_figures(program.stage, seconds)
    program.end()
    return figures


def visit_on_screen(folder: Path, until: str) -> tuple[Program, Figures]:
    """Play the sample visit up to a step, then show it in the program as if no time had passed since."""
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    last = next(index for index, step in enumerate(script["steps"]) if step["do"] == until)
    script["steps"] = script["steps"][: last + 1]
    file = folder.with_suffix(".json")
    file.write_text(json.dumps(script), encoding="utf-8")
    with redirect_stdout(io.StringIO()):
        run_command(["replay", str(file), "--data-dir", str(folder)])
    hours, minutes, seconds = (int(part) for part in script["steps"][last]["at"].split(":"))
    passed = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    clock = GoingOn(datetime.fromisoformat(script["clock"]) + passed, passed)
    parts = parts_on(folder, clock, training=False)
    (visit_id,) = parts.index.entries(StreamKind.VISIT)
    program = Program(parts, make_application([]))
    return program, show_place(program, GoToVisit(visit_id))


CHILDREN = {"home": home, "infusion": infusion}


if __name__ == "__main__":
    print(json.dumps(CHILDREN[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)))
