"""The command line put together: every command reaches its own, and the window program opens, refuses and ends."""

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel

from nurse_app import main as main_module
from nurse_app import offscreen, window
from nurse_app.cli.arguments import RehearseArguments, WindowArguments
from nurse_app.cli.outcome import MALFORMED, NOT_SO, OK
from nurse_app.cli.streams import Streams
from nurse_app.main import main
from nurse_app.system.build_identity import build_identity
from nurse_app.system.paths import NoFolderError
from nurse_app.ui import program
from nurse_app.ui.parts import AppParts
from nurse_app.visit.ports import InUseError

PROJECT = Path(__file__).parents[1]
RESOURCES = PROJECT / "resources"
CASES = Path(__file__).parent / "cases"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NURSE_APP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def streams() -> Streams:
    return Streams(BytesIO(), BytesIO(), StringIO())


# --- commands ---


def test_version_says_what_it_was_built_from(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    assert main(["--version"]) == OK
    assert b"checkout, Python 3." in capfdbinary.readouterr().out
    (tmp_path / "build.txt").write_text("build 7, 2026-11-22\n", encoding="utf-8")
    assert build_identity(tmp_path).startswith("build 7, 2026-11-22, Python ")


def test_assess_and_replay_answer_on_standard_output(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    case = json.loads((CASES / "decisions.json").read_text(encoding="utf-8"))[0]
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(case["input"]), encoding="utf-8")
    assert main(["assess", str(facts)]) in (OK, NOT_SO)
    assert json.loads(capfdbinary.readouterr().out)
    script = sorted((CASES / "visits").glob("*.json"))[0]
    assert main(["replay", str(script)]) == OK
    steps = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert steps
    assert {step["ok"] for step in steps} == {True}


def test_commands_on_records_that_are_not_there_say_so(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    commands = (
        ["verify"],
        ["report", "no-such-visit", "--format", "json", "--output", "out.json"],
        ["labs", "TRN000417"],
    )
    for words in commands:
        assert main(words) == MALFORMED, words
        told = capfdbinary.readouterr().err.decode()
        assert told.strip(), words
        assert "Traceback" not in told


def test_a_word_that_is_no_command_is_refused_in_one_sentence(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["asses"]) == MALFORMED
    assert capfdbinary.readouterr().err.decode().count("\n") == 1


def test_the_words_come_from_the_command_line_when_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["nurse-app", "--version"])
    assert main() == OK
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("nurse_app", run_name="__main__")
    assert ended.value.code == OK
    assert b"checkout" in capfdbinary.readouterr().out


def test_commands_without_windows_do_not_load_qt() -> None:
    command = "import sys; from nurse_app.main import main; main(['--version']); print('PySide6' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "False"


def test_a_pdf_report_is_drawn_by_the_window_program(
    tmp_path: Path, qapp: QApplication, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from tests.ui.driver import Ward
    from tests.ui.quick import work_to

    ward = Ward(tmp_path, qapp)
    visit = work_to(ward, "closed")
    ward.close()
    target = tmp_path / "record.pdf"
    root = str(tmp_path / "records")
    assert main(["--data-dir", root, "report", visit, "--format", "pdf", "--output", str(target)]) == OK
    assert target.read_bytes().startswith(b"%PDF")
    assert main(["--data-dir", root, "verify"]) == OK
    assert main(["--data-dir", root, "labs", "TRN000417"]) == OK
    assert b"ALT" in capfdbinary.readouterr().out


def test_a_packaged_executable_lets_its_helper_processes_do_their_work(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("multiprocessing.freeze_support", lambda: asked.append("helper"))

    main(["--version"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    main(["--version"])

    assert asked == ["helper"]
    assert capfdbinary.readouterr().out.count(b"checkout") == 2


# --- the window ---


@pytest.fixture
def _no_hooks() -> Iterator[None]:
    """What a crash reporter takes over is given back."""
    before, before_thread = sys.excepthook, window.CrashReporter.install
    yield
    sys.excepthook = before
    assert window.CrashReporter.install is before_thread


@pytest.mark.usefixtures("_no_hooks")
def test_the_window_opens_runs_and_ends_in_good_order(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, streams: Streams
) -> None:
    import threading

    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    seen: dict[str, object] = {}

    def run(parts: AppParts, app: QApplication, outside: program.Outside) -> int:
        assert not outside.asked_to_end()
        parts.keep_awake(wanted=True)
        parts.keep_awake(wanted=False)
        seen.update(app=app, training=parts.training, documents=parts.documents_folder)
        seen["patients"] = len(parts.index.entries(window.StreamKind.PATIENT))
        seen["users"] = len(parts.users.station.active())
        parts.shut()
        return 0

    monkeypatch.setattr(window, "run_window", run)
    root = tmp_path / "own"
    assert window.open_window(WindowArguments(root), streams, RESOURCES) == OK
    assert (seen["app"], seen["training"], seen["patients"], seen["users"]) == (qapp, False, 0, 0)
    assert seen["documents"] == Path.home()
    assert window.open_window(WindowArguments(root, training=True), streams, RESOURCES) == OK
    assert (seen["training"], seen["patients"], seen["users"]) == (True, 4, 2)
    first = seen.copy()
    assert window.open_window(WindowArguments(root, training=True), streams, RESOURCES) == OK
    assert seen == first, "samples are made once"


def test_a_second_copy_shows_a_window_with_the_reason(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, streams: Streams
) -> None:
    def in_use(_given: window.Surrounds) -> AppParts:
        message = "Another copy has these records open."
        raise InUseError(message)

    monkeypatch.setattr(window, "open_parts", in_use)
    shown: list[str] = []
    monkeypatch.setattr(window, "show_sentence", lambda _app, sentence: shown.append(sentence))
    with pytest.raises(InUseError):
        window.open_window(WindowArguments(tmp_path / "own"), streams, RESOURCES)
    assert shown == ["Another copy has these records open."]


def test_a_sentence_gets_a_window_and_waits_only_on_a_real_screen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    kept: list[QLabel] = []
    real_show = QLabel.show

    def show(label: QLabel) -> None:
        kept.append(label)
        seen.append(label.text())
        real_show(label)

    monkeypatch.setattr(program.QLabel, "show", show)
    program.show_sentence(qapp, "The folder cannot be used.")
    assert seen == ["The folder cannot be used."]

    class RealScreen:
        ran = False

        def platformName(self) -> str:
            return "xcb"

        def exec(self) -> int:
            self.ran = True
            return 0

    screen = RealScreen()
    program.show_sentence(screen, "Again.")
    assert screen.ran
    for label in kept:
        label.close()
        label.deleteLater()


def test_the_program_runs_until_its_window_is_closed(tmp_path: Path, qapp: QApplication, streams: Streams) -> None:
    from tests.ui.driver import Ward

    ward = Ward(tmp_path, qapp)
    ward.close()
    parts = ward._open()
    heard: list[object] = []
    ended = run_until_usable(parts, qapp, heard)
    assert ended == OK
    assert heard[1:] == ["usable"]
    assert callable(heard[0]), "defects are listened to from the start"


def run_until_usable(parts: AppParts, app: QApplication, heard: list[object]) -> int:
    """Run the real loop and close the window as soon as the first screen is usable."""
    before = program.Program.start

    def start(self: program.Program, ready: Callable[[], None] | None = None) -> None:
        def close_when_all_is_saved() -> None:
            if self.controller.is_idle and self.stage.close():
                QCoreApplication.quit()

        before(self, lambda: heard.append("usable"))
        self.ticker.tick.connect(close_when_all_is_saved)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program.Program, "start", start)
        return program.run_window(parts, app, program.Outside(heard.append, lambda: False, heard.append))


def test_a_rehearsal_that_cannot_be_done_ends_with_its_place(
    tmp_path: Path, qapp: QApplication, streams: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(*_args: object) -> None:
        message = "acts[3]: home.add is not on the screen"
        raise LookupError(message)

    monkeypatch.setattr(offscreen, "play", stuck)
    arguments = RehearseArguments(tmp_path / "records", tmp_path / "pictures")
    assert offscreen.rehearse(arguments, streams, RESOURCES) == NOT_SO
    assert "The rehearsal stopped: acts[3]: home.add" in streams.stderr.getvalue()


def test_a_rehearsal_without_a_folder_makes_its_own(
    tmp_path: Path, qapp: QApplication, streams: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(offscreen, "play", lambda *_args: None)
    monkeypatch.setenv("QT_QPA_FONTDIR", "where no fonts are")
    assert offscreen.rehearse(RehearseArguments(None, None), streams, RESOURCES) == OK
    # On Windows, Qt complains aloud where it finds no folder of fonts.
    assert os.environ["QT_QPA_FONTDIR"] == str(RESOURCES / "fonts")
    assert "Rehearsed: 0 pictures" in streams.stderr.getvalue()
    assert list(tmp_path.glob("nurse-app-pictures-*"))
    assert not list(tmp_path.glob("nurse-app-rehearsal-*")), "its records are gone"


def test_the_self_test_is_put_together_with_this_machine(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    from nurse_app.cli.self_test import SelfTest

    given: list[SelfTest] = []

    def run(_arguments: object, _streams: Streams, test: SelfTest) -> int:
        given.append(test)
        return NOT_SO

    monkeypatch.setattr("nurse_app.terminal.run_self_test", run)
    assert main(["self-test", "--data-dir", str(tmp_path / "here")]) == NOT_SO
    assert given[0].machine.root == tmp_path / "here"
    assert given[0].machine.resources == RESOURCES
    assert given[0].windows() is offscreen
    assert given[0].build.startswith("checkout, Python ")

    def homeless(*_args: object, **_more: object) -> Path:
        raise NoFolderError("This user has no home folder.")

    monkeypatch.setattr("nurse_app.terminal.data_folder", homeless)
    assert main(["self-test"]) == NOT_SO
    assert given[1].machine.root is None
    assert capfdbinary.readouterr().err == b""


def test_a_packaged_program_starts_itself_with_what_was_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[tuple[str, ...], Mapping[str, str]]] = []
    monkeypatch.setattr("nurse_app.cli.own_children.SpeakingCommand", lambda *given: started.append(given))
    monkeypatch.setenv("LD_LIBRARY_PATH", "/packaged")
    window.start_self_test(tmp_path)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    window.start_self_test(tmp_path)

    checkout, packaged = started
    assert checkout[0][-5:] == ("nurse_app", "--data-dir", str(tmp_path), "self-test", "--json")
    assert packaged[0] == (sys.executable, "--data-dir", str(tmp_path), "self-test", "--json")
    assert checkout[1]["LD_LIBRARY_PATH"] == "/packaged"
    assert "LD_LIBRARY_PATH" not in packaged[1]


def test_a_program_without_its_resources_fails_the_self_test(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def gone(_around: object) -> Path:
        raise NoFolderError("The program's resources are missing. Install it again.")

    monkeypatch.setattr(main_module, "resources_folder", gone)
    assert main(["self-test"]) == NOT_SO
    assert main(["verify"]) == MALFORMED
    assert capfdbinary.readouterr().err.count(b"Install it again.\n") == 2


def test_the_main_program_hands_windows_to_the_window_program(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Pretended:
        def __init__(self, _name: str) -> None:
            pass

        def open_window(self, *_args: object) -> int:
            asked.append("window")
            return OK

        def rehearse(self, *_args: object) -> int:
            asked.append("rehearse")
            return OK

    monkeypatch.setattr(main_module, "_part", Pretended)
    assert main([]) == OK
    assert main(["rehearse"]) == OK
    assert asked == ["window", "rehearse"]
