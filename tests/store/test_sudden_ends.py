"""Real processes on the real disk: two at once, out of space. Killed ones are in tests/faults."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nurse_app.visit.ports import InUseError, StreamKind
from tests.store.kit import own, texts

PROJECT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child_appends.py")
VISIT = StreamKind.VISIT


def start(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(
        [sys.executable, str(CHILD), *arguments],
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
