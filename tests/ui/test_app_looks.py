"""Theme and size of text: changed by keys, remembered, and never lost to a full disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.ui.theme import Scheme, Theme, current_theme
from tests.ui.driver import Ward
from tests.ui.quick import open_visit, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    yield ward
    ward.close()


def hold_ctrl(ward: Ward, key: Qt.Key) -> None:
    QTest.keyClick(ward.stage, key, Qt.KeyboardModifier.ControlModifier)
    ward.settle()


def test_the_program_wears_the_one_theme_of_the_application(ward: Ward, theme: Theme) -> None:
    assert current_theme() is theme


def test_ctrl_t_goes_round_the_themes_and_each_is_remembered(ward: Ward) -> None:
    for scheme in (Scheme.DARK, Scheme.HIGH_CONTRAST, Scheme.LIGHT, Scheme.DARK):
        hold_ctrl(ward, Qt.Key.Key_T)
        assert current_theme().scheme is scheme
        assert ward.program.looks.settings.theme == scheme.value
    hold_ctrl(ward, Qt.Key.Key_T)
    ward.restart()
    assert current_theme().scheme is Scheme.HIGH_CONTRAST


def test_text_grows_and_shrinks_within_its_limits_and_is_remembered(ward: Ward) -> None:
    seen = []
    for _turn in range(6):
        hold_ctrl(ward, Qt.Key.Key_Plus)
        seen.append(current_theme().text_percent)
    assert seen == [125, 150, 175, 200, 200, 200]
    hold_ctrl(ward, Qt.Key.Key_Minus)
    ward.restart()
    assert current_theme().text_percent == 175
    for _turn in range(5):
        hold_ctrl(ward, Qt.Key.Key_Minus)
    assert current_theme().text_percent == 100


def test_with_large_text_the_footer_names_the_most_used_keys_only(ward: Ward) -> None:
    ward.sign_in()
    open_visit(ward, work_to(ward, "infuse"))
    assert ward.shows("footer.F9")
    for _turn in range(2):
        hold_ctrl(ward, Qt.Key.Key_Plus)
    assert ward.shows("footer.F4")
    assert not ward.shows("footer.F5")
    hold_ctrl(ward, Qt.Key.Key_Minus)
    assert ward.shows("footer.F5")
