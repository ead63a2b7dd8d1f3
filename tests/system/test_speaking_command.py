"""A child whose lines are read as they come, with real children that are small Python programs."""

import os
import sys
from pathlib import Path

import pytest

from nurse_app.system.speaking_command import SpeakingCommand


def child(program: str) -> SpeakingCommand:
    return SpeakingCommand([sys.executable, "-I", "-S", "-c", program], os.environ)


def test_every_line_is_heard_in_order_and_errors_hold_nothing_up() -> None:
    said = child("import sys; sys.stderr.write('x' * 200_000); print('eins\\r'); print('zwei'); print('end', end='')")

    assert list(said.lines()) == ["eins", "zwei", "end"]
    assert said._process.returncode == 0


def test_a_line_is_there_before_the_next_is_said() -> None:
    talking = child("import sys; print('one', flush=True); sys.stdin.read(); import time; time.sleep(60)")
    lines = talking.lines()

    assert next(lines) == "one"
    talking.stop()
    assert list(lines) == []
    assert talking._process.returncode != 0
    talking.stop()


def test_letters_that_are_none_are_replaced() -> None:
    odd = child("import os; os.write(1, b'\\xff\\n')")

    assert list(odd.lines()) == ["\N{REPLACEMENT CHARACTER}"]


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SpeakingCommand([str(tmp_path / "nothing")], {})
