"""The real window program with an open visit, whose window then stands still: ``child_stands_still.py FOLDER SECONDS``.

It says ``still TIME`` when that begins and ``goes on`` afterwards, and ends by itself. TIME is the machine's monotonic
clock in seconds, which the player of sounds writes down, too.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from nurse_app import window
from nurse_app.cli.arguments import WindowArguments
from nurse_app.cli.outcome import guarded
from nurse_app.cli.streams import system_streams
from nurse_app.ui.program import Program
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import StreamKind
from tests.faults.child_works import say
from tests.faults.machine import PROJECT

# Looks at the clocks, two a second: the visit is seen at the next one.
LOOKS_BEFORE, LOOKS_AFTER = 3, 2


def stand_still(program: Program, seconds: float) -> None:
    """Begin a visit; a little later nothing happens on the window's thread for so long."""
    parts, work = program._parts, program.controller._work
    patient = next(iter(parts.index.entries(StreamKind.PATIENT)))

    def looks() -> Iterator[None]:
        for _look in range(LOOKS_BEFORE):
            yield
        say(f"still {time.monotonic()}")
        time.sleep(seconds)
        say("goes on")
        for _look in range(LOOKS_AFTER):
            yield
        program.stage.close()
        yield

    def begun(_visit_id: str) -> None:
        looking = looks()
        program.ticker.tick.connect(lambda: next(looking))

    work.submit(lambda: parts.service.start_visit(patient, Author("nurse")), begun)


def main(folder: Path, seconds: float) -> int:
    begin = Program.start

    def start(program: Program) -> None:
        begin(program, lambda: stand_still(program, seconds))

    Program.start = start  # type: ignore[method-assign,assignment]
    streams, arguments = system_streams(), WindowArguments(folder, training=True)
    return guarded(streams, lambda: window.open_window(arguments, streams, PROJECT / "resources"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2])))
