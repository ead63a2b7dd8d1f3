"""T-05: every state that a power cut may legally leave, replayed for our records, the index and the settings."""

import random
from pathlib import Path

import pytest

from tests.faults.planted import planted
from tests.faults.recording import RecordingDisk, states_after
from tests.faults.work import Judgement, work
from tests.figures import Figure
from tests.store.disks import PowerCutError

ROOT = Path("/records")
STATES_A_CUT = 40


def no_lock(_: int) -> None:
    return


def run(disk: RecordingDisk, marks: list[tuple[int, str]]) -> None:
    """Work on ``disk`` and note after how many changes each acknowledgement came."""
    work(ROOT, disk, lambda line: marks.append((len(disk.log), line)), no_lock)


def replay_every_cut(states_a_cut: int = STATES_A_CUT, bug: str = "") -> Judgement:
    """Judge every prefix of the work in ``states_a_cut`` states; with a planted bug if so wished."""
    disk, marks, judgement, chance = RecordingDisk(), [], Judgement(), random.Random(1)
    with planted(bug):
        run(disk, marks)
    for cut in range(len(disk.log) + 1):
        acknowledged = [line for at, line in marks if at <= cut]
        for state in states_after(disk.log[:cut], chance, states_a_cut):
            judgement.judge(ROOT, state, acknowledged, no_lock)
    return judgement


def replay_second_lives(states_a_cut: int) -> Judgement:
    """The program is killed at every change and started again; then the power fails somewhere in its second life."""
    judgement, chance, kill_at = Judgement(), random.Random(2), 0
    while True:
        kill_at += 1
        disk, marks = RecordingDisk(), []
        disk.cut_power_at(kill_at)
        try:
            run(disk, marks)
        except PowerCutError:
            first_life = len(disk.log)
        else:
            return judgement
        disk.cut_power_at(10**9)
        run(disk, marks)
        for cut in range(first_life, len(disk.log) + 1, 3):
            acknowledged = [line for at, line in marks if at <= cut]
            for state in states_after(disk.log[:cut], chance, states_a_cut):
                judgement.judge(ROOT, state, acknowledged, no_lock)


def test_no_state_after_a_power_cut_loses_what_was_acknowledged(figure: Figure) -> None:
    found = replay_every_cut()

    figure(f"T-05  {found.points:,} states after power cuts, {found.lost} lost, {found.violations} bad")
    assert found.points > 2000
    assert found.violations == 0, found.reasons[:5]


@pytest.mark.parametrize(
    "states_a_cut", [1, pytest.param(STATES_A_CUT, marks=pytest.mark.sweep)], ids=["worst state", "all"]
)
def test_nor_does_one_after_a_crash_and_a_new_start(states_a_cut: int, figure: Figure) -> None:
    found = replay_second_lives(states_a_cut)

    figure(f"T-05  {found.points:,} states in a second life, {found.lost} lost, {found.violations} bad")
    assert found.points > 500
    assert found.violations == 0, found.reasons[:5]
