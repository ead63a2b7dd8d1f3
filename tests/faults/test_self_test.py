"""The real self-test on a real machine in trouble: a full disk, a read-only folder, a wrong clock, spoiled files.

The program is copied, with a rehearsal of one act and a list of its files made anew, so that each run takes seconds.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nurse_app.interchange.self_test_lines import read_line
from nurse_app.system.file_list import LIST_FILE, list_text
from nurse_app.visit.self_test import Look, LookResult, Outcome
from tests.faults.machine import PROJECT, WITHIN_S, environment, mounted, needs, run
from tests.figures import Figure

POWERLESS = ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
ROOM_KB, YEAR_S = 1500, 366 * 24 * 3600


@dataclass
class Place:
    """One run: the copied program, the data folder, and what goes before the command and into its environment."""

    program: Path
    records: Path
    stack: ExitStack
    before: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)

    @property
    def resources(self) -> Path:
        return self.program / "resources"


def full_disk(place: Place) -> None:
    where = place.records.parent / "disk"
    disk = place.stack.enter_context(mounted("none", where, f"size={ROOM_KB}k", kind="tmpfs"))
    place.records = disk / "records"
    place.records.mkdir()
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass


def read_only_disk(place: Place) -> None:
    place.records.mkdir()
    place.stack.enter_context(mounted(place.records, place.records, "bind"))
    run("mount", "-o", "remount,ro,bind", place.records)


def closed_folder(place: Place) -> None:
    place.records.mkdir()
    place.records.chmod(0o555)
    shutil.chown(place.records, 65534, 65534)
    place.before = POWERLESS


def edited_protocol(place: Place) -> None:
    (file,) = place.resources.glob("protocols/natalizumab/1.0.0/protocol.toml")
    text = file.read_text(encoding="utf-8")
    assert "planned_minutes = 60\n" in text
    file.write_text(text.replace("planned_minutes = 60\n", "planned_minutes = 61\n"), encoding="utf-8")


def missing_sound(place: Place) -> None:
    (place.resources / "sounds" / "high.wav").unlink()


def missing_font(place: Place) -> None:
    (place.resources / "fonts" / "DejaVuSans.ttf").unlink()


def clock_off_by(seconds: int) -> Callable[[Place], None]:
    def make(place: Place) -> None:
        library = place.program / "wrong_clock.so"
        source = Path(__file__).with_name("wrong_clock.c")
        run("cc", "-shared", "-fPIC", "-O1", "-o", library, source)
        place.more |= {"LD_PRELOAD": str(library), "NURSE_APP_CLOCK_OFF": str(seconds)}

    return make


def nothing(_place: Place) -> None:
    """All is as it was delivered."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble, the look that must find it and a piece of what it must say; "" that it must be well."""

    make: Callable[[Place], None]
    look: Look
    says: str


TROUBLES: Mapping[str, Trouble] = {
    "none": Trouble(nothing, Look.FOLDER, ""),
    "full disk": Trouble(full_disk, Look.FOLDER, "the disk that holds the records is full"),
    "full disk, its room": Trouble(full_disk, Look.SPACE, "The disk is full"),
    "read-only disk": Trouble(read_only_disk, Look.FOLDER, "cannot be written to"),
    "closed folder": Trouble(closed_folder, Look.FOLDER, "this user may not write"),
    "edited protocol": Trouble(edited_protocol, Look.PROTOCOL, "1.0.0/protocol.toml is not the one of this release"),
    "missing sound": Trouble(missing_sound, Look.SOUND, "sounds/high.wav is missing"),
    "missing font": Trouble(missing_font, Look.FONTS, "fonts/DejaVuSans.ttf is missing"),
    "clock behind": Trouble(clock_off_by(-10 * YEAR_S), Look.CLOCK, "before this program was made"),
    "clock ahead": Trouble(clock_off_by(30 * YEAR_S), Look.CLOCK, "hardly in use"),
}
NEEDS = {
    "full disk": needs("mount", mounts=True),
    "full disk, its room": needs("mount", mounts=True),
    "read-only disk": needs("mount", mounts=True),
    "closed folder": needs("setpriv", mounts=True),
    # Preloading is Linux’s own.
    "clock behind": needs("cc", device="/proc/self/maps"),
    "clock ahead": needs("cc", device="/proc/self/maps"),
}


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program as it would be delivered, with a rehearsal of one act."""
    program = tmp_path_factory.mktemp("program")
    for name in ("nurse_app", "resources"):
        shutil.copytree(PROJECT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    script = program / "resources" / "training" / "rehearsal.json"
    content = json.loads(script.read_text(encoding="utf-8"))
    script.write_text(json.dumps(content | {"acts": content["acts"][:1]}), encoding="utf-8")
    resources = program / "resources"
    (resources / LIST_FILE).write_text(list_text(resources), encoding="utf-8")
    return program


@pytest.fixture
def place(delivered: Path, tmp_path: Path) -> Iterator[Place]:
    shutil.copytree(delivered, tmp_path / "program")
    with ExitStack() as stack:
        yield Place(tmp_path / "program", tmp_path / "records", stack)


def results_of(place: Place) -> dict[Look, LookResult]:
    command = [*place.before, sys.executable, "-P", "-m", "nurse_app", "--data-dir", str(place.records)]
    around = environment(place.more) | {"PYTHONPATH": str(place.program)}
    around.pop("DISPLAY", None)
    around.pop("QT_QPA_PLATFORM", None)
    ended = subprocess.run(
        [*command, "self-test", "--json"], env=around, capture_output=True, text=True, check=False, timeout=WITHIN_S
    )
    said = [read_line(line) for line in ended.stdout.splitlines()]
    results = {result.look: result for result in said if isinstance(result, LookResult)}
    assert (ended.stderr, list(results)) == ("", list(Look))
    assert ended.returncode == int(any(result.outcome is not Outcome.WELL for result in results.values()))
    return results


@pytest.mark.parametrize("name", [pytest.param(name, marks=NEEDS.get(name, ())) for name in TROUBLES])
def test_the_real_command_finds_each_trouble(name: str, place: Place, tally: Figure) -> None:
    trouble = TROUBLES[name]
    trouble.make(place)

    result = results_of(place)[trouble.look]

    assert result.outcome is (Outcome.FAILED if trouble.says else Outcome.WELL), result
    assert trouble.says in result.sentence
    tally(f"self-test  {{}} of {len(TROUBLES)} states of a machine judged right")
