"""Real processes on the real disk: killed, out of space, two at once, out of memory."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nurse_app.store.record_folder import look_at_records
from nurse_app.visit.ports import InUseError, StreamKind
from tests.store.kit import own, system_disk, texts, tools

PROJECT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child_appends.py")
SHORT_OF_MEMORY = Path(__file__).with_name("child_short_of_memory.py")
VISIT = StreamKind.VISIT


def start(*arguments: str, script: Path = CHILD) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(
        [sys.executable, str(script), *arguments],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def present_in(root: Path) -> list[str]:
    records = own(root)
    try:
        return texts(records.open(VISIT, "v-1").recorded())
    finally:
        records.close()


def test_a_killed_program_loses_nothing_it_said_was_saved(tmp_path: Path) -> None:
    for acknowledgements in (1, 2, 5, 30, 100):
        with start(str(tmp_path)) as child:
            assert child.stdout is not None
            said = [child.stdout.readline().strip() for _ in range(acknowledgements)]
            child.kill()
            said += child.stdout.read().split()

        present = present_in(tmp_path)
        assert present == [str(number) for number in range(1, len(present) + 1)]
        assert set(said) <= set(present)
        # Killed between the write and the word that it is saved: there may be one more than was said.
        assert len(present) <= int(said[-1]) + 1


def test_while_one_program_writes_another_is_refused_and_the_first_loses_nothing(tmp_path: Path) -> None:
    with start(str(tmp_path)) as first:
        assert first.stdout is not None
        first.stdout.readline()

        with pytest.raises(InUseError, match="process 4711 on ward-pc"):
            own(tmp_path)
        with start(str(tmp_path)) as second:
            out, error = second.communicate()
        first.stdout.readline()
        first.kill()
        said = first.stdout.read().split()

    assert second.returncode == 1
    assert out == ""
    assert "InUseError" in error
    assert set(said) <= set(present_in(tmp_path))


def test_when_space_runs_out_everything_saved_is_there_and_the_record_goes_on_after(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="limits on file sizes need POSIX")
    with start(str(tmp_path), "20000") as child:
        out, error = child.communicate()

    assert child.returncode == 0, error
    *said, sentence = out.splitlines()
    assert sentence.startswith("Not saved: the disk is full.")
    assert len(said) > 10
    assert present_in(tmp_path) == [*said, "after"]


def test_no_failed_allocation_loses_an_entry(tmp_path: Path) -> None:
    pytest.importorskip("_testcapi", reason="this Python cannot make allocations fail")
    outcomes: dict[str, str] = {}
    first, ended = 1, None
    # Some releases of Python crash by themselves when certain allocations fail; a record must bear that, too.
    while ended != 0:
        with start(str(tmp_path), str(first), script=SHORT_OF_MEMORY) as child:
            out, error = child.communicate()
        ended = child.returncode
        assert ended in (0, -signal.SIGSEGV, -signal.SIGABRT), error
        for line in out.splitlines():
            allocation, stream_id, outcome = line.split(maxsplit=2)
            outcomes[stream_id] = outcome
            first = max(first, int(allocation))
        first += 1

    # What could not be cut back may be there as well; what was acknowledged has to be.
    allowed = {
        "saved True": [["a", "b"]],
        "refused True": [["a"]],
        "refused False": [["a"], ["a", "b"]],
        "tried": [["a"], ["a", "b"]],
    }
    for stream_id, outcome in outcomes.items():
        present = texts(look_at_records(tmp_path, tools(system_disk())).open(VISIT, stream_id).recorded())
        assert present in allowed[outcome], (stream_id, outcome)
    assert sum(outcome.startswith("refused") for outcome in outcomes.values()) > 20
