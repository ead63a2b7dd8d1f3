"""T-01 and T-15: programs killed at random moments, and many of them started at the same time."""

import os
import random
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from nurse_app.store.data_folder import LOCK_FILE
from nurse_app.visit.ports import StreamKind
from tests.faults.machine import python, start, whole_lines
from tests.figures import Figure
from tests.store import child_appends
from tests.store.kit import own, texts

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="not on this machine: fork and SIGKILL")
APPENDS = Path(child_appends.__file__)
STARTS = Path(__file__).with_name("child_starts.py")
VISIT = StreamKind.VISIT
LIFE_S = 0.05


@dataclass
class Starts:
    """What came of some programs started at once: who owned the folder, what was saved, what is there."""

    owners: list[int] = field(default_factory=list)
    refused: int = 0
    saved: list[int] = field(default_factory=list)
    present: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return len([number for number in self.saved if str(number) not in self.present])

    @property
    def violations(self) -> int:
        repeated = len(self.saved) - len(set(self.saved))
        return abs(len(self.owners) - 1) + self.lost + repeated


def present_in(root: Path) -> list[str]:
    records = own(root)
    try:
        return texts(records.open(VISIT, "v-1").recorded())
    finally:
        records.close()


def start_at_once(root: Path, count: int, bug: str = "") -> Starts:
    """``count`` programs; when all have been answered and something was saved the owners are killed."""
    found = Starts()
    with start(python(STARTS, root, count, bug)) as programs:
        assert programs.stdout is not None
        lines: list[str] = []
        while len(found.owners) + found.refused < count or len(lines) < count + 20:
            lines.append(programs.stdout.readline().decode())
            if not lines[-1]:
                break
            found.owners += [int(lines[-1].split()[1])] if lines[-1].startswith("owner ") else []
            found.refused += lines[-1].startswith("refused The records in")
        for owner in found.owners:
            with suppress(ProcessLookupError):
                os.kill(owner, signal.SIGKILL)
        lines += [f"{line}\n" for line in whole_lines(programs.stdout.read())]
    found.saved = [int(line[2:]) for line in lines if line.startswith("v ")]
    found.present = present_in(root) if not bug or len(found.owners) == 1 else []
    return found


@pytest.mark.parametrize(
    "kills", [20, pytest.param(500, marks=pytest.mark.sweep)], ids=["a short loop", "the whole loop"]
)
def test_killed_at_random_moments_it_loses_nothing_it_said_was_saved(
    quick_folder: Path, kills: int, figure: Figure
) -> None:
    chance, said_at_all, lost, wrong = random.Random(7), 0, 0, 0
    for kill in range(kills):
        # A record goes through ten lives, so that what a kill leaves is gone on with.
        root = quick_folder / str(kill // 10)
        with start(python(APPENDS, root)) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            Event().wait(chance.uniform(0, LIFE_S))
            child.kill()
            said = whole_lines(first + child.stdout.read())
        present = present_in(root)
        said_at_all += len(said)
        lost += len(set(said) - set(present))
        wrong += present != [str(number) for number in range(1, len(present) + 1)] or len(present) > int(said[-1]) + 1

    figure(f"T-01  {kills} kills, {lost} of {said_at_all:,} acknowledged entries lost, {wrong} with a hole or too many")
    assert said_at_all > kills
    assert (lost, wrong) == (0, 0)


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.sweep)], ids=["some", "all"])
def test_of_twenty_programs_started_at_once_one_owns_the_folder(
    quick_folder: Path, rounds: int, figure: Figure
) -> None:
    owners = lost = violations = 0
    for number in range(rounds):
        root = quick_folder / str(number)
        for _ in range(2):
            # The second time there is the lock file of an owner who was killed.
            found = start_at_once(root, 20)
            assert (root / LOCK_FILE).is_file()
            assert found.refused == 19
            owners, lost, violations = owners + len(found.owners), lost + found.lost, violations + found.violations

    figure(f"T-15  {2 * rounds} times 20 starts, {owners} owners, {lost} lost")
    assert owners == 2 * rounds
    assert violations == 0
