"""The self-test in the running program: a child does it, each look is shown as it ends, the report is a file."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.cli.own_children import start_self_test
from nurse_app.interchange.self_test_lines import program_line, result_line
from nurse_app.presentation.intents import GoToSelfTest
from nurse_app.visit.self_test import Look, LookResult, Outcome, ProgramFacts
from nurse_app.window import Surrounds
from tests.cli.kit import files_in
from tests.ui.driver import CALM, Ward
from tests.ui.layout_rules import broken_rules
from tests.ui.quick import function_key, said_beside, work_to

PROGRAM = ProgramFacts("0.1.0", "build 7", "Linux", "6.11.3", "f" * 64, datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


class Child:
    """A self-test that says what the test has it say; None ends it."""

    def __init__(self) -> None:
        self.said: Queue[str | None] = Queue()
        self.was_stopped = False

    def lines(self) -> Iterator[str]:
        while (line := self.said.get(timeout=60)) is not None:
            yield line

    def stop(self) -> None:
        self.was_stopped = True
        self.said.put(None)


def well(look: Look) -> LookResult:
    return LookResult(look, Outcome.WELL, f"{look} is well.", "measured")


NO_SOUND = LookResult(Look.SOUND, Outcome.FAILED, "There is no sound device.", "0 devices", "Connect a loudspeaker.")


class TestedWard(Ward):
    """A ward whose self-tests are the test’s."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        self.children: list[Child] = []
        self.refuses = False
        super().__init__(folder, app)

    def _surrounds(self) -> Surrounds:
        return replace(super()._surrounds(), start_self_test=self._start)

    def _start(self, root: Path) -> Child:
        assert root == self.folder / "records"
        if self.refuses:
            raise OSError
        self.children.append(Child())
        return self.children[-1]

    def go(self) -> None:
        self.program.controller.on_intent(GoToSelfTest())
        QCoreApplication.processEvents()

    def press_only(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def say(self, *results: LookResult) -> None:
        """The child says these; wait until they are on the page."""
        for result in results:
            self.children[-1].said.put(result_line(result))
        work = self.program.controller._scenes.places.need_self_test()
        before = len(work._state.results)
        self._wait(lambda: len(work._state.results) >= before + len(results))

    def end(self, *lines: str) -> None:
        for line in lines:
            self.children[-1].said.put(line)
        self.children[-1].said.put(None)
        self.settle()

    def _wait(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _turn in range(4):
            QCoreApplication.processEvents()


TestedWard.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[TestedWard]:
    ward = TestedWard(tmp_path, qapp)
    ward.sign_in()
    ward.go()
    yield ward
    for child in ward.children:
        child.said.put(None)
    ward.close()


def sentence(ward: Ward, look: Look) -> str:
    return said_beside(ward, f"self_test.look.{look}.sentence")


def whole_test(ward: TestedWard, *others: LookResult) -> None:
    by_look = {other.look: other for other in others}
    ward.press_only("self_test.start")
    ward.say(*(by_look.get(look, well(look)) for look in Look))
    ward.end("a word of some library", program_line(PROGRAM))


def test_each_look_is_shown_as_it_ends_and_the_window_goes_on(ward: TestedWard) -> None:
    assert not ward.find("self_test.save").isEnabled()
    ward.press_only("self_test.start")
    ward.say(well(Look.FOLDER))

    assert said_beside(ward, "self_test.progress") == "Testing: 1 of 9 done"
    assert sentence(ward, Look.FOLDER) == "data-folder is well."
    assert sentence(ward, Look.SPACE) == "Testing…"
    assert not ward.shows("self_test.start")
    assert ward.program.controller.may_close(), "nobody has to wait for a test"

    ward.say(well(Look.SPACE), replace(NO_SOUND, look=Look.PROTOCOL))
    assert sentence(ward, Look.PROTOCOL) == "There is no sound device."
    ward.end()


def test_what_was_found_is_said_first_and_the_report_is_written(ward: TestedWard) -> None:
    whole_test(ward, NO_SOUND)

    assert said_beside(ward, "self_test.verdict") == "1 thing failed"
    assert "Connect a loudspeaker." in ward.words()
    QTest.keyClick(ward.stage.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ward.settle()

    file = ward.folder / "self-test-2026-11-22-0900.txt"
    assert said_beside(ward, "self_test.saved").replace("\u200b", "") == f"Report written to {file}"
    text = file.read_text(encoding="utf-8")
    assert "build 7" in text
    assert "There is no sound device." in text
    assert "SAMPLE" not in text


def test_a_report_that_cannot_be_written_is_told(ward: TestedWard) -> None:
    whole_test(ward)
    (ward.folder / "self-test-2026-11-22-0900.txt").mkdir()

    ward.press("self_test.save")

    assert said_beside(ward, "self_test.saved").startswith("The report was not written: ")


def test_by_keyboard_alone(ward: TestedWard) -> None:
    QTest.keyClick(ward.stage.focusWidget(), Qt.Key.Key_Return)
    ward.say(*map(well, Look))
    ward.end(program_line(PROGRAM))

    assert said_beside(ward, "self_test.verdict") == "All is well"
    focus = ward.stage.focusWidget()
    assert focus is not None
    assert focus.objectName() == "self_test.save"
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    ward.settle()
    assert ward.shows("home")


def test_one_test_at_a_time_and_its_result_stays_known(ward: TestedWard) -> None:
    ward.press_only("self_test.start")
    ward.say(well(Look.FOLDER))
    ward.program.controller._scenes.places.need_self_test()._start()
    assert len(ward.children) == 1

    ward.press_only("self_test.back")
    QCoreApplication.processEvents()
    assert ward.shows("home")
    ward.say(*(well(look) for look in Look if look is not Look.FOLDER))
    ward.end(program_line(PROGRAM))
    ward.go()

    assert said_beside(ward, "self_test.verdict") == "All is well"


def test_a_test_that_breaks_off_says_so_and_can_be_done_again(ward: TestedWard) -> None:
    ward.press_only("self_test.start")
    ward.say(well(Look.FOLDER))
    ward.end()

    assert said_beside(ward, "self_test.progress").startswith("The test broke off.")
    assert not ward.find("self_test.save").isEnabled()
    whole_test(ward)
    assert said_beside(ward, "self_test.verdict") == "All is well"


def test_all_looks_without_the_last_line_are_broken_off_too(ward: TestedWard) -> None:
    ward.press_only("self_test.start")
    ward.say(*map(well, Look))
    ward.end()

    assert said_beside(ward, "self_test.progress").startswith("The test broke off.")
    work = ward.program.controller._scenes.places.need_self_test()
    work._save()
    assert list(ward.folder.glob("*.txt")) == []


def test_a_child_that_cannot_be_started_is_told(ward: TestedWard) -> None:
    ward.refuses = True
    ward.press("self_test.start")

    assert said_beside(ward, "self_test.progress").startswith("The test could not be started.")
    assert ward.shows("self_test.start")


def test_the_end_of_the_program_ends_the_child(tmp_path: Path, qapp: QApplication) -> None:
    ward = TestedWard(tmp_path, qapp)
    ward.sign_in()
    ward.go()
    ward.press_only("self_test.start")
    QCoreApplication.processEvents()
    work = ward.program.controller._scenes.places.need_self_test()
    assert ward.program.controller._scenes.places.is_busy

    work.stop()

    assert ward.children[0].was_stopped
    work._state = type(work._state)()
    ward.close()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_page_keeps_the_rules_of_layout(ward: TestedWard, percent: int) -> None:
    while ward.program.looks.settings.text_percent < percent:
        ward.program.stage.key_pressed.emit("Ctrl++")
    whole_test(ward, NO_SOUND)
    ward.press("self_test.save")
    for _turn in range(4):
        ward.settle()

    screen = ward.program.stage.current()
    assert screen is not None
    assert broken_rules(screen) == {}


def test_the_real_child_tests_the_folder_that_the_window_owns(tmp_path: Path, qapp: QApplication) -> None:
    """And leaves every record as it is, while a visit is open."""
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    visit = work_to(ward, "infuse")
    before = files_in(tmp_path / "records")
    child = start_self_test(tmp_path / "records")
    said = list(child.lines())

    assert len(said) == len(Look) + 1
    assert '"look": "data-folder", "outcome": "well"' in said[0]
    assert '"look": "pages", "outcome": "well"' in said[-3]
    assert '"look": "visit", "outcome": "well"' in said[-2]
    assert files_in(tmp_path / "records") == before
    assert visit in ward.parts.service.visits()
    assert ward.phase(CALM) == "infuse"
    function_key(ward, "F4")
    ward.close()
