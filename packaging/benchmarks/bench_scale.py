"""Measures the program in the records of a large ward, or of an empty one, for bench.py.

python packaging/benchmarks/bench_scale.py index|home|find|open|save FOLDER   prints one line of JSON
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

from bench_program import parts_on, settle, show_place
from bench_taps import bare_write_ms
from bench_ward import FAMILY, name, record_no
from bench_watch import Figures, let_pass

from nurse_app.cli.records import own_folder, system_disk
from nurse_app.domain.events import NoteAdded
from nurse_app.domain.record import Entry
from nurse_app.presentation.intents import GoHome, GoToPatient, GoToTrends
from nurse_app.store.layout import place_of
from nurse_app.system.clock import machine_clock
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.ui.program import Program, make_application
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.ui.widgets.search_field import SearchField
from nurse_app.visit.ports import StreamKind

SEARCHES = 20
OPENINGS = 20
APPENDS = 300
PAUSE_MS = 5


def index(folder: Path) -> Figures:
    """Making the index again from all records, which the window does behind everything else."""
    parts = parts_on(folder, training=False)
    began = time.perf_counter()
    records = parts.index.left
    while parts.index.catch_up():
        pass
    took = time.perf_counter() - began
    parts.shut()
    return {"records": records, "records_per_second": records / took}


def home(folder: Path) -> Figures:
    """From the start to a home that can be used; somebody signs in at once."""
    program, figures = _at_home(folder)
    program.end()
    return figures


def _at_home(folder: Path) -> tuple[Program, Figures]:
    app = make_application([])
    parts = parts_on(folder, training=False)
    program = Program(parts, app)
    return program, show_place(program, parts, GoHome())


def find(folder: Path) -> Figures:
    """Typing part of a name until the patients of that name are painted."""
    program, figures = _at_home(folder)
    search, table = program.stage.findChild(SearchField, "search"), program.stage.findChild(DataTable, "due")
    if search is None or table is None:
        sys.exit("Home has no field to search in, or no list.")
    took = []
    for number in range(SEARCHES):
        wanted = f"{FAMILY[number % len(FAMILY)].lower()}{number:04d}"
        let_pass(PAUSE_MS)
        began = time.perf_counter()
        search.set_text(wanted)
        program.stage.repaint()
        took.append(1000 * (time.perf_counter() - began))
        if _names(table) != [name(number)]:
            sys.exit(f"{wanted} was not found.")
    program.end()
    return figures | {"find_ms": statistics.median(took)}


def _names(table: DataTable) -> list[str]:
    model = table.model()
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def open_patient(folder: Path) -> Figures:
    """Opening the patient with the longest course: details, and trends. The first time loads what only they need."""
    app = make_application([])
    parts = parts_on(folder, training=False)
    program = Program(parts, app)
    figures = show_place(program, parts, GoHome())
    patients = parts.index.at_hand(StreamKind.PATIENT)
    patient = next(key for key, entry in patients.items() if entry.summary["record_no"] == record_no(0))
    for place, figure in ((GoToPatient(patient), "details"), (GoToTrends(patient), "trends")):
        took = []
        for _opening in range(1 + OPENINGS):
            program.controller.on_intent(GoHome())
            settle(program)
            let_pass(PAUSE_MS)
            began = time.perf_counter()
            program.controller.on_intent(place)
            settle(program)
            program.stage.repaint()
            took.append(1000 * (time.perf_counter() - began))
        figures |= {f"first_{figure}_ms": took[0], f"{figure}_ms": statistics.median(took[1:])}
    program.end()
    return figures


def save(folder: Path) -> Figures:
    """An entry until the record acknowledges it, beside a bare write and fsync of as many bytes, in turns."""
    identifiers = RandomIdentifiers()
    clock = machine_clock(identifiers)
    records = own_folder(folder, system_disk(), identifiers, clock)
    stream_id = identifiers.new_id()
    log = records.create(StreamKind.VISIT, stream_id)
    entries = [Entry(NoteAdded("Sample note"), "bench", clock.read()) for _entry in range(APPENDS + 1)]
    log.append(entries[:1], after=0)
    size = records.size(StreamKind.VISIT, stream_id)
    own_ms, bare_ms = [], []
    for number in range(1, APPENDS + 1):
        time.sleep(PAUSE_MS / 1000)
        began = time.perf_counter()
        log.append(entries[number : number + 1], after=number)
        own_ms.append(1000 * (time.perf_counter() - began))
        time.sleep(PAUSE_MS / 1000)
        bare_ms.append(bare_write_ms(folder / "bare", size, os.fsync))
    records.close()
    place_of(folder, StreamKind.VISIT, stream_id).path.unlink()
    (folder / "bare").unlink()
    return {"own_ms": statistics.median(own_ms), "bare_ms": statistics.median(bare_ms), "bytes": size}


if __name__ == "__main__":
    run = {"index": index, "home": home, "find": find, "open": open_patient, "save": save}[sys.argv[1]]
    print(json.dumps(run(Path(sys.argv[2]))))
