"""T-21 and T-22: a moved wall clock and a sleeping machine; through the port, and live where the tools are there."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise, product
from pathlib import Path

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.moment import Reading, passed_between, wall_step
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.run import running_time
from nurse_app.plain_data import build
from tests.clocks.machine import MODELS, Model
from tests.clocks.visits import on
from tests.figures import figure

SIZES = (1, 2, 3, 10, 60, 120, 121, 300, 1800, 3600, 7200, 43200, 86400)
STEPS = [timedelta(seconds=sign * size) for sign, size in product((1, -1), SIZES)]
SLEEPS = (1, 2, 5, 30, 60, 300, 900, 901, 1800, 3600, 3601, 7200, 14400, 28800)
LOOKS = timedelta(seconds=0.5)
DUE = {
    "vital-signs-due": timedelta(minutes=15),
    "infusion-time-over": timedelta(minutes=60),
    "bag-too-old": timedelta(hours=8),
}
PROJECT = Path(__file__).parents[2]
FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


# --- T-21 ---


def test_a_step_of_the_wall_clock_changes_no_running_time_and_is_recorded(
    protocol: InfusionProtocol, tmp_path: Path
) -> None:
    worst, recorded, alarmed = timedelta(0), 0, 0
    for step in STEPS:
        visit = on("Linux", protocol, tmp_path).infuse()
        visit.wait(minutes=10).machine.move_wall(step)
        visit.wait(seconds=0.5).look()
        visit.wait(minutes=20).look()
        ran = running_time(visit.state.run, visit.now)
        truth = timedelta(minutes=30, seconds=0.5)
        worst = max(worst, abs(ran.least - truth), abs(ran.most - truth))
        noted = [item.event.by for item in visit.visit.record if isinstance(item.event, e.ClockStepNoticed)]
        assert noted == ([step] if abs(step) > timedelta(seconds=2) else []), step
        shown = {key: priority for key, priority in visit.alarms().items() if key.startswith("clock-step")}
        assert shown == ({"clock-step/0": "medium"} if abs(step) > timedelta(seconds=120) else {}), step
        recorded, alarmed = recorded + len(noted), alarmed + len(shown)
    assert worst < timedelta(seconds=1)
    figure(
        f"T-21 {len(STEPS)} steps of 1 s to 1 day: largest error {worst.total_seconds():g} s, "
        f"{recorded} recorded, {alarmed} alarms"
    )


LOOKING = """
import json, os, sys
from nurse_app.plain_data import plain
from nurse_app.system.clock import machine_clock
from nurse_app.system.identifiers import RandomIdentifiers
clock = machine_clock(RandomIdentifiers())
file = sys.argv[1] if len(sys.argv) > 1 else None
for step in sys.argv[2:] or ["+0"]:
    if file:
        with open(file, "w") as set_to:
            set_to.write(step)
    print(json.dumps(plain(clock.read())))
"""


def looks_of(*arguments: str, before: tuple[str, ...] = (), extra: dict[str, str] | None = None) -> list[Reading]:
    """What the program's own clock reads in another process."""
    finished = subprocess.run(
        [*before, sys.executable, "-c", LOOKING, *arguments],
        cwd=PROJECT,
        env=os.environ | (extra or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return [build(Reading, json.loads(line)) for line in finished.stdout.splitlines()]


@pytest.mark.skipif(not FAKETIME, reason="libfaketime is not installed: T-21 live")
def test_live_a_step_of_the_wall_clock_leaves_the_uptime_alone(tmp_path: Path) -> None:
    file = tmp_path / "faketime.rc"
    file.write_text("+0", encoding="ascii")
    extra = {
        "LD_PRELOAD": str(FAKETIME[0]),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    offsets = [0]
    for step in STEPS:
        offsets += [int(step.total_seconds()), 0]
    looks = looks_of(str(file), *(f"{offset:+d}" for offset in offsets), extra=extra)
    worst = 0.0
    for place, (before, after) in enumerate(pairwise(looks)):
        moved = offsets[place + 1] - offsets[place]
        assert abs(wall_step(before, after).total_seconds() - moved) < 0.5, (place, moved)
        worst = max(worst, passed_between(before, after).most.total_seconds())
    assert worst < 1
    assert len(looks) == len(offsets)
    figure(f"T-21 live, libfaketime: {len(looks) - 1} steps, largest error {worst:.3f} s")


# --- T-22 ---


@pytest.mark.parametrize("model", MODELS)
def test_a_sleep_is_counted_and_what_fell_due_is_there_at_the_first_look(
    protocol: InfusionProtocol, tmp_path: Path, model: Model
) -> None:
    worst, appeared = timedelta(0), 0
    for seconds in SLEEPS:
        visit = on(model, protocol, tmp_path).infuse()
        visit.wait(minutes=10)
        before, seen_before = visit.now, set(visit.alarms())
        visit.machine.sleep(timedelta(seconds=seconds))
        visit.machine.run(LOOKS)
        assert visit.look() is None
        span = visit.now.since(before)
        assert span.least == span.most == timedelta(seconds=seconds) + LOOKS
        at_once = set(visit.alarms()) - seen_before
        awake_for = timedelta(minutes=10, seconds=seconds) + LOOKS
        assert {key.partition("/")[0] for key in at_once} == {name for name, due in DUE.items() if awake_for > due}
        assert len(at_once) == len({key.partition("/")[0] for key in at_once})
        # Every occurrence keeps its name: none of the sleep comes again, and none comes later.
        for _look in range(8):
            visit.machine.run(LOOKS)
            assert {key for key in visit.alarms() if key not in seen_before} == at_once
        worst, appeared = max(worst, LOOKS), appeared + len(at_once)
    assert worst <= timedelta(seconds=2)
    figure(
        f"T-22 {model}: {len(SLEEPS)} sleeps of 1 s to 8 h, error 0 s, {appeared} alarms, each once, "
        f"at most {worst.total_seconds():g} s after waking"
    )


def may_unshare() -> bool:
    command = ["unshare", "-T", "--boottime", "1", "true"]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except OSError:
        return False


def test_live_the_program_s_clock_counts_the_time_in_which_the_machine_slept() -> None:
    if sys.platform != "linux" or not may_unshare():
        pytest.skip("unshare -T --boottime needs Linux with time namespaces and root: T-22 live")
    worst = 0.0
    for seconds in SLEEPS:
        (before,), (after,) = looks_of(), looks_of(before=("unshare", "-T", "--boottime", str(seconds)))
        (again,) = looks_of()
        assert before.boot_id == after.boot_id == again.boot_id
        passed = passed_between(before, after).most.total_seconds()
        took = passed_between(before, again).most.total_seconds()
        assert seconds <= passed <= seconds + took
        worst = max(worst, abs(passed - seconds) - took)
    assert worst <= 1
    figure(f"T-22 live, time namespace: {len(SLEEPS)} sleeps of 1 s to 8 h are counted in full")
