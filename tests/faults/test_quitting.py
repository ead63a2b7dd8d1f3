"""T-11: asked to end while entries wait for a slow disk, the window program finishes them or says what is not saved."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_app.domain.events import NoteAdded
from nurse_app.store.kinds import event_codecs
from nurse_app.store.record_folder import StoreTools, look_at_records
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.visit.ports import StreamKind
from tests.faults.child_quits import NOTES
from tests.faults.machine import WITHIN_S, python, start, whole_lines
from tests.figures import Figure
from tests.store.kit import system_disk

CHILD = Path(__file__).with_name("child_quits.py")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="not on this machine: signals between processes")
sweep = pytest.mark.sweep


def notes_in(root: Path, visit_id: str) -> list[str]:
    tools = StoreTools(system_disk(), event_codecs(), RandomIdentifiers())
    recorded = look_at_records(root / "nurse-app-training", tools).open(StreamKind.VISIT, visit_id).recorded()
    return [each.event.text for each in recorded if isinstance(each.event, NoteAdded)]


def quit_once(root: Path, how: str) -> tuple[int, list[str], list[str], str]:
    """The exit code, what was said to be saved, what is there, and what was told."""
    with start([*python(CHILD, root, how)]) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        first = child.stdout.readline().decode()
        assert first.startswith("queued "), child.stderr.read().decode()
        if how != "close":
            child.send_signal(signal.SIGTERM)
        out, error = child.communicate(timeout=WITHIN_S)
    saved = [line.replace("saved", "note") for line in whole_lines(out)]
    return child.returncode, saved, notes_in(root, first.split()[1]), error.decode()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes a data folder with the sample patients; hashing their nurses’ PINs takes long, so it is copied."""
    base = tmp_path_factory.mktemp("quits")
    whole = base / "whole"
    made: list[Path] = []

    def make() -> Path:
        if not whole.exists():
            shutil.rmtree(base / "first", ignore_errors=True)
            quit_once(base / "first", "quick")
            shutil.copytree(base / "first", whole)
            shutil.rmtree(whole / "nurse-app-training" / "visits")
        made.append(base / f"records-{len(made)}")
        shutil.copytree(whole, made[-1])
        return made[-1]

    return make


@pytest.mark.parametrize(
    ("how", "count"),
    [("signal", 1), pytest.param("signal", 25, marks=sweep), pytest.param("close", 25, marks=sweep)],
)
def test_asked_to_end_it_first_saves_what_is_queued(
    how: str, count: int, fresh: Callable[[], Path], figure: Figure
) -> None:
    wanted, lost = [f"note {number}" for number in range(1, NOTES + 1)], 0
    for _ in range(count):
        code, saved, present, told = quit_once(fresh(), how)
        assert (code, told) == (0, "")
        assert saved == wanted, "the window stayed until the last one was said to be saved"
        lost += len(set(wanted) - set(present))
        assert present == wanted

    figure(f"T-11  {count} quits by {how} with {NOTES} entries queued on a slow disk, {lost} lost")
    assert lost == 0


def test_asked_to_end_it_says_what_could_not_be_saved(fresh: Callable[[], Path], figure: Figure) -> None:
    code, saved, present, told = quit_once(fresh(), "fails")

    figure(f"T-11  1 quit on a slow disk that fails, {len(set(saved) - set(present))} lost, told with exit code {code}")
    assert code == 1
    assert set(saved) <= set(present)
    assert len(saved) < NOTES
    assert told.count("\n") == 1
    assert "until it is opened again" in told or "the disk reported a fault" in told
