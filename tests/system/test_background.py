"""Commands in the background, with real children that are small Python programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import nurse_app
from nurse_app.system.background import (
    BackgroundCommand,
    Ended,
    lower_priority,
    own_command,
    own_environment,
    start_again,
)

PACKAGE = Path(nurse_app.__file__).parent


def end_of(program: str) -> Ended:
    work = BackgroundCommand([sys.executable, "-I", "-S", "-c", program], os.environ)
    work._process.wait(timeout=30)
    end = work.ended()
    assert end is not None
    assert work.ended() == end
    return end


def test_the_exit_code_and_the_last_sentence_are_told() -> None:
    assert end_of("") == Ended(0, "")
    assert end_of("import sys; print('data'); sys.stderr.write('One.\\nTwo.\\n'); sys.exit(2)") == Ended(2, "Two.")


def test_while_it_runs_nobody_waits() -> None:
    read, write = os.pipe()
    command = [sys.executable, "-I", "-S", "-c", f"import os; os.read({read}, 1)"]
    os.set_inheritable(read, True)
    real = subprocess.Popen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", lambda *args, **more: real(*args, **more, close_fds=False))
        work = BackgroundCommand(command, os.environ)

    assert work.ended() is None

    os.write(write, b"x")
    work._process.wait(timeout=30)
    os.close(read)
    os.close(write)
    assert work.ended() == Ended(0, "")


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        BackgroundCommand([str(tmp_path / "nothing")], {})


def test_the_program_starts_itself_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "nurse_app").mkdir()
    (tmp_path / "nurse_app" / "__main__.py").write_text("raise SystemExit('a stranger')")
    command = [*own_command(PACKAGE, None), "--version"]
    environment = own_environment(PACKAGE, {"PYTHONPATH": "before"})

    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)

    assert ended.stdout.startswith("nurse-app ")
    assert environment["PYTHONPATH"].split(os.pathsep) == [str(PACKAGE.parent), "before"]


def test_a_packaged_executable_starts_itself_and_unpacks_anew(tmp_path: Path) -> None:
    assert own_command(PACKAGE, tmp_path) == (sys.executable,)
    assert own_environment(PACKAGE, {"KEPT": "yes"}) == {
        "KEPT": "yes",
        "PYTHONPATH": str(PACKAGE.parent),
        "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }


def test_others_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    nice: list[int] = []
    monkeypatch.setattr(os, "nice", nice.append, raising=False)
    lower_priority()
    assert nice == [19]
    monkeypatch.delattr(os, "nice")
    lower_priority()
    assert nice == [19]


def test_a_program_that_is_started_again_goes_on_alone_and_without_our_libraries(tmp_path: Path) -> None:
    heard, ready = tmp_path / "heard", tmp_path / "ready"
    os.mkfifo(ready)
    program = f"""if True:
        import os
        about = os.getsid(0) == os.getpid(), os.environ["LD_LIBRARY_PATH"], os.environ["PYINSTALLER_RESET_ENVIRONMENT"]
        with open({str(heard)!r}, "w") as file:
            file.write(repr(about))
        open({str(ready)!r}, "w").close()
    """
    before = {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join([str(tmp_path / "_internal"), "/usr/local/lib"])}

    start_again([sys.executable, "-I", "-S", "-c", program], tmp_path / "_internal", before)

    ready.read_text()
    assert heard.read_text() == "(True, '/usr/local/lib', '1')"


def test_a_program_that_cannot_be_started_again_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        start_again([str(tmp_path / "nothing")], None, {"LD_LIBRARY_PATH": "/usr/local/lib"})
