"""Measuring the program from inside its own process, for bench.py.

python packaging/benchmarks/bench_program.py home|infusion FOLDER [seconds to watch it]   prints one line of JSON
"""

import io
import json
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from bench_watch import Figures, Paints, idle_figures, redraw_figures, usable_figures
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QAbstractButton, QApplication

from nurse_app.cli.checkpoints import Workstation
from nurse_app.domain.moment import Reading
from nurse_app.presentation.intents import GoHome, GoToVisit, Navigation
from nurse_app.store.journal_lines import document_of, scan
from nurse_app.system.clock import machine_clock
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.pin_hash import PinHasher, ScryptCost
from nurse_app.ui.parts import AppParts
from nurse_app.ui.program import Program, make_application
from nurse_app.ui.screens.people_screen import SignInScreen
from nurse_app.visit.ports import Clock, StreamKind
from nurse_app.window import SAMPLE_PIN, Surrounds, open_parts

PROJECT = Path(__file__).resolve().parents[2]
# Whoever it is: nobody types a PIN here, and an unknown name does not slow anything.
SOMEBODY = "bench"
SCRIPT = PROJECT / "tests/cases/visits/uneventful.json"
# A PIN is hashed slowly on purpose; here that would hide what is measured.
QUICK = ScryptCost(n=16, r=8, p=1)


class GoingOn:
    """The clock of a visit that was played from a script, going on at true speed."""

    def __init__(self, last: Mapping[str, object]) -> None:
        """``last`` is the last entry of the record, with what the clocks showed then."""
        self._wall = datetime.fromisoformat(str(last["wall"]))
        self._uptime = timedelta(seconds=float(str(last["uptime_s"])))
        self._boot_id = str(last["boot_id"])
        self._began = time.monotonic()

    def read(self) -> Reading:
        passed = timedelta(seconds=time.monotonic() - self._began)
        return Reading(self._wall + passed, self._uptime + passed, self._boot_id)


def no_need(*, wanted: bool) -> None:
    """Keeping the machine awake is no matter of a benchmark."""
    del wanted


def parts_on(folder: Path, clock: Clock | None = None, *, training: bool) -> AppParts:
    """The program's services on a data folder, put together as the program itself does; one nurse is known."""
    chance = RandomIdentifiers()
    given = Surrounds(
        root=folder,
        resources=PROJECT / "resources",
        clock=clock or machine_clock(chance),
        chance=chance,
        zone=None,
        documents=folder,
        training=training,
        keep_awake=no_need,
        hasher=PinHasher(chance.salt, QUICK),
        workstation=Workstation(folder.with_name(f"{folder.name}-workstation"), chance.salt),
    )
    parts = open_parts(given)
    if not parts.users.station.active():
        parts.users.add("SAMPLE, Bench Nurse", SAMPLE_PIN, None)
    return parts


def show_place(program: Program, parts: AppParts, place: Navigation) -> Figures:
    """Start the program, sign in, go to a place. The seconds in which a person types a PIN are not in it."""
    loop = QEventLoop()
    program.start(loop.quit)
    loop.exec()
    wait_for_paint(program)
    figures: Figures = {"sign_in_at": time.monotonic()}
    screen = program.stage.current()
    if not isinstance(screen, SignInScreen):
        sys.exit(f"The program began with {type(screen).__name__}, not by asking who is here.")
    screen.signed.emit(parts.users.station.active()[0].user_id, SAMPLE_PIN)
    settle(program)
    if place != GoHome():
        program.controller.on_intent(place)
        settle(program)
    wait_for_paint(program)
    if isinstance(program.stage.current(), SignInScreen):
        sys.exit("Signing in did not lead anywhere.")
    return figures | usable_figures()


def settle(program: Program) -> None:
    """Wait until everything that was asked is on the disk and its end has come back."""
    while not program.controller.is_idle:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def wait_for_paint(program: Program) -> None:
    """Let the window paint what it shows now."""
    loop = QEventLoop()
    paints = Paints(program.stage, loop.quit)
    program.stage.update()
    loop.exec()
    paints.stop()


def home(folder: Path, seconds: int) -> Figures:
    """The program from its start to home, with the sample patients on it."""
    app = make_application([])
    parts = parts_on(folder, training=True)
    program = Program(parts, app)
    figures = show_place(program, parts, GoHome())
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


def visit_on_screen(
    folder: Path,
    until: str,
    *,
    clock_of: Callable[[Mapping[str, object]], Clock] = GoingOn,
    heard_by: Callable[[AppParts], AppParts] = lambda parts: parts,
) -> tuple[Program, Figures]:
    """Play the sample visit up to a step, then show it in the program as if no time had passed since.

    ``clock_of`` makes the clock from the last entry, ``heard_by`` may put other parts in.
    """
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    last = next(index for index, step in enumerate(script["steps"]) if step["do"] == until)
    script["steps"] = script["steps"][: last + 1]
    file = folder.with_suffix(".json")
    file.write_text(json.dumps(script), encoding="utf-8")
    with redirect_stdout(io.StringIO()):
        import_module("nurse_app.main").main(["replay", str(file), "--data-dir", str(folder)])
    (record,) = (folder / "visits").rglob("*.jsonl")
    clock = clock_of(document_of(scan(record.read_bytes(), f"visit {record.stem}").bodies[-1]))
    parts = heard_by(parts_on(folder, clock, training=False))
    (visit_id,) = parts.index.entries(StreamKind.VISIT)
    program = Program(parts, make_application([]))
    figures = show_place(program, parts, GoToVisit(visit_id))
    # The visit was opened again, and that is said first.
    closing = program.stage.findChildren(QAbstractButton, "sheet.close")
    next(button for button in closing if button.isVisible()).click()
    settle(program)
    return program, figures


CHILDREN = {"home": home, "infusion": infusion}


if __name__ == "__main__":
    print(json.dumps(CHILDREN[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)))
