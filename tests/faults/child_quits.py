"""The real window program, asked to end while entries wait for a slow disk: ``child_quits.py FOLDER HOW``.

HOW is ``signal`` (somebody else sends it), ``close`` (a nurse closes the window, again and again), ``fails`` (as
``signal``, and the disk takes nothing any more) or ``quick`` (as ``signal``, on a quick disk). It says ``queued`` and
then ``saved NUMBER`` for each note.
"""

import os
import sys
from errno import EIO
from pathlib import Path
from threading import Event

from nurse_app import window
from nurse_app.cli.arguments import WindowArguments
from nurse_app.cli.outcome import guarded
from nurse_app.cli.streams import system_streams
from nurse_app.domain.commands import AddNote
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.store.disk import SystemDisk
from nurse_app.ui.program import Program
from nurse_app.visit.open_visit import Accepted, Author
from nurse_app.visit.ports import StreamKind
from tests.faults.child_works import say
from tests.faults.machine import PROJECT

NOTES = 8
SLOW_S = 1.5


def slow_down(*, fails: bool) -> None:
    """The next sync takes long; then the disk is quick again, or refuses everything."""
    real, waits = SystemDisk.sync, [SLOW_S]

    def sync(disk: SystemDisk, descriptor: int) -> None:
        if waits:
            Event().wait(waits.pop())
        elif fails:
            raise OSError(EIO, os.strerror(EIO))
        real(disk, descriptor)

    SystemDisk.sync = sync  # type: ignore[method-assign]


def fill_the_queue(program: Program, how: str) -> None:
    """A visit, and then more notes at once than a slow disk can take."""
    parts, work, author = program._parts, program.controller._work, Author("nurse")
    patient = next(iter(parts.index.entries(StreamKind.PATIENT)))

    def begun(visit_id: str) -> None:
        if how != "quick":
            slow_down(fails=how == "fails")
        for number in range(1, NOTES + 1):

            def done(result: Accepted | Rejected, number: int = number) -> None:
                assert isinstance(result, Accepted)
                say(f"saved {number}")

            work.command(visit_id, AddNote(f"note {number}"), author, done)
        if how == "close":
            program.ticker.beat.connect(program.stage.close)
        say(f"queued {visit_id}")

    work.submit(lambda: parts.service.start_visit(patient, author), begun)


def main(folder: Path, how: str) -> int:
    begin = Program.start

    def start(program: Program) -> None:
        begin(program, lambda: fill_the_queue(program, how))

    Program.start = start  # type: ignore[method-assign,assignment]
    streams, arguments = system_streams(), WindowArguments(folder, training=True)
    return guarded(streams, lambda: window.open_window(arguments, streams, PROJECT / "resources"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
