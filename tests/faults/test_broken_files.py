"""T-30: the program starts with each file broken in each way, and every other visit is there to be gone on with."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.store.journal_opening import FILE_LIMIT_BYTES
from nurse_app.window import SAMPLE_PIN
from tests.figures import Figure
from tests.ui.driver import CALM, FIRST, RISING, Ward
from tests.ui.quick import begin, open_visit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def _half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _half_with_an_end(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b"\n")


def _huge(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(FILE_LIMIT_BYTES + 1)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BREAKING: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "half": _half,
    "half a line": _half_with_an_end,
    "wrong type": lambda path: path.write_bytes(b'["a list", 1]\n'),
    "huge": _huge,
    "a folder": _folder,
}
RECORDS = ("a visit", "a patient", "the station")
FILES = ("settings.json", "index.json", "index-rest.json", ".lock", *RECORDS)
ALWAYS = "half a line"
# Such a record is a shorter one, or its first entry was never finished: only what is kept elsewhere knows better.
LOOKS_CUT_SHORT = {("a visit", "zeros"), *((file, way) for file in RECORDS for way in ("empty", "half"))}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> tuple[Path, dict[str, Path], list[str]]:
    """A folder in which three visits are in progress, its files by name, and the visits, the first one’s breakable."""
    base = tmp_path_factory.mktemp("whole")
    ward = Ward(base, qapp)
    visits = [begin(ward, record_no) for record_no in (CALM, FIRST, RISING)]
    patient = ward.patient(CALM)
    # The station: a nurse has come and gone, so that something is left before the damage.
    ward.sign_in()
    ward.program.looks.larger()
    ward.close()
    root = base / "records"
    files = {
        "a visit": next(root.rglob(f"{visits[0]}.jsonl")),
        "a patient": next(root.rglob(f"{patient}.jsonl")),
        "the station": next(root.rglob("station.jsonl")),
    }
    for name in FILES[: -len(RECORDS)]:
        files[name] = root / name
    return base, {name: path.relative_to(base) for name, path in files.items()}, visits


@pytest.fixture
def ward_on(qapp: QApplication) -> Iterator[Callable[[Path], Ward]]:
    open_wards: list[Ward] = []

    def start(folder: Path) -> Ward:
        # The samples are there already; without training nothing is made anew that was broken.
        open_wards.append(Ward(folder, qapp, training=False))
        return open_wards[-1]

    yield start
    for ward in open_wards:
        ward.close()


def enter(ward: Ward) -> None:
    """Sign in, or be the first nurse again where no name is left."""
    match len(ward.parts.users.station.active()):
        case 0:
            ward.write_into("new_person.name", "SAMPLE, Nurse One")
            for _ in ("chosen", "repeated"):
                ward.enter_pin("new_person.pin", "739150")
        case 1:  # already chosen
            ward.enter_pin("sign_in.pin", SAMPLE_PIN)
        case _:
            ward.sign_in()


def ways() -> list[object]:
    """Every file in every way; always at least once each."""
    return [
        pytest.param(file, way, marks=() if way == ALWAYS else pytest.mark.sweep, id=f"{file} – {way}")
        for file in FILES
        for way in BREAKING
    ]


@pytest.mark.parametrize(("file", "way"), ways())
def test_with_a_broken_file_it_starts_and_offers_the_other_visits(
    file: str,
    way: str,
    tmp_path: Path,
    records: tuple[Path, dict[str, Path], list[str]],
    ward_on: Callable[[Path], Ward],
    tally: Figure,
) -> None:
    whole, files, visits = records
    base = tmp_path / "copy"
    shutil.copytree(whole, base)
    BREAKING[way](base / files[file])

    ward = ward_on(base)
    enter(ward)

    offered = visits[1:] if file == "a visit" else visits
    for visit in offered:
        assert ward.shows(f"visit.{visit}.open"), ward.words()
    if file in RECORDS and (file, way) not in LOOKS_CUT_SHORT:
        assert f"record {file.rsplit(maxsplit=1)[-1]}" in ward.words()
    open_visit(ward, offered[0])
    assert "The visit goes on" in ward.words()
    ward.key("Esc")
    assert ward.shows("identify_page.check")
    assert "NOT SAVED" not in ward.words()
    tally(f"T-30  {{}} of {len(FILES) * len(BREAKING)} starts with a broken file, the other visits offered")
