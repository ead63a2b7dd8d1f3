"""Every screen keeps the rules of layout: nothing clipped, every target named and big enough, at 100 % and 150 %."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.driver import CALM, Ward
from tests.ui.layout_rules import broken_rules, targets
from tests.ui.quick import begin, function_key, open_visit, work_to

SIZE = (1366, 768)
STEPS = ("identify", "prechecks", "prepare", "infuse", "flush", "observe", "discharge", "closed")
LARGER = "Ctrl++"


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def enlarge(ward: Ward, percent: int) -> None:
    while ward.program.looks.settings.text_percent < percent:
        ward.program.stage.key_pressed.emit(LARGER)
    for _turn in range(4):
        ward.settle()
    assert (ward.stage.width(), ward.stage.height()) == SIZE


def keeps_the_rules(ward: Ward, where: str) -> None:
    for _turn in range(3):
        ward.settle()
    screen = ward.program.stage.current()
    assert screen is not None
    assert len(targets(screen)) > 1, where
    assert broken_rules(screen) == {}, where


@pytest.mark.parametrize("percent", [100, 150])
def test_home_sign_in_and_forms_keep_the_rules(ward: Ward, percent: int) -> None:
    enlarge(ward, percent)
    work_to(ward, "infuse")
    keeps_the_rules(ward, "home")
    ward.press("home.add")
    keeps_the_rules(ward, "patient form")
    function_key(ward, "F4")
    function_key(ward, "F3")
    keeps_the_rules(ward, "reports")
    ward.press("reports.check")
    keeps_the_rules(ward, "check of the records")
    ward.press("check.start")
    keeps_the_rules(ward, "checked records")
    ward.press("footer.user")
    keeps_the_rules(ward, "switch of user")
    ward.press("sign_in.add")
    keeps_the_rules(ward, "new nurse")
    ward.program.stage.key_pressed.emit("Ctrl+L")
    keeps_the_rules(ward, "locked")


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("step", STEPS)
def test_each_step_keeps_the_rules(ward: Ward, step: str, percent: int) -> None:
    enlarge(ward, percent)
    visit = begin(ward, CALM) if step == "identify" else work_to(ward, step)
    if step == "closed":
        function_key(ward, "F3")
        ward.press(f"reports.table.{visit}")
        keeps_the_rules(ward, "timeline")
    else:
        open_visit(ward, visit)
        keeps_the_rules(ward, step)


@pytest.mark.parametrize("percent", [100, 150])
def test_reaction_trends_and_timeline_keep_the_rules(ward: Ward, percent: int) -> None:
    enlarge(ward, percent)
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    function_key(ward, "F5")
    keeps_the_rules(ward, "trends")
    function_key(ward, "F4")
    open_visit(ward, visit)
    function_key(ward, "F7")
    keeps_the_rules(ward, "timeline")
    ward.key("F8")
    keeps_the_rules(ward, "reaction")
    ward.press("sign.hives")
    ward.press("sign.breathlessness")
    keeps_the_rules(ward, "anaphylaxis")
