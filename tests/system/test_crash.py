"""A defect is reported once, to stderr, to a file and to the window, whatever else goes wrong."""

import io
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.system.crash import CrashReporter, ReportContents
from nurse_app.system.log import ProgramLog

NAME = "SAMPLE, Patient One"
CONTENTS = ReportContents({"nurse-app": "0.1.0", "Qt": "6.11.3"}, lambda: ("first line", "last line"))


class Desk:
    """A reporter with everything it tells."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stderr = io.StringIO()
        self.told: list[int | None] = []
        self.clock = ScriptedClock(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
        self.reporter = CrashReporter(folder, CONTENTS, self.clock, self.stderr)
        self.reporter.listen(self.told.append)

    def report_text(self, number: int) -> str:
        return (self.folder / f"report-{number}.txt").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "log")


@pytest.fixture
def installed(desk: Desk) -> Iterator[Desk]:
    hooks = sys.excepthook, threading.excepthook
    desk.reporter.install()
    yield desk
    desk.reporter.uninstall()
    sys.excepthook, threading.excepthook = hooks


def fault(kind: type[BaseException] = ValueError) -> BaseException:
    with pytest.raises(kind) as caught:
        raise kind(NAME)
    return caught.value


def faults_in_new_places(count: int) -> list[BaseException]:
    faults = []
    for number in range(count):
        with pytest.raises(ZeroDivisionError) as caught:
            exec(compile("\n" * number + "1/0", "made up", "exec"))
        faults.append(caught.value)
    return faults


def test_a_fault_is_told_to_stderr_to_a_file_and_to_the_window(desk: Desk) -> None:
    desk.reporter.report(fault())

    assert desk.stderr.getvalue() == "nurse-app: internal error (report 1)\n"
    assert desk.told == [1]
    assert desk.report_text(1).splitlines()[:6] == [
        "Internal error in nurse-app",
        "at 2026-11-22T09:00:00+00:00, machine up for 0:00:00",
        "nurse-app 0.1.0",
        "Qt 6.11.3",
        "",
        "builtins.ValueError",
    ]
    assert desk.report_text(1).endswith("Last log lines:\nfirst line\nlast line\n")


def test_a_report_holds_nothing_that_was_typed(desk: Desk) -> None:
    desk.reporter.report(fault())

    assert NAME not in desk.report_text(1) + desk.stderr.getvalue()


def test_the_same_fault_is_told_once(desk: Desk) -> None:
    for _ in range(3):
        desk.reporter.report(fault())

    assert desk.told == [1]
    assert desk.stderr.getvalue().count("\n") == 1


def test_another_fault_gets_the_next_number(desk: Desk) -> None:
    desk.reporter.report(fault(ValueError))
    desk.reporter.report(fault(KeyError))

    assert desk.told == [1, 2]


def test_numbers_go_on_after_those_of_earlier_runs(desk: Desk) -> None:
    desk.folder.mkdir()
    for name in ("report-9.txt", "report-10.txt", "report-x.txt", "nurse-app.log"):
        (desk.folder / name).touch()

    desk.reporter.report(fault())

    assert desk.told == [11]


def test_a_number_that_another_program_just_took_is_passed_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.folder.mkdir()
    (desk.folder / "report-1.txt").write_text("theirs", encoding="utf-8")
    monkeypatch.setattr("os.listdir", lambda _folder: [])

    desk.reporter.report(fault())

    assert desk.told == [2]
    assert desk.report_text(1) == "theirs"


def test_no_free_number_is_told_as_no_report(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.folder.mkdir()
    for number in range(1, 51):
        (desk.folder / f"report-{number}.txt").touch()
    monkeypatch.setattr("os.listdir", lambda _folder: [])

    desk.reporter.report(fault())

    assert desk.told == [None]


def test_a_flood_of_different_faults_ends(desk: Desk) -> None:
    for error in faults_in_new_places(60):
        desk.reporter.report(error)

    assert len(desk.told) == 50


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")
    desk = Desk(tmp_path / "log")

    desk.reporter.report(fault())

    assert desk.stderr.getvalue() == "nurse-app: internal error (no report could be written)\n"
    assert desk.told == [None]


def test_a_clock_that_fails_costs_the_file_and_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_time() -> Reading:
        raise OSError

    monkeypatch.setattr(desk.clock, "read", no_time)

    desk.reporter.report(fault())

    assert desk.told == [None]


def test_a_window_that_fails_does_not_fail_the_reporter(desk: Desk) -> None:
    def broken(_number: int | None) -> None:
        raise RuntimeError(NAME)

    desk.reporter.listen(broken)

    desk.reporter.report(fault())

    assert "report 1" in desk.stderr.getvalue()


def test_a_fault_while_telling_the_window_is_reported_and_does_not_go_round(desk: Desk) -> None:
    def broken(number: int | None) -> None:
        desk.told.append(number)
        desk.reporter.report(fault(RuntimeError))

    desk.reporter.listen(broken)

    desk.reporter.report(fault())

    assert desk.told == [1, 2]


def test_without_a_window_or_a_console_the_file_is_still_written(tmp_path: Path) -> None:
    reporter = CrashReporter(tmp_path, CONTENTS, ScriptedClock(datetime(2026, 11, 22, tzinfo=UTC)), None)

    reporter.report(fault())

    assert (tmp_path / "report-1.txt").exists()


def test_a_closed_console_does_not_keep_the_window_from_hearing(desk: Desk) -> None:
    desk.stderr.close()

    desk.reporter.report(fault())

    assert desk.told == [1]


def test_the_log_gets_a_line_with_the_number_and_the_places(desk: Desk, tmp_path: Path) -> None:
    program_log = ProgramLog.start(tmp_path)

    desk.reporter.report(fault())
    program_log.stop()

    (entry,) = program_log.tail.lines()
    assert "CRITICAL nurse_app.system: internal error, report 1\nbuiltins.ValueError\n  tests/" in entry


def test_an_exception_that_nobody_caught_is_reported(installed: Desk) -> None:
    error = fault()

    sys.excepthook(type(error), error, error.__traceback__)

    assert installed.told == [1]


def test_the_users_wish_to_stop_is_no_fault(installed: Desk) -> None:
    error = fault(KeyboardInterrupt)

    sys.excepthook(type(error), error, error.__traceback__)

    assert (installed.told, installed.stderr.getvalue()) == ([], "")


def run_in_thread(action: Callable[[], object]) -> None:
    thread = threading.Thread(target=action)
    thread.start()
    thread.join()


def test_a_fault_in_a_thread_is_reported(installed: Desk) -> None:
    run_in_thread(lambda: 1 / 0)

    assert installed.told == [1]
    assert "builtins.ZeroDivisionError" in installed.report_text(1)


def test_a_thread_may_end_by_system_exit(installed: Desk) -> None:
    run_in_thread(sys.exit)

    assert installed.told == []


def test_a_thread_hook_without_its_exception_has_nothing_to_report(installed: Desk) -> None:
    threading.excepthook(threading.ExceptHookArgs((ValueError, None, None, None)))

    assert installed.told == []


def test_the_same_fault_in_many_threads_at_once_is_told_once(installed: Desk) -> None:
    def divide() -> None:
        _ = 1 / 0

    threads = [threading.Thread(target=divide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert installed.told == [1]


def test_uninstalling_gives_python_its_own_hooks_back(desk: Desk) -> None:
    hooks = sys.excepthook, threading.excepthook
    desk.reporter.install()

    desk.reporter.uninstall()

    assert (sys.excepthook, threading.excepthook) == (sys.__excepthook__, threading.__excepthook__)
    sys.excepthook, threading.excepthook = hooks
