"""Makes the records of a ward after many years, for bench.py: sample patients and closed visits, entry by entry.

python packaging/benchmarks/bench_ward.py FOLDER [patients visits events]
"""

import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from nurse_app.store.journal_lines import document_of, encode_batch, first_digest, scan
from nurse_app.store.layout import place_of
from nurse_app.visit.ports import StreamKind

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "tests/cases/visits/uneventful.json"
# A ward of 2,000 patients, 25 visits each; one of them comes for ten years.
PATIENTS, VISITS, EVENTS = 2_000, 50_000, 3_000_000
LONGEST_COURSE = 130
LAST_DAY = date(2026, 11, 20)
WEEKS_BETWEEN = timedelta(weeks=4)
# Unmistakably samples, and names that a search can tell apart.
FAMILY = ("Adler", "Birch", "Crane", "Drake", "Egret", "Finch", "Grebe", "Heron", "Ibis", "Jay", "Kite", "Lark")

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ward:
    """What a folder is to hold."""

    patients: int
    visits: int
    events: int

    @property
    def entries_per_visit(self) -> int:
        return self.events // self.visits

    def visits_of(self, patient: int) -> int:
        """The first patient has the longest course; the others share the rest evenly."""
        if patient == 0:
            return min(LONGEST_COURSE, self.visits)
        left, others = self.visits - min(LONGEST_COURSE, self.visits), self.patients - 1
        return left // others + (patient <= left % others)


@dataclass(frozen=True, slots=True)
class Templates:
    """One visit and its patient, as the program itself wrote them."""

    visit: tuple[Document, ...]
    patient: tuple[Document, ...]
    visit_id: str
    patient_id: str
    record_no: str
    day: str


def stream_id(kind: str, number: int) -> str:
    """The id that the program would have given: 32 hexadecimal digits, spread evenly."""
    mixed = (number * 0x9E3779B97F4A7C15 + len(kind)) % (1 << 64)
    return UUID(int=mixed << 64 | (number << 8 | len(kind)) * 0xD1B54A32D192ED03 % (1 << 64)).hex


def record_no(patient: int) -> str:
    return f"SMP{patient:06d}"


def name(patient: int) -> str:
    return f"SAMPLE-{FAMILY[patient % len(FAMILY)]}{patient:04d}, Test"


def templates(ward: Ward) -> Templates:
    """Play the sample visit, with as many notes as make it long enough, and read what was written."""
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        first = _played(script, Path(folder) / "first")
        missing = max(0, ward.entries_per_visit - len(first[StreamKind.VISIT][1]))
        at = script["steps"][0]["at"]
        notes = [{"at": at, "do": "note", "text": f"Sample note {number}"} for number in range(missing)]
        script["steps"][1:1] = notes
        found = _played(script, Path(folder) / "second")
    visit_id, visit = found[StreamKind.VISIT]
    patient_id, patient = found[StreamKind.PATIENT]
    return Templates(
        visit, patient, visit_id, patient_id, script["facts"]["identity"]["record_no"], script["clock"][:10]
    )


def _played(script: object, folder: Path) -> Mapping[StreamKind, tuple[str, tuple[Document, ...]]]:
    folder.mkdir()
    file = folder / "script.json"
    file.write_text(json.dumps(script), encoding="utf-8")
    with redirect_stdout(io.StringIO()) as said:
        if import_module("nurse_app.main").main(["replay", str(file), "--data-dir", str(folder / "records")]):
            sys.exit(f"The sample visit could not be played: {said.getvalue()}")
    found = {}
    for kind in (StreamKind.VISIT, StreamKind.PATIENT):
        (path,) = (folder / "records" / f"{kind}s").rglob("*.jsonl")
        bodies = scan(path.read_bytes(), f"{kind} {path.stem}").bodies
        found[kind] = (path.stem, tuple(_without_number(document_of(body)) for body in bodies))
    return found


def _without_number(document: Document) -> Document:
    return {key: value for key, value in document.items() if key != "number"}


def make_patients(root: Path, ward: Ward, made_of: Templates, patients: Sequence[int]) -> int:
    """Write these patients and their visits; how many entries."""
    entries = 0
    first_visit = sum(ward.visits_of(patient) for patient in range(patients[0])) if patients else 0
    for patient in patients:
        count = ward.visits_of(patient)
        numbers = range(first_visit, first_visit + count)
        first_visit += count
        days = [LAST_DAY - WEEKS_BETWEEN * back - timedelta(days=patient % 28) for back in reversed(range(count))]
        for number, day in zip(numbers, days, strict=True):
            documents = [*_renamed(made_of.visit, made_of, patient, number, day)]
            entries += _write(root, StreamKind.VISIT, stream_id("visit", number), documents)
        documents = [*_patient(made_of, patient, tuple(zip(numbers, days, strict=True)))]
        entries += _write(root, StreamKind.PATIENT, stream_id("patient", patient), documents)
    return entries


def _patient(made_of: Templates, patient: int, visits: tuple[tuple[int, date], ...]) -> Iterator[Document]:
    first_day = visits[0][1] if visits else LAST_DAY
    *before, administration = made_of.patient
    yield from _renamed(before, made_of, patient, 0, first_day)
    for number, day in visits:
        yield from _renamed([administration], made_of, patient, number, day)


def _renamed(
    documents: Sequence[Document], made_of: Templates, patient: int, visit: int, day: date
) -> Iterator[Document]:
    """The same entries for another patient, visit and day."""
    told = {
        made_of.visit_id: stream_id("visit", visit),
        made_of.patient_id: stream_id("patient", patient),
        f"SAMPLE, {made_of.record_no}": name(patient),
        made_of.record_no: record_no(patient),
        made_of.day: day.isoformat(),
    }
    for document in documents:
        text = json.dumps(document)
        for old, new in told.items():
            text = text.replace(old, new)
        renamed: dict[str, object] = json.loads(text)
        renamed["event_id"] = stream_id(str(renamed["event_id"]), visit)
        yield renamed


def _write(root: Path, kind: StreamKind, identity: str, documents: Sequence[Document]) -> int:
    place = place_of(root, kind, identity)
    place.path.parent.mkdir(parents=True, exist_ok=True)
    head, lines = first_digest(place.stream), []
    for number, document in enumerate(documents):
        batch = encode_batch([document], after=number, head=head)
        head = batch.head
        lines.append(batch.content)
    place.path.write_bytes(b"".join(lines))
    return len(documents)


def make_ward(root: Path, ward: Ward) -> int:
    """Fill a folder, on all cores; how many entries it holds then."""
    made_of = templates(ward)
    shares = [range(start, min(start + 50, ward.patients)) for start in range(0, ward.patients, 50)]
    with ProcessPoolExecutor() as pool:
        return sum(pool.map(make_patients, *zip(*((root, ward, made_of, share) for share in shares), strict=True)))


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[2:5]] or [PATIENTS, VISITS, EVENTS]
    print(f"{make_ward(Path(sys.argv[1]), Ward(*sizes))} entries")
