"""Companions with real children, small Python programs that do as ``cat`` does or do not."""

import select
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from nurse_app.system import companion as companion_module
from nurse_app.system.companion import EchoingCompanion

if sys.platform == "win32":
    pytest.skip("Windows keeps awake without a child", allow_module_level=True)

ECHO = "import sys; sys.stdout.write(sys.stdin.readline()); sys.stdout.flush(); sys.stdin.read()"


def companion(program: str, environment: Mapping[str, str] | None = None) -> EchoingCompanion:
    return EchoingCompanion([sys.executable, "-I", "-S", "-c", program], environment or {})


def wait_for_output(child: EchoingCompanion) -> None:
    select.select([child._process.stdout], [], [], 30)


def test_a_child_that_echoes_has_answered() -> None:
    child = companion(ECHO)
    wait_for_output(child)

    told = child.has_answered(), child.has_answered(), child.is_running()
    child.end()

    assert told == (True, True, True)
    assert not child.is_running()


def test_a_child_that_says_nothing_has_not_answered() -> None:
    child = companion("import sys; sys.stdin.read()")

    answered = child.has_answered()
    child.end()

    assert not answered


def test_a_child_that_ended_without_an_echo_has_not_answered() -> None:
    child = companion("")
    wait_for_output(child)

    answered = child.has_answered()
    child.end()

    assert not answered
    assert not child.is_running()


def test_a_child_that_will_not_go_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companion_module, "_END_WITHIN_S", 0)
    child = companion("import signal; signal.pause()")

    child.end()

    assert not child.is_running()


def test_a_child_does_not_get_the_libraries_of_a_packaged_program() -> None:
    program = "import os, sys; sys.exit('LD_LIBRARY_PATH' in os.environ or 'KEPT' not in os.environ)"
    child = companion(program, {"LD_LIBRARY_PATH": "/bundle", "KEPT": "yes"})

    code = child._process.wait(timeout=30)
    child.end()

    assert code == 0


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        EchoingCompanion([str(tmp_path / "nothing")], {})
